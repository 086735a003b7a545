//! `docs/python.md`, which lists every name: written from the library itself.

use std::fmt::Write as _;
use std::path::Path;

use gru_playground_python::{names, run};

const HEAD: &str = "# Python and PyTorch, as they run here\n\n<!-- Written by `cargo test -p gru-playground-python` from the library; not to be edited. -->\n\nA learner's program runs in the page with these names. What is refused is named with its line, and nothing in a program can\ncatch that. Arguments that a function does not take here are refused in the same way, when they are given.\n\nOf the language, `async`, `\\N{name}` in strings, modules that are not listed, and names whose letters Python takes for others are\nrefused. Numbers, messages and warnings are those of CPython 3.12 and PyTorch 2.15 on a CPU.\n";

fn page() -> String {
    let mut page = HEAD.to_owned();
    let listed =
        |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    for known in names() {
        if known.run.is_empty() && known.refused.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## `{}`\n", known.of);
        if !known.run.is_empty() {
            let _ = write!(page, "\nRuns: {}.\n", listed(&known.run));
        }
        if !known.refused.is_empty() {
            let _ = write!(page, "\nRefused by name: {}.\n", listed(&known.refused));
        }
        if known.others_refused {
            page.push_str("\nEvery other public name is refused.\n");
        }
    }
    page
}

#[test]
fn the_page_of_names_is_that_of_the_library() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/python.md");
    let page = page();
    let is_current = std::fs::read_to_string(&path).is_ok_and(|found| found == page);
    std::fs::write(&path, page).expect("the page can be written");
    assert!(is_current, "written anew: look at the change");
}

#[test]
fn a_name_that_is_listed_as_refused_is_refused() {
    for known in names().into_iter().filter(|known| known.of.starts_with("torch")) {
        for name in known.refused.iter().take(12) {
            let ended = run(&format!("import {of}\nx = {of}.{name}\n", of = known.of), 5_000_000);
            assert!(ended.refused.is_some(), "{}.{name}: {ended:?}", known.of);
        }
    }
}
