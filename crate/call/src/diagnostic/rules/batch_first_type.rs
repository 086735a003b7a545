//! A `batch_first` that is neither True nor False.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "batch-first-type",
    stage: Stage::Constructor,
    why: |view| flag::why(view, "batch_first", "whether the batch is the first axis"),
    fixes: |view| vec![flag::fix(view, "batch_first")],
};

/// `RNNBase.__init__` asks for its type.
pub(super) static RULE: Rule = MISTAKE.raises(
    "TypeError",
    |view| !view.is_bool("batch_first"),
    |view| format!("batch_first should be of type bool, got: {}", view.value("batch_first").type_name()),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_as_it_is_meant() {
        let text = example().option("batch_first", "no").refused_as(&MISTAKE);
        text.says("2.15", "batch_first should be of type bool, got: str")
            .is_mended_by("set batch_first=False");
    }
}
