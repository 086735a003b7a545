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
        // A product with an int of NumPy is one, and since NumPy 2, for which no release before 2.3 is made, says so.
        let is_numpy = view.value("num_layers").has_numpy() && view.call.release >= Release::new(2, 3, 0);
        let states = if is_numpy { Value::Int64(states as i64).to_string() } else { states.to_string() };
        let expected = [states, batch.to_string(), view.value("hidden_size").without_numpy().to_string()];
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
    if !unbatched {
        explanation.notes.extend(causes_of_another_batch(view, &given));
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

/// What usually gives `h_0` another batch than the input, the likeliest first.
fn causes_of_another_batch(view: &View, given: &Shape) -> Vec<String> {
    let ([Dim(states), Dim(other), Dim(last)], Some([due, batch, hidden])) =
        (given.0.as_slice(), view.expected_h_0())
    else {
        return Vec::new();
    };
    let (states, other) = (*states, *other);
    if other == batch || *last != hidden || other < 1 || batch < 1 {
        return Vec::new();
    }
    let axis = view.batch_axis();
    let made_of_x = format!("an h_0 made of x.size({axis}) fits every batch");
    let mut causes = Vec::new();
    if states == due {
        causes.push(if other > batch {
            format!(
                "the likely cause is the last batch of a DataLoader, smaller than the others: {batch} where h_0 was made for {other}; DataLoader(..., drop_last=True) leaves it out, or {made_of_x}"
            )
        } else {
            format!(
                "the likely cause is an h_0 of another batch, such as the last of a DataLoader, which is smaller than the others: {other} where x has {batch}; DataLoader(..., drop_last=True) leaves it out, or {made_of_x}"
            )
        });
    }
    let is_split = other > batch && other % batch == 0;
    if is_split && (states == due || states < due && due % states.max(1) == 0) {
        causes.push(format!(
            "nn.DataParallel is another cause: each of {} GPUs gets a part of x along axis 0; make h_0 within forward, of x.size({axis}), on x.device",
            other / batch
        ));
    }
    causes
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

/// The same state in another shape, a new one, none at all, or another module or input that it fits.
pub(super) fn fixes(view: &View) -> Vec<Candidate> {
    let mut list = Vec::new();
    if let Some(Argument::Array { array, .. }) = view.h_0_argument() {
        let expression = Some("torch.from_numpy({})".to_owned());
        list.push(Candidate::new(
            format!("make a tensor of it: its shape is {array}"),
            [FixStep { edit: h_0(array.clone()), expression }],
        ));
    }
    let given = view.h_0().map(|h_0| h_0.shape.clone());
    let right = view.right_h_0();
    let is_batched = view.rank() == Some(3);
    if let (Some(given), Some(right)) = (&given, &right) {
        let rest_is = |axes: &[usize]| {
            given.rank() == right.rank() && axes.iter().all(|axis| given.0.get(*axis) == right.0.get(*axis))
        };
        let batch_first = || Candidate::set("batch_first", !view.is_true("batch_first"));
        let swapped = Turned::by(given, &[Method::Transpose(0, 1), Method::Contiguous]);
        if is_batched && given.rank() == 3 && swapped.as_ref().map(|turned| &turned.shape) == Some(right) {
            list.push(Candidate::new(
                format!("swap h_0's first two axes: {right}"),
                swapped.iter().map(turned_h_0),
            ));
        }
        let second = given.0.get(1).map(|size| size.0);
        if is_batched && rest_is(&[0, 2]) && view.steps() == second && view.is_bool("batch_first") {
            list.push(batch_first());
        }
        list.extend(batched_input(view, given));
        list.extend(inserted_axis(given, right));
        let without_batch =
            (!is_batched && given.rank() == 3 && second == Some(1)).then_some(Method::Squeeze(1));
        let squeezed = without_batch.and_then(|method| Turned::by(given, &[method]));
        if let Some(turned) = squeezed.filter(|turned| turned.shape == *right) {
            list.push(Candidate::new(
                format!("squeeze out h_0's batch axis of 1: {right}"),
                [turned_h_0(&turned)],
            ));
        }
        if is_batched && rest_is(&[0, 2]) {
            list.extend(of_one(given, right));
        }
    }
    list.extend(right.map(|right| new_h_0(view, right)));
    list.push(Candidate::leave_h_0_out());
    let (Some(given), Some(expected)) = (given, view.expected_h_0()) else { return list };
    if is_batched && given.rank() == 3 || view.rank() == Some(2) && given.rank() == 2 {
        let given: Vec<i128> = given.0.iter().map(|size| size.0).collect();
        list.extend(other_module(view, &given, expected));
    }
    list
}

/// Zeros of the shape that is due, whose batch is that of x.
fn new_h_0(view: &View, right: Shape) -> Candidate {
    let sizes = right.0.iter().enumerate().map(|(axis, size)| match (axis, right.rank()) {
        (1, 3) => format!("x.size({BATCH_AXIS})"),
        _ => size.to_string(),
    });
    let sizes = sizes.collect::<Vec<_>>().join(", ");
    let dtype = view.h_0().map_or(view.weight_dtype(), |h_0| h_0.dtype);
    let mut options = if dtype == Dtype::Float32 { String::new() } else { format!(", dtype={dtype}") };
    // Where x is, if that is said of one of them.
    let device = view.input().and_then(|x| x.device).filter(|device| *device == Device::Cuda);
    if device.is_some() {
        options += ", device=x.device";
    }
    let expression = Some(format!("torch.zeros({sizes}{options})"));
    let statement = if right.rank() == 3 {
        format!("make h_0 anew of zeros, with the N of x: {right}")
    } else {
        format!("make h_0 anew of zeros: {right}")
    };
    let mut changes = vec![FixStep { edit: h_0(right), expression }];
    changes.extend(
        device
            .map(|device| FixStep { edit: Edit::SetH0Device { device }, expression: Some("{}".to_owned()) }),
    );
    Candidate::new(statement, changes)
}

/// A single sequence or a single step, where `h_0` has a batch axis and x has none.
fn batched_input(view: &View, given: &Shape) -> Vec<Candidate> {
    let (Some(2), [_, Dim(batch), _]) = (view.rank(), given.0.as_slice()) else { return Vec::new() };
    let x = view.input_shape();
    let (first, batch_axis) = (x.0[0].0, view.batch_axis());
    let mut list = Vec::new();
    let mut insert = |axis: usize, read: String| {
        list.extend(Turned::by(&x, &[Method::Unsqueeze(axis)]).map(|turned| {
            Candidate::new(format!("read x as {read}: {}", turned.shape), [turned_input(&turned)])
        }));
    };
    if *batch == 1 {
        insert(batch_axis, format!("a batch of one sequence of {}", count(first, "step")));
    }
    if *batch == first {
        insert(1 - batch_axis, format!("one step of {}", count(first, "sequence")));
    }
    list
}

/// The axis that `h_0` lacks: of 1, or the same state for each sequence, layer and direction.
fn inserted_axis(given: &Shape, right: &Shape) -> Option<Candidate> {
    if right.rank() != given.rank() + 1 {
        return None;
    }
    // No unit's state can be made of another's.
    let lacking = (0..right.rank() - 1).find(|axis| {
        let mut rest = right.0.clone();
        rest.remove(*axis);
        rest == given.0
    })?;
    let size = right.0[lacking].0;
    let (mut methods, mut statement) =
        (vec![Method::Unsqueeze(lacking)], format!("insert the axis that h_0 lacks: {right}"));
    if size != 1 {
        methods.push(Method::Repeat(lacking, size));
        let each = if lacking == 0 { "layer and direction" } else { "sequence" };
        statement = format!("insert the axis that h_0 lacks, the same state for every {each}: {right}");
    }
    let turned = Turned::by(given, &methods).filter(|_| size >= 0)?;
    Some(Candidate::new(statement, [turned_h_0(&turned)]))
}

/// The state of one sequence, for all.
fn of_one(given: &Shape, right: &Shape) -> Option<Candidate> {
    let (given_batch, batch) = (given.0[1].0, right.0[1].0);
    let turned = (given_batch == 1 && batch > 1).then_some(Method::Repeat(1, batch))?;
    let turned = Turned::by(given, &[turned])?;
    let statement = format!("give every sequence the one state that h_0 has: {right}");
    Some(Candidate::new(statement, [turned_h_0(&turned)]))
}

/// The module that an initial hidden state of the right rank would fit.
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
    } else if (given_states, given_batch) == (states, batch) {
        list.extend(positive(given_hidden).map(|size| Candidate::set("hidden_size", size)));
    }
    list
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
            .is_mended_by("make h_0 anew of zeros, with the N of x: (1, 3, 20)")
            .by_code(&["h_0 = torch.zeros(1, x.size(1), 20)"]);
        let swapped = example().option("num_layers", 2).h_0([3, 2, 20]).refused_as(&MISTAKE);
        swapped
            .says("2.15", "Expected hidden size (2, 3, 20), got [3, 2, 20]")
            .is_mended_by("swap h_0's first two axes: (2, 3, 20)")
            .by_code(&["h_0 = h_0.transpose(0, 1).contiguous()"]);
    }

    #[test]
    fn an_unbatched_state_is_shown_with_a_batch_of_1() {
        let unbatched = example().x([5, 10]).h_0([2, 20]).refused_as(&MISTAKE);
        unbatched.says("2.15", "Expected hidden size (1, 1, 20), got [2, 1, 20]");
    }

    #[test]
    fn a_state_of_another_batch_names_the_last_batch_and_data_parallel() {
        let notes = |x: [i64; 3], h_0: [i64; 3]| {
            let call = example().option("batch_first", true).x(x).h_0(h_0).refused_as(&MISTAKE);
            call.error().notes.join("\n")
        };
        let smaller = notes([17, 5, 10], [1, 64, 20]);
        assert!(smaller.contains("drop_last=True") && smaller.contains("x.size(0)"), "{smaller}");
        assert!(!smaller.contains("DataParallel"), "{smaller}");
        assert!(notes([16, 5, 10], [1, 64, 20]).contains("nn.DataParallel is another cause: each of 4 GPUs"));
        assert!(notes([64, 5, 10], [1, 17, 20]).contains("drop_last=True"));
        assert!(!notes([64, 5, 10], [2, 64, 20]).contains("drop_last"));
        let kept = example().x([5, 17, 10]).h_0([1, 64, 20]).refused_as(&MISTAKE).error();
        assert_eq!(kept.help[0].code, "h_0 = torch.zeros(1, x.size(1), 20)");
    }

    #[test]
    fn no_cause_of_another_batch_is_named_where_another_axis_is_wrong_or_a_size_is_none() {
        let notes = |x: [i64; 3], h_0: [i64; 3]| example().x(x).h_0(h_0).refused_as(&MISTAKE).error().notes;
        assert_eq!(notes([5, 3, 10], [1, 3, 19]), Vec::<String>::new(), "the same batch");
        assert_eq!(notes([5, 3, 10], [1, 6, 19]), Vec::<String>::new(), "another width");
        assert_eq!(notes([5, 3, 10], [1, 0, 20]), Vec::<String>::new(), "an empty state");
        assert_eq!(notes([5, 3, 10], [1, 6, 20]).len(), 2);
    }

    #[test]
    fn each_wrong_axis_of_the_state_leads_to_what_its_size_comes_from() {
        let labels = |h_0: [i64; 3]| {
            let error = example().option("num_layers", 2).h_0(h_0).refused_as(&MISTAKE).error();
            error.labels.into_iter().map(|label| (label.place, label.text)).collect::<Vec<_>>()
        };
        let option = |name: &str| Place::Option { name: name.to_owned() };
        let at = |axis| Place::H0 { axis: Some(axis) };
        assert_eq!(
            labels([3, 3, 20]),
            [
                (at(0), "3, should be 2".to_owned()),
                (option("num_layers"), "D * num_layers = 1 * 2 = 2".to_owned())
            ]
        );
        assert_eq!(
            labels([2, 3, 19]),
            [(at(2), "19, should be 20".to_owned()), (option("hidden_size"), "H_out = 20".to_owned())]
        );
        assert_eq!(
            labels([2, 4, 20]),
            [(at(1), "4, should be 3".to_owned()), (Place::Input { axis: Some(1) }, "N = 3".to_owned())]
        );
    }

    #[test]
    fn a_state_is_given_to_every_sequence_and_no_unit_is_invented() {
        let one = example().h_0([1, 1, 20]).refused_as(&MISTAKE);
        one.is_mended_by("give every sequence the one state that h_0 has: (1, 3, 20)")
            .by_code(&["h_0 = h_0.repeat(1, 3, 1)"]);
        let units = example().h_0([1, 3, 7]).refused_as(&MISTAKE).error();
        assert!(units.help.iter().all(|fix| !fix.code.contains("h_0 = h_0")), "{:?}", units.help);
    }
}
