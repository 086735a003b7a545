//! An `input_size` that is no int.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "input-size-type",
    stage: Stage::Constructor,
    why: |view| size::INPUT_SIZE.why_not_an_int(view),
    fixes: |view| size::INPUT_SIZE.fixes(view),
};

/// `RNNBase.__init__` asks for its type.
pub(super) static ASKED: Rule = MISTAKE.raises(
    "TypeError",
    |view| !view.is_python_int("input_size"),
    |view| format!("input_size should be of type int, got: {}", given_type(view)),
);

/// `torch.Tensor(3 * hidden_size, input_size)`.
pub(super) static NEW: Rule = MISTAKE.raises("TypeError", is_no_int, |view| {
    format!(
        "new(): argument 'size' must be tuple of ints, but found element of type {} at pos 2",
        given_type(view)
    )
});

/// `torch.empty((3 * hidden_size, input_size))`.
pub(super) static EMPTY: Rule = MISTAKE.raises("TypeError", is_no_int, |view| {
    let ints = creation::ints(view.call.release);
    format!(
        "empty(): argument 'size' must be tuple of {ints}, but found element of type {} at pos 2",
        given_type(view)
    )
});

/// The same, in other words.
pub(super) static UNPACKED: Rule = MISTAKE.raises("TypeError", is_no_int, |view| {
    format!(
        "empty(): argument 'size' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but got {}\"",
        given_type(view)
    )
});

fn is_no_int(view: &View) -> bool {
    view.int("input_size").is_none()
}

fn given_type(view: &View) -> &'static str {
    view.value("input_size").type_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_release_has_words_for_a_float() {
        let float = example().option("input_size", 10.0).refused_as(&MISTAKE);
        float.says(
            "1.8",
            "new(): argument 'size' must be tuple of ints, but found element of type float at pos 2",
        );
        for (release, ints) in [("1.12", "ints"), ("1.13", "SymInts"), ("2.0", "ints")] {
            let of = format!("tuple of {ints}, but found element of type float at pos 2");
            float.says(release, &format!("empty(): argument 'size' must be {of}"));
        }
        float.says(
            "2.10",
            "empty(): argument 'size' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but got float\"",
        );
        float.says("2.15", "input_size should be of type int, got: float").is_mended_by("set input_size=10");
    }

    #[test]
    fn an_int_of_numpy_is_none_of_pythons() {
        let numpy = example().option("input_size", Value::Int64(10)).refused_as(&MISTAKE);
        numpy.says("2.15", "input_size should be of type int, got: int64").is_mended_by("set input_size=10");
    }
}
