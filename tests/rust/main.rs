//! What spans rooms: the core against real `PyTorch`, and what must hold of it whatever is asked.

mod calls;
#[path = "../golden/check/mod.rs"]
mod check;
mod cost;
mod diagnostic_facts;
mod diagnostic_many;
mod diagnostic_properties;
#[path = "../../fuzz/entry.rs"]
#[allow(dead_code, reason = "shared with the fuzzers")]
mod entry;
mod goldens;
mod gradients;
mod gru_backward;
mod gru_errors;
mod gru_forward;
mod gru_kernels;
mod gru_trace;
mod gru_variants;
mod lab;
mod packed;
mod quiz_bank;
mod quiz_engine;
mod quiz_keys;
mod quiz_properties;
mod quiz_restore;
mod quiz_run;
mod rng;
mod rng_draws;
mod rnn;
mod rnn_backward;
mod train;
mod train_optimizers;
mod train_units;
mod training;
mod weights_cases;
mod weights_exports;
mod weights_files;
mod weights_fuzz;
mod weights_report;
mod weights_survey;
