//! Reads runs, a JSON object a line with `text`, `file` (its name) and `setup` (what differs from the default), and prints the script of
//! each as a JSON string.

use std::io;

use call::py::CodeLine;
use gru_playground_series::{TextSetup, text_script};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in io::stdin().lines() {
        let run: Value = serde_json::from_str(&line?)?;
        let mut setup = serde_json::to_value(TextSetup::default())?;
        for (name, value) in run["setup"].as_object().ok_or("an object")? {
            setup[name] = value.clone();
        }
        let setup: TextSetup = serde_json::from_value(setup)?;
        let data = setup.data(run["text"].as_str().ok_or("a text")?).map_err(|trouble| trouble.message)?;
        let lines = text_script(&setup, &data, run["file"].as_str().ok_or("a name")?);
        println!("{}", json!(lines.iter().map(CodeLine::text).collect::<Vec<_>>().join("\n")));
    }
    Ok(())
}
