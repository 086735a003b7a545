//! Whether a mend does what the program is for: it is run, and what it leaves is held to the mended program of the same draw.

use std::fmt::Write as _;

use python::{Execution, Settings, Tracing, Watch, run_with};
use serde::Serialize;

use super::recipe::Recipe;
use super::scene::Scene;
use crate::run::Patience;

/// What the judge says of a mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DeckJudgement {
    /// Whether all holds.
    pub mended: bool,
    /// What was asked of it, in order; it ends with the first that does not hold where nothing more can be asked.
    pub checks: Vec<DeckCheck>,
}

/// One thing that was asked of a mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DeckCheck {
    /// Whether it holds.
    pub holds: bool,
    /// What is to hold, or why it does not.
    pub words: String,
}

/// How far another seed is from the program's own.
const APART: usize = 1000;

/// Judges a learner's program by what it does; none for a name that is no kind. It is run twice, with at most so many steps each.
pub fn judge_deck(
    kind: &str,
    seed: u32,
    source: &str,
    steps: u64,
    watch: Option<Watch>,
) -> Option<DeckJudgement> {
    let recipe = Recipe::named(kind)?;
    let scene = recipe.scene(seed);
    let mended = recipe.mended(&scene);
    let patience = Patience::of(watch);
    let probed = run(&program(recipe, &scene, source, &mended), steps, patience.after(0));
    let mut checks = Vec::new();
    let mut ask = |holds: bool, words: String| checks.push(DeckCheck { holds, words });
    if end_of(&probed).is_some() {
        // By itself: what follows it may have changed the words.
        let alone = run(source, steps, patience.after(steps));
        ask(
            false,
            end_of(&alone).unwrap_or_else(|| "It leaves names that nothing can be run after.".to_owned()),
        );
        return Some(DeckJudgement { mended: false, checks });
    }
    ask(true, "It runs to its end.".to_owned());
    let (printed, wanted) = probed.stdout.rsplit_once(MARK).unwrap_or_default();
    ask(
        !wanted.is_empty() && prints(printed, wanted),
        match wanted.trim_end() {
            "" => "It prints what it is to print.".to_owned(),
            wanted => format!("It prints what it is to print: {}", wanted.replace('\n', ", ")),
        },
    );
    for ((words, _), holds) in asked(recipe, &scene).into_iter().zip(held(recipe, &scene, &probed)) {
        ask(holds, words);
    }
    let seeded = |text: &str| {
        let call = |seed: &str| format!("manual_seed({seed})");
        let other = scene.seed().parse::<usize>().unwrap_or(0) + APART;
        text.replace(&call(scene.seed()), &call(&other.to_string()))
    };
    let other = program(recipe, &scene, &seeded(source), &seeded(&mended));
    let other = held(recipe, &scene, &run(&other, steps, patience.after(steps)));
    ask(
        seeded(source) != source && other.into_iter().all(|holds| holds),
        "All of this holds with other numbers too: the same program from another seed.".to_owned(),
    );
    Some(DeckJudgement { mended: checks.iter().all(|check| check.holds), checks })
}

/// What is wrong with a draw's broken program as it shows itself: the exception, or what a probe of it found; none for a name
/// that is no kind.
pub fn deck_symptom(kind: &str, seed: u32) -> Option<String> {
    const STEPS: u64 = 5_000_000;
    let recipe = Recipe::named(kind)?;
    let scene = recipe.scene(seed);
    let (code, _) = recipe.broken(&scene);
    if recipe.raises.is_some() {
        return run(&code, STEPS, None).raised.map(|raised| raised.text);
    }
    let probed = program(recipe, &scene, &code, &recipe.mended(&scene));
    let names = run(&probed, STEPS, None).record.names;
    let symptom = names.into_iter().find(|value| value.name == "deck_symptom")?;
    let text = symptom.text;
    Some(text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(&text).to_owned())
}

/// A run that is not explained: an explanation tries many mends.
fn run(source: &str, steps: u64, watch: Option<Watch>) -> Execution {
    run_with(source, Settings { steps, watch, tracing: Tracing::Values })
}

/// Why a run did not come to its end.
fn end_of(run: &Execution) -> Option<String> {
    if let Some(raised) = &run.raised {
        return Some(format!("It stops at line {}: {}", raised.line, raised.text));
    }
    if let Some(refused) = &run.refused {
        return Some(format!("Line {} cannot run here: {}", refused.line, refused.what));
    }
    run.stopped.as_ref().map(|stopped| format!("It does not come to its end: {}", stopped.what))
}

/// Whether all wanted lines are printed, in their order; others may stand between them.
fn prints(printed: &str, wanted: &str) -> bool {
    let mut lines = printed.lines();
    wanted.lines().all(|wanted| lines.any(|line| line == wanted))
}

/// What is asked of the names that a program leaves: words, and a Python expression.
fn asked(recipe: &Recipe, scene: &Scene) -> Vec<(String, String)> {
    let same = recipe.same.iter().enumerate().map(|(at, name)| {
        let name = scene.fill(name);
        let words = format!("{name} is what the program is to compute, and keeps its name.");
        (words, format!("deck_same({name}, deck_right[{at}])"))
    });
    let keeps = recipe.keeps.iter().map(|(test, words)| (scene.fill(words), scene.fill(test)));
    same.chain(keeps).collect()
}

/// Which of these hold after a program.
fn held(recipe: &Recipe, scene: &Scene, run: &Execution) -> Vec<bool> {
    let holds = |at| {
        let name = format!("deck_holds_{at}");
        run.record
            .names
            .iter()
            .any(|value| value.name == name && value.class == "bool" && value.text == "True")
    };
    (0..asked(recipe, scene).len()).map(holds).collect()
}

/// A program, and after it the mended one within a function, the probe, and what is asked.
fn program(recipe: &Recipe, scene: &Scene, source: &str, mended: &str) -> String {
    let indented = |text: &str| text.lines().flat_map(|line| ["    ", line, "\n"]).collect::<String>();
    let same: Vec<String> = recipe.same.iter().map(|name| scene.fill(name)).collect();
    let mut probed = format!(
        "{source}\n\nimport torch\nfrom torch import nn\nprint(\"{MARK}\", end='')\n{SAME}\ndef deck_reference():\n{}    return [{}]\n",
        indented(mended),
        same.join(", "),
    );
    // A tensor, not a name, is what is held: the probe may change names.
    let mut attempt = |body: &str| {
        let _ = write!(probed, "try:\n{}except Exception:\n    pass\n", indented(body));
    };
    attempt("deck_right = deck_reference()");
    attempt(&scene.fill(&format!("{}\npass", recipe.probe)));
    for (at, (_, test)) in asked(recipe, scene).into_iter().enumerate() {
        attempt(&format!("deck_holds_{at} = bool({test})"));
    }
    if !recipe.symptom.is_empty() {
        attempt(&scene.fill(&format!("deck_symptom = {}", recipe.symptom)));
    }
    probed
}

/// What is printed between a program and what follows it.
const MARK: &str = "-- deck --";

/// When two values are the same: tensors by shape, type and elements.
const SAME: &str = "
def deck_same(a, b):
    if isinstance(b, torch.Tensor):
        if not isinstance(a, torch.Tensor) or a.shape != b.shape or a.dtype != b.dtype:
            return False
        return (a.detach() - b.detach()).abs().max().item() < 1e-5
    if isinstance(b, float):
        return isinstance(a, float) and abs(a - b) < 1e-5
    return type(a) is type(b) and a == b
";
