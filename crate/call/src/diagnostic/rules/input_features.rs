//! An input whose last axis is not `input_size`.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "input-features", stage: Stage::Call, why, fixes };

/// `RNNBase.check_input` compares it.
pub(super) static RULE: Rule = MISTAKE.raises(
    "RuntimeError",
    |view| view.features() != view.int("input_size"),
    |view| words::input_size(view.value("input_size").without_numpy(), view.features().unwrap_or_default()),
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
    let expected_words = view.value("input_size").without_numpy();
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
    let given = view.input_shape();
    let Some((&Dim(last), before)) = given.0.split_last() else { return Vec::new() };
    let mut list = appended_features(view, expected);
    for (axis, _) in before.iter().enumerate().filter(|(_, size)| size.0 == expected).rev() {
        let Some(turned) = Turned::by(&given, &[Method::Transpose(axis, before.len())]) else { continue };
        let name = if before.len() == 1 {
            "the two axes".to_owned()
        } else {
            format!("axes {axis} and {}", before.len())
        };
        let statement = format!("swap {name}: {}", turned.shape);
        list.push(Candidate::new(statement, [turned_input(&turned)]));
    }
    list.extend(positive(last).map(|size| {
        Candidate::new(format!("set input_size={size} to match x"), [option("input_size", size)])
    }));
    list.push(if (0..last).contains(&expected) && expected > 0 {
        // The first of them are in x already.
        let statement = format!(
            "keep the first {} of {last}: the other {} are lost",
            count(expected, "feature"),
            last - expected
        );
        let kept = Turned::by(&given, &[Method::First(before.len(), expected)]);
        Candidate::new(statement, kept.iter().map(turned_input)).losing()
    } else {
        let mut shape = given.clone();
        shape.0[before.len()] = Dim(expected);
        Candidate::another_x(shape)
    });
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
            .is_mended_by("swap axes 1 and 2: (5, 3, 10)")
            .by_code(&[
                "x = x.transpose(1, 2)",
                "gru = nn.GRU(input_size=3, hidden_size=20)",
                "x = torch.randn(5, 10, 10)",
            ]);
    }

    #[test]
    fn windows_of_one_feature_gain_its_axis_in_the_layout_of_the_call() {
        let windows = example().option("input_size", 1).x([32, 10]);
        let message = "input.size(-1) must be equal to input_size. Expected 1, got 10";
        let by_batch = windows.clone().option("batch_first", true).refused_as(&MISTAKE);
        by_batch
            .says("2.15", message)
            .is_mended_by("read x as 32 sequences of 10 steps of one feature: (32, 10, 1)")
            .by_code(&[
                "x = x.unsqueeze(-1)",
                "gru = nn.GRU(input_size=10, hidden_size=20, batch_first=True)",
            ]);
        let by_step = windows.refused_as(&MISTAKE);
        by_step
            .says("2.15", message)
            .is_mended_by("read x as 32 sequences of 10 steps of one feature: (10, 32, 1)")
            .by_code(&["x = x.transpose(0, 1).unsqueeze(-1)", "x = x.unsqueeze(-1)"]);
    }

    #[test]
    fn no_axis_of_several_features_comes_from_nothing() {
        let rows = example().option("input_size", 32).x([4, 10]).refused_as(&MISTAKE).error();
        assert!(
            rows.help.iter().all(|fix| !fix.statement.contains("append") && !fix.code.contains("unsqueeze"))
        );
        let more = example().x([5, 3, 12]).refused_as(&MISTAKE).error();
        let last = more.help.last().expect("fixes");
        assert_eq!(last.statement, "keep the first 10 features of 12: the other 2 are lost");
        assert_eq!(last.code, "x = x[..., :10]");
    }
}
