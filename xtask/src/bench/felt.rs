//! What a learner feels: from a key stroke on a slider to new shapes and new heatmaps on screen, and from a click to a view.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::drive;
use super::results::{Answer, Samples, median_ratio, percentile};
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

/// All that was measured, site by site.
#[derive(Serialize, Deserialize)]
struct Felt {
    strokes: Vec<Strokes>,
    openings: Vec<Opening>,
}

/// What one setting showed.
#[derive(Serialize, Deserialize)]
struct Strokes {
    /// Ours is 0, the other one 1.
    site: usize,
    /// Whether frames came as a screen draws them.
    pace: String,
    setting: String,
    /// Milliseconds from the stroke until new shapes were drawn, for every stroke.
    shapes: Samples,
    /// Until new heatmaps were.
    heatmap: Samples,
    /// Milliseconds that the main thread worked from the stroke until both were.
    work: Samples,
    /// Tasks of the main thread above 50 ms meanwhile.
    long: Samples,
}

/// What was opened for the first time in a visit.
#[derive(Serialize, Deserialize)]
struct Opening {
    /// Ours is 0, the other one 1.
    site: usize,
    opened: String,
    /// Milliseconds from the click until it was drawn, for every visit.
    took: Samples,
}

/// Measures the built site, beside another one where its folder is given, and returns the tables.
pub fn measure(browser: &Path, strokes: usize, visits: usize, against: Option<&Path>) -> Result<String> {
    let ours = Server::of_site("/below")?;
    let other = against.map(Server::of_another_site).transpose()?;
    let addresses = [Some(&ours), other.as_ref()].into_iter().flatten();
    let sites: Vec<_> =
        addresses.map(|server| json!({ "address": format!("http://{}/", server.address) })).collect();
    let options = json!({ "sites": sites, "strokes": strokes, "visits": visits, "scenes": SETTINGS });
    let Answer { browser, report } = drive::<Felt>(browser, "felt.mjs", "felt", &[&options.to_string()])?;
    Ok(format!(
        "Chromium {browser}; {strokes} key strokes each, {visits} visits; milliseconds, median and 95th percentile{}.\n\n{}",
        if other.is_some() {
            ", and how many times as long as the other site's, stroke by stroke"
        } else {
            ""
        },
        tables(&report)
    ))
}

/// `32.4, 45.2 (1.03)`: median, 95th percentile, and the ratio to the same of another site.
fn cell(samples: &[f64], others: Option<&Samples>) -> String {
    let mut text = format!("{:.1}, {:.1}", percentile(samples, 50), percentile(samples, 95));
    if let Some(others) = others {
        let _ = write!(text, " ({:.2})", median_ratio(samples, others));
    }
    text
}

fn tables(report: &Felt) -> String {
    let mut text = "| From a stroke on a slider | to shapes | to heatmaps | work of the main thread | tasks above 50 ms |\n\
         |---|---:|---:|---:|---:|\n"
        .to_owned();
    for Strokes { pace, setting, shapes, heatmap, work, long, .. } in ours(&report.strokes, |it| it.site) {
        let other =
            report.strokes.iter().find(|it| it.site == 1 && it.pace == *pace && it.setting == *setting);
        let times = [
            cell(shapes, other.map(|it| &it.shapes)),
            cell(heatmap, other.map(|it| &it.heatmap)),
            cell(work, other.map(|it| &it.work)),
        ];
        let long =
            other.map_or(long.len().to_string(), |other| format!("{} to {}", long.len(), other.long.len()));
        let _ = writeln!(text, "| {setting}, {pace} | {} | {long} |", times.join(" | "));
    }
    text += "\n| From the first click | until it is drawn |\n|---|---:|\n";
    for Opening { opened, took, .. } in ours(&report.openings, |it| it.site) {
        let other = report.openings.iter().find(|it| it.site == 1 && it.opened == *opened);
        let _ = writeln!(text, "| {opened} | {} |", cell(took, other.map(|it| &it.took)));
    }
    text
}

fn ours<T>(rows: &[T], site: impl Fn(&T) -> usize) -> impl Iterator<Item = &T> {
    rows.iter().filter(move |row| site(row) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn felt(sites: usize) -> Felt {
        let strokes = |site| Strokes {
            site,
            pace: "at once".to_owned(),
            setting: "S".to_owned(),
            shapes: vec![10.0, 30.0, 20.0].into_iter().map(|time| time / (site + 1) as f64).collect(),
            heatmap: vec![40.0],
            work: vec![50.0],
            long: vec![60.0; site],
        };
        let opening = |site| Opening {
            site,
            opened: "the lab".to_owned(),
            took: vec![if site == 0 { 90.0 } else { 60.0 }],
        };
        Felt { strokes: (0..sites).map(strokes).collect(), openings: (0..sites).map(opening).collect() }
    }

    #[test]
    fn a_site_alone_has_times_and_two_have_ratios() {
        let alone = tables(&felt(1));
        assert!(alone.contains("| S, at once | 20.0, 30.0 | 40.0, 40.0 | 50.0, 50.0 | 0 |\n"), "{alone}");
        assert!(alone.ends_with("| the lab | 90.0, 90.0 |\n"), "{alone}");
        let two = tables(&felt(2));
        assert!(
            two.contains(
                "| S, at once | 20.0, 30.0 (2.00) | 40.0, 40.0 (1.00) | 50.0, 50.0 (1.00) | 0 to 1 |\n"
            ),
            "{two}"
        );
        assert!(two.ends_with("| the lab | 90.0, 90.0 (1.50) |\n"), "{two}");
    }
}
