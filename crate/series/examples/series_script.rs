//! Reads runs, a JSON object a line with `csv` (the text of a file), `file`, `column` and `setup` (what differs from the default),
//! and prints the script of each as a JSON string.

use std::io;

use call::py::CodeLine;
use gru_playground_series::{SeriesSetup, SeriesSource, SeriesTable, series_script};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in io::stdin().lines() {
        let run: Value = serde_json::from_str(&line?)?;
        let mut setup = serde_json::to_value(SeriesSetup::default())?;
        for (name, value) in run["setup"].as_object().ok_or("an object")? {
            setup[name] = value.clone();
        }
        let setup: SeriesSetup = serde_json::from_value(setup)?;
        let table =
            SeriesTable::read(run["csv"].as_str().ok_or("a text")?.as_bytes(), run["column"].as_str());
        let source = SeriesSource::of(run["file"].as_str().ok_or("a name")?, &table.file);
        let lines = series_script(&setup, &source, table.values.len());
        println!("{}", json!(lines.iter().map(CodeLine::text).collect::<Vec<_>>().join("\n")));
    }
    Ok(())
}
