//! Forecasts: the script that is shown, and the numbers that it gives in real `PyTorch`.

use std::path::Path;

use call::py::CodeLine;
use gru_playground_series::{SeriesLesson, SeriesSetup, SeriesSource, SeriesTable, series_script};
use serde_json::Value;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(path).expect("a file of the project")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn setup(record: &Value) -> SeriesSetup {
    let mut setup = serde_json::to_value(SeriesSetup::default()).expect("a setup");
    for (name, value) in record["setup"].as_object().expect("settings") {
        assert!(setup.get(name).is_some(), "{name} is a setting");
        setup[name] = value.clone();
    }
    serde_json::from_value(setup).expect("a setup")
}

fn assert_close(got: &[f64], expected: &[f64], unit: f64, what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    for (place, (got, expected)) in got.iter().zip(expected).enumerate() {
        let most = 1e-4 * expected.abs().min(unit) + 1e-5 * unit;
        assert!((got - expected).abs() <= most, "{what}[{place}]: {got}, not {expected}");
    }
}

#[test]
fn every_script_is_the_one_that_was_run_and_gives_our_numbers() {
    let records: Vec<Value> = read("tests/golden/scripts/series.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(records.len(), 6);
    for record in &records {
        let id = record["id"].as_str().expect("a name");
        let file = record["file"].as_str().expect("a file");
        let text = record["csv"]
            .as_str()
            .map_or_else(|| read(&format!("www/src/lab/series/data/{file}")), str::to_owned);
        let table = SeriesTable::read(text.as_bytes(), record["column"].as_str());
        let setup = setup(record);
        let script = series_script(&setup, &SeriesSource::of(file, &table.file), table.values.len());
        let expected: Vec<&str> =
            record["script"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
        assert_eq!(script.iter().map(CodeLine::text).collect::<Vec<_>>(), expected, "{id}");

        let mut lesson = SeriesLesson::new(&table.values, &setup).expect("it can be learned");
        let (mut losses, mut validation) = (Vec::new(), Vec::new());
        for _ in 0..setup.steps {
            losses.push(f64::from(lesson.step().expect("finite numbers").loss));
            validation.extend(lesson.validate().expect("it fits").map(|told| f64::from(told.loss)));
        }
        assert_close(&losses, &numbers(&record["losses"]), 1.0, &format!("{id}: losses"));
        assert_close(&validation, &numbers(&record["validation"]), 1.0, &format!("{id}: validation"));
        let std = lesson.data().parts.std;
        let forecast = lesson.forecast().expect("it fits");
        assert_close(&forecast.gru, &numbers(&record["forecast"]), 10.0 * std, &format!("{id}: forecast"));
        let beyond = lesson.forecast_beyond().expect("it fits");
        assert_eq!(beyond.from, table.values.len() as u64, "{id}: after the last value");
        assert_close(&beyond.gru, &numbers(&record["beyond"]), 10.0 * std, &format!("{id}: beyond"));
        let judgement = lesson.judge().expect("it fits");
        let errors =
            [record["next_error"].as_f64(), record["error"].as_f64()].map(|it| it.expect("a number"));
        assert_close(
            &[judgement.scores[0].next, judgement.scores[0].horizon],
            &errors,
            std,
            &format!("{id}: errors"),
        );
    }
}
