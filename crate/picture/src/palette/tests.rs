use super::super::curve::{curve, samples};
use super::super::oklab::{Oklab, bytes_of, difference, from_linear, linear_of, to_linear};
use super::*;

const MAPS: [Map; 2] = [Map::Diverging, Map::Sequential];
const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

/// What a colour-blind eye sees of linear light (Machado, Oliveira and Fernandes 2009, severity 1).
const EYES: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

fn seen_by(eye: [[f64; 3]; 3], [red, green, blue, _]: Rgba) -> Oklab {
    let light = linear_of([red, green, blue]);
    from_linear(eye.map(|row| (0..3).map(|i| row[i] * light[i]).sum::<f64>().clamp(0.0, 1.0)))
}

fn seen_normally(colour: Rgba) -> Oklab {
    seen_by(EYES[0], colour)
}

/// CIELAB L*, a measure of lightness that the maps were not built with.
fn cie_lightness([red, green, blue, _]: Rgba) -> f64 {
    let [red, green, blue] = linear_of([red, green, blue]);
    116.0 * (0.2126 * red + 0.7152 * green + 0.0722 * blue).cbrt() - 16.0
}

/// A map's colours from its zero outwards: both arms of the diverging map, the sequential map whole.
fn arms(map: Map, theme: Theme) -> Vec<Vec<Rgba>> {
    let colours = scale(map, theme, 41);
    match map {
        Map::Diverging => vec![colours[..=20].iter().rev().copied().collect(), colours[20..].to_vec()],
        Map::Sequential => vec![colours],
    }
}

fn every_arm() -> impl Iterator<Item = (Map, Theme, Vec<Rgba>)> {
    MAPS.into_iter().flat_map(|map| {
        THEMES
            .into_iter()
            .flat_map(move |theme| arms(map, theme).into_iter().map(move |arm| (map, theme, arm)))
    })
}

#[test]
fn lightness_changes_by_even_steps() {
    for (map, theme, arm) in every_arm() {
        let lightness: Vec<f64> = arm.iter().map(|&colour| seen_normally(colour).l).collect();
        let mean = (lightness[arm.len() - 1] - lightness[0]) / (arm.len() - 1) as f64;
        for pair in lightness.windows(2) {
            let step = pair[1] - pair[0];
            // A byte of the darkest colours is worth up to 0.006 of lightness.
            assert!((step - mean).abs() < 0.007, "{map:?} {theme:?}: step {step} among steps of {mean}");
        }
    }
}

#[test]
fn every_step_looks_about_as_large_as_any_other() {
    for (map, theme, arm) in every_arm() {
        let coarse: Vec<Oklab> = arm.iter().step_by(4).map(|&colour| seen_normally(colour)).collect();
        let steps: Vec<f64> = coarse.windows(2).map(|pair| difference(pair[0], pair[1])).collect();
        let least = steps.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = steps.iter().copied().fold(0.0, f64::max);
        assert!(greatest / least < 1.3, "{map:?} {theme:?}: {least} to {greatest}");
    }
}

#[test]
fn lightness_is_monotone_by_another_measure_too() {
    for (map, theme, arm) in every_arm() {
        let away = if theme == Theme::Light { -1.0 } else { 1.0 };
        for pair in arm.windows(2) {
            let step = away * (cie_lightness(pair[1]) - cie_lightness(pair[0]));
            assert!(step > 0.0, "{map:?} {theme:?}: {pair:?}");
        }
    }
}

#[test]
fn the_samples_are_those_of_the_exact_maps() {
    let exact = ORDER.map(|(map, theme)| samples(map, theme)).concat().concat();
    if exact != SAMPLES {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/palette/samples.rgb"), exact).unwrap();
        panic!("the file of samples was written anew: look at the pictures");
    }
}

#[test]
fn between_the_samples_no_channel_is_more_than_a_byte_off() {
    for map in MAPS {
        for theme in THEMES {
            let palette = Palette::of(map, theme);
            let [low, high] = map.range();
            for step in 0..=1000 {
                let value = low + (high - low) * step as f32 / 1000.0;
                let exact = bytes_of(to_linear(curve(map, theme, f64::from(value))));
                let shown = palette.colour(value);
                let off = (0..3).map(|i| shown[i].abs_diff(exact[i])).max();
                assert!(off <= Some(1), "{map:?} {theme:?} {value}: {shown:?}, not {exact:?}");
            }
        }
    }
}

