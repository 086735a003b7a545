//! Texts that nobody would paste, and very long ones; `cargo xtask test --all` sets `GRU_INPUTS` to try many more of them.

use gru_playground_paste::{LIMIT, explain};

/// Xorshift: the same texts in every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

fn texts() -> Vec<String> {
    let record = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        value["text"].as_str().expect("a text").to_owned()
    };
    include_str!("corpus.jsonl").lines().map(record).collect()
}

/// Real texts cut, joined and strewn with what breaks readers.
#[test]
fn no_generated_text_makes_it_panic() {
    const THREADS: usize = 4;
    let texts = std::env::var("GRU_INPUTS").ok().and_then(|count| count.parse().ok()).unwrap_or(8_000);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || generated(0x9e37_79b9_7f4a_7c15 + thread as u64, texts / THREADS));
        }
    });
}

fn generated(seed: u64, count: usize) {
    const STREWN: [&str; 32] = [
        "(",
        ")",
        "[",
        "]",
        "'",
        "\"",
        "{",
        "}",
        "\u{1b}[",
        "\u{1b}]",
        "<span",
        ">",
        "&lt;",
        "\n",
        "\r",
        "\t",
        "99999999999999999999",
        "-9223372036854775808",
        "0",
        "-1",
        "é",
        "\u{202e}",
        "🙂",
        "\u{301}",
        ".",
        "=",
        ",",
        "File \"",
        "----> 3 ",
        "torch.Size([",
        "x@",
        " in ",
    ];
    let texts = texts();
    let mut draws = Draws(seed);
    for _ in 0..count {
        let mut characters: Vec<char> = texts[draws.below(texts.len())].chars().collect();
        for _ in 0..draws.below(5) {
            let at = draws.below(characters.len() + 1);
            match draws.below(4) {
                0 => characters.truncate(at),
                1 => drop(characters.drain(..at)),
                2 => {
                    let other: Vec<char> = STREWN[draws.below(STREWN.len())].chars().collect();
                    let until = (at + draws.below(4)).min(characters.len());
                    drop(characters.splice(at..until, other));
                }
                _ => {
                    let other: Vec<char> =
                        texts[draws.below(texts.len())].chars().take(draws.below(200)).collect();
                    drop(characters.splice(at..at, other));
                }
            }
        }
        let text: String = characters.into_iter().collect();
        let answer = explain(&text);
        assert!(!answer.cause.is_empty(), "{text}");
        assert!(answer.known || answer.mend.is_none(), "{text}");
    }
}

#[test]
fn a_text_beyond_the_limit_is_refused_with_its_size() {
    let answer = explain(&"a".repeat(LIMIT + 1));
    assert!(!answer.known);
    assert_eq!(answer.kind, "too-long");
    assert!(answer.cause.contains(&(LIMIT + 1).to_string()), "{}", answer.cause);
    assert_eq!(explain(&"a".repeat(LIMIT)).kind, "not-known");
}

/// The message is found at the end of the longest text; what repeats a form without ending it is read once.
#[test]
fn the_longest_texts_are_read() {
    let error = "\nRuntimeError: mat1 and mat2 shapes cannot be multiplied (32x40 and 20x2)";
    for unit in [
        "(",
        "mat1 and mat2 shapes cannot be multiplied (",
        "<",
        "[",
        "\u{1b}",
        "Caught ",
        "File \"a\", line 1, in f\n x(\n",
        "a = nn.GRU(",
        "&",
        "----> 1 f(\n",
    ] {
        let mut text = unit.repeat((LIMIT - error.len()) / unit.len());
        text.push_str(error);
        let answer = explain(&text);
        assert_eq!(answer.kind, "linear-features", "{unit:?}");
    }
}
