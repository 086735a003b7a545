//! What a program makes, line by line, for those who show it; nothing here runs in a program that is not traced.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::{Rc, Weak};

use rng::TorchGenerator;

use crate::eval::Vm;
use crate::torch::dtype::ScalarType;
use crate::torch::tensor::{Inner, TorchTensor};
use crate::value::{Ceiling, Halt, Namespace, Object, R};

/// A value that a program made.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeValue {
    /// The name, or what was assigned to: `self.h`; `return` for what a function gave.
    pub name: String,
    /// Its class: `Tensor`.
    pub class: String,
    /// Its short text.
    pub text: String,
    /// What a tensor has besides.
    pub tensor: Option<MadeTensor>,
}

/// A tensor that a program made.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeTensor {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// `torch.float32`.
    pub dtype: String,
    /// What autograd calls the operation that made it.
    pub grad_fn: Option<String>,
    /// Whether gradients are wanted of it.
    pub requires_grad: bool,
    /// A letter for each axis, where a recurrent module took or gave it: L, N, I, O or D.
    pub axes: Option<String>,
    /// Its elements, where there are at most 4,096.
    pub values: Option<Vec<f64>>,
}

/// What the assignments of a line made, the last time that it ran.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeLine {
    /// The line, from 1.
    pub line: u32,
    /// How often it ran.
    pub runs: u64,
    /// What it made.
    pub values: Vec<MadeValue>,
}

/// A tensor that was printed by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedPlace {
    /// The bytes of the output.
    pub bytes: std::ops::Range<usize>,
    /// The tensor.
    pub tensor: MadeTensor,
}

/// A call under way when an exception was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailFrame {
    /// The line, from 1.
    pub line: u32,
    /// The function's name, or `<module>`.
    pub function: String,
}

/// What is noted while a program runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Tracing {
    /// Nothing.
    #[default]
    Nothing,
    /// What each line makes.
    Values,
    /// That, and each statement that ends. Random numbers are drawn anew for each statement, whatever others drew.
    Statements {
        /// Lines that the program has not in another form of it, whose numbers are to be the same.
        inserted: Vec<u32>,
        /// Where to stop: when the statement of this line has ended so often.
        until: Option<(u32, u64)>,
    },
}

/// The elements that are kept of one tensor, at most.
const ELEMENTS: usize = 4096;
/// The lines that are kept, at most.
const LINES: usize = 400;
/// The tensors that are kept of what was printed, at most.
const PRINTED: usize = 200;
/// The length of a short text.
const SHORT: usize = 200;

struct KeptTensor {
    shape: Vec<usize>,
    dtype: ScalarType,
    class: &'static str,
    node: Option<String>,
    requires_grad: bool,
    copy: Option<TorchTensor>,
    origin: Weak<Inner>,
}

enum KeptValue {
    Tensor(Box<KeptTensor>),
    /// What cannot change, or is told by its class alone.
    Plain(Object),
    Told(String, String),
}

#[derive(Default)]
struct KeptLine {
    runs: u64,
    values: Vec<(Rc<str>, KeptValue)>,
}

/// The notes of a run.
#[derive(Default)]
pub struct Recorder {
    lines: Vec<Option<KeptLine>>,
    kept: usize,
    printed: Vec<(std::ops::Range<usize>, KeptTensor)>,
    inserted: Vec<u32>,
    steady: bool,
    until: Option<(u32, u64)>,
    /// How often each statement began and ended.
    begun: HashMap<u32, u64>,
    ended: HashMap<u32, u64>,
    trail_of: usize,
    trail: Vec<TrailFrame>,
    locals: Vec<(Rc<str>, KeptValue)>,
}

/// What a recorder leaves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TraceRecord {
    /// By line.
    pub lines: Vec<MadeLine>,
    /// In the order of the output.
    pub printed: Vec<PrintedPlace>,
    /// The global names at the end.
    pub names: Vec<MadeValue>,
    /// The calls under way when the last exception was raised, the innermost last.
    pub trail: Vec<TrailFrame>,
    /// The innermost one's names.
    pub locals: Vec<MadeValue>,
    /// How often each statement ended, by its line.
    pub ended: HashMap<u32, u64>,
}

impl Recorder {
    pub fn new(tracing: Tracing) -> Option<Box<Self>> {
        match tracing {
            Tracing::Nothing => None,
            Tracing::Values => Some(Box::default()),
            Tracing::Statements { inserted, until } => {
                Some(Box::new(Recorder { inserted, until, steady: true, ..Recorder::default() }))
            }
        }
    }

    pub fn steady(&self) -> bool {
        self.steady
    }

    /// The line's number where lines that were inserted are not counted.
    fn own_line(&self, line: u32) -> u32 {
        line - self.inserted.iter().filter(|inserted| **inserted < line).count() as u32
    }
}

