//! Windows, the split in time, naive forecasts, and what is refused.

use gru_playground_series::{
    Forecaster, Naive, SeasonProposal, SeriesLesson, SeriesPlan, SeriesSetup, SeriesSource, SeriesTable,
};
use train::{Criterion, Input};

fn series(count: usize) -> Vec<f64> {
    (0..count).map(|t| (t * 37 % 101) as f64).collect()
}

fn small() -> SeriesSetup {
    SeriesSetup { seq_len: 4, horizon: 5, ..SeriesSetup::default() }
}

/// A window's values and its target, as the model has them.
fn window(data: &gru_playground_series::SeriesData, target: usize) -> (Vec<f32>, f32) {
    let Input::Features(x) = data.windows(&[target]) else { panic!("features") };
    let Criterion::Mse(y) = data.targets(&[target]) else { panic!("numbers") };
    (x.iter().copied().collect(), y[0])
}

#[test]
fn a_window_is_the_values_before_its_target() {
    let values = series(60);
    let data = small().data(&values).expect("it fits");
    let unscaled = |scaled: f32| (f64::from(scaled) * data.parts.std + data.parts.mean).round();
    let (x, y) = window(&data, 10);
    assert_eq!(x.into_iter().map(unscaled).collect::<Vec<_>>(), values[6..10]);
    assert_eq!(unscaled(y).to_bits(), values[10].to_bits());
}

#[test]
fn the_parts_follow_each_other_in_time_and_share_no_target() {
    let data = small().data(&series(60)).expect("it fits");
    assert_eq!((data.parts.train, data.parts.test, data.parts.count), (42, 51, 60));
    assert_eq!(data.parts.windows, [38, 9, 9]);
    assert_eq!(data.validation(), (42..51).collect::<Vec<_>>());
    assert_eq!(data.test(), (51..60).collect::<Vec<_>>());
}

#[test]
fn nothing_after_the_training_part_changes_what_is_trained() {
    let values = series(200);
    let mut other = values.clone();
    for value in &mut other[140..] {
        *value = 1e6 - *value;
    }
    for difference in [false, true] {
        let setup = SeriesSetup { difference, season: 7, steps: 12, ..small() };
        let losses = |values: &[f64]| -> Vec<f32> {
            let mut lesson = SeriesLesson::new(values, &setup).expect("it fits");
            // The parts themselves: a change of the series' last seen value is the first that differs.
            assert_eq!(lesson.data().parts.train, if difference { 139 } else { 140 });
            (0..setup.steps).map(|_| lesson.step().expect("finite").loss).collect()
        };
        assert_eq!(losses(&values), losses(&other), "difference {difference}");
        let scaling = |values: &[f64]| {
            let data = setup.data(values).expect("it fits");
            (data.parts.mean.to_bits(), data.parts.std.to_bits())
        };
        assert_eq!(scaling(&values), scaling(&other));
        // What is before the border does change it.
        let mut earlier = values.clone();
        earlier[100] += 50.0;
        assert_ne!(losses(&values), losses(&earlier));
    }
}

#[test]
fn a_forecast_looks_at_no_value_that_it_forecasts() {
    let values = series(100);
    let setup = SeriesSetup { season: 6, ..small() };
    let forecast = |values: &[f64]| {
        let mut lesson = SeriesLesson::new(values, &setup).expect("it fits");
        for _ in 0..5 {
            lesson.step().expect("finite");
        }
        lesson.forecast().expect("it fits")
    };
    let told = forecast(&values);
    assert_eq!((told.from, told.gru.len(), told.naive.len()), (85, 5, 3));
    let mut other = values.clone();
    other[85..].fill(0.0);
    assert_eq!(forecast(&other), told);
    other[84] += 20.0;
    assert_ne!(forecast(&other).gru, told.gru);
}

#[test]
fn naive_forecasts_repeat_what_was() {
    let months: Vec<f64> = [5.0, 1.0, 3.0].iter().cycle().take(9).copied().collect();
    let rising: Vec<f64> = months.iter().enumerate().map(|(t, value)| value + t as f64).collect();
    assert_eq!(Naive::Last.forecast(&months, 3, 2), [3.0, 3.0]);
    assert_eq!(Naive::Season.forecast(&months, 3, 4), [5.0, 1.0, 3.0, 5.0]);
    // With a trend beside the season the change alone is right.
    assert_eq!(Naive::SeasonChange.forecast(&rising, 3, 4), [14.0, 11.0, 14.0, 17.0]);
    assert_eq!(Naive::with_season(0), [Naive::Last]);
}

#[test]
fn a_wave_is_forecast_better_than_naively_and_noise_is_not_praised() {
    let judge = |values: &[f64], setup: &SeriesSetup| {
        let mut lesson = SeriesLesson::new(values, setup).expect("it fits");
        for _ in 0..setup.steps {
            lesson.step().expect("finite");
        }
        lesson.judge().expect("it fits")
    };
    let wave: Vec<f64> = (0..200).map(|t| (f64::from(t) * 0.4).sin()).collect();
    let told = judge(&wave, &SeriesSetup { steps: 300, lr: 0.02, ..small() });
    assert_eq!(told.beats, [true, true]);
    assert!(told.sentences[0].contains("the GRU is better by"), "{}", told.sentences[0]);
    assert_eq!(
        told.scores.iter().map(|score| score.who).collect::<Vec<_>>(),
        [Forecaster::Gru, Forecaster::Last]
    );
    // A series that repeats itself exactly: nothing beats the seasonal forecast.
    let months: Vec<f64> = [5.0, 1.0, 3.0, 9.0].iter().cycle().take(200).copied().collect();
    let told = judge(&months, &SeriesSetup { steps: 10, season: 4, ..small() });
    assert_eq!(told.beats, [false, false]);
    assert!(told.sentences[0].ends_with("nothing can be better."), "{}", told.sentences[0]);
}

