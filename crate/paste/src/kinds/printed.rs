//! Texts without a message: a shape, a printed model, code, losses that are nan.

use call::diagnostic::diagnose;

use super::prelude::{product, tuple};
use crate::answer::{Answer, TextSize, TextSizes};
use crate::facts::{BuiltModule, Rebuilt, bare_shape};
use crate::reading::PastedText;

pub(crate) fn explain(text: &str, reading: &PastedText) -> Option<Answer> {
    let plain = crate::text::plain(crate::text::clipped(text, 2000));
    if let Some(sizes) = bare_shape(&plain) {
        return Some(shape(&sizes));
    }
    if let Some(answer) = code(reading) {
        return Some(answer);
    }
    nan(reading)
}

fn known(
    kind: &str,
    cause: String,
    mend: Option<String>,
    sizes: Vec<(String, TextSize)>,
    call: Option<Rebuilt>,
) -> Answer {
    Answer {
        known: true,
        kind: kind.to_owned(),
        cause,
        vain: String::new(),
        sizes: TextSizes(sizes),
        mend,
        call,
    }
}

/// A shape alone: what it would be as an input, an output and a state.
fn shape(sizes: &[i64]) -> Answer {
    let words = tuple(sizes);
    let named = vec![
        ("shape".to_owned(), TextSize::Shape(sizes.to_vec())),
        ("elements".to_owned(), TextSize::Int(product(sizes))),
    ];
    let (cause, mend) = match sizes {
        [n, l, features] => (
            format!(
                "As x of nn.GRU with batch_first=True {words} is N = {n} sequences of L = {l} steps with H_in = {features} features; without it, L = {n} steps of N = {l} sequences. An output has D * hidden_size = {features} last; an h_n of this shape has {n} states for N = {l}."
            ),
            format!(
                "gru = nn.GRU(input_size={features}, hidden_size=16, batch_first=True)\nout, h_n = gru(torch.randn{words})"
            ),
        ),
        [l, features] => (
            format!(
                "As x of nn.GRU {words} is one sequence without a batch, L = {l} steps with H_in = {features} features. If {l} are sequences of {features} numbers each, an axis is missing: unsqueeze(-1) makes ({l}, {features}, 1)."
            ),
            format!(
                "gru = nn.GRU(input_size={features}, hidden_size=16)\nout, h_n = gru(torch.randn{words})"
            ),
        ),
        _ => (
            format!("nn.GRU takes an x of two axes (L, H_in) or three, and {words} has {}.", sizes.len()),
            format!(
                "x = torch.randn{words}.reshape(1, -1, 1)  # (N, L, H_in): one sequence of single numbers\nout, h_n = nn.GRU(1, 16, batch_first=True)(x)"
            ),
        ),
    };
    let call = matches!(sizes.len(), 2 | 3).then(|| Rebuilt {
        config: BuiltModule {
            input_size: *sizes.last().unwrap_or(&1),
            hidden_size: 16,
            num_layers: 1,
            bias: true,
            batch_first: sizes.len() == 3,
            dropout: 0.0,
            bidirectional: false,
        },
        input: sizes.to_vec(),
        h_0: None,
    });
    known("shape", cause, Some(mend), named, call.filter(|_| sizes.iter().all(|size| *size > 0)))
}

/// Code or a printed model that has a recurrent module.
fn code(reading: &PastedText) -> Option<Answer> {
    let built = reading.facts.modules.last()?;
    let Some(module) = &built.module else {
        return Some(known(
            "code",
            format!(
                "Code with an nn.{} whose sizes are not written as numbers, so they cannot be read without running it.",
                built.class
            ),
            None,
            Vec::new(),
            None,
        ));
    };
    let BuiltModule { input_size, hidden_size, num_layers, batch_first, bidirectional, bias, .. } =
        module.clone();
    let directions = if bidirectional { 2 } else { 1 };
    let named = vec![
        ("input_size".to_owned(), TextSize::Int(input_size)),
        ("hidden_size".to_owned(), TextSize::Int(hidden_size)),
        ("num_layers".to_owned(), TextSize::Int(num_layers)),
    ];
    let x = if batch_first { format!("(N, L, {input_size})") } else { format!("(L, N, {input_size})") };
    let out = directions * i128::from(hidden_size);
    let said = format!(
        "nn.{} takes x as {x} and gives an output with {out} features and h_n as ({}, N, {hidden_size}){}.",
        built.class,
        directions * i128::from(num_layers),
        if bias { "" } else { ", without biases" }
    );
    let rebuilt = reading.facts.rebuilt();
    let is_printed = built.site.is_none() || !reading.flat.text.contains("nn.");
    if let Some(rebuilt) = &rebuilt {
        let diagnosis = diagnose(&rebuilt.call());
        let (verdict, mend) = match diagnosis.error() {
            Some(error) => (
                format!(
                    "The call raises {}: {}. {}",
                    error.exception.as_deref().unwrap_or("an error"),
                    error.message.trim_end_matches('.'),
                    error.why
                ),
                error.help.first().map(|fix| fix.code.clone()),
            ),
            None => ("The call runs.".to_owned(), None),
        };
        return Some(known("code", format!("{verdict} {said}"), mend, named, Some(rebuilt.clone())));
    }
    let shape = [3, 5, input_size];
    let call =
        (built.class == "GRU").then(|| Rebuilt { config: module.clone(), input: shape.to_vec(), h_0: None });
    let mend = format!(
        "x = torch.randn{}  # three sequences of five steps, to try it\nout, h_n = {}(x)",
        tuple(&shape),
        // A module that is printed alone has no model around it.
        if is_printed && reading.flat.text.contains(&format!("({}):", built.name)) {
            format!("model.{}", built.name)
        } else {
            built.name.clone()
        }
    );
    let mend = if built.class == "LSTM" { mend.replacen("h_n =", "(h_n, c_n) =", 1) } else { mend };
    let kind = if is_printed { "printed-model" } else { "code" };
    Some(known(
        kind,
        format!("{said} The text has no x, so one of three sequences of five steps stands for it."),
        Some(mend),
        named,
        call,
    ))
}

/// Losses that became nan.
fn nan(reading: &PastedText) -> Option<Answer> {
    let lower = reading.flat.text.to_ascii_lowercase();
    let tells_loss = lower.contains("loss");
    let mut words = lower.split(|character: char| !(character.is_ascii_alphanumeric() || character == '.'));
    let is_nan = words.any(|word| word == "nan" || word == "inf");
    (tells_loss && is_nan).then(|| {
        let answer = known(
            "nan-loss",
            "The loss became nan: the gradients exploded, or x itself holds nan, or a log or division met 0. Once a weight is nan, all that follows is.".to_owned(),
            Some("assert torch.isfinite(x).all()\nloss.backward()\ntorch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # and a smaller lr, from a fresh model\noptimizer.step()".to_owned()),
            Vec::new(),
            None,
        );
        Answer { vain: "more epochs; nan never heals.".to_owned(), ..answer }
    })
}
