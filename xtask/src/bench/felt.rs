//! What a learner feels: from a key stroke on a slider to new shapes and new heatmaps on screen.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::drive;
use super::results::{Answer, Samples, percentile};
use crate::{dist, serve};

/// A call that is changed by a slider.
#[derive(Serialize)]
struct Setting {
    name: &'static str,
    query: &'static str,
    slider: &'static str,
    /// Pressed in turns.
    keys: &'static [&'static str],
}

/// The opening example, and what still computes without being asked.
const SETTINGS: [Setting; 2] = [
    Setting {
        name: "the default sizes, seq_len changed",
        query: "",
        slider: "seq_len",
        keys: &["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"],
    },
    Setting {
        name: "(64, 128), 128 steps, batch 16, between 3 and 4 layers",
        query: "seq_len=128&batch=16&input_size=64&hidden_size=128&num_layers=4",
        slider: "num_layers",
        keys: &["ArrowLeft", "ArrowRight"],
    },
];

/// What one setting showed.
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
    let options = json!({ "strokes": strokes, "scenes": SETTINGS });
    let Answer { browser, report } =
        drive::<Vec<Scene>>(browser, "felt.mjs", "felt", &[&address, &options.to_string()])?;
    let mut text = format!(
        "Chromium {browser}; {strokes} key strokes each; milliseconds.\n\n\
         | From a stroke on a slider to | shapes, median | p95 | heatmaps, median | p95 | tasks above 50 ms |\n\
         |---|---:|---:|---:|---:|---:|\n"
    );
    for (Setting { name, .. }, Scene { shapes, heatmap, long, .. }) in SETTINGS.iter().zip(&report) {
        let [s50, s95, h50, h95] = [(shapes, 50), (shapes, 95), (heatmap, 50), (heatmap, 95)]
            .map(|(samples, p)| percentile(samples, p));
        let _ = writeln!(text, "| {name} | {s50:.1} | {s95:.1} | {h50:.1} | {h95:.1} | {} |", long.len());
    }
    Ok(text)
}
