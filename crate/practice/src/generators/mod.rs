//! The generators: a function each, from draws to a question, and one table of them.

mod choice;
mod debug;
mod gates;
mod memory;
mod mending;
mod packing;
mod parameters;
mod shapes;
mod states;
mod training;

use serde::Serialize;

use crate::draft::QuestionDraft;
use crate::draws::Draws;
use crate::item::PracticeKind;

/// What makes questions of one kind.
pub struct QuestionGenerator {
    pub name: &'static str,
    pub kind: PracticeKind,
    pub level: u8,
    pub tags: &'static [&'static str],
    pub draw: fn(&mut Draws) -> QuestionDraft,
}

/// Every generator, by subject.
const ALL: [&[QuestionGenerator]; 10] = [
    &shapes::ALL,
    &states::ALL,
    &packing::ALL,
    &parameters::ALL,
    &gates::ALL,
    &memory::ALL,
    &training::ALL,
    &choice::ALL,
    &debug::ALL,
    &mending::ALL,
];

/// The topics, by their names in the address and in words.
const TOPICS: [(&str, &str); 10] = [
    ("shapes", "Shapes"),
    ("last-states", "Last states"),
    ("packing", "Packing"),
    ("parameters", "Parameters"),
    ("layers", "Layers"),
    ("gates", "Gates"),
    ("memory", "Memory"),
    ("training", "Training"),
    ("choice", "Model choice"),
    ("debug", "Debugging"),
];

/// A topic that can be practised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PracticeTopic {
    /// Its name in the address: `last-states`.
    pub tag: String,
    /// Its name in words: `Last states`.
    pub name: String,
    /// How many generators it has.
    pub generators: u32,
}

/// Every topic, in the order in which a page offers them.
pub fn topics() -> Vec<PracticeTopic> {
    let topic = |(tag, name): &(&str, &str)| PracticeTopic {
        tag: (*tag).to_owned(),
        name: (*name).to_owned(),
        generators: all().filter(|generator| generator.tags.contains(tag)).count() as u32,
    };
    TOPICS.iter().map(topic).collect()
}

/// The names of all generators.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|generator| generator.name)
}

/// The generator that asks what a question of the challenge asks, so that a new variant of it can come back.
pub fn like_challenge(question: &str) -> Option<&'static str> {
    Some(match question {
        "output-shape" => "shapes/out",
        "why-gru" => "memory/keep",
        "num-layers" => "parameters/layer",
        "loss-curves" => "training/curves",
        "input-shape" => "debug/features",
        _ => return None,
    })
}

pub(crate) fn all() -> impl Iterator<Item = &'static QuestionGenerator> {
    ALL.iter().flat_map(|subject| subject.iter())
}

pub(crate) fn find(name: &str) -> Option<&'static QuestionGenerator> {
    all().find(|generator| generator.name == name)
}
