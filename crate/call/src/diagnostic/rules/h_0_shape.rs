//! An initial hidden state of another shape than the module and the batch ask for.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "h-0-shape", stage: Stage::Call, why, fixes };

/// `RNNBase.check_hidden_size` compares it.
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| {
        view.h_0().is_some() && view.expected_h_0().is_some_and(|due| compared_shape(view) != Shape::new(due))
    },
    |view| {
        let [states, batch, _] = view.expected_h_0().unwrap_or_default();
        let expected = [states.to_string(), batch.to_string(), view.value("hidden_size").to_string()];
        words::state_shape("hidden", expected, compared_shape(view).list())
    },
);

/// `h_0`'s shape as it is compared: unbatched, it has gained the axis of 1.
fn compared_shape(view: &View) -> Shape {
    let mut shape = view.h_0_shape();
    if view.rank() == Some(2) && shape.rank() == 2 {
        shape.0.insert(1, Dim(1));
    }
    shape
}

/// What the first axis of `h_0` counts: `D * num_layers = 2 * 1 = 2`.
fn states(view: &View) -> String {
    let (directions, states) = (view.directions(), view.states());
    format!("D * num_layers = {directions} * {} = {states}", states / directions)
}

fn why(view: &View) -> Explanation {
    let (right, given) = (view.right_h_0().unwrap_or_default(), view.h_0_shape());
    let unbatched = view.rank() == Some(2);
    let layout = if unbatched { "(D * num_layers, H_out)" } else { "(D * num_layers, N, H_out)" };
    let batch =
        view.batch().filter(|_| !unbatched).map(|batch| format!(" and N = {batch}")).unwrap_or_default();
    let mut explanation = Explanation::new(format!(
        "h_0 holds a state for each layer and direction: {layout} = {right}, because {}{batch}. It is {given}.",
        states(view)
    ));
    if given.rank() == right.rank() {
        explanation = with_differing_axes(view, explanation, &given, &right);
    } else {
        explanation = explanation.at(H_0, axes(given.rank()));
    }
    if view.is_true("batch_first") && !unbatched {
        explanation = explanation.note("batch_first moves the batch of x and of the output only; h_0 and h_n keep (D * num_layers, N, H_out)");
    }
    if unbatched {
        explanation = explanation.note(
            "the message shows shapes with a batch axis of 1, which PyTorch inserts into unbatched ones",
        );
    }
    explanation
}

/// Points at each axis of `h_0` that differs, and at what its size comes from.
fn with_differing_axes(
    view: &View,
    mut explanation: Explanation,
    given: &Shape,
    right: &Shape,
) -> Explanation {
    let last = right.rank() - 1;
    for (axis, (given, right)) in
        given.0.iter().zip(&right.0).enumerate().filter(|(_, (given, right))| given != right)
    {
        explanation = explanation.at(Place::H0 { axis: Some(axis) }, format!("{given}, should be {right}"));
        explanation = match axis {
            0 => explanation.at_option("num_layers", states(view)),
            _ if axis == last => explanation.at_option("hidden_size", format!("H_out = {right}")),
            _ => explanation.at(x(view.batch_axis()), format!("N = {right}")),
        };
    }
    explanation
}

