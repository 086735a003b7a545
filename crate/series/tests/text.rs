//! Texts: the script that is shown, and the numbers and the writing that it gives in real `PyTorch`; what is refused.

use std::path::Path;

use call::py::CodeLine;
use gru_playground_series::{
    TextFile, TextGuess, TextGuesser, TextLesson, TextPlan, TextSetup, text_script, write_on,
};
use serde_json::Value;
use train::{Criterion, Input};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(path).expect("a file of the project")
}

fn tale() -> String {
    read("www/src/lab/text/data/tale.txt")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

fn setup(record: &Value) -> TextSetup {
    let mut setup = serde_json::to_value(TextSetup::default()).expect("a setup");
    for (name, value) in record["setup"].as_object().expect("settings") {
        assert!(setup.get(name).is_some(), "{name} is a setting");
        setup[name] = value.clone();
    }
    serde_json::from_value(setup).expect("a setup")
}

fn assert_close(got: &[f64], expected: &[f64], what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    for (place, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= 2e-4 * expected.abs(), "{what}[{place}]: {got}, not {expected}");
    }
}

#[test]
fn every_script_is_the_one_that_was_run_and_gives_our_numbers_and_our_writing() {
    let records: Vec<Value> = read("tests/golden/scripts/text.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(records.len(), 3);
    for record in &records {
        let id = record["id"].as_str().expect("a name");
        let text = record["text"].as_str().map_or_else(tale, str::to_owned);
        let setup = setup(record);
        let mut lesson = TextLesson::new(&text, &setup).expect("it can be learned");
        let script = text_script(&setup, lesson.data(), record["file"].as_str().expect("a file"));
        assert_eq!(script.iter().map(CodeLine::text).collect::<Vec<_>>(), texts(&record["script"]), "{id}");
        let vocabulary: Vec<String> = lesson.data().vocabulary.iter().map(char::to_string).collect();
        assert_eq!(vocabulary, texts(&record["vocabulary"]), "{id}");
        let guesses = TextGuess::of(lesson.data()).map(|guess| guess.loss);
        assert_close(&guesses, &numbers(&record["guesses"]), &format!("{id}: guesses"));

        let (mut losses, mut validation, mut written) = (Vec::new(), Vec::new(), Vec::new());
        let mut accuracy = None;
        for _ in 0..setup.steps {
            if lesson.writes() {
                written.push(lesson.write().expect("finite numbers"));
            }
            losses.push(f64::from(lesson.step().expect("finite numbers").loss));
            if let Some(told) = lesson.validate().expect("it fits") {
                validation.push(f64::from(told.loss));
                accuracy = told.accuracy;
            }
        }
        written.push(lesson.write().expect("finite numbers"));
        assert_close(&losses, &numbers(&record["losses"]), &format!("{id}: losses"));
        assert_close(&validation, &numbers(&record["validation"]), &format!("{id}: validation"));
        let right = record["accuracy"].as_f64().expect("a share");
        assert!((f64::from(accuracy.expect("it is asked")) - right).abs() < 1e-6, "{id}");
        let told: Vec<String> = written.iter().map(|it| it.prompt.clone() + &it.text).collect();
        assert_eq!(told, texts(&record["written"]), "{id}");

        // The weights alone write the same again.
        let again = write_on(&text, &setup, &lesson.weights()).expect("they are its own");
        assert_eq!(Some(&again), written.last(), "{id}");
        assert!(write_on(&text, &setup, &lesson.weights()[1..]).is_err(), "{id}");
    }
}

/// The fables' words come out after the run that the room opens on, for each of several seeds, and not before it.
#[test]
fn the_opening_turns_noise_into_words_and_beats_the_table_of_pairs() {
    for seed in 0..2 {
        let setup = TextSetup { seed, length: 500, ..TextSetup::default() };
        let mut lesson = TextLesson::new(&tale(), &setup).expect("it can be learned");
        let first = lesson.write().expect("finite numbers");
        let mut validation = Vec::new();
        for _ in 0..setup.steps {
            lesson.step().expect("finite numbers");
            validation.extend(lesson.validate().expect("it fits"));
        }
        let last = lesson.write().expect("finite numbers");
        let judgement = lesson.judge(&validation).expect("it fits");
        assert!(4 * first.known <= first.words, "seed {seed}: {first:?}");
        assert!(10 * last.known >= 8 * last.words && last.words > 60, "seed {seed}: {last:?}");
        assert!(judgement.beats, "seed {seed}: {judgement:?}");
    }
}

#[test]
fn a_target_is_the_character_after_and_the_parts_share_none() {
    let setup = TextSetup { seq_len: 4, ..TextSetup::default() };
    let text: String = ('a'..='z').cycle().take(200).collect();
    let data = setup.data(&text).expect("it fits");
    assert_eq!((data.train, data.judged), (180, 4));
    let (Input::Tokens { shape, tokens }, Criterion::CrossEntropy(targets)) = data.windows([0, 24]) else {
        panic!("tokens and classes")
    };
    assert_eq!((shape, tokens), (vec![2, 4], vec![0, 1, 2, 3, 24, 25, 0, 1]));
    assert_eq!(targets, [1, 2, 3, 4, 25, 0, 1, 2]);
    // What comes after the training part changes nothing that is trained.
    let other = text[..180].to_owned() + &text[180..].chars().rev().collect::<String>();
    let losses = |text: &str| -> Vec<f32> {
        let setup = TextSetup { seq_len: 4, hidden_size: 5, ..TextSetup::default() };
        let mut lesson = TextLesson::new(text, &setup).expect("it fits");
        (0..30).map(|_| lesson.step().expect("finite").loss).collect()
    };
    assert_eq!(losses(&text), losses(&other));
}

#[test]
fn guesses_are_counted_by_hand() {
    // 18 of 20 to train on: ab nine times; b and a to validate.
    let text = "ab".repeat(100);
    let setup = TextSetup { seq_len: 5, ..TextSetup::default() };
    let [uniform, frequent, pairs] = TextGuess::of(&setup.data(&text).expect("it fits"));
    assert!((uniform.loss - 2.0_f64.ln()).abs() < 1e-12 && (uniform.bits - 1.0).abs() < 1e-12);
    assert!((uniform.accuracy - 0.5).abs() < 1e-12);
    // 91 of each of 182.
    assert!((frequent.loss - 2.0_f64.ln()).abs() < 1e-12);
    assert_eq!(pairs.who, TextGuesser::Pairs);
    assert!((pairs.accuracy - 1.0).abs() < 1e-12, "each is followed by the other");
    // a is followed 90 times by b, b 89 times by a; each count is one higher.
    let expected: f64 = [(91.0, 92.0, 8.0), (90.0, 91.0, 7.0)]
        .iter()
        .map(|&(count, of, times): &(f64, f64, f64)| -times * (count / of).ln())
        .sum::<f64>()
        / 15.0;
    assert!((pairs.loss - expected).abs() < 1e-12, "{} {expected}", pairs.loss);
}

#[test]
fn what_cannot_be_learned_is_told() {
    let told = |text: &str, setup: TextSetup| setup.data(text).expect_err("it is refused");
    let usual = TextSetup::default;
    let long = "x y ".repeat(100);
    let short = told("too short", usual());
    assert_eq!(short.code, "too-short");
    let fits = told(&long, TextSetup { seq_len: 60, ..usual() });
    assert_eq!((fits.code, fits.help[0].code.as_str()), ("too-short", "seq_len = 16"));
    assert!(TextSetup { seq_len: 16, ..usual() }.data(&long).is_ok(), "the help holds");
    assert_eq!(told(&"a".repeat(900), usual()).code, "constant");
    assert_eq!(told(&"ab".repeat(100_001), usual()).code, "too-long");
    let kinds: String =
        ('\u{4e00}'..'\u{4f00}').chain('a'..='z').chain('α'..'ω').cycle().take(2000).collect();
    assert_eq!(told(&kinds, usual()).code, "too-many-kinds");
    let prompt = told(&long, TextSetup { prompt: "xz".to_owned(), ..usual() });
    assert_eq!(
        (prompt.code, prompt.message.as_str()),
        ("prompt", "the prompt has \"z\", and the text has not")
    );
    assert_eq!(told(&long, TextSetup { lr: -1.0, ..usual() }).exception, Some("ValueError"));
    assert_eq!(told(&long, TextSetup { temperature: 0.0, ..usual() }).code, "bound");
    assert_eq!(told(&long, TextSetup { hidden_size: 129, ..usual() }).code, "bound");
    assert_eq!(told(&long, TextSetup { steps: 101, sample_every: 1, ..usual() }).code, "too-many-samples");
    assert_eq!(TextFile::read("a\0b".as_bytes()).trouble.expect("refused").code, "no-text");
    assert_eq!(TextFile::refuse(1_000_001).expect("refused").code, "too-large");
    // The plan of what is refused has its script, and no guesses.
    let plan = TextPlan::of("", &usual(), "own.txt");
    assert!(plan.trouble.is_some() && plan.guesses.is_empty() && !plan.code.is_empty());
}
