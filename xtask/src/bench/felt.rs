//! What a learner feels: from a key stroke on a slider to new shapes and new heatmaps on screen.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::results::{Answer, Samples, percentile};
use super::{drive, folder};
use crate::{dist, serve};

/// The opening example, and what still computes without being asked.
const SCENES: [(&str, &str); 2] = [
    ("the default sizes", ""),
    (
        "(64, 128), 4 layers, 128 steps, batch 16",
        "seq_len=118&batch=16&input_size=64&hidden_size=128&num_layers=4",
    ),
];

/// What one scene showed.
#[derive(Serialize, Deserialize)]
struct Scene {
    query: String,
    /// Milliseconds from the stroke until new shapes were drawn, for every stroke.
    shapes: Samples,
    /// Until new heatmaps were.
    heatmap: Samples,
    /// Tasks of the main thread above 50 ms meanwhile.
    long: Samples,
}

/// Measures the built site and returns the table.
pub fn measure(browser: &Path, strokes: usize) -> Result<String> {
    let address = format!("http://{}/", serve::in_background(&dist(), "/below")?);
    let options = json!({ "strokes": strokes, "scenes": SCENES.map(|(_, query)| query) });
    let Answer { browser, report } =
        drive::<Vec<Scene>>(browser, "felt.mjs", &[&address, &options.to_string()])?;
    fs::write(folder().join("felt.json"), serde_json::to_string_pretty(&report)?)?;
    let mut text = format!(
        "Chromium {browser}; {strokes} key strokes each; milliseconds.\n\n\
         | From a stroke on a slider to | shapes, median | p95 | heatmaps, median | p95 | tasks above 50 ms |\n\
         |---|---:|---:|---:|---:|---:|\n"
    );
    for ((name, _), Scene { shapes, heatmap, long, .. }) in SCENES.iter().zip(&report) {
        let [s50, s95, h50, h95] = [(shapes, 50), (shapes, 95), (heatmap, 50), (heatmap, 95)]
            .map(|(samples, p)| percentile(samples, p));
        let _ = writeln!(text, "| {name} | {s50:.1} | {s95:.1} | {h50:.1} | {h95:.1} | {} |", long.len());
    }
    Ok(text)
}
