//! Options that are True or False.

use super::candidate::Candidate;
use super::explanation::{Explanation, article};
use crate::call::Value;
use crate::diagnostic::view::View;

/// Why a value of another kind is none, for an option that says something.
pub(crate) fn why(view: &View, name: &str, says: &str) -> Explanation {
    let given = article(view.value(name).type_name());
    Explanation::new(format!("{name} says {says}: True or False, not {given}."))
        .at_option(name, "not True or False")
        .note("up to PyTorch 2.10 the constructor takes any value, and the call then fails")
}

/// Sets the option to what its value may have meant.
pub(crate) fn fix(view: &View, name: &str) -> Candidate {
    let is_meant = match view.value(name) {
        Value::Str(text) => {
            !matches!(text.trim().to_ascii_lowercase().as_str(), "" | "false" | "no" | "0" | "none")
        }
        value => value.is_truthy(),
    };
    Candidate::set(name, is_meant)
}
