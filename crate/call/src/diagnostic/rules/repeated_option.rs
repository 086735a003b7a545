//! A keyword written twice.

use std::collections::BTreeSet;

use crate::diagnostic::prelude::*;
use crate::py::takes_dtype;

static MISTAKE: Mistake = Mistake { code: "repeated-option", stage: Stage::Constructor, why, fixes };

/// Python reads the call.
pub(super) static RULE: Rule = MISTAKE.raises(
    "SyntaxError",
    |view| repeated(view).is_some(),
    |view| format!("keyword argument repeated: {}", repeated(view).unwrap_or_default()),
);

fn repeated<'a>(view: &View<'a>) -> Option<&'a str> {
    let config = &view.call.config;
    let mut earlier = BTreeSet::new();
    config.other.iter().find_map(|(name, _)| {
        let before = !earlier.insert(name);
        let place = OPTIONS.iter().position(|option| option == name);
        let field = place.is_some_and(|place| config.fields()[place].is_some());
        let dtype = name == "dtype" && takes_dtype(view.weight_dtype(), view.call.release);
        (before || field || dtype).then_some(name.as_str())
    })
}

fn why(view: &View) -> Explanation {
    let name = repeated(view).unwrap_or_default();
    Explanation::new(format!("{name} is written twice; Python takes every option once."))
        .at_option(name, "written twice")
}

fn fixes(view: &View) -> Vec<Candidate> {
    let name = repeated(view).unwrap_or_default();
    let value = view.option(name).filter(|_| name != "dtype").cloned();
    vec![Candidate::new(format!("write {name} once"), [Edit::SetOption { name: name.to_owned(), value }])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_written_once() {
        let twice = example().option("seq_len", 5).other("seq_len", 6).refused_as(&MISTAKE);
        twice.says("1.7", "keyword argument repeated: seq_len");
        twice
            .says("2.15", "keyword argument repeated: seq_len")
            .is_mended_by("write seq_len once, then leave out seq_len");
        let both = example().option("bias", true).other("bias", 1).refused_as(&MISTAKE);
        both.says("2.15", "keyword argument repeated: bias").is_mended_by("write bias once");
    }
}
