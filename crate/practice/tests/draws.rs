//! A thousand draws of every generator: one right option by the core, options that differ, and nothing that is empty.

use std::collections::BTreeSet;
use std::thread;

use gru_playground_practice::{Item, PracticeKind, item, names, topics};

const DRAWS: u32 = 1000;
/// How many proofs are one program.
const TOGETHER: usize = 100;

/// What is wrong with a draw.
fn faults(item: &Item) -> Vec<String> {
    let mut faults = Vec::new();
    let texts: BTreeSet<&str> = item.options.iter().map(|option| option.text.as_str()).collect();
    if texts.len() != item.options.len() || !(3..=4).contains(&texts.len()) {
        faults.push(format!("{} options, {} of them differ", item.options.len(), texts.len()));
    }
    if item.options.iter().filter(|option| option.reply.is_none()).count() != 1 {
        faults.push("not one right option".to_owned());
    }
    let replies = item.options.iter().filter_map(|option| option.reply.as_deref());
    let texts: Vec<&str> =
        [item.text.as_str(), &item.explanation].into_iter().chain(texts).chain(replies).collect();
    if texts.iter().any(|text| text.trim().is_empty()) {
        faults.push("an empty text".to_owned());
    }
    if texts.iter().any(|text| text.matches('`').count() % 2 != 0) {
        faults.push("a backtick alone".to_owned());
    }
    if !(1..=4).contains(&item.level) {
        faults.push(format!("level {}", item.level));
    }
    faults
}

/// The draws whose key is not what the core prints when it runs what is asked about; many proofs are one program, for each
/// program loads the library.
fn refuted(items: &[Item]) -> Vec<String> {
    const BETWEEN: &str = "----";
    let proofs: Vec<String> =
        items.iter().map(|item| format!("{}print({BETWEEN:?})\n", item.proof)).collect();
    let program = proofs.concat();
    let run = python::run(&program, 1_000_000_000);
    let between = format!("{BETWEEN}\n");
    let mut printed = run.stdout.split(&between);
    let judge = |item: &Item| {
        let (printed, key) =
            (printed.next().unwrap_or_default().trim_end(), &item.options[item.right()].text);
        let why = || format!("{:?} {:?} {:?}", run.raised, run.refused, run.stopped);
        (printed != key)
            .then(|| told(item, &format!("the key is {key:?}, the core prints {printed:?} {}", why())))
    };
    items.iter().filter_map(judge).collect()
}

fn told(item: &Item, fault: &str) -> String {
    format!("{} {}: {fault}\n  {}\n  {:?}", item.generator, item.seed, item.text, item.options)
}

/// The first fault of each generator.
fn first_of_each(wrong: &[String]) -> String {
    let mut seen = BTreeSet::new();
    let first = wrong.iter().filter(|line| seen.insert(line.split(' ').next()));
    first.map(String::as_str).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_draw_has_one_right_option_by_the_core() {
    let names: Vec<&str> = names().collect();
    let check = |name: &str| -> Vec<String> {
        let items: Vec<Item> =
            (0..DRAWS).map(|seed| item(name, seed).expect("a generator of this name")).collect();
        let mut wrong: Vec<String> =
            items.iter().flat_map(|item| faults(item).into_iter().map(|fault| told(item, &fault))).collect();
        wrong.extend(items.chunks(TOGETHER).flat_map(refuted));
        wrong
    };
    let half = names.len() / 2;
    let wrong: Vec<String> = thread::scope(|scope| {
        let parts = [&names[..half], &names[half..]];
        let parts = parts
            .map(|part| scope.spawn(move || part.iter().flat_map(|name| check(name)).collect::<Vec<_>>()));
        parts.into_iter().flat_map(|part| part.join().expect("no generator panics")).collect()
    });
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), first_of_each(&wrong));
}

#[test]
fn variants_change_the_question_and_not_its_options_order_alone() {
    let mut few = Vec::new();
    for name in names() {
        let keys: BTreeSet<String> = (0..60)
            .map(|seed| {
                let item = item(name, seed).expect("a generator of this name");
                let code: Vec<String> = item.code.iter().map(call::py::CodeLine::text).collect();
                let mut options: Vec<String> = item.options.into_iter().map(|option| option.text).collect();
                options.sort();
                format!("{} {} {:?} {options:?}", item.text, code.join("\n"), item.curves)
            })
            .collect();
        if keys.len() <= 8 {
            few.push(format!("{name} asks {} questions in 60 draws", keys.len()));
        }
    }
    assert!(few.is_empty(), "{few:?}");
}

#[test]
fn there_are_thirty_generators_over_all_kinds_and_every_topic_has_some() {
    let all: Vec<Item> = names().map(|name| item(name, 0).expect("a generator of this name")).collect();
    assert!(all.len() >= 30, "{}", all.len());
    let known: BTreeSet<&str> = all.iter().map(|item| item.generator).collect();
    assert_eq!(known.len(), all.len(), "two generators have one name");
    for kind in PracticeKind::ALL {
        assert!(all.iter().filter(|item| item.kind == kind).count() >= 4, "{}", kind.name());
    }
    let tags: BTreeSet<String> = topics().into_iter().map(|topic| topic.tag).collect();
    assert!(topics().iter().all(|topic| topic.generators >= 3), "{:?}", topics());
    for item in &all {
        assert!(item.tags.iter().all(|tag| tags.contains(*tag)), "{}: {:?}", item.generator, item.tags);
    }
}

#[test]
fn pytorch_comes_to_the_same_keys() {
    let golden = include_str!("../../../tests/golden/practice/draws.jsonl");
    let mut asked = BTreeSet::new();
    for line in golden.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let name = record["generator"].as_str().expect("a name");
        let seed = record["seed"].as_u64().expect("a seed") as u32;
        let item = item(name, seed).expect("a generator of this name");
        assert_eq!(
            record["proof"],
            item.proof.as_str(),
            "{name} {seed}: `cargo xtask goldens practice` asks anew"
        );
        assert_eq!(record["printed"], item.options[item.right()].text.as_str(), "{name} {seed}");
        asked.insert(name.to_owned());
    }
    assert!(names().all(|name| asked.contains(name)), "a generator has no golden");
}
