//! The state machine: what each event does in each phase.
//!
//! ```text
//! intro --start--> open --answer--> closed --next--> open ... finished
//!                  open --pause--> paused --resume--> open
//!                  open --time--> time out --resume--> open
//! finished --again or start--> open;  any --abandon--> intro
//! ```

use thiserror::Error;

use super::bank::BANK;
use super::clock::Stopwatch;
use super::draw;
use super::event::{ClockMode, QuizEvent};
use super::restore::{RestoreError, check};
use super::schema::{Bank, Question};
use super::shuffle;
use super::state::{Outcome, Phase, QuizState, Record, Spent, is_date};
use super::view::{Announcement, QuizView};

/// Seconds left at which the time is announced.
const ANNOUNCED_AT: [u32; 2] = [20, 60];

/// An event that no view offers.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EventError {
    /// The open question has no option of this id.
    #[error("the open question has no option \"{0}\"")]
    UnknownOption(String),
    /// Not a day of the form `2026-11-22`.
    #[error("not a date of the form 2026-11-22: \"{0}\"")]
    BadDate(String),
}

/// The challenge as it is being taken.
///
/// ```
/// use gru_playground_quiz::{ClockMode, EventError, Quiz, QuizEvent, QuizView};
///
/// let mut quiz = Quiz::new();
/// quiz.dispatch(QuizEvent::Start { mode: ClockMode::Standard, seed: 0 }, 0)?;
/// quiz.dispatch(QuizEvent::Hint, 1000)?; // a second later
/// let QuizView::Open(view) = quiz.view() else { panic!("a question is open") };
/// assert!(view.hint.is_some());
/// let kept = quiz.state().clone(); // to be stored, and restored at the next visit
/// assert!(Quiz::restore(kept).is_ok());
/// # Ok::<(), EventError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Quiz {
    bank: &'static Bank,
    state: QuizState,
    stopwatch: Stopwatch,
    /// The last announcement, until the question is hidden or closed.
    announcement: Option<Announcement>,
    /// How many announcements there have been.
    announced: u32,
}

impl Default for Quiz {
    fn default() -> Self {
        Quiz::new()
    }
}

impl Quiz {
    /// The site's challenge, before a run.
    pub fn new() -> Self {
        Quiz::of(&BANK)
    }

    /// A challenge of any bank, before a run.
    pub fn of(bank: &'static Bank) -> Self {
        Quiz::with_state(bank, QuizState::intro(bank, ClockMode::default()))
    }

    /// The site's challenge where an earlier visit left it.
    ///
    /// The time between the visits is not counted: the clock goes on with the next event.
    ///
    /// # Errors
    /// If no run of this version and bank can have left this state.
    pub fn restore(state: QuizState) -> Result<Self, RestoreError> {
        Quiz::restore_of(&BANK, state)
    }

    /// As [`Quiz::restore`], of any bank.
    ///
    /// # Errors
    /// If no run of this version and bank can have left this state.
    pub fn restore_of(bank: &'static Bank, state: QuizState) -> Result<Self, RestoreError> {
        check(bank, &state)?;
        Ok(Quiz::with_state(bank, state))
    }

    fn with_state(bank: &'static Bank, state: QuizState) -> Self {
        Quiz { bank, state, stopwatch: Stopwatch::default(), announcement: None, announced: 0 }
    }

    /// What is to be kept until the next visit.
    pub fn state(&self) -> &QuizState {
        &self.state
    }

    /// What is to be drawn.
    pub fn view(&self) -> QuizView {
        draw::view(self.bank, &self.state, self.announcement.as_ref())
    }

    /// Takes an event at a reading of a monotonic clock, in milliseconds.
    ///
    /// The time since the last event is counted first if a question was open: an answer that comes
    /// after the time ran out comes too late. An event that does not fit the phase changes nothing else.
    ///
    /// # Errors
    /// If the event holds something that no view offers; only the time is counted then.
    pub fn dispatch(&mut self, event: QuizEvent, now_ms: u64) -> Result<(), EventError> {
        let passed_ms = self.stopwatch.read(now_ms);
        if self.state.phase == Phase::Open {
            self.count(passed_ms);
        }
        let result = match (self.state.phase, event) {
            (Phase::Open, QuizEvent::Answer { option }) => self.answer(option),
            (Phase::Finished, QuizEvent::Stamp { date }) => self.stamp(date),
            (_, event) => {
                self.turn(&event);
                Ok(())
            }
        };
        if self.state.phase != Phase::Open {
            self.announcement = None;
        }
        result
    }

