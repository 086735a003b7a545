//! An input that has neither two axes nor three.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "input-rank", stage: Stage::Call, why, fixes };

/// `input.size(batch_axis)` of a number.
pub(super) static NO_AXES: Rule = MISTAKE.raises(
    "IndexError",
    |view| view.rank() == Some(0),
    |view| format!("dimension specified as {} but tensor has no dimensions", view.batch_axis()),
);

/// `input.size(1)` of one axis.
pub(super) static ONE_AXIS: Rule =
    MISTAKE.raises("IndexError", |view| view.rank() == Some(1) && view.batch_axis() == 1, out_of_range);

/// `RNNBase.check_input`, which takes three axes alone.
pub(super) static NOT_THREE: Rule =
    MISTAKE.raises("RuntimeError", |view| view.rank() != Some(3), |view| not_three(given_rank(view)));

/// `GRU.forward` asserts it.
pub(super) static ASSERTED: Rule = MISTAKE.raises("AssertionError", is_neither, |view| {
    format!("GRU: Expected input to be 2-D or 3-D but received {}-D tensor", given_rank(view))
});

/// `GRU.forward` looks at it.
pub(super) static LOOKED_AT: Rule =
    MISTAKE.raises("ValueError", is_neither, |view| words::input_rank("GRU", given_rank(view)));

/// `input.unsqueeze(1)` of a number: every rank but 3 is taken for unbatched.
pub(super) static UNSQUEEZED: Rule =
    MISTAKE.raises("IndexError", |view| view.rank() == Some(0) && view.batch_axis() == 1, out_of_range);

/// `RNNBase.check_input`, which sees the axis that was inserted.
pub(super) static UNSQUEEZED_NOT_THREE: Rule =
    MISTAKE.raises("RuntimeError", is_neither, |view| not_three(given_rank(view) + 1));

fn given_rank(view: &View) -> usize {
    view.rank().unwrap_or_default()
}

fn is_neither(view: &View) -> bool {
    !matches!(view.rank(), Some(2 | 3))
}

fn out_of_range(_: &View) -> String {
    "Dimension out of range (expected to be in range of [-1, 0], but got 1)".to_owned()
}

fn not_three(rank: usize) -> String {
    format!("input must have 3 dimensions, got {rank}")
}

fn why(view: &View) -> Explanation {
    let rank = given_rank(view);
    let has = axes(rank);
    let layout = if view.batch_axis() == 0 { "(N, L, H_in)" } else { "(L, N, H_in)" };
    if view.call.release < UNBATCHED {
        let why = match rank {
            2 => format!(
                "x has two axes. Before PyTorch 1.11 nn.GRU takes no single sequence: x is {layout}, sequence length, batch and features, so one axis is missing."
            ),
            _ => format!("nn.GRU takes three axes, {layout}; x has {has}."),
        };
        return Explanation::new(why)
            .at(X, has)
            .note("since PyTorch 1.11 two axes are read as one unbatched sequence, (L, H_in)");
    }
    let given = view.input_shape();
    Explanation::new(format!(
        "nn.GRU takes two axes, (L, H_in), or three, {layout}: sequence length, batch, features. x is {given}: {has}."
    ))
    .at(X, has)
}

fn fixes(view: &View) -> Vec<Candidate> {
    let features = features_due(view);
    let sizes: Vec<i128> = view.input_shape().0.iter().map(|size| size.0).collect();
    let batch_of_one = |steps, features| batch_shape(view, steps, 1, features);
    let mut list = match *sizes.as_slice() {
        [] => Vec::new(),
        [only] if only == features => {
            let unbatched = Candidate::new(
                "insert a sequence axis of 1: one step, unbatched",
                [input(Shape::new([1, only]))],
            );
            let batched = Candidate::new(
                "insert a sequence and a batch axis of 1 each: one step of one sequence",
                [input(batch_of_one(1, only))],
            );
            if view.call.release < UNBATCHED { vec![batched] } else { vec![unbatched, batched] }
        }
        [only] => {
            let read = format!("read it as {} of one feature each", count(only, "step"));
            let single = option("input_size", 1);
            let unbatched = Candidate::new(
                format!("{read}: append an axis of 1"),
                [input(Shape::new([only, 1])), single.clone()],
            );
            let batched = Candidate::new(
                format!("{read}: append axes of 1 for batch and features"),
                [input(batch_of_one(only, 1)), single],
            );
            if view.call.release < UNBATCHED { vec![batched] } else { vec![unbatched, batched] }
        }
        // Before 1.11, where two axes are not enough.
        [steps, last] if last == features => {
            vec![Candidate::new("insert a batch axis of 1", [input(batch_of_one(steps, last))])]
        }
        [steps, last] => vec![
            Candidate::new(
                format!("insert a batch axis of 1, and make the last axis {features}"),
                [input(batch_of_one(steps, features))],
            ),
            Candidate::new("insert a batch axis of 1", [input(batch_of_one(steps, last))]),
            appended_features(view, steps, last, features),
        ],
        _ => fewer_axes(view, &sizes, features),
    };
    let shape = example_shape(view);
    list.push(Candidate::new(format!("give x three axes: {shape}"), [input(shape)]));
    list
}