#[test]
fn what_cannot_be_learned_is_told_with_the_setting_that_it_is_about() {
    let refused = |values: &[f64], setup: &SeriesSetup| {
        let trouble = setup.data(values).expect_err("it cannot be learned");
        assert!(trouble.help.iter().all(|help| !help.text.is_empty()));
        (trouble.code, trouble.settings.first().copied().unwrap_or(""))
    };
    let values = series(100);
    for (setup, expected) in [
        (SeriesSetup { seq_len: 0, ..small() }, ("bound", "seq_len")),
        (SeriesSetup { hidden_size: 65, ..small() }, ("bound", "hidden_size")),
        (SeriesSetup { steps: 5001, ..small() }, ("bound", "steps")),
        (SeriesSetup { lr: -1.0, ..small() }, ("learning-rate", "lr")),
        (SeriesSetup { seq_len: 61, ..small() }, ("too-short", "seq_len")),
        (SeriesSetup { horizon: 16, ..small() }, ("horizon", "horizon")),
        (SeriesSetup { season: 1, ..small() }, ("season", "season")),
        (SeriesSetup { season: 69, ..small() }, ("season", "season")),
    ] {
        assert_eq!(refused(&values, &setup), expected);
    }
    assert!(SeriesSetup { seq_len: 60, horizon: 15, season: 68, ..small() }.data(&values).is_ok());
    assert_eq!(refused(&[], &small()), ("too-short", "seq_len"));
    assert_eq!(refused(&[1.0; 100], &small()), ("constant", "difference"));
    let line: Vec<f64> = (0..100).map(f64::from).collect();
    assert_eq!(refused(&line, &SeriesSetup { difference: true, ..small() }), ("constant", "difference"));
    // The fix leads out of it.
    let trouble = SeriesSetup { seq_len: 30, ..small() }.data(&series(40)).expect_err("too short");
    assert_eq!(trouble.help[0].code, "seq_len = 10");
    assert!(SeriesSetup { seq_len: 10, ..small() }.data(&series(40)).is_ok());
}

#[test]
fn a_plan_says_what_guessing_loses_and_the_data_of_the_page_can_be_learned() {
    for (text, column, count, labels) in [
        (include_str!("../../../www/src/lab/series/data/nile.csv"), "volume", 100, ["1871", "1970"]),
        (include_str!("../../../www/src/lab/series/data/co2.csv"), "co2_ppm", 526, ["1958-03", "2001-12"]),
    ] {
        let table = SeriesTable::read(text.as_bytes(), None);
        assert_eq!(
            (table.file.columns[table.file.column as usize].name.as_str(), table.file.bad_rows),
            (column, 0)
        );
        assert_eq!(table.values.len(), count);
        assert_eq!([&table.labels[0], &table.labels[count - 1]], labels);
        let plan =
            SeriesPlan::of(&table.values, &SeriesSetup::default(), &SeriesSource::of("a.csv", &table.file));
        assert_eq!((plan.trouble, plan.guesser), (None, Some(Forecaster::Last)));
        let data = SeriesSetup::default().data(&table.values).expect("it fits");
        let errors = data
            .validation()
            .into_iter()
            .map(|at| ((data.levels[at - 1] - data.levels[at]) / data.parts.std).powi(2));
        let (sum, n) = errors.fold((0.0, 0.0), |(sum, n), square| (sum + square, n + 1.0));
        assert!((plan.guessing.expect("a loss") - sum / n).abs() < 1e-9);
    }
}

#[test]
fn a_name_of_a_learners_can_not_leave_its_place_in_the_script() {
    let source = SeriesSource {
        file: "a\"\nimport os\\.csv".to_owned(),
        name: "price\nimport os".to_owned(),
        column: 0,
        delimiter: '\t',
        decimal_comma: true,
        header: false,
        bad_rows: true,
    };
    let script: Vec<String> = gru_playground_series::series_script(&small(), &source, 100)
        .iter()
        .map(call::py::CodeLine::text)
        .collect();
    assert!(script.iter().all(|line| !line.trim_start().starts_with("import os")), "{script:?}");
    assert!(script.contains(
        &"with open(\"a_?import os_.csv\", newline=\"\", encoding=\"utf-8-sig\") as file:".to_owned()
    ));
}

#[test]
fn a_season_is_proposed_from_the_training_part_alone() {
    let read = |file: &str| {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/src/lab/series/data").join(file);
        SeriesTable::read(&std::fs::read(path).expect("a file of the project"), None).values
    };
    let usual = SeriesSetup::default;
    let found = |values: &[f64], setup: &SeriesSetup| SeasonProposal::of(values, setup).map(|it| it.season);
    let co2 = read("co2.csv");
    assert_eq!(found(&co2, &usual()), Some(12));
    assert_eq!(found(&co2, &SeriesSetup { difference: true, ..usual() }), Some(12));
    assert_eq!(found(&read("nile.csv"), &usual()), None);
    assert_eq!(found(&series(60), &usual()).filter(|season| *season < 3), None);
    // What comes after the training part says nothing.
    let mut other = co2.clone();
    for (place, value) in other.iter_mut().enumerate().skip(co2.len() * 7 / 10) {
        *value = (place % 5) as f64;
    }
    assert_eq!(SeasonProposal::of(&co2, &usual()), SeasonProposal::of(&other, &usual()));
    for nothing in [vec![], vec![1.0], vec![2.0; 50]] {
        assert_eq!(found(&nothing, &usual()), None);
    }
}
