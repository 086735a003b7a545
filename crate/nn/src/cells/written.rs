//! The equations of a GRU as a person writes them.

use serde::{Deserialize, Serialize};

use super::variant::{Reset, Update, Variant};

/// One equation of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Equation {
    /// What it gives.
    #[cfg_attr(feature = "types", ts(type = "'r' | 'z' | 'n' | 'h'"))]
    pub name: String,
    /// The equation: `r = σ(W_ir x + b_ir + W_hr h_prev + b_hr)`.
    pub text: String,
    /// What it is for.
    pub words: String,
}

impl Variant {
    /// The equations of a step in the order in which they are computed, with biases where the module has them.
    pub fn equations(self, bias: bool) -> [Equation; 4] {
        let with_bias = |product: &str, name: &str| {
            if bias { format!("{product} + {name}") } else { product.to_owned() }
        };
        let term = |side: &str, gate: &str, of: &str| {
            with_bias(&format!("W_{side}{gate} {of}"), &format!("b_{side}{gate}"))
        };
        let gate =
            |gate: &str| format!("{gate} = σ({} + {})", term("i", gate, "x"), term("h", gate, "h_prev"));
        let of_old = match self.reset {
            Reset::AfterProduct => format!("r ∗ ({})", term("h", "n", "h_prev")),
            Reset::BeforeProduct => with_bias("W_hn (r ∗ h_prev)", "b_hn"),
        };
        let blend = match self.update {
            Update::KeepsOld => "h = (1 − z) ∗ n + z ∗ h_prev",
            Update::TakesNew => "h = z ∗ n + (1 − z) ∗ h_prev",
        };
        let update = match self.update {
            Update::KeepsOld => "update: how much of h_prev is kept",
            Update::TakesNew => "update: how much of h_prev is replaced",
        };
        [
            ("r", gate("r"), "reset: how much the candidate sees of h_prev, the state before"),
            ("z", gate("z"), update),
            (
                "n",
                format!("n = tanh({} + {of_old})", term("i", "n", "x")),
                "candidate: what the state could become",
            ),
            ("h", blend.to_owned(), "the state after the step: a mix of the candidate and h_prev"),
        ]
        .map(|(name, text, words)| Equation { name: name.to_owned(), text, words: words.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(variant: Variant, bias: bool) -> [String; 4] {
        variant.equations(bias).map(|equation| equation.text)
    }

    #[test]
    fn the_equations_of_pytorch_have_the_biases_of_the_module() {
        assert_eq!(
            texts(Variant::default(), true),
            [
                "r = σ(W_ir x + b_ir + W_hr h_prev + b_hr)",
                "z = σ(W_iz x + b_iz + W_hz h_prev + b_hz)",
                "n = tanh(W_in x + b_in + r ∗ (W_hn h_prev + b_hn))",
                "h = (1 − z) ∗ n + z ∗ h_prev",
            ]
        );
        assert_eq!(
            texts(Variant::default(), false),
            [
                "r = σ(W_ir x + W_hr h_prev)",
                "z = σ(W_iz x + W_hz h_prev)",
                "n = tanh(W_in x + r ∗ (W_hn h_prev))",
                "h = (1 − z) ∗ n + z ∗ h_prev",
            ]
        );
    }

    #[test]
    fn other_grus_say_where_they_differ() {
        let [r, _, n, h] = texts(Variant { reset: Reset::BeforeProduct, update: Update::TakesNew }, true);
        assert_eq!(r, "r = σ(W_ir x + b_ir + W_hr h_prev + b_hr)");
        assert_eq!(n, "n = tanh(W_in x + b_in + W_hn (r ∗ h_prev) + b_hn)");
        assert_eq!(h, "h = z ∗ n + (1 − z) ∗ h_prev");
        let [_, _, n, _] = texts(Variant { reset: Reset::BeforeProduct, ..Variant::default() }, false);
        assert_eq!(n, "n = tanh(W_in x + W_hn (r ∗ h_prev))");
    }
}
