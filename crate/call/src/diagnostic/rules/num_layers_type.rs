//! A `num_layers` that is no int.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "num-layers-type",
    stage: Stage::Constructor,
    why: |view| size::NUM_LAYERS.why_not_an_int(view),
    fixes: |view| size::NUM_LAYERS.fixes(view),
};

/// `num_layers <= 0`.
pub(super) static COMPARED: Rule = MISTAKE.raises(
    "TypeError",
    |view| !view.is_number("num_layers"),
    |view| {
        format!(
            "'<=' not supported between instances of '{}' and 'int'",
            view.value("num_layers").type_name()
        )
    },
);

/// `for layer in range(num_layers)`.
pub(super) static COUNTED: Rule = MISTAKE.raises(
    "TypeError",
    |view| view.int("num_layers").is_none(),
    |view| format!("'{}' object cannot be interpreted as an integer", view.value("num_layers").type_name()),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_counted() {
        let text = example().option("num_layers", "2").refused_as(&MISTAKE);
        text.says("2.1", "'str' object cannot be interpreted as an integer");
        text.says("2.15", "'<=' not supported between instances of 'str' and 'int'")
            .is_mended_by("set num_layers=2");
        let float = example().option("num_layers", 2.0).refused_as(&MISTAKE);
        float.says("2.15", "'float' object cannot be interpreted as an integer");
    }
}