    /// Takes an event that cannot be wrong.
    fn turn(&mut self, event: &QuizEvent) {
        match (self.state.phase, event) {
            (_, QuizEvent::Abandon) => self.state = QuizState::intro(self.bank, self.state.mode),
            (Phase::Intro | Phase::Finished, QuizEvent::Start { mode, seed }) => self.start(*mode, *seed),
            (Phase::Finished, QuizEvent::Again) => {
                self.start(self.state.mode, shuffle::another_seed(self.state.seed, self.bank));
            }
            (Phase::Open, QuizEvent::Pause) => self.state.phase = Phase::Paused,
            (Phase::Paused | Phase::TimeOut, QuizEvent::Resume) => self.state.phase = Phase::Open,
            (Phase::Closed, QuizEvent::Next) => self.next_question(),
            (Phase::Open, QuizEvent::Hint) => {
                if let Some((_, record)) = self.present() {
                    record.hint = true;
                }
            }
            (Phase::Open, QuizEvent::TryIt) => {
                if let Some((question, record)) = self.present() {
                    record.tried |= question.code.is_some();
                }
            }
            _ => {}
        }
    }

    /// The question being asked, and what has happened to it.
    fn present(&mut self) -> Option<(&'static Question, &mut Record)> {
        let record = self.state.records.last_mut()?;
        Some((self.bank.find(&record.question)?.1, record))
    }

    fn start(&mut self, mode: ClockMode, seed: u32) {
        self.state = QuizState { mode, seed, ..QuizState::intro(self.bank, mode) };
        self.next_question();
    }

    /// Opens the next question, or shows the results after the last.
    fn next_question(&mut self) {
        let Some(question) = self.bank.questions.get(self.state.records.len()) else {
            self.state.phase = Phase::Finished;
            return;
        };
        let limit_ms = self.state.mode.limit_ms(&self.bank.challenge);
        self.state.records.push(Record::begin(question, limit_ms));
        self.state.phase = Phase::Open;
    }

    fn answer(&mut self, id: String) -> Result<(), EventError> {
        let Some((question, record)) = self.present() else {
            return Ok(());
        };
        if question.option(&id).is_none() {
            return Err(EventError::UnknownOption(id));
        }
        if id == question.answer {
            record.outcome = Outcome::Solved;
            self.state.phase = Phase::Closed;
        } else if !record.spent_on(&id) {
            self.spend_attempt(Spent::Wrong(id));
        }
        Ok(())
    }

    /// Spends an attempt; the last one closes the question.
    fn spend_attempt(&mut self, spent: Spent) {
        let limit_ms = self.state.mode.limit_ms(&self.bank.challenge);
        let attempts = self.bank.challenge.attempts as usize;
        let Some((_, record)) = self.present() else {
            return;
        };
        let is_time_out = spent == Spent::TimeOut;
        record.spent.push(spent);
        if record.spent.len() >= attempts {
            record.outcome = Outcome::Failed;
            self.state.phase = Phase::Closed;
        } else if is_time_out {
            record.remaining_ms = limit_ms;
            self.state.phase = Phase::TimeOut;
        }
    }

    /// Counts time during which the question was open.
    fn count(&mut self, passed_ms: u32) {
        let Some((_, record)) = self.present() else {
            return;
        };
        let Some(before_ms) = record.remaining_ms else {
            record.elapsed_ms = record.elapsed_ms.saturating_add(passed_ms);
            return;
        };
        // What passed beyond the limit is not the learner's: the next attempt has its whole time.
        let passed_ms = passed_ms.min(before_ms);
        let after_ms = before_ms - passed_ms;
        record.elapsed_ms = record.elapsed_ms.saturating_add(passed_ms);
        record.remaining_ms = Some(after_ms);
        if after_ms == 0 {
            self.spend_attempt(Spent::TimeOut);
        } else {
            self.announce(before_ms, after_ms);
        }
    }

    /// Announces the time left when it falls to one of the marks; the lowest one if to several at once.
    fn announce(&mut self, before_ms: u32, after_ms: u32) {
        let falls_to = |seconds: &&u32| before_ms > **seconds * 1000 && after_ms <= **seconds * 1000;
        if let Some(seconds) = ANNOUNCED_AT.iter().find(falls_to) {
            self.announced += 1;
            self.announcement =
                Some(Announcement { id: self.announced, text: format!("{seconds} seconds left") });
        }
    }

    fn stamp(&mut self, date: String) -> Result<(), EventError> {
        if !is_date(&date) {
            return Err(EventError::BadDate(date));
        }
        if self.state.is_badge_earned() && self.state.date.is_none() {
            self.state.date = Some(date);
        }
        Ok(())
    }
}
