//! What a learner is shown of a draw, and asked.

use serde::Serialize;

use super::kinds::KINDS;
use super::recipe::{DeckAsked, Recipe};
use super::scene::{DeckDraws, Scene};

/// A broken program and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DeckCase {
    /// The stable name of its kind: `h-0-layers`.
    pub kind: String,
    /// What draws it again.
    pub seed: u32,
    /// What the mistake is called, for who has found it.
    pub title: String,
    /// What the program is for.
    pub purpose: String,
    /// The broken program.
    pub code: String,
    /// Whether it raises nothing, and is wrong all the same.
    pub silent: bool,
    /// The lines of the program at fault, from 1: any of them is right.
    pub faults: Vec<u32>,
    /// Which axis, size or thing is at fault.
    pub things: Vec<DeckChoice>,
    /// Why.
    pub causes: Vec<DeckChoice>,
    /// Help, a step after another: where to look, which axis, why, and what the mend looks like.
    pub help: Vec<String>,
}

/// An answer that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DeckChoice {
    /// The answer.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// What is said of it.
    pub reply: String,
}

/// A kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DeckKindName {
    /// Its stable name.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Whether its programs raise nothing.
    pub silent: bool,
}

/// All kinds of mistakes that the deck has.
pub fn deck_kinds() -> Vec<DeckKindName> {
    let name = |kind: &&Recipe| DeckKindName {
        kind: kind.name.to_owned(),
        title: kind.title.to_owned(),
        silent: kind.raises.is_none(),
    };
    KINDS.iter().map(name).collect()
}

/// The broken program of a seed; none for a name that is no kind.
///
/// ```
/// let case = gru_playground_code::deck_case("h-0-layers", 7).expect("a kind");
/// let run = gru_playground_code::run(&case.code, 1_000_000, None);
/// assert!(run.raised.expect("it raises").message.starts_with("Expected hidden size"));
/// ```
pub fn deck_case(kind: &str, seed: u32) -> Option<DeckCase> {
    let recipe = Recipe::named(kind)?;
    let scene = recipe.scene(seed);
    let (code, faults) = recipe.broken(&scene);
    let mut draws = DeckDraws(u64::from(seed) ^ 0x00c0_ffee);
    Some(DeckCase {
        kind: recipe.name.to_owned(),
        seed,
        title: recipe.title.to_owned(),
        purpose: scene.fill(recipe.purpose),
        code,
        silent: recipe.raises.is_none(),
        faults,
        things: choices(&recipe.thing, &scene, &mut draws),
        causes: choices(&recipe.cause, &scene, &mut draws),
        help: recipe.help.iter().map(|step| scene.fill(step)).collect(),
    })
}

fn choices(asked: &DeckAsked, scene: &Scene, draws: &mut DeckDraws) -> Vec<DeckChoice> {
    let choice = |(text, reply): &(&str, &str), right| DeckChoice {
        text: scene.fill(text),
        right,
        reply: scene.fill(reply),
    };
    let mut all = vec![choice(&asked.right, true)];
    all.extend(asked.wrong.iter().map(|wrong| choice(wrong, false)));
    draws.shuffle(&mut all);
    all
}
