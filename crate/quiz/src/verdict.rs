//! The texts of a verdict: what is right comes before what was wrong.

use super::schema::Question;
use super::state::{Outcome, Record, Spent};
use super::view::{Because, Notice, NoticeKind, VerdictView};

/// What became of the attempt before the present one, if there was one.
pub fn notice(question: &Question, record: &Record, attempts_left: u32) -> Option<Notice> {
    let left = attempts(attempts_left);
    Some(match record.spent.last()? {
        Spent::Wrong(id) => {
            Notice { kind: NoticeKind::Wrong, text: format!("{} {left}", reply(question, id)) }
        }
        Spent::TimeOut => {
            Notice { kind: NoticeKind::TimeOut, text: format!("Time ran out, which took an attempt. {left}") }
        }
    })
}

/// Why a question is hidden, and what going on will do.
pub fn hidden(because: Because, attempts_left: u32, has_clock: bool) -> String {
    match (because, has_clock) {
        (Because::Pause, true) => {
            "Paused: the clock stands, and the question is hidden until you go on.".to_owned()
        }
        (Because::Pause, false) => "Paused: the question is hidden until you go on.".to_owned(),
        (Because::TimeOut, _) => format!(
            "Time ran out, which took an attempt. {} The clock starts anew when you go on.",
            attempts(attempts_left)
        ),
    }
}

/// The verdict on a closed question.
pub fn verdict(question: &Question, record: &Record) -> VerdictView {
    let solved = record.outcome == Outcome::Solved;
    let answer = question.option(&question.answer).map_or("", |option| option.text.as_str());
    let lead = if solved { "Correct" } else { "The answer" };
    let wrong = |spent: &Spent| match spent {
        Spent::Wrong(id) => {
            let chosen = question.option(id).map_or("", |option| option.text.as_str());
            format!("You chose: {} {}", stopped(chosen), reply(question, id))
        }
        Spent::TimeOut => "Time ran out, which took an attempt.".to_owned(),
    };
    VerdictView {
        solved,
        right: format!("{lead}: {}", stopped(answer)),
        wrong: record.spent.iter().map(wrong).collect(),
    }
}

fn reply<'a>(question: &'a Question, id: &str) -> &'a str {
    question.option(id).and_then(|option| option.reply.as_deref()).unwrap_or_default()
}

fn attempts(left: u32) -> String {
    match left {
        1 => "One attempt is left.".to_owned(),
        _ => format!("{left} attempts are left."),
    }
}

/// The text with a full stop at its end.
fn stopped(text: &str) -> String {
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{text}{stop}")
}
