//! The npm package: the elements, the anywidget module, the core, and their types, as a tarball.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::build::{self, Goal};
use crate::wasm::Effort;
use crate::{entries, process, root, site, wasm, www};

/// Where the package is laid out; `vite.embed.config.ts` and `tsconfig.package.json` name it too.
fn folder() -> PathBuf {
    root().join("target/package")
}

/// `cargo xtask package`
pub fn run(args: &[String]) -> Result<ExitCode> {
    if let Some(arg) = args.first() {
        bail!("`cargo xtask package` takes no arguments, but got '{arg}'");
    }
    let steps = build::reach(Goal::Wasm(Effort::Full))?;
    let tarball = build()?;
    steps.finish(&format!("the package is {}", tarball.display()));
    Ok(ExitCode::SUCCESS)
}

/// Makes the tarball from `www/`, whose `pkg/` is there, and says where it is.
pub fn build() -> Result<PathBuf> {
    let folder = folder();
    site::embedding(&["--mode", "package"])?;
    let mut tsc = process::package_script("typescript/bin/tsc");
    process::run(tsc.args(["--project", "tsconfig.package.json"]), "the types of the package")?;
    copy(&wasm::folder(), &folder.join("types/pkg"), |name| name.ends_with(".d.ts"))?;
    copy(&wasm::folder(), &folder.join("core"), entries::is_of_entries)?;
    copy(&www().join("package"), &folder, |_| true)?;
    for (from, to) in [
        (www().join("src/embed/custom-elements.json"), "custom-elements.json"),
        (root().join("LICENSE-MIT"), "LICENSE-MIT"),
        (root().join("LICENSE-APACHE"), "LICENSE-APACHE"),
    ] {
        fs::copy(&from, folder.join(to)).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    fs::write(folder.join("package.json"), manifest()?)?;
    let mut npm = process::npm();
    npm.args(["pack", "--silent", "--pack-destination"]).arg(root().join("target")).current_dir(&folder);
    process::run(&mut npm, "npm pack")?;
    let tarball = root().join("target").join(format!("gru-playground-{}.tgz", env!("CARGO_PKG_VERSION")));
    anyhow::ensure!(tarball.is_file(), "npm pack left no {}", tarball.display());
    Ok(tarball)
}

/// Copies the files of a folder whose names are wanted.
fn copy(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(&wanted) {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn manifest() -> Result<String> {
    let types = "./types/src/embed/api.d.ts";
    let mut exports = serde_json::Map::new();
    let mut export = |name: &str, to: serde_json::Value| exports.insert(name.to_owned(), to);
    // TypeScript takes the first condition that it knows.
    export(".", json!({ "types": types, "default": "./embed/gru-embed.js" }));
    export(
        "./widget",
        json!({ "types": "./types/src/embed/widget-types.d.ts", "default": "./embed/widget.js" }),
    );
    for (name, to) in entries::exports("./core") {
        export(&name, to);
    }
    // The elements in the templates of frameworks: types alone.
    for framework in ["react", "svelte", "vue"] {
        export(&format!("./{framework}"), json!({ "types": format!("./{framework}.d.ts") }));
    }
    export("./custom-elements.json", "./custom-elements.json".into());
    export("./package.json", "./package.json".into());
    let manifest = json!({
        "name": "gru-playground",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Meet the GRU, break it and repair it: elements for course pages, and the core that says what PyTorch says",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "engines": { "node": ">=20" },
        "exports": exports,
        "types": types,
        "customElements": "./custom-elements.json",
        "sideEffects": ["./embed/*"],
        "keywords": ["gru", "pytorch", "rnn", "web-components", "anywidget", "education"],
    });
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}
