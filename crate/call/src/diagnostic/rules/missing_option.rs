//! Required options that are not given.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake { code: "missing-option", stage: Stage::Constructor, why, fixes };

/// Python binds the arguments of `RNNBase.__init__`.
pub(super) static RULE: Rule = MISTAKE.raises(
    "TypeError",
    |view| missing(view).next().is_some(),
    |view| {
        let quoted: Vec<String> = missing(view).map(|option| format!("'{}'", option.name)).collect();
        let plural = if quoted.len() == 1 { "" } else { "s" };
        format!(
            "{}__init__() missing {} required positional argument{plural}: {}",
            view.since_python_3_10("RNNBase."),
            quoted.len(),
            quoted.join(" and ")
        )
    },
);

fn missing(view: &View) -> impl Iterator<Item = &'static size::SizeOption> {
    [&size::INPUT_SIZE, &size::HIDDEN_SIZE].into_iter().filter(|option| view.option(option.name).is_none())
}

fn why(view: &View) -> Explanation {
    let explanation = Explanation::new(
        "input_size (H_in) and hidden_size (H_out) have no defaults: the shapes of all weights follow from them.",
    );
    missing(view).fold(explanation, |explanation, option| explanation.at_option(option.name, "missing"))
}

fn fixes(view: &View) -> Vec<Candidate> {
    let sets = missing(view).map(|option| Candidate::set(option.name, (option.fitting)(view)));
    Candidate::all(sets).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sizes_are_required() {
        let neither = example().without("input_size").without("hidden_size").refused_as(&MISTAKE);
        neither
            .says(
                "2.15",
                "RNNBase.__init__() missing 2 required positional arguments: 'input_size' and 'hidden_size'",
            )
            .is_mended_by("set input_size=10 and hidden_size=20");
        let one = example().without("hidden_size").h_0([1, 3, 7]).refused_as(&MISTAKE);
        one.says("1.7", "__init__() missing 1 required positional argument: 'hidden_size'")
            .is_mended_by("set hidden_size=7");
    }
}
