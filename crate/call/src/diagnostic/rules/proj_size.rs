//! An option that only `nn.LSTM` has.

use super::unexpected_option::{fixes, why};
use crate::diagnostic::prelude::*;

static MISTAKE: Mistake =
    Mistake { code: "proj-size", stage: Stage::Constructor, why: |view| why(view, "proj_size"), fixes };

/// `GRU.__init__` looks for it.
pub(super) static RULE: Rule = MISTAKE.raises(
    "ValueError",
    |view| view.option("proj_size").is_some(),
    |_| "proj_size argument is only supported for LSTM, not RNN or GRU".to_owned(),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gru_does_not_project() {
        let projected = example().other("proj_size", 4).refused_as(&MISTAKE);
        projected
            .says("2.15", "proj_size argument is only supported for LSTM, not RNN or GRU")
            .is_mended_by("leave out proj_size");
    }
}
