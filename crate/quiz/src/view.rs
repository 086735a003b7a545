//! What the page draws: everything it needs in each phase, and nothing that it must not show yet.
//!
//! Texts are plain; a part `between backticks` is code, and is the only markup.

use serde::Serialize;

use super::event::ClockMode;
use call::Call;

/// What to draw, by phase.
// One view exists at a time and is turned into JavaScript at once: boxes would save nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum QuizView {
    /// No run has begun.
    Intro(IntroView),
    /// A question is shown and its clock runs.
    Open(OpenView),
    /// The clock stands and the question is hidden.
    Paused(PausedView),
    /// A question has its verdict.
    Closed(ClosedView),
    /// Every question has its verdict.
    Finished(FinishedView),
}

/// What stands before a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct IntroView {
    /// The badge's name.
    pub badge: &'static str,
    /// The lines under it.
    pub lines: Vec<&'static str>,
    /// The questions to come.
    pub marks: Vec<Mark>,
    /// The clocks to choose from.
    pub modes: Vec<ModeView>,
    /// The clock offered first: the last run's.
    pub mode: ClockMode,
    /// What a run is like.
    pub about: &'static str,
    /// Says that the badge is self-reported.
    pub badge_about: &'static str,
}

/// One clock to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ModeView {
    /// What to send with the start.
    pub mode: ClockMode,
    /// Its name: `2:00 per question`.
    pub label: String,
}

/// One question's mark on the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Mark {
    /// The question's place, from 1.
    pub number: u32,
    /// Its kind: `Predict Output`.
    pub kind: &'static str,
    /// Its level: `intermediate`.
    pub level: &'static str,
    /// How it stands.
    pub state: MarkState,
}

/// How a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum MarkState {
    /// Still to come.
    Ahead,
    /// Being asked.
    Current,
    /// Solved.
    Solved,
    /// Closed without being solved.
    Failed,
}

/// A question being asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct OpenView {
    /// The way.
    pub marks: Vec<Mark>,
    /// The question.
    pub question: QuestionView,
    /// Its options in this run's order.
    pub options: Vec<OptionView>,
    /// Attempts that the question has in all.
    pub attempts: u32,
    /// Attempts left, this one included.
    pub attempts_left: u32,
    /// The hint, once asked for.
    pub hint: Option<&'static str>,
    /// The clock; none without a limit.
    pub clock: Option<ClockView>,
    /// Milliseconds during which the question has been open.
    pub elapsed_ms: u32,
    /// What became of the attempt before this one.
    pub notice: Option<Notice>,
    /// What a screen reader is to say now, once per id.
    pub announcement: Option<Announcement>,
}

/// A question that is hidden while the clock stands. Holds none of its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PausedView {
    /// The way.
    pub marks: Vec<Mark>,
    /// Why the clock stands.
    pub because: Because,
    /// The same in words.
    pub text: String,
    /// Attempts that the question has in all.
    pub attempts: u32,
    /// Attempts left.
    pub attempts_left: u32,
    /// The clock as it will go on; none without a limit.
    pub clock: Option<ClockView>,
    /// Milliseconds during which the question has been open.
    pub elapsed_ms: u32,
}

/// Why a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Because {
    /// The learner stopped it.
    Pause,
    /// It ran out, an attempt is spent, and it will start anew.
    TimeOut,
}

/// A question with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ClosedView {
    /// The way.
    pub marks: Vec<Mark>,
    /// The question.
    pub question: QuestionView,
    /// Its options in this run's order, with the right one marked and every reply.
    pub options: Vec<OptionView>,
    /// The verdict.
    pub verdict: VerdictView,
    /// Why the answer is right.
    pub explanation: &'static str,
    /// What the core computed just now.
    pub computed: Vec<ComputedView>,
    /// Where the page makes it happen.
    pub happen: Option<HappenView>,
    /// The hint, if it was asked for.
    pub hint: Option<&'static str>,
    /// Milliseconds during which the question was open.
    pub elapsed_ms: u32,
    /// The same as text: `1:43`.
    pub elapsed: String,
    /// What to read again.
    pub read_again: ReadAgain,
    /// Whether the results come next.
    pub last: bool,
}

/// A question's own text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct QuestionView {
    /// Its stable id.
    pub id: &'static str,
    /// Its place, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// Its kind: `Predict Output`.
    pub kind: &'static str,
    /// Its level: `intermediate`.
    pub level: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What is asked.
    pub text: &'static str,
    /// The code asked about.
    pub code: Option<CodeView>,
    /// The curves asked about.
    pub curves: Option<CurvesView>,
}

/// Code shown with a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CodeView {
    /// The Python as shown.
    pub text: &'static str,
    /// The call it makes: what 'Try it' sets the playground to.
    pub call: Call,
}