impl Vm {
    /// What an assignment made.
    pub fn note(&mut self, line: u32, name: &Rc<str>, value: &Object) {
        let Some(mut recorder) = self.recorder.take() else { return };
        let at = line as usize;
        if recorder.lines.len() <= at {
            recorder.lines.resize_with(at + 1, || None);
        }
        if recorder.lines[at].is_none() && recorder.kept < LINES {
            recorder.kept += 1;
            recorder.lines[at] = Some(KeptLine::default());
        }
        if let Some(kept) = &mut recorder.lines[at] {
            let place = kept.values.iter().position(|(other, _)| Rc::ptr_eq(other, name) || other == name);
            if let Some(place) = place {
                if place == 0 {
                    kept.runs += 1;
                }
                kept.values[place].1 = self.kept(value);
            } else {
                if kept.values.is_empty() {
                    kept.runs = 1;
                }
                let value = self.kept(value);
                kept.values.push((name.clone(), value));
            }
        }
        self.recorder = Some(recorder);
    }

    fn kept(&self, value: &Object) -> KeptValue {
        match value {
            Object::Tensor(tensor) => KeptValue::Tensor(Box::new(self.kept_tensor(tensor))),
            Object::List(_) | Object::Tuple(_) | Object::Dict(_) | Object::Set(_) => {
                let mut text = String::new();
                self.short(value, &mut text, 0);
                KeptValue::Told(self.type_name(value), text)
            }
            other => KeptValue::Plain(other.clone()),
        }
    }

    fn kept_tensor(&self, tensor: &TorchTensor) -> KeptTensor {
        KeptTensor {
            shape: tensor.shape(),
            dtype: tensor.dtype(),
            class: if tensor.is_parameter() { "Parameter" } else { "Tensor" },
            node: tensor.node().map(|node| node.to_string()),
            requires_grad: tensor.requires_grad(),
            copy: if tensor.len() <= ELEMENTS { self.cx.copied(tensor).ok() } else { None },
            origin: Rc::downgrade(&tensor.0),
        }
    }

    /// A statement begins.
    pub fn begun(&mut self, line: u32) {
        if let Some(recorder) = &mut self.recorder
            && recorder.steady
        {
            let own = recorder.own_line(line);
            let count = recorder.begun.entry(line).or_default();
            *count += 1;
            let seed = (u64::from(own) << 32) ^ *count;
            *self.cx.generator.borrow_mut() = TorchGenerator::new(seed);
        }
    }

    /// A statement ended.
    pub fn ended(&mut self, line: u32) -> R<()> {
        if let Some(recorder) = &mut self.recorder {
            let count = recorder.ended.entry(line).or_default();
            *count += 1;
            if recorder.until == Some((line, *count)) {
                return Halt::stop(Ceiling::Watch, "it came so far");
            }
        }
        Ok(())
    }

    /// An exception leaves a frame of the program, or is raised in it.
    pub fn passes(&mut self, exception: usize, frame: &crate::eval::frame::Frame) {
        let Some(mut recorder) = self.recorder.take() else { return };
        if recorder.trail_of != exception {
            recorder.trail_of = exception;
            recorder.trail.clear();
            let named = frame.code.locals.iter().zip(&frame.locals);
            let named = named.filter(|(_, value)| !value.is_undefined());
            recorder.locals = named.map(|(name, value)| (name.clone(), self.kept(value))).collect();
        }
        if recorder.trail.len() < 50 {
            recorder.trail.push(TrailFrame { line: frame.line(), function: frame.code.name.to_string() });
        }
        self.recorder = Some(recorder);
    }

    /// A tensor is printed by itself.
    pub fn prints(&mut self, from: usize, to: usize, tensor: &TorchTensor) {
        if let Some(mut recorder) = self.recorder.take() {
            if recorder.printed.len() < PRINTED {
                recorder.printed.push((from..to, self.kept_tensor(tensor)));
            }
            self.recorder = Some(recorder);
        }
    }

    /// What was noted, once the program has ended.
    pub fn record(&mut self, space: &Namespace) -> TraceRecord {
        let Some(mut recorder) = self.recorder.take() else { return TraceRecord::default() };
        // Texts of modules are made by the library's own Python.
        (self.steps, self.later, self.watch) = (200_000, 0, None);
        let length = self.output.len();
        let mut record = TraceRecord { ended: std::mem::take(&mut recorder.ended), ..TraceRecord::default() };
        for (line, kept) in recorder.lines.into_iter().enumerate() {
            if let Some(KeptLine { runs, values }) = kept {
                let values = values.into_iter().map(|(name, value)| self.made(&name, value)).collect();
                record.lines.push(MadeLine { line: line as u32, runs, values });
            }
        }
        for (bytes, tensor) in recorder.printed {
            if bytes.end <= length {
                record.printed.push(PrintedPlace { bytes, tensor: made_tensor(tensor) });
            }
        }
        let names: Vec<(Rc<str>, Object)> =
            space.names.borrow().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let shown = |name: &str, value: &Object| {
            let is_value = !matches!(
                value,
                Object::Undefined
                    | Object::Module(_)
                    | Object::Function(_)
                    | Object::Native(_)
                    | Object::Class(_)
                    | Object::Cell(_)
            );
            is_value && !name.starts_with('_')
        };
        for (name, value) in names.into_iter().filter(|(name, value)| shown(name, value)).take(LINES) {
            let kept = self.kept(&value);
            record.names.push(self.made(&name, kept));
        }
        record.trail = recorder.trail;
        record.trail.reverse();
        record.locals = recorder.locals.into_iter().map(|(name, value)| self.made(&name, value)).collect();
        self.output.truncate(length);
        record
    }

