//! The caller's types by their names; JSON stands for JavaScript's values.

mod calls;
mod inside;
mod inside_modules;
mod kept;
mod reading;
mod typescript;

/// A type that has a name in TypeScript already.
macro_rules! name {
    ($type:ty, $name:expr) => {
        impl ts_rs::TS for $type {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &ts_rs::Config) -> String {
                $name.to_owned()
            }

            fn inline(config: &ts_rs::Config) -> String {
                Self::name(config)
            }
        }
    };
}
pub(crate) use name;

/// The caller's types by their names.
macro_rules! callers {
    ($($type:ident $name:literal;)*) => {
        $(pub struct $type;
        name!($type, $name);)*
    };
}

callers! {
    Float32Array "Float32Array";
    Float64Array "Float64Array";
    BigInt64Array "BigInt64Array";
    Exact "bigint";
    Generator "Generator";
    AnyValue "unknown";
}
