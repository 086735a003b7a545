//! A kind of mistake, written with placeholders, and the two programs that a draw makes of it.

use super::kinds::KINDS;
use super::scene::{DeckSizes, Scene};

/// One question of a case: the right answer, what is said of it, and wrong answers with what is said of each.
pub(super) struct DeckAsked {
    pub(super) right: (&'static str, &'static str),
    pub(super) wrong: &'static [(&'static str, &'static str)],
}

/// A kind of mistake; every text may hold placeholders of [`Scene`].
pub(super) struct Recipe {
    /// A stable name.
    pub(super) name: &'static str,
    /// What it is called once it was found.
    pub(super) title: &'static str,
    pub(super) sizes: DeckSizes,
    /// What the program is for.
    pub(super) purpose: &'static str,
    /// The program, each line after a sign: a space for both programs, `-` for the broken one, where the fault lies, `+` for the
    /// mended one, `!` for both, where the fault lies.
    pub(super) program: &'static str,
    /// The exception and its message; none for a trap that raises nothing.
    pub(super) raises: Option<(&'static str, &'static str)>,
    /// A Python expression: what a trap does that raises nothing.
    pub(super) symptom: &'static str,
    pub(super) thing: DeckAsked,
    pub(super) cause: DeckAsked,
    /// Which line's shapes to look at, which axis, why, what the mend looks like.
    pub(super) help: [&'static str; 4],
    /// Names that must be what they are in the mended program.
    pub(super) same: &'static [&'static str],
    /// Python that is run before what follows is asked.
    pub(super) probe: &'static str,
    /// Python expressions that must be true, with what each means.
    pub(super) keeps: &'static [(&'static str, &'static str)],
    /// Wrong mends: what is replaced in the broken program, and by what.
    #[cfg_attr(not(test), allow(dead_code, reason = "the tests try them"))]
    pub(super) wrong: &'static [(&'static str, &'static str)],
}

impl Recipe {
    /// The kind of a name.
    pub(super) fn named(name: &str) -> Option<&'static Recipe> {
        KINDS.iter().find(|kind| kind.name == name).copied()
    }

    pub(super) fn scene(&self, seed: u32) -> Scene {
        Scene::drawn(self.name, seed, self.sizes)
    }

    /// The broken program, and the lines at fault.
    pub(super) fn broken(&self, scene: &Scene) -> (String, Vec<u32>) {
        let (mut code, mut faults) = (String::new(), Vec::new());
        let mut number = 0;
        for (sign, line) in self.lines().filter(|(sign, _)| *sign != '+') {
            number += 1;
            if sign != ' ' {
                faults.push(number);
            }
            code += line;
            code.push('\n');
        }
        (scene.fill(&code), faults)
    }

    /// The mended program.
    pub(super) fn mended(&self, scene: &Scene) -> String {
        let lines = self.lines().filter(|(sign, _)| *sign != '-').map(|(_, line)| format!("{line}\n"));
        scene.fill(&lines.collect::<String>())
    }

    fn lines(&self) -> impl Iterator<Item = (char, &'static str)> {
        self.program.lines().filter(|line| !line.is_empty()).map(|line| {
            let mut rest = line.chars();
            (rest.next().unwrap_or(' '), rest.as_str())
        })
    }
}

/// What a draw's two programs are: for the golden, which asks real `PyTorch` for both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckPrograms {
    /// The broken one.
    pub broken: String,
    /// One that is mended.
    pub mended: String,
}

/// The two programs of a draw; none for a name that is no kind.
pub fn deck_golden(kind: &str, seed: u32) -> Option<DeckPrograms> {
    let recipe = Recipe::named(kind)?;
    let scene = recipe.scene(seed);
    Some(DeckPrograms { broken: recipe.broken(&scene).0, mended: recipe.mended(&scene) })
}
