//! An initial hidden state of another element type than the module's.

use super::input_dtype::{self, is_unmultiplied, no_gradient, other_scalar, real_part, unmultiplied};
use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "h-0-dtype", stage: Stage::Call, why, fixes };

/// `mm`, which goes by `h_0`, has no product of that type.
pub(super) static UNMULTIPLIED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| is_multiplied(view) && is_unmultiplied(given_dtype(view), view.call.release),
    |view| unmultiplied(given_dtype(view)),
);

/// `mm`, which goes by `h_0`, finds weights of another type.
pub(super) static MULTIPLIED: Rule = MISTAKE
    .raises("RuntimeError", is_multiplied, |view| other_scalar(given_dtype(view), view.weight_dtype()));

/// Autograd, where nothing is multiplied.
pub(super) static NO_GRADIENT: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| !view.is_true("bias") && view.state_dtype().is_some_and(|dtype| !dtype.is_differentiable()),
    no_gradient,
);

/// `addmm`, where the bias is added in one go.
pub(super) static ADDED: Rule =
    MISTAKE.raises("RuntimeError", is_added, |_| "mat1 and mat2 must have the same dtype".to_owned());

/// The same, and which types they have.
pub(super) static ADDED_WITH_TYPES: Rule = MISTAKE.raises("RuntimeError", is_added, |view| {
    let [given, weight] = [given_dtype(view), view.weight_dtype()].map(Dtype::scalar_type);
    format!("mat1 and mat2 must have the same dtype, but got {given} and {weight}")
});

/// `mm`, which compares the types in C++'s names.
pub(super) static COMPARED: Rule = MISTAKE.raises("RuntimeError", differs, |view| {
    let [given, weight] = [given_dtype(view), view.weight_dtype()].map(Dtype::cpp_type);
    format!("expected m1 and m2 to have the same dtype, but got: {given} != {weight}")
});

/// `cuDNN`, before it computes.
pub(super) static ON_GPU: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| differs(view) && view.h_0().is_some() && view.input_device().is_some_and(|device| device.starts_with("cuda")),
    |view| {
        let [given, input] = [given_dtype(view), view.input_dtype()].map(Dtype::scalar_type);
        format!(
            "Input and hidden tensors are not the same dtype, found input tensor with {input} and hidden tensor with {given}"
        )
    },
);

/// `addmm`, which goes by the weights, finds a state of another type.
pub(super) static ADDED_BY_WEIGHT: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| is_added(view) && !view.is_empty(),
    |view| other_scalar(view.weight_dtype(), given_dtype(view)),
);

/// The gates have the state's type where no number is multiplied, and 16 bits have no sigmoid.
pub(super) static SIGMOID: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| differs(view) && !view.is_true("bias") && given_dtype(view) == Dtype::Float16,
    |_| "\"sigmoid_cpu\" not implemented for 'Half'".to_owned(),
);

/// `1 - z`, of a bool.
pub(super) static SUBTRACTED: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.state_dtype() == Some(Dtype::Bool),
    |_| {
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
            .to_owned()
    },
);

fn given_dtype(view: &View) -> Dtype {
    view.state_dtype().unwrap_or_default()
}

fn differs(view: &View) -> bool {
    view.h_0_dtype_differs()
}

/// Whether numbers of two types meet in `mm`.
fn is_multiplied(view: &View) -> bool {
    differs(view) && !view.is_true("bias") && !view.is_empty()
}

/// Whether two types meet in `addmm`.
fn is_added(view: &View) -> bool {
    differs(view) && view.is_true("bias")
}

fn why(view: &View) -> Explanation {
    // Zeros have the input's type, so it is the input that differs.
    if view.h_0().is_none() {
        return input_dtype::why(view);
    }
    let (given, weight) = (given_dtype(view), view.weight_dtype());
    Explanation::new(format!(
        "h_0 is {given} and the module's weights are {weight}; the first step multiplies the two, and PyTorch does so within one type only."
    ))
    .at(H_0, given.to_string())
    .at_option("dtype", weight.to_string())
}

fn fixes(view: &View) -> Vec<Candidate> {
    if view.h_0().is_none() {
        return input_dtype::fixes(view);
    }
    let (dtype, weight) = (given_dtype(view), view.weight_dtype());
    let converted = if dtype == Dtype::Complex64 {
        let real = FixStep { expression: Some(real_part(weight)), ..convert_h_0(weight) };
        Candidate::new("keep the real part of h_0: the imaginary part is lost", [real]).losing()
    } else {
        Candidate::new(format!("convert h_0 to {weight}"), [convert_h_0(weight)])
    };
    let mut list = vec![converted, Candidate::leave_h_0_out()];
    if dtype.is_floating_point() {
        list.push(Candidate::new(
            format!("convert the module and x to {dtype}"),
            [Edit::SetModuleDtype { dtype }.into(), convert_x(dtype)],
        ));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_has_words_for_64_bits() {
        let double = example().h_0([1, 3, 20]).h_0_dtype(Dtype::Float64);
        let added = double.clone().refused_as(&MISTAKE);
        added.says("1.12", "expected scalar type Float but found Double");
        added.says("2.0", "mat1 and mat2 must have the same dtype");
        added
            .says("2.15", "mat1 and mat2 must have the same dtype, but got Double and Float")
            .is_mended_by("convert h_0 to torch.float32")
            .by_code(&["h_0 = h_0.to(torch.float32)"]);
        let multiplied = double.option("bias", false).refused_as(&MISTAKE);
        multiplied.says("2.0", "expected scalar type Double but found Float");
        multiplied.says("2.15", "expected m1 and m2 to have the same dtype, but got: double != float");
    }

    #[test]
    fn complex_numbers_and_bytes_have_their_names() {
        let state = |dtype| example().h_0([1, 3, 20]).h_0_dtype(dtype);
        let complex = state(Dtype::Complex64).refused_as(&MISTAKE);
        complex
            .says("2.15", "mat1 and mat2 must have the same dtype, but got ComplexFloat and Float")
            .is_mended_by("leave h_0 out: it is then zeros");
        assert_eq!(complex.error().help[1].code, "h_0 = h_0.real");
        state(Dtype::Uint8)
            .option("bias", false)
            .refused_as(&MISTAKE)
            .says("2.15", "expected m1 and m2 to have the same dtype, but got: unsigned char != float");
    }

    #[test]
    fn a_gpu_compares_the_types_first() {
        let state = example().h_0([1, 3, 20]).h_0_dtype(Dtype::Float64).x_device(Device::Cuda);
        let state = state.h_0_device(Device::Cuda).option("device", "cuda").refused_as(&MISTAKE);
        state.says(
            "2.15",
            "Input and hidden tensors are not the same dtype, found input tensor with Float and hidden tensor with Double",
        );
    }

    #[test]
    fn a_bool_is_not_multiplied_and_an_empty_one_not_subtracted() {
        let flags =
            example().option("bias", false).h_0([1, 3, 20]).h_0_dtype(Dtype::Bool).refused_as(&MISTAKE);
        flags.says("2.0", "\"addmm_impl_cpu_\" not implemented for 'Bool'");
        let empty = example().x([5, 0, 10]).h_0([1, 0, 20]).h_0_dtype(Dtype::Bool).refused_as(&MISTAKE);
        empty.says_among_others("1.12", "Subtraction, the `-` operator, with a bool tensor");
        let half = example().x([5, 0, 10]).option("bias", false).h_0([1, 0, 20]).h_0_dtype(Dtype::Float16);
        half.refused_as(&MISTAKE).says("2.0", "\"sigmoid_cpu\" not implemented for 'Half'");
    }
}
