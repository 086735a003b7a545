//! How scripts of others reach the core: `gru-playground/core`, in `www/pkg/` and in the npm package.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

/// The names in `exports`, and the modules of `www/pkg/` behind them.
pub const ENTRIES: [(&str, &str); 1] = [("core", "gru_lab")];

/// Writes each module's JavaScript for Node beside it.
pub fn write(folder: &Path) -> Result<()> {
    for (_, module) in ENTRIES {
        let file = folder.join(format!("{module}.node.js"));
        fs::write(&file, include_str!("node-entry.js").replace("NAME", module))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Whether a file of `www/pkg/` belongs to one of them: of the lab's two builds the one that every browser runs.
pub fn is_of_entries(file: &str) -> bool {
    ENTRIES.iter().any(|(_, module)| {
        file.strip_prefix(module).is_some_and(|rest| rest.starts_with('.') || rest.starts_with("_bg."))
    })
}

/// Their part of a package's `exports`, for files below `folder`. TypeScript takes the first condition that it knows.
pub fn exports(folder: &str) -> Map<String, Value> {
    let mut exports = Map::new();
    for (name, module) in ENTRIES {
        let conditions = json!({
            "types": format!("{folder}/{module}.d.ts"),
            "node": format!("{folder}/{module}.node.js"),
            "default": format!("{folder}/{module}.js"),
        });
        exports.insert(format!("./{name}"), conditions);
        exports.insert(format!("./{name}.wasm"), format!("{folder}/{module}_bg.wasm").into());
    }
    exports
}

/// `www/pkg/` as Node and bundlers see it.
pub fn manifest() -> Result<String> {
    let mut exports = exports(".");
    exports.insert("./package.json".to_owned(), "./package.json".into());
    let manifest = json!({
        "name": "gru-playground",
        "version": env!("CARGO_PKG_VERSION"),
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "exports": exports,
        "sideEffects": false,
    });
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_first_and_files_of_other_modules_stay_out() {
        for conditions in exports(".").values().filter_map(Value::as_object) {
            assert_eq!(conditions.keys().collect::<Vec<_>>(), ["types", "node", "default"]);
        }
        for file in
            ["gru_lab.js", "gru_lab.d.ts", "gru_lab.node.js", "gru_lab_bg.wasm", "gru_lab_bg.wasm.d.ts"]
        {
            assert!(is_of_entries(file), "{file}");
        }
        for file in ["gru_lab_relaxed_bg.wasm", "gru_page.js", "package.json", ".stamp"] {
            assert!(!is_of_entries(file), "{file}");
        }
    }
}
