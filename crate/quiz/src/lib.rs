//! The challenge: a bank of questions, and a state machine that asks them against the clock.
//!
//! The machine is pure: an event and a monotonic time go in, a state and a view come out. The page
//! draws the view, sends the events and keeps the state; it decides nothing.

mod bank;
mod check;
mod checked;
mod clock;
mod computed;
mod curves;
mod draw;
mod engine;
mod event;
mod keys;
mod places;
mod restore;
mod shuffle;
mod state;
mod verdict;
mod view;

pub mod schema;

pub use bank::BANK;
pub use checked::{BankCheck, BankFinding, FindingSeverity, check_bank};
pub use computed::compute;
pub use engine::{EventError, Quiz};
pub use event::{ClockMode, QuizEvent};
pub use restore::RestoreError;
pub use state::{Outcome, Phase, QuizState, Record, Spent};
pub use view::{
    Announcement, BadgeView, Because, ClockView, ClosedView, CodeView, ComputedView, CurvesView,
    FinishedView, IntroView, Mark, MarkState, ModeView, Notice, NoticeKind, OpenView, OptionState,
    OptionView, PausedView, QuestionView, QuizView, ReadAgain, ResultLine, ResultView, VerdictView,
};
