//! What the build does to a bank, as it does it.

use gru_playground::call as release;
use gru_playground::quiz::{constant, schema};

#[path = "../../crate/quiz/build/bank.rs"]
pub mod bank;
#[path = "../../crate/quiz/build/check.rs"]
pub mod check;
