//! Unit variants by the names that serde and TypeScript have for them.
//!
//! Tables, because the code that serde derives for every one of these enums weighs 1 KB gzip more in wasm.

use gru_playground::call::Dtype;
use gru_playground::diagnostic::{Role, Severity};
use gru_playground::py::SegmentKind;
use gru_playground::quiz::{Because, MarkState, Mode, NoticeKind, OptionState, Outcome, Phase};
use gru_playground::shape::Axis;

/// An enum whose variants are names.
pub(crate) trait Named: Copy + 'static {
    /// Every variant, in the order of declaration.
    const VARIANTS: &'static [Self];

    /// Their names.
    const NAMES: &'static [&'static str];

    /// Its place in both.
    fn index(self) -> usize;
}

macro_rules! names {
    ($($type:ident { $($variant:ident: $name:literal),* $(,)? })*) => {
        $(impl Named for $type {
            const VARIANTS: &'static [Self] = &[$($type::$variant),*];
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn index(self) -> usize {
                // Exhaustive, so that no variant is left out above.
                match self {
                    $($type::$variant)|* => self as usize,
                }
            }
        })*

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn names_are_those_of_serde() {
                $(for (index, variant) in $type::VARIANTS.iter().enumerate() {
                    let name = serde_json::to_value(variant).expect("a name");
                    assert_eq!(name, $type::NAMES[index]);
                    assert_eq!(variant.index(), index, "{name}");
                })*
            }
        }
    };
}

names! {
    Axis { L: "L", N: "N", HIn: "H_in", HOut: "H_out", D: "D" }
    Because { Pause: "pause", TimeOut: "time_out" }
    Dtype {
        Float32: "float32",
        Float64: "float64",
        Float16: "float16",
        Bfloat16: "bfloat16",
        Int64: "int64",
        Int32: "int32",
        Bool: "bool",
    }
    MarkState { Ahead: "ahead", Current: "current", Solved: "solved", Failed: "failed" }
    Mode { Standard: "standard", X1_5: "x1.5", X2: "x2", X10: "x10", NoLimit: "no_limit" }
    NoticeKind { Wrong: "wrong", TimeOut: "time_out" }
    OptionState { Free: "free", Tried: "tried", Right: "right" }
    Outcome { Undecided: "undecided", Solved: "solved", Failed: "failed" }
    Phase {
        Intro: "intro",
        Open: "open",
        Paused: "paused",
        TimeOut: "time_out",
        Closed: "closed",
        Finished: "finished",
    }
    Role {
        Input: "input",
        H0: "h_0",
        LayerInput: "layer_input",
        InputProduct: "input_product",
        HiddenProduct: "hidden_product",
        Gate: "gate",
        DirectionOutput: "direction_output",
        LayerOutput: "layer_output",
        Output: "output",
        HN: "h_n",
    }
    SegmentKind {
        Keyword: "keyword",
        Name: "name",
        Number: "number",
        String: "string",
        Comment: "comment",
        Operator: "operator",
        Plain: "plain",
    }
    Severity { Error: "error", Warning: "warning", Note: "note" }
}
