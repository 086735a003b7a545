#![doc = include_str!("../README.md")]

mod call_in_program;
mod candidates;
mod claim;
mod deck;
mod mend;
mod pasted;
mod place;
mod program;
mod run;
mod sketch;

pub use call_in_program::{FieldPlace, ProgramCall, read_call, rewrite_call};
pub use claim::{ClaimCase, ClaimJudgement, ClaimVerdict, judge_claim};
pub use deck::{
    DeckCase, DeckCheck, DeckChoice, DeckJudgement, DeckKindName, DeckPrograms, deck_case, deck_golden,
    deck_kinds, deck_symptom, judge_deck,
};
pub use pasted::{NamedSize, PastedAnswer, explain};
pub use python::Watch;
pub use run::{
    GivenWarning, NamedValue, PrintedTensor, ProgramDiagnosis, ProgramEnd, ProgramException, ProgramFix,
    ProgramRefusal, ProgramRun, SourceEdit, SourceLabel, TensorSample, TracedLine, UsedUp, edited, run,
};