/// Another shape for `h_0`, none at all, or another module or input that it fits.
pub(super) fn fixes(view: &View) -> Vec<Candidate> {
    let mut list = Vec::new();
    let given = view.h_0().map(|h_0| h_0.shape.0.iter().map(|size| size.0).collect::<Vec<_>>());
    let right = view.right_h_0();
    let is_batched = view.rank() == Some(3);
    if let (Some(given), Some(right)) = (&given, &right) {
        let rest_is = |axes: &[usize]| {
            given.len() == right.rank()
                && axes.iter().all(|axis| given.get(*axis) == right.0.get(*axis).map(|size| &size.0))
        };
        if is_batched
            && given.len() == 3
            && [given[1], given[0], given[2]] == view.expected_h_0().unwrap_or_default()
        {
            list.push(Candidate::new(format!("swap h_0's first two axes: {right}"), [h_0(right.clone())]));
        }
        if is_batched && rest_is(&[0, 2]) && view.steps() == Some(given[1]) && view.is_bool("batch_first") {
            list.push(Candidate::set("batch_first", !view.is_true("batch_first")));
        }
        if right.rank() == given.len() + 1 && is_subsequence(given, right) {
            list.push(Candidate::new(
                format!("insert the axis that h_0 lacks: {right}"),
                [h_0(right.clone())],
            ));
        }
    }
    list.extend(right.map(|right| Candidate::new(format!("give h_0 the shape {right}"), [h_0(right)])));
    list.push(Candidate::leave_h_0_out());
    let (Some(given), Some(expected)) = (given, view.expected_h_0()) else { return list };
    if let (Some(2), [_, batch, _], Some(steps), Some(features)) =
        (view.rank(), given.as_slice(), view.steps(), view.features())
        && *batch >= 0
    {
        let shape = batch_shape(view, steps, *batch, features);
        list.push(Candidate::new(format!("insert a batch axis of {batch} into x: {shape}"), [input(shape)]));
    }
    if is_batched && given.len() == 3 || view.rank() == Some(2) && given.len() == 2 {
        list.extend(other_module(view, &given, expected));
    }
    list
}

/// The module or the batch that an initial hidden state of the right rank would fit.
fn other_module(view: &View, given: &[i128], [states, batch, hidden]: [i128; 3]) -> Vec<Candidate> {
    let (given_states, given_hidden) = (given[0], given[given.len() - 1]);
    let given_batch = if given.len() == 3 { given[1] } else { batch };
    let mut list = Vec::new();
    if (given_batch, given_hidden) == (batch, hidden) {
        if given_states == 2 * states && view.directions() == 1 {
            list.push(Candidate::set("bidirectional", true));
        } else if 2 * given_states == states && view.directions() == 2 {
            list.push(Candidate::set("bidirectional", false));
        }
        list.extend(size::layers_of(view, given_states).map(|layers| Candidate::set("num_layers", layers)));
    } else if (given_states, given_hidden) == (states, hidden) {
        let mut shape = view.input_shape();
        shape.0[view.batch_axis()] = Dim(given_batch);
        list.push(Candidate::new(format!("give x a batch of {given_batch}: {shape}"), [input(shape)]));
    } else if (given_states, given_batch) == (states, batch) {
        list.extend(positive(given_hidden).map(|size| Candidate::set("hidden_size", size)));
    }
    list
}

/// Whether a shape is another with one axis left out.
fn is_subsequence(given: &[i128], right: &Shape) -> bool {
    let mut right = right.0.iter();
    given.iter().all(|size| right.any(|other| other.0 == *size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_axis_has_what_it_comes_from() {
        let batch = example().h_0([1, 2, 20]).refused_as(&MISTAKE);
        batch.says("1.7", "Expected hidden size (1, 3, 20), got [1, 2, 20]");
        batch
            .says("2.15", "Expected hidden size (1, 3, 20), got [1, 2, 20]")
            .is_mended_by("give h_0 the shape (1, 3, 20)");
        let swapped = example().option("num_layers", 2).h_0([3, 2, 20]).refused_as(&MISTAKE);
        swapped
            .says("2.15", "Expected hidden size (2, 3, 20), got [3, 2, 20]")
            .is_mended_by("swap h_0's first two axes: (2, 3, 20)");
    }

    #[test]
    fn an_unbatched_state_is_shown_with_a_batch_of_1() {
        let unbatched = example().x([5, 10]).h_0([2, 20]).refused_as(&MISTAKE);
        unbatched.says("2.15", "Expected hidden size (1, 1, 20), got [2, 1, 20]");
    }
}
