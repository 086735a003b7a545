//! Parameters of a type that cannot learn, or of none.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "module-dtype", stage: Stage::Constructor, why, fixes };

/// `torch.empty(..., dtype=dtype)`: no value is a `torch.dtype`.
pub(super) static NO_DTYPE: Rule = MISTAKE.raises(
    "TypeError",
    |view| given_dtype(view).is_some(),
    |view| creation::refused_factory(view, "dtype"),
);

/// `Parameter(...)` of integers.
pub(super) static INTEGERS: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| !view.weight_dtype().is_differentiable(),
    |_| "Only Tensors of floating point and complex dtype can require gradients".to_owned(),
);

/// A `dtype` that is a value, and so no `torch.dtype`.
fn given_dtype<'a>(view: &View<'a>) -> Option<&'a Value> {
    view.option("dtype").filter(|value| **value != Value::None)
}

fn why(view: &View) -> Explanation {
    let given = given_dtype(view).map_or_else(|| view.weight_dtype().to_string(), Value::to_string);
    Explanation::new(format!(
        "Parameters learn by small steps along a gradient, so they are floating-point numbers; {given} is not."
    ))
    .at_option("dtype", "not a floating-point type")
}

fn fixes(_: &View) -> Vec<Candidate> {
    vec![Candidate::new(
        "leave the parameters in torch.float32",
        [without_option("dtype"), Edit::SetModuleDtype { dtype: Dtype::Float32 }],
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_floating_point() {
        let integers = example().module_dtype(Dtype::Int64).refused_as(&MISTAKE);
        integers
            .says("2.15", "Only Tensors of floating point and complex dtype can require gradients")
            .is_mended_by("leave the parameters in torch.float32");
        let text = example().other("dtype", "float32").refused_as(&MISTAKE);
        text.says("2.15", "empty(): argument 'dtype' must be torch.dtype, not str");
        text.says_among_others("2.3", "got (tuple, dtype=str, device=NoneType)");
    }
}
