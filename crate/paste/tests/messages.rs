//! `messages.json`, what the page's search knows of messages: written from the kinds and from real texts of them.

use std::fs;
use std::path::Path;

use gru_playground_paste::{explain, kinds};
use serde::{Deserialize, Serialize};

/// A text of the corpus.
#[derive(Deserialize)]
struct Real {
    kind: String,
    text: String,
}

/// What can be searched for.
#[derive(Serialize)]
struct Searched {
    kind: &'static str,
    about: &'static str,
    messages: Vec<String>,
    /// A real text of the kind, as short as it is still known.
    example: String,
}

/// The most letters of an example: it stands in an address.
const MOST: usize = 400;

/// A message with an ellipsis for each part that differs from text to text.
fn plain(message: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0;
    for letter in message.chars() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                plain.push('\u{2026}');
            }
            letter if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// The last lines of a text, as few as are still known as its kind.
fn shortest(real: &Real) -> Option<String> {
    let lines: Vec<&str> = real.text.trim_end().lines().collect();
    (0..lines.len())
        .rev()
        .map(|from| lines[from..].join("\n"))
        .take_while(|text| text.len() <= MOST)
        .find(|text| explain(text).kind == real.kind)
}

#[test]
fn the_messages_of_the_search_are_those_of_the_kinds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = fs::read_to_string(folder.join("tests/corpus.jsonl")).expect("the corpus is there");
    let corpus: Vec<Real> =
        corpus.lines().map(|line| serde_json::from_str(line).expect("a record a line")).collect();
    let searched: Vec<Searched> = kinds()
        .filter_map(|kind| {
            let real = corpus.iter().filter(|real| real.kind == kind.name);
            let example = real.filter_map(shortest).min_by_key(String::len)?;
            let messages = kind.messages.iter().map(|message| plain(message)).collect();
            Some(Searched { kind: kind.name, about: kind.about, messages, example })
        })
        .collect();
    assert!(searched.len() > 100, "{} kinds have a short real text", searched.len());
    let lines: Vec<String> =
        searched.iter().map(|one| serde_json::to_string(one).expect("texts can be written")).collect();
    let file = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = folder.join("messages.json");
    let is_current = fs::read_to_string(&path).is_ok_and(|found| found == file);
    fs::write(&path, file).expect("the file can be written");
    assert!(is_current, "written anew: look at the change");
}