#[test]
fn no_colour_is_clipped() {
    for map in MAPS {
        for theme in THEMES {
            for step in 0..=200 {
                let [low, high] = map.range().map(f64::from);
                let light = to_linear(curve(map, theme, low + (high - low) * f64::from(step) / 200.0));
                assert!(
                    light.iter().all(|channel| (-1e-3..=1.001).contains(channel)),
                    "{map:?} {theme:?} {step}: {light:?}"
                );
            }
        }
    }
}

#[test]
fn zero_of_the_diverging_map_is_the_ground() {
    for theme in THEMES {
        assert_eq!(scale(Map::Diverging, theme, 3)[1], theme.ground());
        assert_eq!(Palette::of(Map::Diverging, theme).colour(0.0), theme.ground());
        assert_eq!(Palette::of(Map::Diverging, theme).colour(-0.0), theme.ground());
    }
}

#[test]
fn the_ground_is_the_page_s_panel() {
    let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| {
        let [red, green, blue, _] = theme.ground();
        format!("#{red:02x}{green:02x}{blue:02x}")
    });
    let tokens = include_str!("../../../../www/src/ui/tokens.css");
    assert!(tokens.contains(&format!("--gru-panel: light-dark({light}, {dark});")), "{light} {dark}");
}

#[test]
fn the_ends_stand_off_the_ground_by_lightness_and_apart_by_hue() {
    for theme in THEMES {
        let ground = seen_normally(theme.ground());
        let colours = scale(Map::Diverging, theme, 2);
        let ends = [seen_normally(colours[0]), seen_normally(colours[1])];
        for end in ends {
            assert!((end.l - ground.l).abs() > 0.45, "{theme:?}: {end:?}");
        }
        let hues = ends.map(|end| end.b.atan2(end.a).to_degrees());
        let apart = (hues[0] - hues[1]).rem_euclid(360.0);
        assert!((120.0..=240.0).contains(&apart), "{theme:?}: {apart} degrees");
    }
}

#[test]
fn signs_can_be_told_by_every_eye() {
    for theme in THEMES {
        let colours = scale(Map::Diverging, theme, 9);
        for eye in EYES {
            for (index, least) in [(0, 0.2), (1, 0.16), (2, 0.12), (3, 0.06)] {
                let apart = difference(seen_by(eye, colours[index]), seen_by(eye, colours[8 - index]));
                assert!(apart > least, "{theme:?} at step {index} of 4: {apart}");
            }
        }
    }
}

#[test]
fn what_is_not_finite_has_a_colour_of_its_own_for_every_eye() {
    for map in MAPS {
        for theme in THEMES {
            let palette = Palette::of(map, theme);
            for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                assert_eq!(palette.colour(value), theme.not_finite());
            }
            for eye in EYES {
                let mark = seen_by(eye, theme.not_finite());
                for colour in scale(map, theme, 101) {
                    assert!(difference(seen_by(eye, colour), mark) > 0.1, "{map:?} {theme:?}: {colour:?}");
                }
            }
        }
    }
}

#[test]
fn values_beyond_the_range_have_the_colour_of_its_end() {
    for map in MAPS {
        for theme in THEMES {
            let palette = Palette::of(map, theme);
            let ends = scale(map, theme, 2);
            let [low, high] = map.range();
            for (value, end) in [(low, ends[0]), (-7.0, ends[0]), (f32::MIN, ends[0])] {
                assert_eq!(palette.colour(value), end, "{map:?} {theme:?} {value}");
            }
            for (value, end) in [(high, ends[1]), (7.0, ends[1]), (f32::MAX, ends[1])] {
                assert_eq!(palette.colour(value), end, "{map:?} {theme:?} {value}");
            }
        }
    }
}

#[test]
fn a_legend_may_have_any_number_of_steps() {
    assert!(scale(Map::Diverging, Theme::Light, 0).is_empty());
    assert_eq!(scale(Map::Diverging, Theme::Light, 1), [Theme::Light.ground()]);
    assert_eq!(scale(Map::Sequential, Theme::Dark, 7).len(), 7);
}