    fn made(&mut self, name: &str, kept: KeptValue) -> MadeValue {
        let name = name.to_owned();
        match kept {
            KeptValue::Told(class, text) => MadeValue { name, class, text, tensor: None },
            KeptValue::Tensor(tensor) => {
                let text = match &tensor.copy {
                    Some(copy) => self.repr(&Object::Tensor(copy.clone())).unwrap_or_default(),
                    None => format!("a tensor of shape {}", crate::torch::list_of(&tensor.shape)),
                };
                let class = tensor.class.to_owned();
                MadeValue { name, class, text: cut(&text), tensor: Some(made_tensor(*tensor)) }
            }
            KeptValue::Plain(value) => {
                let class = self.type_name(&value);
                let is_module =
                    matches!(&value, Object::Instance(it) if it.class().module.starts_with("torch."));
                let mut text = String::new();
                if is_module && let Ok(whole) = self.repr(&value) {
                    text = cut(&whole);
                } else {
                    self.short(&value, &mut text, 0);
                }
                MadeValue { name, class, text, tensor: None }
            }
        }
    }

    /// A value's text, cut off, without calling anything of the program's.
    fn short(&self, value: &Object, text: &mut String, depth: usize) {
        let full = text.len() >= SHORT || depth > 6;
        let mut all = |open: &str, items: &mut dyn Iterator<Item = Object>, close: &str| {
            text.push_str(open);
            for (i, item) in items.enumerate() {
                if i > 0 {
                    text.push_str(", ");
                }
                if text.len() >= SHORT || depth > 6 {
                    text.push('…');
                    break;
                }
                self.short(&item, text, depth + 1);
            }
            text.push_str(close);
        };
        match value {
            _ if full => text.push('…'),
            Object::None => text.push_str("None"),
            Object::Bool(truth) => text.push_str(if *truth { "True" } else { "False" }),
            Object::Int(number) => text.push_str(&number.to_string()),
            Object::Big(number) => {
                let bits = number.bits();
                let _ =
                    if bits < 600 { write!(text, "{number}") } else { write!(text, "an int of {bits} bits") };
            }
            Object::Float(number) => text.push_str(&crate::eval::text::float(*number)),
            Object::Str(string) => {
                let begin: String = string.chars().take(SHORT).collect();
                let is_cut = begin.len() < string.len();
                text.push_str(&crate::eval::text::quoted(&begin));
                if is_cut {
                    text.push('…');
                }
            }
            Object::Tensor(tensor) => {
                text.push_str("tensor of shape ");
                text.push_str(&crate::torch::list_of(&tensor.shape()));
            }
            Object::Tuple(tuple) => {
                let only = tuple.items.len() == 1;
                all("(", &mut tuple.items.iter().cloned(), if only { ",)" } else { ")" });
            }
            Object::List(list) => all("[", &mut list.items.borrow().iter().take(SHORT).cloned(), "]"),
            Object::Set(set) => {
                all("{", &mut set.items.borrow().iter().take(SHORT).map(|key| key.0.clone()), "}");
            }
            Object::Dict(dict) => {
                text.push('{');
                for (i, (key, value)) in dict.items.borrow().iter().enumerate() {
                    if i > 0 {
                        text.push_str(", ");
                    }
                    if text.len() >= SHORT {
                        text.push('…');
                        break;
                    }
                    self.short(&key.0, text, depth + 1);
                    text.push_str(": ");
                    self.short(value, text, depth + 1);
                }
                text.push('}');
            }
            Object::Dtype(dtype) => {
                text.push_str("torch.");
                text.push_str(dtype.name());
            }
            Object::Range(range) => {
                let _ = write!(text, "range({}, {})", range.start, range.stop);
            }
            other => {
                let _ = write!(text, "<{}>", self.type_name(other));
            }
        }
    }
}

fn made_tensor(tensor: KeptTensor) -> MadeTensor {
    let axes = tensor.origin.upgrade().and_then(|origin| origin.meta.borrow().axes.clone());
    let axes = axes.filter(|letters| letters.len() == tensor.shape.len());
    MadeTensor {
        values: tensor.copy.map(|copy| copy.floats()),
        dtype: format!("torch.{}", tensor.dtype.name()),
        grad_fn: tensor.node,
        requires_grad: tensor.requires_grad,
        axes: axes.map(|letters| letters.to_string()),
        shape: tensor.shape,
    }
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(SHORT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
