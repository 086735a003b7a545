//! What was measured, as Markdown.

use std::fmt::Write;

use super::results::{Forward, Native, Samples, Train, median, median_ratio};
use super::{ENGINES, Report};
use crate::test::size::kilobytes;

/// What ratios are to.
const PEER: &str = "onnxruntime-web";

/// All tables of a run.
pub fn markdown(report: &Report) -> String {
    let mut text =
        format!("{}; Chromium {}; medians of {} rounds.\n", report.machine, report.browser, report.rounds);
    forward(&mut text, &report.forward);
    cold(&mut text, report);
    boundary(&mut text, &report.forward);
    if let Some(train) = &report.train {
        training(&mut text, train);
    }
    if let Some(native) = &report.native {
        natively(&mut text, &report.forward, native, report.pytorch.as_ref());
    }
    text
}

/// Milliseconds, the ratio to the peer, and the share of the peak that fits the engine.
fn forward(text: &mut String, forward: &[Forward]) {
    heading(text, "A forward pass", forward.iter().map(|of| of.call.as_str()));
    for engine in ENGINES {
        let cells = forward.iter().map(|of| {
            let samples = &of.milliseconds[engine];
            let peak = median(&of.peak[if engine.ends_with("relaxed") { "relaxed" } else { "simd128" }]);
            let share = of.sizes.multiply_adds() / (median(samples) / 1000.0) / peak;
            let ratio = median_ratio(samples, &of.milliseconds[PEER]);
            format!("{} ms, {ratio:.2}, {:.0}%", figure(median(samples)), 100.0 * share)
        });
        row(text, engine, cells);
    }
    for flavour in ["relaxed", "simd128"] {
        let cells = forward.iter().map(|of| format!("{:.1} GFLOP/s", 2.0 * median(&of.peak[flavour]) / 1e9));
        row(text, &format!("measured peak, {flavour}"), cells);
    }
    let worst = forward.iter().flat_map(|of| of.differences.values()).copied().fold(0.0, f64::max);
    let _ = writeln!(
        text,
        "\nMilliseconds of a pass, the ratio to {PEER}, the share of the measured peak of its kind."
    );
    let _ = writeln!(text, "All outputs agree with the same call in float64 within {worst:.1e}.");
}

fn cold(text: &mut String, report: &Report) {
    heading(text, "A first visit", ["first result", "gzip", "brotli", "wasm memory"]);
    for of in &report.cold {
        let [gzip, brotli] = of.sizes.unwrap_or_default();
        let milliseconds = format!("{:.0} ms", median(&of.milliseconds));
        let memory = format!("{:.1} MB", of.memory as f64 / 1e6);
        row(text, &of.engine, [milliseconds, kilobytes(gzip), kilobytes(brotli), memory]);
    }
    let large = report.forward.last().map_or("", |of| of.call.as_str());
    let _ =
        writeln!(text, "\nFrom navigation to the result of S, in a page of its own; memory after {large}.");
}

/// What crossing between JavaScript and wasm takes of a pass, and what keeping every gate adds.
fn boundary(text: &mut String, forward: &[Forward]) {
    heading(text, "Around the pass", forward.iter().map(|of| of.call.as_str()));
    for flavour in ["relaxed", "simd128"] {
        let through = |of: &Forward| of.milliseconds[&format!("this project, {flavour}")].clone();
        let inside = |of: &Forward, what: &str| of.milliseconds[&format!("{what}, {flavour}")].clone();
        let share = |of: &Forward| 100.0 * (1.0 - median_ratio(&inside(of, "passes"), &through(of)));
        row(
            text,
            &format!("boundary's share, {flavour}"),
            forward.iter().map(|of| format!("{:.0}%", share(of))),
        );
        let traced = |of: &Forward| median_ratio(&inside(of, "traced"), &inside(of, "passes"));
        row(
            text,
            &format!("with every gate kept, {flavour}"),
            forward.iter().map(|of| format!("{:.2}x", traced(of))),
        );
    }
}

fn training(text: &mut String, train: &[Train]) {
    heading(text, "A step of training", train.iter().map(|of| of.call.as_str()));
    for engine in ["this project, relaxed", "this project, simd128", "tfjs wasm"] {
        let cells = train.iter().map(|of| {
            let samples = &of.milliseconds[engine];
            let ratio = median_ratio(samples, &of.milliseconds["tfjs wasm"]);
            format!("{} ms, {ratio:.2}", figure(median(samples)))
        });
        row(text, engine, cells);
    }
    let _ = writeln!(
        text,
        "\nForward, backward and SGD with a linear head; the ratio is to tfjs. Losses agree within 1e-4 after four steps."
    );
}

fn natively(text: &mut String, forward: &[Forward], native: &Native, pytorch: Option<&Native>) {
    heading(text, "Natively, in one thread", forward.iter().map(|of| of.call.as_str()));
    let cells = |samples: &Native| -> Vec<String> {
        let of = |call: &str| samples.get(call).map_or(f64::NAN, |samples: &Samples| median(samples));
        forward.iter().map(|forward| format!("{} ms", figure(of(&forward.call)))).collect()
    };
    row(text, "this project, native", cells(native));
    if let Some(pytorch) = pytorch {
        row(text, "PyTorch, native", cells(pytorch));
    }
}

fn heading<'a>(text: &mut String, title: &str, columns: impl IntoIterator<Item = &'a str>) {
    let columns: Vec<_> = columns.into_iter().collect();
    let _ = writeln!(text, "\n| {title} | {} |\n|---|{}", columns.join(" | "), "---:|".repeat(columns.len()));
}

fn row(text: &mut String, name: &str, cells: impl IntoIterator<Item = String>) {
    let cells: Vec<_> = cells.into_iter().collect();
    let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
}

/// Three digits that count.
fn figure(value: f64) -> String {
    let decimals = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else if value >= 1.0 {
        2
    } else {
        4
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::calls::CALLS;

    #[test]
    fn ratios_are_to_the_peer_of_the_same_round_and_shares_to_the_peak_of_the_flavour() {
        let samples = |value: f64| vec![value, 10.0 * value, value];
        let milliseconds = ENGINES.iter().zip([1.0, 2.0, 4.0, 8.0, 8.0, 8.0]);
        let forward_pass = Forward {
            call: "S".to_owned(),
            sizes: CALLS[0].sizes,
            differences: [("candle".to_owned(), 3e-7)].into(),
            milliseconds: milliseconds.map(|(name, value)| ((*name).to_owned(), samples(value))).collect(),
            peak: [("relaxed".to_owned(), vec![126e6]), ("simd128".to_owned(), vec![63e6])].into(),
        };
        let mut text = String::new();
        forward(&mut text, &[forward_pass]);
        // 63 000 multiply-adds in a millisecond are 63 million a second.
        assert!(text.contains("| this project, relaxed | 1.00 ms, 0.25, 50% |"), "{text}");
        assert!(text.contains("| this project, simd128 | 2.00 ms, 0.50, 50% |"), "{text}");
        assert!(text.contains("| onnxruntime-web | 4.00 ms, 1.00, 25% |"), "{text}");
        assert!(text.contains("| measured peak, relaxed | 0.3 GFLOP/s |"), "{text}");
        assert!(text.contains("within 3.0e-7"), "{text}");
    }
}
