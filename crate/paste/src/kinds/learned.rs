//! What `nn.GRU` says of a call in any release, learnt from the core that says it: each mistake of `diagnose` that has no
//! row of its own.

use std::sync::OnceLock;

use call::diagnostic::{Severity, diagnose, release_ranges};
use call::{Argument, Call, Config, Dtype, Release, Tensor, Value};

use crate::answer::{Answer, TextSizes};
use crate::reading::PastedText;

struct Learned {
    code: String,
    message: String,
    cause: String,
    mend: Option<String>,
}

/// Calls with one mistake each.
fn mistaken() -> Vec<Call> {
    let call = || Call {
        config: Config {
            input_size: Some(Value::Int(8)),
            hidden_size: Some(Value::Int(16)),
            ..Config::default()
        },
        input: Argument::tensor([5, 3, 8]),
        h_0: None,
        release: Release::NEWEST,
    };
    let option = |name: &str, value: Value| {
        let mut call = call();
        match call.config.field_mut(name) {
            Some(field) => *field = Some(value),
            None => call.config.other.push((name.to_owned(), value)),
        }
        call
    };
    let mut calls = vec![
        option("proj_size", Value::Int(4)),
        option("dropout", Value::Float(1.5)),
        option("dropout", Value::Str("a".into())),
    ];
    for name in ["input_size", "hidden_size", "num_layers"] {
        for value in [Value::Int(0), Value::Int(-1), Value::Float(2.0), Value::Str("8".into()), Value::None] {
            calls.push(option(name, value));
        }
    }
    for name in ["bias", "batch_first"] {
        calls
            .extend([Value::Int(1), Value::None, Value::Str("True".into())].map(|value| option(name, value)));
    }
    for shape in [vec![], vec![5], vec![5, 3, 8, 1], vec![0, 3, 8], vec![5, 3, 10]] {
        calls.push(Call { input: Argument::Tensor(Tensor::new(call::shape::Shape::new(shape))), ..call() });
    }
    for dtype in Dtype::ALL {
        let mut other = call();
        if let Argument::Tensor(input) = &mut other.input {
            input.dtype = dtype;
        }
        calls.push(other);
    }
    for value in [Value::None, Value::List(vec![Value::Int(1)]), Value::Int(1)] {
        calls.push(Call { input: Argument::NotATensor { value: value.clone() }, ..call() });
        calls.push(Call { h_0: Some(Argument::NotATensor { value }), ..call() });
    }
    calls
}

/// Every message of those calls in every release, with what is said of it.
fn learned() -> &'static [Learned] {
    static LEARNED: OnceLock<Vec<Learned>> = OnceLock::new();
    LEARNED.get_or_init(|| {
        let mut all: Vec<Learned> = Vec::new();
        for range in release_ranges() {
            for call in mistaken() {
                let call = Call { release: range.from, ..call };
                let diagnosis = diagnose(&call);
                let Some(error) =
                    diagnosis.diagnostics.into_iter().find(|said| said.severity == Severity::Error)
                else {
                    continue;
                };
                let message = crate::text::FlatText::of(&error.message).text.trim_end().to_owned();
                // A short one stands in other texts too.
                if message.len() < 24 || all.iter().any(|other| other.message == message) {
                    continue;
                }
                all.push(Learned {
                    code: error.code,
                    message,
                    cause: error.why,
                    mend: error.help.first().map(|fix| fix.code.clone()),
                });
            }
        }
        all.sort_by_key(|learned| std::cmp::Reverse(learned.message.len()));
        all
    })
}

/// A message that `nn.GRU` gives for such a call.
pub(crate) fn explain(reading: &PastedText) -> Option<Answer> {
    let learned = learned().iter().find(|learned| {
        reading.flat.may_have(&learned.message) && reading.flat.text.contains(&learned.message)
    })?;
    Some(Answer {
        known: true,
        kind: learned.code.clone(),
        cause: learned.cause.clone(),
        vain: String::new(),
        sizes: TextSizes::default(),
        mend: learned.mend.clone(),
        call: reading.facts.rebuilt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_core_says_of_a_call_in_any_release_is_known() {
        let mut unknown = Vec::new();
        for learned in learned() {
            let answer = crate::explain(&format!("ValueError: {}", learned.message));
            if !answer.known || answer.mend.is_none() && learned.mend.is_some() {
                unknown.push(format!("{}: {}", learned.code, learned.message));
            }
        }
        assert!(unknown.is_empty(), "{unknown:#?}");
        assert!(learned().len() > 30, "{}", learned().len());
    }
}
