//! What a learner feels: from a key stroke on a slider to new shapes and new heatmaps on screen.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::drive;
use super::results::{Answer, Samples, percentile};
use crate::serve::Server;

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
    /// Whether frames came as a screen draws them.
    pace: String,
    setting: String,
    query: String,
    /// Milliseconds from the stroke until new shapes were drawn, for every stroke.
    shapes: Samples,
    /// Until new heatmaps were.
    heatmap: Samples,
    /// Milliseconds that the main thread worked from the stroke until both were.
    work: Samples,
    /// Tasks of the main thread above 50 ms meanwhile.
    long: Samples,
}

/// Measures the built site and returns the table.
pub fn measure(browser: &Path, strokes: usize) -> Result<String> {
    let server = Server::of_site("/below")?;
    let address = format!("http://{}/", server.address);
    let options = json!({ "strokes": strokes, "scenes": SETTINGS });
    let Answer { browser, report } =
        drive::<Vec<Scene>>(browser, "felt.mjs", "felt", &[&address, &options.to_string()])?;
    let mut text = format!(
        "Chromium {browser}; {strokes} key strokes each; milliseconds, median and 95th percentile.\n\n\
         | From a stroke on a slider | to shapes | to heatmaps | work of the main thread | tasks above 50 ms |\n\
         |---|---:|---:|---:|---:|\n"
    );
    for Scene { pace, setting, shapes, heatmap, work, long, .. } in &report {
        let times = [shapes, heatmap, work]
            .map(|samples| format!("{:.1}, {:.1}", percentile(samples, 50), percentile(samples, 95)));
        let _ = writeln!(text, "| {setting}, {pace} | {} | {} |", times.join(" | "), long.len());
    }
    Ok(text)
}
