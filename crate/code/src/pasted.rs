//! What a pasted text is, for the page.

use call::Call;
use call::shape::Shape;
use paste::TextSize;
use serde::Serialize;

use crate::program::program;

/// What a pasted text is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PastedAnswer {
    /// Whether the text is known here.
    pub known: bool,
    /// A stable name such as `hidden-size`; `not-known` where it is none.
    pub kind: String,
    /// Why, in plain words with the sizes of the text.
    pub cause: String,
    /// What people try in vain; empty where nothing is known.
    pub vain: String,
    /// The sizes, types and names that the text has, in its order.
    pub sizes: Vec<NamedSize>,
    /// Statements for a notebook that get past it.
    pub mend: Option<String>,
    /// The call of `nn.GRU` that can be set up.
    pub call: Option<Call>,
    /// The code in the text, where it can be run: without fences, prompts and what the prompts printed.
    pub program: Option<String>,
}

/// One thing that a text has, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct NamedSize {
    /// What it is: `hidden_size`.
    pub name: String,
    /// `16`, or `(32, 10, 8)`.
    pub text: String,
}

/// Explains a text of any kind, in time linear in its length.
pub fn explain(text: &str) -> PastedAnswer {
    let answer = paste::explain(text);
    let shown = |size: TextSize| match size {
        TextSize::Int(size) => size.to_string(),
        TextSize::Number(number) => number.to_string(),
        TextSize::Shape(sizes) => Shape::new(sizes).to_string(),
        TextSize::Name(name) => name,
    };
    let sizes = answer.sizes.0.into_iter().map(|(name, size)| NamedSize { name, text: shown(size) });
    PastedAnswer {
        known: answer.known,
        kind: answer.kind,
        cause: answer.cause,
        vain: answer.vain,
        sizes: sizes.collect(),
        mend: answer.mend,
        call: answer.call.map(|call| call.call()),
        program: if text.len() <= paste::LIMIT { program(text) } else { None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_shown_as_python_shows_it_and_what_is_vain_stands_apart() {
        let answer = explain("RuntimeError: Expected hidden size (2, 5, 16), got [1, 3, 16]");
        let text =
            |name: &str| answer.sizes.iter().find(|size| size.name == name).map(|size| size.text.as_str());
        assert!(
            answer.sizes.iter().any(|size| size.text == "(2, 5, 16)"),
            "{:?} {:?}",
            answer.sizes,
            text("N")
        );
        assert!(!answer.cause.contains("In vain"), "{}", answer.cause);
        assert!(!answer.vain.is_empty());
        assert_eq!(answer.program, None);
    }

    #[test]
    fn code_brings_its_program_and_its_call() {
        let answer = explain(
            "```python\nimport torch\nfrom torch import nn\ngru = nn.GRU(8, 16)\nout, h_n = gru(torch.randn(5, 3, 8))\n```",
        );
        assert!(answer.program.is_some_and(|program| program.starts_with("import torch\n")));
        assert_eq!(answer.call.and_then(|call| call.config.hidden_size), Some(call::Value::Int(16)));
    }
}
