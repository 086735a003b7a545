//! How the time of a pass grows with each size, drawn as SVG beside the multiply-adds.

use std::fmt::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::calls::Sizes;
use super::results::{Growth, median};
use crate::root;

/// One size that grows while the others stay.
#[derive(Serialize)]
pub struct Series {
    axis: &'static str,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    value: usize,
    sizes: Sizes,
}

/// Where each size begins; it grows a thousandfold.
const STARTS: [(&str, usize); 4] = [("seq_len", 10), ("batch", 1), ("hidden_size", 2), ("num_layers", 1)];

/// Points a decade.
const STEPS: [usize; 3] = [1, 2, 5];

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 260.0;
/// Room for labels: left, top, right, below.
const MARGIN: [f64; 4] = [52.0, 34.0, 16.0, 34.0];

/// The plot, which the documents show.
pub fn file() -> PathBuf {
    root().join("docs/growth.svg")
}

/// What is to be measured.
pub fn series() -> Vec<Series> {
    let of = |(axis, start): (&'static str, usize)| {
        let decades = (0..3).map(|k| start * 10_usize.pow(k));
        let values = decades.flat_map(|decade| STEPS.map(|step| decade * step)).chain([start * 1000]);
        Series { axis, points: values.map(|value| Point { value, sizes: sizes(axis, value) }).collect() }
    };
    STARTS.map(of).into()
}

/// The others are such that no point takes long, and that the size that grows is what counts.
fn sizes(axis: &str, value: usize) -> Sizes {
    let small = Sizes { input: 32, hidden: 32, layers: 1, steps: 10, batch: 1 };
    match axis {
        "seq_len" => Sizes { steps: value, ..small },
        "batch" => Sizes { batch: value, ..small },
        "hidden_size" => Sizes { hidden: value, ..small },
        _ => Sizes { layers: value, ..small },
    }
}

/// The plot: a panel a size, both axes logarithmic, the multiply-adds scaled to the time of the largest point.
pub fn svg(growth: &[Growth]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="title">
<title id="title">Time of a forward pass against seq_len, batch, hidden_size and num_layers, with the multiply-adds beside it</title>
<style>
text {{ font: 12px system-ui, sans-serif; fill: #1f2328 }}
.name {{ font-weight: 600 }}
.grid {{ stroke: #d0d7de; stroke-width: 1 }}
.time {{ fill: #0969da }}
.count {{ fill: none; stroke: #bc4c00; stroke-width: 2; stroke-dasharray: 6 4 }}
@media (prefers-color-scheme: dark) {{
  text {{ fill: #e6edf3 }}
  .grid {{ stroke: #3d444d }}
  .time {{ fill: #58a6ff }}
  .count {{ stroke: #f0883e }}
}}
</style>"#,
        2.0 * WIDTH,
        2.0 * HEIGHT + 28.0
    );
    for (index, (axis, _)) in STARTS.iter().enumerate() {
        let points: Vec<_> = growth.iter().filter(|point| point.axis == *axis).collect();
        let (x, y) = ((index % 2) as f64 * WIDTH, (index / 2) as f64 * HEIGHT);
        let _ = writeln!(text, r#"<g transform="translate({x} {y})">"#);
        panel(&mut text, axis, &points);
        text.push_str("</g>\n");
    }
    let y = 2.0 * HEIGHT + 14.0;
    let _ = writeln!(
        text,
        r#"<circle class="time" cx="60" cy="{y}" r="4"/><text x="70" y="{0}">time of a pass, milliseconds</text>
<path class="count" d="M270 {y}h36"/><text x="312" y="{0}">multiply-adds, scaled to the last point</text>
</svg>"#,
        y + 4.0
    );
    text
}

/// A logarithmic axis onto a stretch of pixels.
struct Scale {
    low: f64,
    high: f64,
    pixels: [f64; 2],
}

impl Scale {
    /// Whole decades around the values.
    fn around(values: impl Iterator<Item = f64> + Clone, pixels: [f64; 2]) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min).log10().floor();
        let high = values.fold(0.0, f64::max).log10().ceil();
        Scale { low, high: high.max(low + 1.0), pixels }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value.log10() - self.low) / (self.high - self.low);
        self.pixels[0] + share * (self.pixels[1] - self.pixels[0])
    }

    fn decades(&self) -> impl Iterator<Item = f64> {
        (self.low as i32..=self.high as i32).map(|power| 10_f64.powi(power))
    }
}

fn panel(text: &mut String, axis: &str, points: &[&Growth]) {
    let Some(last) = points.last() else { return };
    let time = |point: &Growth| median(&point.milliseconds);
    let per_count = time(last) / last.sizes.multiply_adds();
    let count = |point: &Growth| point.sizes.multiply_adds() * per_count;
    let [left, top, right, below] = MARGIN;
    let x = Scale::around(points.iter().map(|point| point.value as f64), [left, WIDTH - right]);
    let both = points.iter().flat_map(|point| [time(point), count(point)]);
    let y = Scale::around(both, [HEIGHT - below, top]);

    let _ = writeln!(text, r#"<text class="name" x="{left}" y="20">{axis}</text>"#);
    for value in x.decades() {
        let at = x.at(value);
        let _ = writeln!(text, r#"<path class="grid" d="M{at:.1} {:.1}V{:.1}"/>"#, y.pixels[0], y.pixels[1]);
        let _ = writeln!(
            text,
            r#"<text x="{at:.1}" y="{:.1}" text-anchor="middle">{value}</text>"#,
            y.pixels[0] + 18.0
        );
    }
    for value in y.decades() {
        let at = y.at(value);
        let _ = writeln!(text, r#"<path class="grid" d="M{:.1} {at:.1}H{:.1}"/>"#, x.pixels[0], x.pixels[1]);
        let _ = writeln!(
            text,
            r#"<text x="{:.1}" y="{:.1}" text-anchor="end">{value}</text>"#,
            left - 6.0,
            at + 4.0
        );
    }
    let line =
        points.iter().map(|point| format!("{:.1} {:.1}", x.at(point.value as f64), y.at(count(point))));
    let _ = writeln!(text, r#"<path class="count" d="M{}"/>"#, line.collect::<Vec<_>>().join("L"));
    for point in points {
        let (x, y) = (x.at(point.value as f64), y.at(time(point)));
        let _ = writeln!(text, r#"<circle class="time" cx="{x:.1}" cy="{y:.1}" r="4"/>"#);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_grows_over_three_decades() {
        for Series { points, .. } in series() {
            assert_eq!(points[0].value * 1000, points[points.len() - 1].value);
            assert!(points.is_sorted_by_key(|point| point.value));
        }
    }

    #[test]
    fn the_multiply_adds_meet_the_last_point() {
        let growth: Vec<_> = series()
            .into_iter()
            .flat_map(|Series { axis, points }| {
                points.into_iter().map(move |Point { value, sizes }| Growth {
                    axis: axis.to_owned(),
                    value,
                    sizes,
                    milliseconds: vec![0.01 * value as f64],
                })
            })
            .collect();
        let text = svg(&growth);
        let between = |text: &str, before: &str, after: &str| {
            let (_, rest) = text.rsplit_once(before)?;
            Some(rest.split_once(after)?.0.to_owned())
        };
        let line = between(&text, r#"<path class="count" d="M"#, "\"");
        assert!(line.is_some(), "{text}");
        let panel = text.split("</g>").next().unwrap_or_default();
        let end = between(panel, "L", "\"").unwrap();
        let (x, y) = end.split_once(' ').unwrap();
        assert!(panel.contains(&format!(r#"cx="{x}" cy="{y}""#)), "{panel}");
    }
}
