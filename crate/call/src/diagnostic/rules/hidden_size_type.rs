//! A `hidden_size` that is no int.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "hidden-size-type",
    stage: Stage::Constructor,
    why: |view| size::HIDDEN_SIZE.why_not_an_int(view),
    fixes: |view| size::HIDDEN_SIZE.fixes(view),
};

/// `RNNBase.__init__` asks for its type.
pub(super) static ASKED: Rule = MISTAKE.raises(
    "TypeError",
    |view| !view.is_python_int("hidden_size"),
    |view| format!("hidden_size should be of type int, got: {}", given_type(view)),
);

/// `proj_size >= hidden_size`, where `proj_size` is 0.
pub(super) static COMPARED: Rule = MISTAKE.raises(
    "TypeError",
    |view| !view.is_number("hidden_size"),
    |view| format!("'>=' not supported between instances of 'int' and '{}'", given_type(view)),
);

/// `3 * hidden_size`, which Python also does with a str, a list or a tuple.
pub(super) static MULTIPLIED: Rule = MISTAKE.raises(
    "TypeError",
    |view| view.value("hidden_size") == Value::None,
    |_| "unsupported operand type(s) for *: 'int' and 'NoneType'".to_owned(),
);

/// `torch.Tensor(3 * hidden_size, input_size)`.
pub(super) static NEW: Rule = MISTAKE.raises("TypeError", is_no_int, |view| {
    let (hidden, input) = (given_type(view), view.value("input_size").type_name());
    format!(
        "new() received an invalid combination of arguments - got ({hidden}, {input}), but expected one of:\n \
         * (*, torch.device device)\n      didn't match because some of the arguments have invalid types: (!{hidden}!, !{input}!)\n \
         * (torch.Storage storage)\n \
         * (Tensor other)\n \
         * (tuple of ints size, *, torch.device device)\n \
         * (object data, *, torch.device device)\n"
    )
});

/// `torch.empty((3 * hidden_size, input_size))`.
pub(super) static EMPTY: Rule = MISTAKE.raises("TypeError", is_no_int, creation::refused_combination);

fn is_no_int(view: &View) -> bool {
    view.int("hidden_size").is_none()
}

fn given_type(view: &View) -> &'static str {
    view.value("hidden_size").type_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_refuses_another_step_of_the_way() {
        let none = example().option("hidden_size", Value::None).refused_as(&MISTAKE);
        none.says("1.7", "unsupported operand type(s) for *: 'int' and 'NoneType'");
        none.says("2.0", "'>=' not supported between instances of 'int' and 'NoneType'");
        none.says("2.15", "hidden_size should be of type int, got: NoneType")
            .is_mended_by("set hidden_size=20");
        let float = example().option("hidden_size", 2.5).refused_as(&MISTAKE);
        float.says_among_others("1.8", "(!float!, !int!)\n * (torch.Storage storage)\n");
        float.says_among_others("2.0", "empty() received an invalid combination of arguments");
        float.says("2.15", "hidden_size should be of type int, got: float").is_mended_by("set hidden_size=3");
    }

    #[test]
    fn an_int_of_numpy_is_none_of_pythons() {
        let numpy = example().option("hidden_size", Value::Int64(20)).refused_as(&MISTAKE);
        numpy
            .says("2.15", "hidden_size should be of type int, got: int64")
            .is_mended_by("set hidden_size=20");
    }
}
