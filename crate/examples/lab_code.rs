//! The code of the lab's rooms, for `tests/golden/make_lab.py` to run: setups come in and records go out, one a line.

use std::io::{Error, Write, stdin, stdout};

use gru_playground::lab::{
    gradients, gradients_code, module_code, modules, packing, packing_code, variants, variants_code,
};
use gru_playground::py::CodeLine;
use serde_json::{Value, json};

fn code(room: &str, setup: &Value) -> Option<Vec<CodeLine>> {
    let setup = setup.clone();
    match room {
        "gradients" => serde_json::from_value::<gradients::GradientsSetup>(setup)
            .ok()
            .map(|setup| gradients_code(&setup)),
        "variants" => {
            serde_json::from_value::<variants::VariantsSetup>(setup).ok().map(|setup| variants_code(&setup))
        }
        "modules" => {
            serde_json::from_value::<modules::ModuleSetup>(setup).ok().map(|setup| module_code(&setup))
        }
        "packing" => {
            serde_json::from_value::<packing::PackingSetup>(setup).ok().map(|setup| packing_code(&setup))
        }
        _ => None,
    }
}

fn main() -> Result<(), Error> {
    for line in stdin().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let lines = code(record["room"].as_str().unwrap_or_default(), &record["setup"])
            .ok_or_else(|| Error::other(format!("not a room's setup: {record}")))?;
        let text = lines.iter().map(CodeLine::text).collect::<Vec<_>>().join("\n");
        writeln!(stdout(), "{}", json!({ "room": record["room"], "setup": record["setup"], "code": text }))?;
    }
    Ok(())
}
