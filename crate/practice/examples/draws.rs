//! Draws of every generator as JSON, a line each: for `tests/golden/make_practice.py`, which runs their proofs in `PyTorch`.

use gru_playground_practice::{item, names};
use serde_json::json;

/// How many draws of each generator are asked of `PyTorch`.
const DRAWS: u32 = 5;

fn main() {
    for name in names() {
        for seed in 0..DRAWS {
            let Some(item) = item(name, seed) else { continue };
            println!("{}", json!({ "generator": name, "seed": seed, "proof": item.proof }));
        }
    }
}
