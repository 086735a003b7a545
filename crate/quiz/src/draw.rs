//! From a state to what the page draws.

use super::clock::{time_left, time_taken};
use super::computed::compute;
use super::curves;
use super::event::ClockMode;
use super::schema::{Bank, Question};
use super::shuffle;
use super::state::{Outcome, Phase, QuizState, Record, Spent};
use super::verdict;
use super::view::{
    Announcement, BadgeView, Because, ClockView, ClosedView, CodeView, CurvesView, FinishedView, HappenView,
    IntroView, Mark, MarkState, ModeView, OpenView, OptionState, OptionView, PausedView, QuestionView,
    QuizView, ReadAgain, ResultView,
};

/// What to draw of a state. A state without the record that its phase needs, which no run leaves, is
/// drawn as the intro.
pub fn view(bank: &'static Bank, state: &QuizState, announcement: Option<&Announcement>) -> QuizView {
    let scene = QuizScene { bank, state };
    if state.phase == Phase::Finished {
        return QuizView::Finished(scene.finished());
    }
    let present = state.records.last().and_then(|record| Some((bank.find(&record.question)?, record)));
    match (state.phase, present) {
        (Phase::Open, Some(((index, question), record))) => {
            QuizView::Open(scene.open(index, question, record, announcement))
        }
        (Phase::Paused, Some((_, record))) => QuizView::Paused(scene.paused(record, Because::Pause)),
        (Phase::TimeOut, Some((_, record))) => QuizView::Paused(scene.paused(record, Because::TimeOut)),
        (Phase::Closed, Some(((index, question), record))) => {
            QuizView::Closed(scene.closed(index, question, record))
        }
        _ => QuizView::Intro(scene.intro()),
    }
}

struct QuizScene<'a> {
    bank: &'static Bank,
    state: &'a QuizState,
}

