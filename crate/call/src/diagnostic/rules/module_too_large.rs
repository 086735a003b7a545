//! Weights that no address reaches.

use crate::diagnostic::prelude::*;
use crate::py::takes_dtype;

static MISTAKE: Mistake = Mistake { code: "module-too-large", stage: Stage::Constructor, why, fixes };

/// The rows of a weight are no 64-bit int.
pub(super) static ROWS: Rule = MISTAKE.raises(
    "TypeError",
    |view| view.int("hidden_size").is_some_and(|hidden| i64::try_from(3 * hidden).is_err()),
    words_of_sizes,
);

/// A size of a weight is no 64-bit int.
pub(super) static SIZES: Rule =
    MISTAKE.raises("TypeError", |view| unpackable_weight(view).is_some(), words_of_sizes);

/// The bytes of a weight are too many.
pub(super) static BYTES: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| overflowing_weight(view).is_some(),
    |view| creation::overflow_words(&overflowing_weight(view).unwrap_or_default()),
);

/// Sizes above are not kept.
const REASONABLE: i128 = 1 << 20;

/// The shapes of a layer's first two parameters, which are created first.
fn weight_shapes(view: &View) -> Vec<Shape> {
    let (Some(input), Some(hidden)) = (view.int("input_size"), view.int("hidden_size")) else {
        return Vec::new();
    };
    let rows = 3 * hidden;
    let mut shapes = vec![Shape::new([rows, input]), Shape::new([rows, hidden])];
    if view.int("num_layers").is_some_and(|layers| layers > 1) {
        shapes.push(Shape::new([rows, hidden * view.directions()]));
    }
    shapes
}

/// The first parameter that no memory address could reach.
fn overflowing_weight(view: &View) -> Option<Shape> {
    let dtype = view.weight_dtype();
    let drawn = if takes_dtype(dtype, view.call.release) { dtype } else { Dtype::Float32 };
    weight_shapes(view).into_iter().find(|shape| creation::overflows(shape, drawn))
}

/// The first size of a parameter that is no 64-bit int, with the place `PyTorch` counts it at.
fn unpackable_weight(view: &View) -> Option<usize> {
    weight_shapes(view).iter().find_map(creation::unpackable)
}

fn words_of_sizes(view: &View) -> String {
    let function = if view.has_factory() { "empty" } else { "new" };
    creation::unpackable_words(view, function, unpackable_weight(view))
}

fn why(view: &View) -> Explanation {
    let why = match overflowing_weight(view) {
        None => "3 * hidden_size rows are more than a 64-bit int counts.".to_owned(),
        Some(shape) => format!("A weight of the shape {shape} has more bytes than a 64-bit address reaches."),
    };
    Explanation::new(why)
        .at_option("hidden_size", "3 * hidden_size rows")
        .at_option("input_size", "as many columns")
}

fn fixes(view: &View) -> Vec<Candidate> {
    let features = Some((size::INPUT_SIZE.fitting)(view)).filter(|size| i128::from(*size) <= REASONABLE);
    let small =
        [("input_size", features.unwrap_or(EXAMPLE_INPUT_SIZE)), ("hidden_size", EXAMPLE_HIDDEN_SIZE)];
    let too_large =
        small.into_iter().filter(|(name, _)| view.int(name).is_some_and(|size| size > REASONABLE));
    Candidate::all(too_large.map(|(name, small)| Candidate::set(name, small))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::diagnostic::diagnose;

    #[test]
    fn what_no_address_reaches_is_made_small() {
        let large = example().option("hidden_size", 1 << 40).refused_as(&MISTAKE);
        large
            .says("2.15", "Storage size calculation overflowed with sizes=[3298534883328, 1099511627776]")
            .is_mended_by("set hidden_size=20");
        let larger = || example().option("hidden_size", 1 << 62);
        // 2.15 looks at the types of all arguments before it reads a size.
        let message = |call: Call| diagnose(&call).error().map(|error| error.message.clone());
        let dtype = Some("empty(): argument 'dtype' must be torch.dtype, not str".to_owned());
        assert_eq!(message(larger().other("dtype", "cpu").call()), dtype);
        let device = Some("empty(): argument 'device' must be torch.device, not bool".to_owned());
        assert_eq!(message(larger().other("device", true).call()), device);
        let larger = larger().refused_as(&MISTAKE);
        larger.says(
            "1.8",
            "new(): argument 'size' must be tuple of ints, but found element of type int at pos 1",
        );
        larger.says(
            "2.15",
            "empty(): argument 'size' failed to unpack the object at pos 1 with error \"Overflow when unpacking long long\"",
        );
    }
}
