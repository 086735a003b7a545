//! A module of 16 bits, which a CPU could not multiply.

use super::input_dtype::unmultiplied;
use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "module-half", stage: Stage::Call, why, fixes };

/// `W_ih x`.
pub(super) static INPUT_PRODUCT: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| is_half(view) && !view.is_input_empty(),
    |_| unmultiplied(Dtype::Float16),
);

/// `W_hh h`.
pub(super) static HIDDEN_PRODUCT: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| is_half(view) && !view.is_empty(),
    |_| unmultiplied(Dtype::Float16),
);

/// The gates, where nothing is multiplied.
pub(super) static GATES: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| is_half(view) && (view.is_true("bias") || !view.h_0_dtype_differs()),
    |_| "\"sigmoid_cpu\" not implemented for 'Half'".to_owned(),
);

fn is_half(view: &View) -> bool {
    view.weight_dtype() == Dtype::Float16
}

fn why(_: &View) -> Explanation {
    Explanation::new("Before PyTorch 2.2 a CPU cannot multiply torch.float16; GPUs can.")
        .at_option("dtype", "torch.float16")
}

fn fixes(_: &View) -> Vec<Candidate> {
    let dtype = Dtype::Float32;
    vec![Candidate::new(
        "compute in torch.float32",
        [Edit::SetModuleDtype { dtype }.into(), convert_x(dtype), convert_h_0(dtype)],
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_are_multiplied_since_2_2() {
        let half = example().module_dtype(Dtype::Float16).x_dtype(Dtype::Float16).refused_as(&MISTAKE);
        half.says("1.11", "\"sigmoid_cpu\" not implemented for 'Half'");
        half.says("2.1", "\"addmm_impl_cpu_\" not implemented for 'Half'")
            .is_mended_by("compute in torch.float32");
    }
}
