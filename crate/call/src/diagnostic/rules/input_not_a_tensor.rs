//! An input that is no tensor.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "input-not-a-tensor", stage: Stage::Call, why, fixes };

/// `GRU.forward` asks for `input.size(...)`.
pub(super) static SIZE: Rule = MISTAKE.raises(
    "AttributeError",
    |view| is_no_tensor(view) && !is_array(view),
    |view| format!("'{}' object has no attribute 'size'", view.call.input.type_name()),
);

/// The same of an array of `NumPy`, whose size is a number.
pub(super) static ARRAY_SIZE: Rule =
    MISTAKE.raises("TypeError", is_array, |_| "'int' object is not callable".to_owned());

fn is_array(view: &View) -> bool {
    matches!(view.call.input, Argument::Array { .. })
}

/// `GRU.forward` asks for `input.dim()`.
pub(super) static DIM: Rule = MISTAKE.raises("AttributeError", is_no_tensor, |view| {
    format!("'{}' object has no attribute 'dim'", view.call.input.type_name())
});

fn is_no_tensor(view: &View) -> bool {
    view.input().is_none()
}

fn why(view: &View) -> Explanation {
    let given = article(view.call.input.type_name());
    if is_array(view) {
        return Explanation::new(
            "x is an array of NumPy, and nn.GRU takes tensors of PyTorch alone; torch.from_numpy makes one of it, in the array's type.",
        )
        .at(X, "an array")
        .note("NumPy's floats are 64 bits, and the module's weights 32");
    }
    Explanation::new(format!(
        "nn.GRU asks x for its number of axes, and {given} has none: x must be a tensor."
    ))
    .at(X, "not a tensor")
}

fn fixes(view: &View) -> Vec<Candidate> {
    let written = match &view.call.input {
        Argument::NotATensor { value } => nested_shape(value),
        Argument::Array { array, .. } => Some(array.clone()),
        Argument::Tensor(_) => None,
    };
    let example = example_shape(view);
    let other = if written.is_some() {
        Candidate::another_x(example)
    } else {
        Candidate::new(format!("give a tensor of shape {example}"), [input(example)])
    };
    let statement = |shape: &Shape| format!("make a tensor of it: its shape is {shape}");
    // An input that was none has the module's type.
    let dtype = view.weight_dtype();
    let made = written.map(|shape| {
        // An array keeps its type, and its numbers are shared.
        let expression = Some(if is_array(view) {
            "torch.from_numpy({})".to_owned()
        } else {
            format!("torch.tensor({{}}, dtype={dtype})")
        });
        Candidate::new(statement(&shape), [FixStep { edit: input(shape), expression }])
    });
    made.into_iter().chain([other]).collect()
}

/// The shape of a nested list of numbers, if it has one.
fn nested_shape(value: &Value) -> Option<Shape> {
    let (Value::List(items) | Value::Tuple(items)) = value else {
        return value.as_number().map(|_| Shape::default());
    };
    let inner = nested_shape(items.first()?)?;
    if inner.rank() >= 8 || items[1..].iter().any(|item| nested_shape(item).as_ref() != Some(&inner)) {
        return None;
    }
    let mut shape = Shape::new([items.len() as i128]);
    shape.0.extend(inner.0);
    Some(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_made_a_tensor_and_converted() {
        let double = example().x_array([5, 3, 10], Dtype::Float64).refused_as(&MISTAKE);
        double.says("1.10", "'int' object is not callable");
        double
            .says("2.15", "'numpy.ndarray' object has no attribute 'dim'")
            .is_mended_by("make a tensor of it: its shape is (5, 3, 10), then convert x to torch.float32")
            .by_code(&["x = torch.from_numpy(x).to(torch.float32)"]);
        let single = example().x_array([5, 3, 10], Dtype::Float32).refused_as(&MISTAKE);
        single
            .is_mended_by("make a tensor of it: its shape is (5, 3, 10)")
            .by_code(&["x = torch.from_numpy(x)"]);
    }

    #[test]
    fn a_list_is_made_a_tensor() {
        let row = Value::List(vec![Value::Float(0.5); 10]);
        let list = example().x_value(Value::List(vec![row; 5])).refused_as(&MISTAKE);
        list.says("1.10", "'list' object has no attribute 'size'");
        list.says("2.15", "'list' object has no attribute 'dim'")
            .is_mended_by("make a tensor of it: its shape is (5, 10)")
            .by_code(&["x = torch.tensor(x, dtype=torch.float32)"]);
        let none = example().x_value(Value::None).refused_as(&MISTAKE);
        none.says("2.15", "'NoneType' object has no attribute 'dim'")
            .is_mended_by("give a tensor of shape (5, 3, 10)");
    }
}
