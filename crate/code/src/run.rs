//! A program's run, as the page shows it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use call::shape::Axis;
use python::{Ceiling, MadeValue, Settings, Tracing, Watch, run_with};
use serde::Serialize;

use crate::place::utf16;

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
    /// Calls within one another, of which Python bears more.
    Recursion,
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

/// Who watches a program, and then what explains its exception.
pub(crate) struct Patience {
    watch: Option<Rc<RefCell<Watch>>>,
    is_over: Rc<Cell<bool>>,
}

impl Patience {
    pub(crate) fn of(watch: Option<Watch>) -> Self {
        Patience { watch: watch.map(|watch| Rc::new(RefCell::new(watch))), is_over: Rc::default() }
    }

    /// Whether the watcher stopped something.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over.get()
    }

    /// The watch of one run after so many steps of others.
    pub(crate) fn after(&self, spent: u64) -> Option<Watch> {
        let watch = Rc::clone(self.watch.as_ref()?);
        let is_over = Rc::clone(&self.is_over);
        Some(Box::new(move |done| {
            is_over.set(is_over.get() || watch.borrow_mut()(spent + done));
            is_over.get()
        }))
    }
}

/// A source after edits that come in its order; none where two of them meet, or one cuts a letter or lies beyond the end.
pub fn edited(source: &str, edits: &[SourceEdit]) -> Option<String> {
    let units: Vec<u16> = source.encode_utf16().collect();
    let (mut changed, mut at) = (Vec::new(), 0);
    for edit in edits {
        changed.extend(units.get(at..edit.from)?);
        changed.extend(edit.insert.encode_utf16());
        at = edit.to;
    }
    changed.extend(units.get(at..)?);
    String::from_utf16(&changed).ok()
}

/// Runs a program of at most so many steps; `watch` is asked about every 100,000 of them, and stops it with true.
///
/// What explains an exception is watched too: it runs the program again, and each mend; its steps are counted from 0.
pub fn run(source: &str, steps: u64, watch: Option<Watch>) -> ProgramRun {
    let patience = Patience::of(watch);
    let done = run_with(source, Settings { steps, watch: patience.after(0), tracing: Tracing::Values });
    let stopped = done.stopped.map(|end| ProgramEnd {
        why: match end.why {
            Ceiling::Steps => UsedUp::Steps,
            Ceiling::Watch => UsedUp::Watch,
            Ceiling::Memory => UsedUp::Memory,
            Ceiling::Output => UsedUp::Output,
            Ceiling::Recursion => UsedUp::Recursion,
        },
        what: end.what,
        line: end.line,
        steps: end.steps,
    });
    let explanation =
        done.raised.as_ref().map(|raised| crate::mend::diagnosis(source, raised, steps, &patience));
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
    // One budget for all: a page is not to be filled with numbers that nobody looks at.
    let mut room = ELEMENTS;
    let printed = done.record.printed.into_iter().map(|place| PrintedTensor {
        from: utf16(&done.stdout, place.bytes.start),
        to: utf16(&done.stdout, place.bytes.end),
        values: sample(place.tensor.shape, place.tensor.values, &mut room),
    });
    let printed = printed.collect();
    let names = done.record.names.into_iter().map(|value| named(value, &mut room)).collect();
    let lines = done.record.lines.into_iter().map(|line| TracedLine {
        line: line.line,
        runs: line.runs,
        values: line.values.into_iter().map(|value| named(value, &mut room)).collect(),
    });
    let lines = lines.collect();
    ProgramRun {
        printed,
        raised,
        refused: done.refused.map(|refused| ProgramRefusal { what: refused.what, line: refused.line }),
        stopped,
        warnings: done.warnings.into_iter().map(warning).collect(),
        lines,
        names,
        explanation,
        stdout: done.stdout,
    }
}

/// The elements that a run gives, at most.
const ELEMENTS: usize = 200_000;

fn sample(shape: Vec<usize>, values: Option<Vec<f64>>, room: &mut usize) -> Option<TensorSample> {
    let data = values.filter(|values| values.len() <= *room)?;
    *room -= data.len();
    Some(TensorSample { shape, data })
}

