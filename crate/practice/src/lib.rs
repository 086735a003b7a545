//! Practice without end: questions drawn from a seed, what follows an answer, and what comes back.
//!
//! A generator draws sizes from a seed, asks the core for the key, and computes the wrong options from mistakes that have
//! a name. Nothing here reads a clock: who asks hands the day in.

mod come_back;
mod draft;
mod draws;
mod forms;
mod generators;
mod item;
mod progress;
mod written;

pub use come_back::{ComeBackEntry, after, due};
pub use forms::{FormAnswer, FormItem, FormName, FormQuestion, form_gain, form_questions, judge_form};
pub use generators::{PracticeTopic, like_challenge, names, topics};
pub use item::{Item, PracticeCurves, PracticeKind, PracticeOption, item};
pub use progress::{CONFIDENCE, ConfidenceTally, PracticeProgress, next};