/// Four axes or more: without those of 1, or with neighbours merged.
fn fewer_axes(view: &View, sizes: &[i128], features: i128) -> Vec<Candidate> {
    let mut list = Vec::new();
    let mut squeezed = sizes.to_vec();
    while squeezed.len() > 3 {
        // The last axis holds the features, so it stays as long as another is 1.
        let Some(one) = squeezed[..squeezed.len() - 1].iter().position(|size| *size == 1) else { break };
        squeezed.remove(one);
    }
    if squeezed.len() == 3 {
        let shape = Shape::new(squeezed);
        list.push(Candidate::new(format!("squeeze out the axes of 1: {shape}"), [input(shape)]));
    }
    let product = |sizes: &[i128]| {
        sizes
            .iter()
            .try_fold(1_i128, |product, size| product.checked_mul(*size))
            .filter(|product| *product <= LARGEST)
    };
    let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
    if let Some(merged) = product(&sizes[2..]) {
        let shape = Shape::new([first, sizes[1], merged]);
        let mut edits = vec![input(shape.clone())];
        edits.extend(
            positive(merged)
                .filter(|size| i128::from(*size) != features)
                .map(|size| option("input_size", size)),
        );
        list.push(Candidate::new(format!("merge the last axes into {merged} features: {shape}"), edits));
    }
    let (steps, leading) = (sizes[sizes.len() - 2], &sizes[..sizes.len() - 2]);
    let merged = if view.batch_axis() == 0 {
        product(leading).map(|batch| (batch, Shape::new([batch, steps, last])))
    } else {
        product(&sizes[1..sizes.len() - 1]).map(|batch| (batch, Shape::new([first, batch, last])))
    };
    if let Some((batch, shape)) = merged {
        let candidate =
            Candidate::new(format!("merge axes into one batch axis of {batch}: {shape}"), [input(shape)]);
        // With the right number of features at the end, the axes before it are the ones to merge.
        let place =
            if last == features { usize::from(!list.is_empty() && sizes.contains(&1)) } else { list.len() };
        list.insert(place.min(list.len()), candidate);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_has_words_for_one_axis() {
        let one = example().x([10]).refused_as(&MISTAKE);
        one.says("1.10", "Dimension out of range (expected to be in range of [-1, 0], but got 1)")
            .is_mended_by("insert a sequence and a batch axis of 1 each: one step of one sequence");
        one.says("1.13", "input must have 3 dimensions, got 2");
        one.says("2.0", "GRU: Expected input to be 2-D or 3-D but received 1-D tensor");
        one.says("2.15", "GRU: Expected input to be 2D or 3D, got 1D instead")
            .is_mended_by("insert a sequence axis of 1: one step, unbatched");
    }

    #[test]
    fn a_number_has_no_axes_and_two_are_a_sequence_since_1_11() {
        let number = example().x([]).refused_as(&MISTAKE);
        number.says("1.10", "dimension specified as 1 but tensor has no dimensions");
        number.says("1.11", "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
        let two = example().x([5, 10]).refused_as(&MISTAKE);
        two.says("1.10", "input must have 3 dimensions, got 2").is_mended_by("insert a batch axis of 1");
    }

    #[test]
    fn axes_of_1_are_squeezed_out_of_four() {
        let four = example().x([5, 1, 3, 10]).refused_as(&MISTAKE);
        four.says("2.15", "GRU: Expected input to be 2D or 3D, got 4D instead")
            .is_mended_by("squeeze out the axes of 1: (5, 3, 10)");
    }
}