fn named(value: MadeValue, room: &mut usize) -> NamedValue {
    let MadeValue { name, class, text, tensor } = value;
    let Some(tensor) = tensor else {
        return NamedValue {
            name,
            class,
            text,
            shape: None,
            axes: None,
            dtype: None,
            grad_fn: None,
            requires_grad: false,
            values: None,
        };
    };
    let axis = |letter| match letter {
        'L' => Some(Axis::L),
        'N' => Some(Axis::N),
        'I' => Some(Axis::HIn),
        'O' => Some(Axis::HOut),
        'D' => Some(Axis::D),
        _ => None,
    };
    NamedValue {
        name,
        class,
        text,
        shape: Some(tensor.shape.clone()),
        axes: tensor.axes.map(|letters| letters.chars().map(axis).collect()),
        dtype: Some(tensor.dtype),
        grad_fn: tensor.grad_fn,
        requires_grad: tensor.requires_grad,
        values: sample(tensor.shape, tensor.values, room),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_as_javascript_does_and_must_come_in_order() {
        let edit = |from, to, insert: &str| SourceEdit { from, to, insert: insert.to_owned() };
        let after = |edits: &[SourceEdit]| edited("a\u{1f600}b", edits);
        assert_eq!(after(&[edit(0, 1, "x"), edit(3, 4, "yz")]).as_deref(), Some("x\u{1f600}yz"));
        assert_eq!(after(&[edit(4, 4, "!")]).as_deref(), Some("a\u{1f600}b!"));
        for wrong in [
            [edit(3, 4, ""), edit(0, 1, "")],
            [edit(0, 2, ""), edit(4, 4, "")],
            [edit(0, 0, ""), edit(5, 5, "")],
        ] {
            assert_eq!(after(&wrong), None, "{wrong:?}");
        }
    }

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
    fn who_watches_a_program_watches_its_explanation_too() {
        let code =
            "n = 0\nfor step in range(60_000):\n    n += 1\nimport torch\ntorch.zeros(2, 3).view(4, 2)\n";
        let (told, heard) = std::sync::mpsc::channel();
        let patient = |most: usize| -> Watch {
            let (told, mut asked) = (told.clone(), 0);
            Box::new(move |done| {
                told.send(done).expect("it is heard");
                asked += 1;
                asked > most
            })
        };
        let whole = run(code, 10_000_000, Some(patient(usize::MAX)));
        let all: Vec<u64> = heard.try_iter().collect();
        let turn = (1..all.len()).find(|&at| all[at] <= all[at - 1]).expect("counted from 0 again");
        let fixes = |run: &ProgramRun| run.explanation.as_ref().expect("it is explained").fixes.len();
        assert!(fixes(&whole) > 0);
        let cut = run(code, 10_000_000, Some(patient(turn)));
        assert_eq!(heard.try_iter().count(), turn + 1, "asked no more after it said stop");
        assert_eq!((cut.raised.clone(), fixes(&cut)), (whole.raised, 0));
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

    fn line(run: &ProgramRun, line: u32) -> &TracedLine {
        run.lines
            .iter()
            .find(|traced| traced.line == line)
            .unwrap_or_else(|| panic!("line {line}: {:?}", run.lines))
    }

    #[test]
    fn each_line_has_what_it_made_last_in_functions_too() {
        let code = "import torch\n\ndef twice(x):\n    y = x * 2\n    return y\n\nfor n in range(3):\n    a, b = twice(torch.ones(n + 1)), n\n    self_made = [a]\nsquares = [k * k for k in range(3)]\n";
        let run = run(code, 1_000_000, None);
        let y = &line(&run, 4).values[0];
        assert_eq!((y.name.as_str(), y.shape.as_deref(), line(&run, 4).runs), ("y", Some(&[3][..]), 3));
        assert_eq!(y.values.as_ref().map(|sample| sample.data.as_slice()), Some(&[2.0; 3][..]));
        assert_eq!(line(&run, 5).values[0].name, "return");
        let names: Vec<_> =
            line(&run, 8).values.iter().map(|value| (value.name.as_str(), value.text.as_str())).collect();
        assert_eq!(names, [("a", "tensor([2., 2., 2.])"), ("b", "2")]);
        assert_eq!(line(&run, 7).values[0].text, "2");
        assert_eq!(line(&run, 9).values[0].text, "[tensor of shape [3]]");
        assert_eq!(line(&run, 10).values.len(), 1, "a comprehension's own names are not shown");
        let names: Vec<_> = run.names.iter().map(|value| value.name.as_str()).collect();
        assert_eq!(names, ["n", "a", "b", "self_made", "squares"]);
    }

    #[test]
    fn what_a_line_made_stays_though_it_is_changed_in_place() {
        let run = run("import torch\nx = torch.zeros(2)\nx += 1\nx.add_(1)\n", 1_000_000, None);
        let texts = [2, 3].map(|at| line(&run, at).values[0].text.clone());
        assert_eq!(texts, ["tensor([0., 0.])", "tensor([1., 1.])"]);
        assert_eq!(run.names[0].text, "tensor([2., 2.])");
    }

    #[test]
    fn axes_are_those_of_the_module_that_took_or_gave_the_tensor() {
        use Axis::{D, HIn, HOut, L, N};

        let code = "import torch\nfrom torch import nn\nx = torch.randn(4, 5, 8)\ngru = nn.GRU(8, 16, batch_first=True)\nout, h_n = gru(x)\nlast = out[:, -1]\nlstm = nn.LSTM(8, 16)\ny, (h, c) = lstm(x)\n";
        let run = run(code, 1_000_000, None);
        let axes = |at: u32, place: usize| line(&run, at).values[place].axes.clone();
        let of = |axes: [Axis; 3]| Some(axes.map(Some).to_vec());
        assert_eq!(axes(5, 0), of([N, L, HOut]));
        assert_eq!(axes(5, 1), of([D, N, HOut]));
        assert_eq!(axes(6, 0), None);
        assert_eq!(axes(8, 0), of([L, N, HOut]));
        assert_eq!(axes(8, 2), of([D, N, HOut]));
        assert_eq!(axes(3, 0), of([L, N, HIn]), "the last module that took it");
        assert!(line(&run, 5).values[0].grad_fn.is_some() && line(&run, 5).values[0].requires_grad);
    }

    #[test]
    fn a_printed_tensor_has_its_place_in_the_output() {
        let run = run(
            "import torch\nprint('\u{e9}', torch.ones(2), torch.zeros(1))\nprint([torch.ones(1)])\n",
            1_000_000,
            None,
        );
        let units: Vec<u16> = run.stdout.encode_utf16().collect();
        let text = |place: &PrintedTensor| String::from_utf16_lossy(&units[place.from..place.to]);
        let texts: Vec<_> = run.printed.iter().map(text).collect();
        assert_eq!(texts, ["tensor([1., 1.])", "tensor([0.])"]);
        assert_eq!(run.printed[0].values.as_ref().map(|sample| sample.data.len()), Some(2));
    }

    #[test]
    fn values_of_every_kind_have_a_short_text() {
        let code = "from torch import nn\nimport torch\nclass Own:\n    def __repr__(self):\n        print('called')\n        return 'x'\na = Own()\nb = nn.Linear(2, 3)\nc = 'x' * 1000\nd = 10 ** 400\ne = {'k': (1, None)}\nf = torch.zeros(100, 100)\ng = list(range(10 ** 5))\nh = float('nan')\n";
        let run = run(code, 10_000_000, None);
        let text =
            |name: &str| run.names.iter().find(|value| value.name == name).map_or("", |value| &value.text);
        assert_eq!(run.stdout, "", "nothing of the program's is called");
        assert_eq!(text("a"), "<Own>");
        assert_eq!(text("b"), "Linear(in_features=2, out_features=3, bias=True)");
        assert!(
            text("c").chars().count() < 210 && text("d").contains("bits") && text("g").chars().count() < 230
        );
        assert_eq!((text("e"), text("h")), ("{'k': (1, None)}", "nan"));
        let f = run.names.iter().find(|value| value.name == "f").expect("f");
        assert_eq!((f.values.clone(), f.text.as_str()), (None, "a tensor of shape [100, 100]"));
    }

    #[test]
    fn a_long_step_counts_as_many_and_what_is_too_deep_is_no_crash() {
        let deep = "a = []\nfor i in range(100000):\n    a = [a]\n".to_owned();
        for (code, ends_well) in [
            (deep.clone(), true),
            (deep + "print(len(str(a)))\n", false),
            (format!("x = 1{}\n", " + 1".repeat(20_000)), false),
            (format!("x = a{}\n", ".b".repeat(20_000)), false),
            (format!("x = {}1\n", "- ".repeat(20_000)), false),
            (format!("x = {}1\n", "lambda: ".repeat(20_000)), false),
            ((0..2000).fold(String::new(), |code, n| code + &" ".repeat(n) + "if 1:\n"), false),
            (
                "class A:\n    def __getattr__(self, n):\n        return getattr(self, n + 'x')\nA().b\n"
                    .to_owned(),
                false,
            ),
        ] {
            let ended = run(&code, 5_000_000, None);
            let is_well = ended.stopped.is_none() && ended.refused.is_none() && ended.raised.is_none();
            assert_eq!(
                is_well,
                ends_well,
                "{}: {:?} {:?}",
                &code[..code.len().min(60)],
                ended.stopped,
                ended.raised
            );
        }
        let ended = run(
            "import torch\nx = torch.zeros(1000, 1000)\nwhile True:\n    y = torch.relu(x)\n",
            5_000_000,
            None,
        );
        assert_eq!(ended.stopped.map(|end| end.why), Some(UsedUp::Steps));
    }
}
