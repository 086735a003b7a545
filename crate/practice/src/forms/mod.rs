//! Learning measured: two parallel forms of five questions for a reason, one for each kind of problem, asked before and after.

mod items;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::draws::Draws;

/// Which of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum FormName {
    /// The first.
    A,
    /// The second, which asks for the same reasons in other cases.
    B,
}

/// A question for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormItem {
    /// Its name in the log: `form-a/shapes`; the part behind the stroke is the same in both forms.
    pub name: &'static str,
    /// What is asked; what stands between backticks is code.
    pub question: &'static str,
    /// Four reasons, the right one first.
    pub options: [&'static str; 4],
    /// Why the right one is right.
    pub explanation: &'static str,
    /// A program that prints `True` for each fact that the explanation rests on.
    pub proof: &'static str,
}

impl FormName {
    /// Its five questions.
    pub fn items(self) -> &'static [FormItem; 5] {
        match self {
            FormName::A => &items::A,
            FormName::B => &items::B,
        }
    }
}

/// A question without its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FormQuestion {
    /// Its name in the log.
    pub item: &'static str,
    /// What is asked; what stands between backticks is code.
    pub question: &'static str,
    /// Four reasons in the order of the seed.
    pub options: Vec<&'static str>,
}

/// What became of one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FormAnswer {
    /// The question's name in the log.
    pub item: &'static str,
    /// What was asked.
    pub question: &'static str,
    /// Whether the answer is right; none is not.
    pub right: bool,
    /// What was chosen; none where nothing was.
    pub chosen: Option<&'static str>,
    /// The right reason.
    pub key: &'static str,
    /// Why it is right.
    pub explanation: &'static str,
}

/// The questions of a form, the options in the order of a seed.
pub fn form_questions(form: FormName, seed: u32) -> Vec<FormQuestion> {
    let question = |item: &FormItem| FormQuestion {
        item: item.name,
        question: item.question,
        options: ordered(item, seed).map(|place| item.options[place]).to_vec(),
    };
    form.items().iter().map(question).collect()
}

/// Judges the answers to a form: places among the options as the seed ordered them, in the order of the questions; what is not
/// there, or lies beyond, was not answered.
pub fn judge_form(form: FormName, seed: u32, answers: &[Option<usize>]) -> Vec<FormAnswer> {
    let judged = |(place, item): (usize, &FormItem)| {
        let chosen =
            answers.get(place).copied().flatten().and_then(|at| ordered(item, seed).get(at).copied());
        FormAnswer {
            item: item.name,
            question: item.question,
            right: chosen == Some(0),
            chosen: chosen.map(|at| item.options[at]),
            key: item.options[0],
            explanation: item.explanation,
        }
    };
    form.items().iter().enumerate().map(judged).collect()
}

/// The places of a question's options in the order of a seed.
fn ordered(item: &FormItem, seed: u32) -> [usize; 4] {
    let mut places = [0, 1, 2, 3];
    Draws::new(seed, item.name).shuffle(&mut places);
    places
}

/// What was gained from the first form to the second, in sentences, with what so few questions can say.
///
/// ```
/// use gru_playground_practice::form_gain;
///
/// assert!(form_gain(1, 4).starts_with("Before 1 of 5, after 4 of 5: 3 more."));
/// ```
pub fn form_gain(before: usize, after: usize) -> String {
    let difference = match after.cmp(&before) {
        Ordering::Greater => format!("{} more", after - before),
        Ordering::Less => format!("{} fewer", before - after),
        Ordering::Equal => "as many".to_owned(),
    };
    let says = match after.abs_diff(before) {
        0 | 1 => {
            "Five questions cannot tell a difference of one from luck: who guesses has one of four right"
        }
        2 => "With five questions a difference of two can still be luck",
        _ => "With five questions so large a difference is seldom luck",
    };
    format!("Before {before} of 5, after {after} of 5: {difference}. {says}.")
}
