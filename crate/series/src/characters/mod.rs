//! A learner's own text, character by character: the next one is told by a GRU, and by counts that learn nothing else; what the GRU would
//! write is drawn.

mod data;
mod guess;
mod judgement;
mod lesson;
mod plan;
mod sample;
mod script;
mod setup;
mod trouble;

pub use data::{MOST_CHARACTERS, MOST_KINDS, MOST_TEXT_BYTES, TextData, TextFile};
pub use guess::{TextGuess, TextGuesser};
pub use judgement::TextJudgement;
pub use lesson::TextLesson;
pub use plan::TextPlan;
pub use sample::{TextSample, write_on};
pub use script::text_script;
pub use setup::TextSetup;
