//! An input whose last axis is not `input_size`.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "input-features", stage: Stage::Call, why, fixes };

/// `RNNBase.check_input` compares it.
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.features() != view.int("input_size"),
    |view| words::input_size(view.value("input_size"), view.features().unwrap_or_default()),
);

/// The axes of an input of two or three: `L = 5 steps, N = 3 sequences, H_in = 10 features`.
fn reading(view: &View) -> String {
    let (Some(steps), Some(batch), Some(features)) = (view.steps(), view.batch(), view.features()) else {
        return String::new();
    };
    let (steps, features) =
        (format!("L = {}", count(steps, "step")), format!("H_in = {}", count(features, "feature")));
    let batch = format!("N = {}", count(batch, "sequence"));
    match (view.rank(), view.batch_axis()) {
        (Some(3), 0) => format!("{batch}, {steps}, {features}"),
        (Some(3), _) => format!("{steps}, {batch}, {features}"),
        _ => format!("{steps}, {features}"),
    }
}

fn why(view: &View) -> Explanation {
    let (expected, features) =
        (view.int("input_size").unwrap_or_default(), view.features().unwrap_or_default());
    let expected_words = view.value("input_size");
    let last = view.rank().unwrap_or(1).saturating_sub(1);
    let other = view.input_shape().0.iter().take(last).position(|size| size.0 == expected);
    let mut why = if view.rank() == Some(2) {
        format!(
            "x has two axes, so it is read as one sequence without a batch: {}. The module takes H_in = {expected_words}.",
            reading(view)
        )
    } else {
        format!("x is read as {}. The module takes H_in = {expected_words}, its input_size.", reading(view))
    };
    if let Some(axis) = other {
        why = format!("{why} Axis {axis} has that size: the axes may be in another order.");
    }
    let explanation = Explanation::new(why)
        .at(x(last), format!("H_in = {features}"))
        .at_option("input_size", format!("H_in = {expected_words}"));
    if view.rank() == Some(2) {
        explanation
            .note("PyTorch up to 1.10 knows no unbatched input and says: input must have 3 dimensions, got 2")
    } else {
        explanation
    }
}

fn fixes(view: &View) -> Vec<Candidate> {
    let expected = view.int("input_size").unwrap_or_default();
    let sizes: Vec<i128> = view.input_shape().0.iter().map(|size| size.0).collect();
    let mut list = Vec::new();
    let Some((&last, before)) = sizes.split_last() else { return list };
    for (axis, _) in before.iter().enumerate().filter(|(_, size)| **size == expected).rev() {
        let mut shape = sizes.clone();
        shape.swap(axis, before.len());
        let shape = Shape::new(shape);
        let name = if before.len() == 1 {
            "the two axes".to_owned()
        } else {
            format!("axes {axis} and {}", before.len())
        };
        list.push(Candidate::new(format!("swap {name}: {shape}"), [input(shape)]));
    }
    if let [steps] = *before {
        list.push(Candidate::new(
            format!("insert a batch axis of 1, and make the last axis {expected}"),
            [input(batch_shape(view, steps, 1, expected))],
        ));
    }
    list.extend(positive(last).map(|size| {
        Candidate::new(format!("set input_size={size} to match x"), [option("input_size", size)])
    }));
    list.push(Candidate::new(format!("make the last axis {expected}"), [with_last_axis(view, expected)]));
    if let [steps] = *before {
        list.push(appended_features(view, steps, last, expected));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_axis_holds_the_features() {
        let other = example().x([5, 3, 8]).refused_as(&MISTAKE);
        let message = "input.size(-1) must be equal to input_size. Expected 10, got 8";
        other.says("1.7", message);
        other.says("2.15", message).is_mended_by("set input_size=8 to match x");
        let swapped = example().x([5, 10, 3]).refused_as(&MISTAKE);
        swapped
            .says("2.15", "input.size(-1) must be equal to input_size. Expected 10, got 3")
            .is_mended_by("swap axes 1 and 2: (5, 3, 10)");
    }
}