/// Loss curves shown with a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CurvesView {
    /// Training loss after each epoch, from epoch 1.
    pub training: Vec<f64>,
    /// Validation loss after each epoch, from epoch 1; as many.
    pub validation: Vec<f64>,
    /// What the picture shows, in words; the values make its table.
    pub description: String,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct OptionView {
    /// Its stable id, to be sent with the answer.
    pub id: &'static str,
    /// Its place in this run, from 1: the key that chooses it.
    pub number: u32,
    /// Its text.
    pub text: &'static str,
    /// How it stands.
    pub state: OptionState,
    /// What to say of it: of tried ones while the question is open, of every wrong one afterwards.
    pub reply: Option<&'static str>,
}

/// How an option stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum OptionState {
    /// It can be chosen, or was never chosen.
    Free,
    /// It was chosen and is wrong; it cannot be chosen again.
    Tried,
    /// It is right; only once the question is closed.
    Right,
}

/// A clock.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ClockView {
    /// Milliseconds of a whole attempt.
    pub limit_ms: u32,
    /// Milliseconds left.
    pub remaining_ms: u32,
    /// The time left as text, rounded up to seconds: `1:43`.
    pub text: String,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The text.
    pub text: String,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum NoticeKind {
    /// A wrong option was chosen.
    Wrong,
    /// Time ran out.
    TimeOut,
}

/// Something for a screen reader to say once.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Announcement {
    /// Another number for each announcement: say it when the number is new.
    pub id: u32,
    /// The text: `60 seconds left`.
    pub text: String,
}

/// A verdict: what is right stands before what was wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct VerdictView {
    /// Whether the question was solved.
    pub solved: bool,
    /// What is right.
    pub right: String,
    /// What was wrong, a text per attempt spent.
    pub wrong: Vec<String>,
}

/// Something that the core computed for the explanation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ComputedView {
    /// What was run: `run here`, `PyTorch 1.10`.
    pub label: String,
    /// The call: what 'Try it' sets the playground to.
    pub call: Call,
    /// What it gives, if it runs.
    pub results: Vec<ResultLine>,
    /// What it raises, as Python prints it, if it does not: `RuntimeError: ...`.
    pub error: Option<String>,
}

/// A printed value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ResultLine {
    /// What is printed: `out.shape`.
    pub expression: String,
    /// The value: `torch.Size([5, 3, 20])`.
    pub text: String,
}

/// The very settings that show what the explanation says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HappenView {
    /// What to do there, and what is then seen.
    pub text: &'static str,
    /// The place of the page, as its address has it after the `#`.
    pub opens: &'static str,
}

/// What to read again.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ReadAgain {
    /// The question's id.
    pub question: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// What to look at.
    pub text: &'static str,
    /// What to set the playground to.
    pub call: Option<Call>,
}

/// The results.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FinishedView {
    /// The way.
    pub marks: Vec<Mark>,
    /// A result per question.
    pub results: Vec<ResultView>,
    /// How many were solved.
    pub solved: u32,
    /// Milliseconds during which questions were open.
    pub total_ms: u32,
    /// The same as text: `6:02`.
    pub total: String,
    /// How long the clock ran.
    pub mode: ModeView,
    /// The badge, if every question was solved.
    pub badge: Option<BadgeView>,
    /// What to read again: a text per question that was not solved, or solved with the hint or by a later attempt.
    pub read_again: Vec<ReadAgain>,
}

/// One question's result.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ResultView {
    /// The question's id.
    pub id: &'static str,
    /// Its place, from 1.
    pub number: u32,
    /// Its kind.
    pub kind: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Whether it was solved.
    pub solved: bool,
    /// Attempts made, the solving one included.
    pub attempts: u32,
    /// How many of them ran out of time.
    pub time_outs: u32,
    /// Whether the hint was shown.
    pub hint: bool,
    /// Whether the code was opened in the playground before the verdict.
    pub tried: bool,
    /// Milliseconds during which it was open.
    pub elapsed_ms: u32,
    /// The same as text: `1:43`.
    pub elapsed: String,
}

/// What is drawn on an earned badge.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BadgeView {
    /// Its name.
    pub title: &'static str,
    /// The day as `2026-11-22`; none until stamped.
    pub date: Option<String>,
    /// How long the clock ran, in words.
    pub mode: String,
    /// The time taken in all.
    pub total: String,
    /// The run's seed: with `call`, it gives the `h_n` that makes the badge's pattern.
    pub seed: u32,
    /// The call whose `h_n` makes the badge's pattern.
    pub call: Call,
    /// Says that the badge is self-reported.
    pub about: &'static str,
}
