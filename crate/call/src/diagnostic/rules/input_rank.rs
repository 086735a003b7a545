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
    let given = view.input_shape();
    let sizes: Vec<i128> = given.0.iter().map(|size| size.0).collect();
    // The statement begins as told, and ends with the shape that the methods make.
    let turned = |methods: &[Method]| Turned::by(&given, methods);
    let unbatched = view.call.release >= UNBATCHED;
    let mut list: Vec<Candidate> = match *sizes.as_slice() {
        [] => vec![read_as_features(
            view,
            "read it as one step of one feature: insert axes of 1",
            turned(&[Method::Unsqueeze(0), Method::Unsqueeze(1), Method::Unsqueeze(2)]),
        )]
        .into_iter()
        .flatten()
        .collect(),
        [only] => {
            let (step, batch) = (view.batch_axis(), 1 - view.batch_axis());
            let ways = if only == features {
                [
                    (
                        "insert a sequence axis of 1: one step, unbatched".to_owned(),
                        vec![Method::Unsqueeze(0)],
                    ),
                    (
                        "insert a sequence and a batch axis of 1 each: one step of one sequence".to_owned(),
                        vec![Method::Unsqueeze(0), Method::Unsqueeze(0)],
                    ),
                ]
            } else {
                let read = format!("read it as {} of one feature each", count(only, "step"));
                let inserted = if step == 0 { Method::Unsqueeze(0) } else { Method::Unsqueeze(batch + 1) };
                [
                    (format!("{read}: append an axis of 1"), vec![Method::Unsqueeze(1)]),
                    (
                        format!("{read}: append an axis of 1, and insert a batch axis of 1"),
                        vec![Method::Unsqueeze(1), inserted],
                    ),
                ]
            };
            let ways = ways.into_iter().filter(|(_, methods)| unbatched || methods.len() == 2);
            ways.filter_map(|(statement, methods)| read_as_features(view, statement, turned(&methods)))
                .collect()
        }
        // Before 1.11, where two axes are not enough.
        [steps, last] => {
            let mut list = if last == features { Vec::new() } else { appended_features(view, features) };
            let batched = batched_by_one(view).map(|turned| {
                Candidate::new(
                    format!("insert a batch axis of 1, for one sequence of {}", count(steps, "step")),
                    [turned_input(&turned)],
                )
            });
            list.extend(batched);
            list
        }
        _ => fewer_axes(view, &given, features),
    };
    list.push(Candidate::another_x(example_shape(view)));
    list
}

/// What methods make of x, for a module that takes as many features as its last axis then has.
fn read_as_features(view: &View, statement: impl Into<String>, turned: Option<Turned>) -> Option<Candidate> {
    let turned = turned?;
    let size = turned.shape.0.last().and_then(|size| positive(size.0))?;
    let mut changes = vec![turned_input(&turned)];
    if view.int("input_size") != Some(size.into()) {
        changes.push(option("input_size", size).into());
    }
    Some(Candidate::new(statement, changes))
}

/// Four axes or more: without those of 1, or with neighbours merged; first what has as many features as are due.
fn fewer_axes(view: &View, given: &Shape, features: i128) -> Vec<Candidate> {
    let last = given.rank() - 1;
    let is_batch_first = view.batch_axis() == 0;
    let mut list: Vec<(bool, Candidate)> = Vec::new();
    let mut offer = |turned: Option<Turned>, statement: &dyn Fn(&Turned) -> String| {
        let Some(turned) = turned else { return };
        let fits = turned.shape.0.last() == Some(&Dim(features));
        let statement = format!("{}: {}", statement(&turned), turned.shape);
        list.extend(read_as_features(view, statement, Some(turned)).map(|candidate| (fits, candidate)));
    };
    let by = |methods: &[Method]| Turned::by(given, methods);
    let size = |turned: &Turned, axis: usize| turned.shape.0[axis].0;
    offer(Turned::squeezed(given), &|_| "squeeze out the axes of 1".to_owned());
    if given.rank() == 4 {
        // Feature maps, (N, C, H, W): their positions or their columns one after the other.
        let [positions, columns] = if is_batch_first {
            [
                vec![Method::Flatten(2, 3), Method::Transpose(1, 2)],
                vec![Method::Flatten(1, 2), Method::Transpose(1, 2)],
            ]
        } else {
            [
                vec![Method::Flatten(2, 3), Method::Permute([2, 0, 1])],
                vec![Method::Flatten(1, 2), Method::Permute([2, 0, 1])],
            ]
        };
        offer(by(&positions), &|turned| {
            format!(
                "read it as maps (N, C, H, W), each position a step of {}",
                count(size(turned, 2), "feature")
            )
        });
        offer(by(&columns), &|turned| {
            format!(
                "read it as maps (N, C, H, W), each column a step of {}",
                count(size(turned, 2), "feature")
            )
        });
    }
    offer(by(&[Method::Flatten(2, last)]), &|turned| {
        format!("merge the last axes into {}", count(size(turned, 2), "feature"))
    });
    let leading = if is_batch_first { Method::Flatten(0, last - 2) } else { Method::Flatten(1, last - 1) };
    offer(by(&[leading]), &|turned| {
        format!("merge axes into one batch axis of {}", size(turned, view.batch_axis()))
    });
    list.sort_by_key(|(fits, _)| !fits);
    list.into_iter().map(|(_, candidate)| candidate).collect()
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
        two.says("1.10", "input must have 3 dimensions, got 2")
            .is_mended_by("insert a batch axis of 1, for one sequence of 5 steps");
    }

    #[test]
    fn axes_of_1_are_squeezed_out_of_four() {
        let four = example().x([5, 1, 3, 10]).refused_as(&MISTAKE);
        four.says("2.15", "GRU: Expected input to be 2D or 3D, got 4D instead")
            .is_mended_by("squeeze out the axes of 1: (5, 3, 10)")
            .by_code(&["x = x.squeeze(1)"]);
    }

    #[test]
    fn feature_maps_are_flattened_to_steps_in_the_layout_of_the_call() {
        let maps =
            |batch_first| example().option("batch_first", batch_first).x([8, 10, 4, 7]).refused_as(&MISTAKE);
        maps(true)
            .says("2.15", "GRU: Expected input to be 2D or 3D, got 4D instead")
            .is_mended_by("read it as maps (N, C, H, W), each position a step of 10 features: (8, 28, 10)")
            .by_code(&["x = x.flatten(2).transpose(1, 2)"]);
        maps(false)
            .says("2.15", "GRU: Expected input to be 2D or 3D, got 4D instead")
            .is_mended_by("read it as maps (N, C, H, W), each position a step of 10 features: (28, 8, 10)")
            .by_code(&["x = x.flatten(2).permute(2, 0, 1)"]);
        // The columns of a map have C * H features.
        let columns = example().option("batch_first", true).x([8, 5, 2, 7]).refused_as(&MISTAKE);
        columns
            .says("2.15", "GRU: Expected input to be 2D or 3D, got 4D instead")
            .is_mended_by("read it as maps (N, C, H, W), each column a step of 10 features: (8, 7, 10)")
            .by_code(&["x = x.flatten(1, 2).transpose(1, 2)"]);
    }

    #[test]
    fn what_throws_numbers_away_comes_last_and_says_so() {
        let maps = example().x([8, 10, 4, 7]).refused_as(&MISTAKE).error();
        let (last, others) = maps.help.split_last().expect("fixes");
        assert_eq!(last.statement, "draw another x of (5, 3, 10): the numbers in x are lost");
        assert!(others.iter().all(|fix| !fix.statement.contains("lost") && fix.code.contains("x = x.")));
    }
}
