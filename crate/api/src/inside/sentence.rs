//! The call that a sentence is to the small trained GRU.

use ndarray::{ArrayD, Axis};

use super::call::{OpenCall, compared};
use super::{InsideView, NumberEdit, TensorChange};
use crate::experiment::RunValues;
use crate::fault::Fault;
use crate::tensor::TypedArray;
use gru_playground::gru::{GruConfig, Output};
use gru_playground::inside::UnitPlace;
use gru_playground::sentence::{Opinion, SentenceReader, read_words, trained};

/// The call of a sentence: each word's row of the embedding goes into the GRU, (1, L, 8).
fn call_of(reader: &SentenceReader, text: &str) -> Result<OpenCall<GruConfig>, Fault> {
    let (words, _) = read_words(text);
    if words.is_empty() {
        return Err(Fault::argument("text", "has no words"));
    }
    let rows = reader.rows(&words);
    let shape = vec![1, words.len(), rows.len() / words.len()];
    let input = ArrayD::from_shape_vec(shape, rows).map_err(|error| Fault::argument("text", error))?;
    Ok(OpenCall { module: reader.gru().clone(), input, h_0: None })
}

/// Every number of the trained GRU while it reads a sentence, every gate kept.
///
/// # Errors
/// `ArgumentError` for a text without words.
pub fn sentence_values<A: TypedArray<f32>, R>(
    text: &str,
    take: impl FnOnce(&RunValues<'_, A>) -> R,
) -> Result<R, Fault> {
    call_of(&trained(), text)?.give_values(take)
}

/// Opens one unit of the trained GRU at one word of a sentence; with an edit, with that number in its place, and what it changes
/// of the answer too.
///
/// # Errors
/// `ArgumentError` for a text without words, and for what is no place in the call or no number of it.
pub fn inside_sentence<A: TypedArray<f32>, R>(
    text: &str,
    at: UnitPlace,
    edit: Option<&NumberEdit>,
    take: impl FnOnce(&InsideView<'_, A>) -> R,
) -> Result<R, Fault> {
    let reader = trained();
    let call = call_of(&reader, text)?;
    call.look(at, edit, |before, after| vec![answer_change(&reader, before, after)], take)
}

/// What becomes of the answer: what the head says of the state after the last word.
fn answer_change(reader: &SentenceReader, before: &Output<f32>, after: &Output<f32>) -> TensorChange {
    let answer = |result: &Output<f32>| {
        let last: Vec<f32> = result.h_n.index_axis(Axis(0), 0).iter().copied().collect();
        reader.answer(&last)
    };
    let [(was, before), (is, after)] = [answer(before), answer(after)];
    let (changed, largest) = compared(before.iter().zip(&after));
    let said = |opinion, probabilities| format!("{}, {}", name(opinion), percent_of(opinion, probabilities));
    let [was, is] = [said(was, &before), said(is, &after)];
    let words = if was == is {
        format!("The answer is still {is}.")
    } else {
        format!("The answer was {was} and is {is} now.")
    };
    TensorChange { name: "answer", changed, count: before.len(), largest, words }
}

fn percent_of(opinion: Opinion, probabilities: &[f32; 3]) -> String {
    let place = Opinion::CLASSES.iter().position(|&class| class == opinion).unwrap_or(0);
    percent(probabilities[place])
}

/// What is said, in a word.
fn name(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Bad => "bad",
        Opinion::None => "nothing",
        Opinion::Good => "good",
    }
}

/// A share in hundredths; one that is nearly all is not rounded to all.
fn percent(share: f32) -> String {
    match (100.0 * share).round() {
        whole if whole >= 100.0 && share < 1.0 => "more than 99\u{202f}%".to_owned(),
        whole => format!("{whole}\u{202f}%"),
    }
}
