//! `cargo xtask goldens`: remakes what real `PyTorch` answered, with the one that is at hand, and lists what changed.
//!
//! It is the drill for a new release: run it, read the list, and let `git diff` show the rest.

mod difference;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::steps::{Outcome, Steps};
use crate::{process, root};
use difference::Difference;

/// A script that asks `PyTorch`, and what it writes.
struct Maker {
    name: &'static str,
    /// The script below the top of the tree, and its arguments.
    script: &'static [&'static str],
    /// What cargo builds before, as its arguments.
    built: &'static [&'static str],
    /// Files, or folders whose files are compared.
    makes: &'static [&'static str],
    /// Python's packages beside torch.
    needs: &'static str,
}

const NOTHING: &[&str] = &[];

/// Every script; `tests` holds it to what lies in the tree.
const MAKERS: [Maker; 21] = [
    Maker {
        name: "modules",
        script: &["tests/golden/make_goldens.py"],
        built: NOTHING,
        makes: &[
            "tests/golden/forward.jsonl",
            "tests/golden/backward.jsonl",
            "tests/golden/cells.jsonl",
            "tests/golden/dropout.jsonl",
            "tests/golden/packed.jsonl",
            "tests/golden/rng.jsonl",
            "tests/golden/rng_native.jsonl",
            "tests/golden/train.jsonl",
            "tests/golden/variants.jsonl",
            "tests/golden/units",
            "tests/golden/gradients",
        ],
        needs: "numpy",
    },
    Maker {
        name: "min-gru",
        script: &["tests/golden/gradients/min_gru.py"],
        built: NOTHING,
        makes: &["tests/golden/gradients/min_gru.jsonl"],
        needs: "",
    },
    Maker {
        name: "inside",
        script: &["tests/golden/make_inside.py"],
        built: NOTHING,
        makes: &["tests/golden/units/inside.jsonl", "tests/golden/units/inside_modules.jsonl"],
        needs: "",
    },
    Maker {
        name: "memory",
        script: &["tests/golden/memory/over_time.py"],
        built: NOTHING,
        makes: &["tests/golden/memory/over_time.jsonl"],
        needs: "",
    },
    Maker {
        name: "lab",
        script: &["tests/golden/make_lab.py"],
        built: NOTHING,
        makes: &["tests/golden/lab"],
        needs: "",
    },
    Maker {
        name: "page",
        script: &["tests/golden/make_page.py"],
        built: NOTHING,
        makes: &["tests/golden/page.json"],
        needs: "",
    },
    Maker {
        name: "training",
        script: &["tests/golden/make_training.py"],
        built: NOTHING,
        makes: &["tests/golden/scripts/training.jsonl"],
        needs: "",
    },
    Maker {
        name: "practice",
        script: &["tests/golden/make_practice.py", "target/debug/examples/draws"],
        built: &["build", "--quiet", "-p", "gru-playground-practice", "--example", "draws"],
        makes: &["tests/golden/practice"],
        needs: "",
    },
    Maker {
        name: "series",
        script: &["tests/golden/make_series.py"],
        built: NOTHING,
        makes: &["tests/golden/scripts/series.jsonl"],
        needs: "",
    },
    Maker {
        name: "text",
        script: &["tests/golden/make_text.py"],
        built: NOTHING,
        makes: &["tests/golden/scripts/text.jsonl"],
        needs: "",
    },
    Maker {
        name: "kept",
        script: &["tests/golden/make_kept.py"],
        built: NOTHING,
        makes: &["tests/golden/units/kept.jsonl"],
        needs: "",
    },
    Maker {
        name: "paste",
        script: &["tests/golden/make_paste.py"],
        built: NOTHING,
        makes: &["tests/golden/paste.jsonl"],
        needs: "numpy",
    },
    Maker {
        name: "snippets",
        script: &["tests/golden/make_snippets.py"],
        built: NOTHING,
        makes: &["tests/golden/snippets.jsonl"],
        needs: "numpy",
    },
    Maker {
        name: "gallery",
        script: &["tests/golden/make_gallery.py"],
        built: NOTHING,
        makes: &["tests/golden/gallery", "tests/golden/claims"],
        needs: "",
    },
    Maker {
        name: "deck",
        script: &["tests/golden/deck/make_deck.py"],
        built: &[
            "run",
            "--quiet",
            "-p",
            "gru-playground-code",
            "--example",
            "deck",
            "--",
            "tests/golden/deck/programs.jsonl",
        ],
        makes: &["tests/golden/deck/answers.jsonl"],
        needs: "",
    },
    Maker {
        name: "random-programs",
        script: &["tests/golden/make_random_programs.py"],
        built: NOTHING,
        makes: &["tests/golden/random_programs.jsonl.zlib"],
        needs: "numpy",
    },
    Maker {
        name: "options",
        script: &[
            "tests/golden/check_diagnostics.py",
            "target/debug/examples/diagnose",
            "--options",
            "--write",
            "tests/golden/options.jsonl",
        ],
        built: &["build", "--quiet", "-p", "gru-playground", "--example", "diagnose"],
        makes: &["tests/golden/options.jsonl"],
        needs: "numpy",
    },
    Maker {
        name: "fixes",
        script: &[
            "tests/golden/check_diagnostics.py",
            "target/debug/examples/diagnose",
            "--fixes",
            "--calls",
            "2000",
            "--write",
            "tests/golden/fixes.jsonl",
        ],
        built: &["build", "--quiet", "-p", "gru-playground", "--example", "diagnose"],
        makes: &["tests/golden/fixes.jsonl"],
        needs: "numpy",
    },
    Maker {
        name: "weights",
        script: &["tests/golden/make_weights.py"],
        built: NOTHING,
        makes: &["tests/golden/weights"],
        needs: "numpy and safetensors",
    },
    Maker {
        name: "weights-cases",
        script: &["tests/golden/make_weights_cases.py"],
        built: NOTHING,
        makes: &["tests/golden/weights_cases"],
        needs: "numpy",
    },
    Maker {
        name: "exports",
        script: &["tests/golden/check_exports.py"],
        built: &[
            "run",
            "--quiet",
            "-p",
            "gru-playground",
            "--example",
            "export_weights",
            "--",
            "tests/golden/exports",
        ],
        makes: &["tests/golden/exports"],
        needs: "onnx and onnxruntime",
    },
];

