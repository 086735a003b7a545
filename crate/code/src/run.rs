//! A program's run, as the page shows it.

use call::shape::Axis;
use python::{Ceiling, Settings, Watch, run_with};
use serde::Serialize;

/// What came of running a program; places are in UTF-16 units, lines from 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramRun {
    /// All that it printed.
    pub stdout: String,
    /// The tensors in it that were printed by themselves.
    pub printed: Vec<PrintedTensor>,
    /// The exception that ended it, if one did.
    pub raised: Option<ProgramException>,
    /// What the runner does not do, where the program came to such a thing.
    pub refused: Option<ProgramRefusal>,
    /// Where it came to the end of what it may use; what was printed and made until then is there.
    pub stopped: Option<ProgramEnd>,
    /// The warnings that were given, each once.
    pub warnings: Vec<GivenWarning>,
    /// What the assignments of each line made, the last time that it ran, by line.
    pub lines: Vec<TracedLine>,
    /// The global names at the end, but modules, functions and classes.
    pub names: Vec<NamedValue>,
    /// Why it raised, and what gets past it.
    pub explanation: Option<ProgramDiagnosis>,
}

/// A tensor that was printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PrintedTensor {
    /// Where its text begins in what was printed.
    pub from: usize,
    /// Where its text ends.
    pub to: usize,
    /// Its elements, where there are not too many.
    pub values: Option<TensorSample>,
}

/// An exception as a traceback ends with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramException {
    /// The class: `RuntimeError`.
    pub kind: String,
    /// `str(exception)`.
    pub message: String,
    /// The traceback's last lines.
    pub text: String,
    /// The line of the program.
    pub line: u32,
}

/// What the runner does not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramRefusal {
    /// What it is.
    pub what: String,
    /// The line of the program.
    pub line: u32,
}

/// Why a program did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramEnd {
    /// What it used up.
    pub why: UsedUp,
    /// The same in words, with the sizes.
    pub what: String,
    /// The line of the program.
    pub line: u32,
    /// The steps that were done.
    pub steps: u64,
}

/// What a program used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum UsedUp {
    /// The steps that it was given.
    Steps,
    /// The patience of who watches it.
    Watch,
    /// Memory for tensors and sequences.
    Memory,
    /// The length of what it prints.
    Output,
}

/// A warning that a program gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct GivenWarning {
    /// The class: `UserWarning`.
    pub category: String,
    /// Its text.
    pub message: String,
    /// The line of the program.
    pub line: u32,
}

/// What a line made.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TracedLine {
    /// The line of the program.
    pub line: u32,
    /// How often it ran.
    pub runs: u64,
    /// What its assignments made, the last time.
    pub values: Vec<NamedValue>,
}

/// A value with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct NamedValue {
    /// The name, or what was assigned to: `self.h`.
    pub name: String,
    /// Its class: `Tensor`, `int`, `GRU`.
    #[serde(rename = "type")]
    pub class: String,
    /// Its short text.
    pub text: String,
    /// A tensor's shape.
    pub shape: Option<Vec<usize>>,
    /// What each axis stands for, where that is known.
    pub axes: Option<Vec<Option<Axis>>>,
    /// A tensor's type: `torch.float32`.
    pub dtype: Option<String>,
    /// What autograd calls the operation that made it: `AddBackward0`.
    pub grad_fn: Option<String>,
    /// Whether gradients are wanted of it.
    pub requires_grad: bool,
    /// Its elements, where there are not too many.
    pub values: Option<TensorSample>,
}

/// A tensor's elements, row-major.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TensorSample {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// The elements.
    pub data: Vec<f64>,
}

/// Why a program raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramDiagnosis {
    /// A stable name such as `linear-features`.
    pub code: String,
    /// Why, with the sizes.
    pub cause: String,
    /// What people try in vain; empty where nothing is known.
    pub vain: String,
    /// What else helps to understand it.
    pub notes: Vec<String>,
    /// Places in the source, with what they are.
    pub labels: Vec<SourceLabel>,
    /// Edits that were tried: the program then gets past the exception.
    pub fixes: Vec<ProgramFix>,
}

/// A place in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SourceLabel {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it is.
    pub text: String,
}

/// Edits that get past an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ProgramFix {
    /// What it does, as a command.
    pub title: String,
    /// Whether every tensor that there was keeps its elements.
    pub keeps_data: bool,
    /// What changes, from the start of the source to its end.
    pub edits: Vec<SourceEdit>,
}

/// A piece of the source and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SourceEdit {
    /// Where the piece begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What stands there instead.
    pub insert: String,
}

/// Runs a program of at most so many steps; `watch` is asked about every 100,000 of them, and stops it with true.
pub fn run(source: &str, steps: u64, watch: Option<Watch>) -> ProgramRun {
    let done = run_with(source, Settings { steps, watch });
    let stopped = done.stopped.map(|end| ProgramEnd {
        why: match end.why {
            Ceiling::Steps => UsedUp::Steps,
            Ceiling::Watch => UsedUp::Watch,
            Ceiling::Memory => UsedUp::Memory,
            Ceiling::Output => UsedUp::Output,
        },
        what: end.what,
        line: end.line,
        steps: end.steps,
    });
    let raised = done.raised.map(|raised| ProgramException {
        kind: raised.kind,
        message: raised.message,
        text: raised.text,
        line: raised.line,
    });
    let warning = |warning: python::Warning| GivenWarning {
        category: warning.category,
        message: warning.message,
        line: warning.line,
    };
    ProgramRun {
        stdout: done.stdout,
        printed: Vec::new(),
        raised,
        refused: done.refused.map(|refused| ProgramRefusal { what: refused.what, line: refused.line }),
        stopped,
        warnings: done.warnings.into_iter().map(warning).collect(),
        lines: Vec::new(),
        names: Vec::new(),
        explanation: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_without_end_is_stopped_with_what_it_printed() {
        let code = "print('begun')\nn = 0\nwhile True:\n    n += 1\n";
        let ended = run(code, 300_000, None);
        let stopped = ended.stopped.expect("it has no end");
        assert_eq!((stopped.why, stopped.steps, ended.stdout.as_str()), (UsedUp::Steps, 300_000, "begun\n"));
        assert!((3..=4).contains(&stopped.line), "{stopped:?}");
        let mut asked = Vec::new();
        let (told, heard) = std::sync::mpsc::channel();
        let watch: Watch = Box::new(move |done| {
            told.send(done).expect("it is heard");
            done >= 200_000
        });
        let stopped = run(code, 10_000_000, Some(watch)).stopped.expect("it was stopped");
        asked.extend(heard);
        assert_eq!((stopped.why, stopped.steps), (UsedUp::Watch, 200_000));
        assert_eq!(asked, [100_000, 200_000]);
    }

    #[test]
    fn what_is_used_up_has_a_name_of_its_own() {
        for (code, why) in [
            ("while True:\n    print('x' * 1000)\n", UsedUp::Output),
            ("a = [0] * 10 ** 9\n", UsedUp::Memory),
            ("import torch\ntorch.zeros(10 ** 6, 10 ** 6)\n", UsedUp::Memory),
        ] {
            let ended = run(code, 50_000_000, None);
            assert_eq!(ended.stopped.map(|end| end.why), Some(why), "{code}");
            assert_eq!((ended.raised, ended.refused), (None, None), "{code}");
        }
    }

    #[test]
    fn a_warning_has_its_line() {
        let code = "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\n\nprint(y.grad)\n";
        let warnings = run(code, 1_000_000, None).warnings;
        assert_eq!(warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(), [5], "{warnings:?}");
    }
}
