//! Reads setups, a JSON object a line with what differs from the default, and prints the script of each as a JSON string.

use std::io;

use gru_playground::py::CodeLine;
use gru_playground::train::{Setup, training_script};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in io::stdin().lines() {
        let mut setup = serde_json::to_value(Setup::default())?;
        for (name, value) in serde_json::from_str::<Value>(&line?)?.as_object().ok_or("an object")? {
            setup[name] = value.clone();
        }
        let lines = training_script(&serde_json::from_value(setup)?);
        println!("{}", json!(lines.iter().map(CodeLine::text).collect::<Vec<_>>().join("\n")));
    }
    Ok(())
}
