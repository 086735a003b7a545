//! Writes the deck's programs for real `PyTorch`: three draws of each kind, broken and mended, a line of JSON each.
//!
//! `cargo run -p gru-playground-code --example deck -- tests/golden/deck/programs.jsonl`

use std::fmt::Write as _;

use gru_playground_code::{deck_golden, deck_kinds};

const DRAWS: u32 = 3;

fn main() {
    let file = std::env::args().nth(1).expect("a file to be written");
    let mut lines = String::new();
    for kind in deck_kinds() {
        for seed in 0..DRAWS {
            let programs = deck_golden(&kind.kind, seed).expect("a kind");
            for (which, code) in [("broken", programs.broken), ("mended", programs.mended)] {
                let line =
                    serde_json::json!({ "kind": kind.kind, "seed": seed, "which": which, "code": code });
                writeln!(lines, "{line}").expect("a string");
            }
        }
    }
    std::fs::write(file, lines).expect("the file is written");
}
