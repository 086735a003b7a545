//! Typed arrays, which cross as they are.

use api::tensor::TypedArray;

/// Typed arrays of an element each.
macro_rules! typed_arrays {
    ($($name:ident($array:ident, $element:ty);)*) => {
        $(#[doc = concat!("A `", stringify!($array), "`, which crosses as it is.")]
        pub struct $name(pub(crate) js_sys::$array);

        impl TypedArray<$element> for $name {
            fn of(elements: &[$element]) -> Self {
                $name(js_sys::$array::from(elements))
            }

            fn to_vec(&self) -> Vec<$element> {
                self.0.to_vec()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_wasm_bindgen::preserve::serialize(&self.0, serializer)
            }
        })*
    };
}

typed_arrays! {
    Floats(Float32Array, f32);
}

#[cfg(feature = "lab")]
typed_arrays! {
    Doubles(Float64Array, f64);
    Wholes(BigInt64Array, i64);
}

#[cfg(feature = "lab")]
impl<'de> serde::Deserialize<'de> for Floats {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let crate::js::Js(value) = serde::Deserialize::deserialize(deserializer)?;
        wasm_bindgen::JsCast::dyn_into(value)
            .map(Floats)
            .map_err(|_| D::Error::custom("expected a Float32Array"))
    }
}
