//! A learner who takes the site's challenge.
#![allow(dead_code)] // Each test file uses its own part.

use gru_playground::quiz::{
    BANK, ClockMode, EventError, Phase, Quiz, QuizEvent, QuizState, QuizView, Record,
};

/// A quiz, and the monotonic clock beside it.
pub struct Player {
    pub quiz: Quiz,
    pub now_ms: u64,
}

impl Player {
    /// A run at its first question.
    pub fn start(mode: ClockMode, seed: u32) -> Self {
        let mut player = Player { quiz: Quiz::new(), now_ms: 1_000_000 };
        player.send(QuizEvent::Start { mode, seed });
        player
    }

    pub fn try_send(&mut self, event: QuizEvent) -> Result<(), EventError> {
        self.quiz.dispatch(event, self.now_ms)
    }

    pub fn send(&mut self, event: QuizEvent) {
        self.try_send(event).expect("an event that a view offers");
    }

    /// Lets time pass.
    pub fn wait(&mut self, ms: u64) {
        self.now_ms = self.now_ms.saturating_add(ms);
        self.send(QuizEvent::Tick);
    }

    pub fn answer(&mut self, id: &str) {
        self.send(QuizEvent::Answer { option: id.to_owned() });
    }

    pub fn answer_right(&mut self) {
        self.answer(&self.right());
    }

    /// The present question's right option; before a run the first question's.
    pub fn right(&self) -> String {
        BANK.questions[self.present()].answer.clone()
    }

    /// One of the present question's wrong options.
    pub fn wrong(&self, index: usize) -> String {
        let question = &BANK.questions[self.present()];
        let mut wrong = question.options.iter().filter(|option| option.id != question.answer);
        wrong.nth(index).expect("a wrong option").id.clone()
    }

    fn present(&self) -> usize {
        self.state().records.len().saturating_sub(1)
    }

    /// Solves all that is left of the run.
    pub fn solve_all(&mut self) {
        while self.state().phase != Phase::Finished {
            self.answer_right();
            self.send(QuizEvent::Next);
        }
    }

    /// Closes the tab and opens it again.
    pub fn reopen(&mut self) {
        let kept = serde_json::to_string(self.state()).expect("a state is data");
        let state = serde_json::from_str(&kept).expect("what was kept is a state");
        self.quiz = Quiz::restore(state).expect("a run left this state");
    }

    /// Whether the state would be taken up again.
    pub fn restores(&self) -> bool {
        Quiz::restore(self.state().clone()).is_ok()
    }

    pub fn state(&self) -> &QuizState {
        self.quiz.state()
    }

    pub fn record(&self) -> &Record {
        self.state().records.last().expect("a run")
    }

    pub fn view(&self) -> QuizView {
        self.quiz.view()
    }

    pub fn phase_name(&self) -> String {
        serde_json::to_value(self.state().phase).expect("a name").as_str().expect("a name").to_owned()
    }
}