/// `cargo xtask goldens [--python PYTHON] [NAME...]`
pub fn run(args: &[String]) -> Result<ExitCode> {
    let (python, names) = parse(args)?;
    let chosen: Vec<&Maker> = MAKERS
        .iter()
        .filter(|maker| names.is_empty() || names.iter().any(|name| name == maker.name))
        .collect();
    let release = process::answer(&python, &["-c", "import torch; print(torch.__version__)"]);
    let release = release.with_context(|| {
        format!("{} has no torch: name a Python that has it with --python", python.display())
    })?;
    println!("torch {release}, {}", python.display());
    let mut steps = Steps::new(chosen.len());
    let (mut changed, mut failed) = (Vec::new(), Vec::new());
    for maker in chosen {
        let before = contents(maker)?;
        steps.step(maker.name, || {
            if let Err(error) = make(maker, &python) {
                println!("      {error:#}");
                failed.push(maker.name);
                return Ok(Outcome::Done);
            }
            let after = contents(maker)?;
            let differences = compare(&before, &after);
            if differences.is_empty() {
                return Ok(Outcome::Unchanged);
            }
            changed.extend(differences);
            Ok(Outcome::Done)
        })?;
    }
    for line in &changed {
        println!("{line}");
    }
    let well = failed.is_empty();
    let what = if well { String::new() } else { format!("; not remade: {}", failed.join(", ")) };
    steps.finish(&format!("{} files changed{what}", changed.len()));
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse(args: &[String]) -> Result<(PathBuf, Vec<String>)> {
    use lexopt::prelude::{Long, Value, ValueExt};
    let mut python = PathBuf::from("python3");
    let mut names = Vec::new();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            // A command without a folder is looked for by the system; else it lies where the caller stands.
            Long("python") => {
                let given = PathBuf::from(parser.value()?);
                python = if given.components().count() > 1 { std::path::absolute(given)? } else { given };
            }
            Value(name) => {
                let name = name.string()?;
                let known = MAKERS.map(|maker| maker.name);
                ensure!(known.contains(&name.as_str()), "there is no '{name}': {}", known.join(", "));
                names.push(name);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok((python, names))
}

/// The instructions that the committed files were made with: on others, last digits differ.
const CAPABILITY: [(&str, &str); 3] =
    [("ATEN_CPU_CAPABILITY", "avx2"), ("ONEDNN_MAX_CPU_ISA", "AVX2"), ("MKL_ENABLE_INSTRUCTIONS", "AVX2")];

/// Runs a script from the top of the tree.
fn make(maker: &Maker, python: &Path) -> Result<()> {
    if !maker.built.is_empty() {
        process::run(process::cargo().args(maker.built), "cargo")?;
    }
    let needs = if maker.needs.is_empty() { String::new() } else { format!(", which needs {}", maker.needs) };
    let mut script = Command::new(python);
    script.args(maker.script).envs(CAPABILITY).stdin(Stdio::null()).current_dir(root());
    if !process::succeeds(&mut script, maker.script[0])? {
        bail!("{} failed{needs}: see above", maker.script[0]);
    }
    Ok(())
}

/// The files that a maker writes, by their path below the top of the tree.
fn contents(maker: &Maker) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for made in maker.makes {
        let path = root().join(made);
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    let name = format!("{made}/{}", entry.file_name().to_string_lossy());
                    files.insert(name, fs::read(entry.path())?);
                }
            }
        } else if path.exists() {
            files.insert((*made).to_owned(), fs::read(&path)?);
        }
    }
    Ok(files)
}

/// A line for each file that is not what it was.
fn compare(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) if before == after => None,
            (Some(before), Some(after)) => Some(format!("{name}: {}", Difference::of(before, after))),
            (None, _) => Some(format!("{name}: new")),
            (_, None) => Some(format!("{name}: gone")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_that_makes_goldens_is_run() {
        let named: Vec<&str> = MAKERS.iter().map(|maker| maker.script[0]).collect();
        for folder in ["tests/golden", "tests/golden/memory", "tests/golden/gradients"] {
            for entry in fs::read_dir(root().join(folder)).expect("a folder") {
                let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
                let script = format!("{folder}/{name}");
                if Path::new(&name).extension().is_some_and(|extension| extension == "py") {
                    assert!(named.contains(&script.as_str()), "{script} is not among the makers");
                }
            }
        }
    }

    #[test]
    fn what_is_made_lies_in_the_tree() {
        for maker in &MAKERS {
            assert!(root().join(maker.script[0]).exists(), "{}", maker.script[0]);
            for made in maker.makes {
                assert!(root().join(made).exists(), "{made}");
            }
        }
    }

    #[test]
    fn files_that_come_and_go_are_named() {
        let files = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), vec![1])).collect();
        assert_eq!(compare(&files(&["a", "b"]), &files(&["b", "c"])), ["a: gone", "c: new"]);
    }
}