impl QuizScene<'_> {
    fn intro(&self) -> IntroView {
        let badge = &self.bank.badge;
        IntroView {
            badge: &badge.title,
            lines: badge.lines.iter().map(String::as_str).collect(),
            about: &self.bank.challenge.about,
            badge_about: &badge.about,
            marks: self.marks(),
            modes: ClockMode::ALL.map(|mode| self.mode(mode)).to_vec(),
            mode: self.state.mode,
        }
    }

    fn open(
        &self,
        index: usize,
        question: &'static Question,
        record: &Record,
        announcement: Option<&Announcement>,
    ) -> OpenView {
        OpenView {
            marks: self.marks(),
            question: self.question(index, question),
            options: self.options(question, record, false),
            attempts: self.bank.challenge.attempts,
            attempts_left: self.attempts_left(record),
            hint: record.hint.then_some(&question.hint),
            clock: self.clock(record),
            elapsed_ms: record.elapsed_ms,
            notice: verdict::notice(question, record, self.attempts_left(record)),
            announcement: announcement.cloned(),
        }
    }

    fn paused(&self, record: &Record, because: Because) -> PausedView {
        let attempts_left = self.attempts_left(record);
        PausedView {
            marks: self.marks(),
            because,
            text: verdict::hidden(because, attempts_left, record.remaining_ms.is_some()),
            attempts: self.bank.challenge.attempts,
            attempts_left,
            clock: self.clock(record),
            elapsed_ms: record.elapsed_ms,
        }
    }

    fn closed(&self, index: usize, question: &'static Question, record: &Record) -> ClosedView {
        ClosedView {
            marks: self.marks(),
            question: self.question(index, question),
            options: self.options(question, record, true),
            verdict: verdict::verdict(question, record),
            explanation: &question.explanation,
            computed: question.runs.iter().map(compute).collect(),
            happen: question
                .happen
                .as_ref()
                .map(|happen| HappenView { text: &happen.text, opens: &happen.opens }),
            hint: record.hint.then_some(&question.hint),
            elapsed_ms: record.elapsed_ms,
            elapsed: time_taken(record.elapsed_ms),
            read_again: read_again(question),
            last: index + 1 == self.bank.questions.len(),
        }
    }

    fn finished(&self) -> FinishedView {
        let records = || self.state.records.iter().zip(&self.bank.questions);
        let total_ms = records().fold(0u32, |total, (record, _)| total.saturating_add(record.elapsed_ms));
        let needs_reading =
            |record: &Record| record.outcome != Outcome::Solved || record.hint || !record.spent.is_empty();
        FinishedView {
            marks: self.marks(),
            results: records()
                .enumerate()
                .map(|(index, (record, question))| result(index, question, record))
                .collect(),
            solved: records().filter(|(record, _)| record.outcome == Outcome::Solved).count() as u32,
            total_ms,
            total: time_taken(total_ms),
            mode: self.mode(self.state.mode),
            badge: self.state.is_badge_earned().then(|| self.badge(total_ms)),
            read_again: records()
                .filter(|(record, _)| needs_reading(record))
                .map(|(_, question)| read_again(question))
                .collect(),
        }
    }

    fn badge(&self, total_ms: u32) -> BadgeView {
        let badge = &self.bank.badge;
        BadgeView {
            title: &badge.title,
            date: self.state.date.clone(),
            mode: self.state.mode.label(&self.bank.challenge),
            total: time_taken(total_ms),
            seed: self.state.seed,
            call: (&badge.call).into(),
            about: &badge.about,
        }
    }

    fn mode(&self, mode: ClockMode) -> ModeView {
        ModeView { mode, label: mode.label(&self.bank.challenge) }
    }

    fn attempts_left(&self, record: &Record) -> u32 {
        self.bank.challenge.attempts.saturating_sub(record.spent.len() as u32)
    }

    fn clock(&self, record: &Record) -> Option<ClockView> {
        let limit_ms = self.state.mode.limit_ms(&self.bank.challenge)?;
        let remaining_ms = record.remaining_ms?;
        Some(ClockView { limit_ms, remaining_ms, text: time_left(remaining_ms) })
    }

    fn marks(&self) -> Vec<Mark> {
        let state = |index: usize| match self.state.records.get(index).map(|record| record.outcome) {
            None => MarkState::Ahead,
            Some(Outcome::Undecided) => MarkState::Current,
            Some(Outcome::Solved) => MarkState::Solved,
            Some(Outcome::Failed) => MarkState::Failed,
        };
        let mark = |(index, question): (usize, &'static Question)| Mark {
            number: index as u32 + 1,
            kind: &question.kind,
            level: question.level.name(),
            state: state(index),
        };
        self.bank.questions.iter().enumerate().map(mark).collect()
    }

    fn question(&self, index: usize, question: &'static Question) -> QuestionView {
        QuestionView {
            id: &question.id,
            number: index as u32 + 1,
            of: self.bank.questions.len() as u32,
            kind: &question.kind,
            level: question.level.name(),
            title: &question.title,
            text: &question.text,
            code: question.code.as_ref().map(|code| CodeView { text: &code.text, call: (&code.call).into() }),
            curves: question.curves.as_ref().map(|curves| CurvesView {
                training: curves.training.clone(),
                validation: curves.validation.clone(),
                description: curves::description(curves),
            }),
        }
    }

    fn options(&self, question: &'static Question, record: &Record, is_closed: bool) -> Vec<OptionView> {
        let view = |(place, index): (usize, usize)| {
            let option = &question.options[index];
            let is_tried =
                record.spent.iter().any(|spent| matches!(spent, Spent::Wrong(id) if *id == option.id));
            let state = match (is_closed && option.id == question.answer, is_tried) {
                (true, _) => OptionState::Right,
                (false, true) => OptionState::Tried,
                (false, false) => OptionState::Free,
            };
            OptionView {
                id: &option.id,
                number: place as u32 + 1,
                text: &option.text,
                state,
                reply: option.reply.as_deref().filter(|_| is_tried || is_closed),
            }
        };
        shuffle::order(self.state.seed, question).into_iter().enumerate().map(view).collect()
    }
}

fn read_again(question: &'static Question) -> ReadAgain {
    let again = &question.again;
    ReadAgain {
        question: &question.id,
        title: &again.title,
        text: &again.text,
        call: again.call.as_ref().map(Into::into),
    }
}

fn result(index: usize, question: &'static Question, record: &Record) -> ResultView {
    let is_solved = record.outcome == Outcome::Solved;
    ResultView {
        id: &question.id,
        number: index as u32 + 1,
        kind: &question.kind,
        title: &question.title,
        solved: is_solved,
        attempts: record.spent.len() as u32 + u32::from(is_solved),
        time_outs: record.time_outs(),
        hint: record.hint,
        tried: record.tried,
        elapsed_ms: record.elapsed_ms,
        elapsed: time_taken(record.elapsed_ms),
    }
}
