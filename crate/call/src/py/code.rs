//! The code of a call as a learner would write it.

use super::writer::{CodeLine, Writer};
use crate::call::{Argument, Call, Config, Dtype, Place, Release, Tensor, Value};
use crate::shape::{Axis, Shape};

/// The code of a call: imports, the seed, the module, its arguments, the call, and what to print.
///
/// It runs in the call's release, and does there what [`crate::diagnostic::diagnose`] says.
pub fn code(call: &Call, seed: Option<i64>) -> Vec<CodeLine> {
    let mut lines = heading(call, seed);
    lines.extend(statements(call));
    lines.extend(prints());
    lines
}

/// The imports, an empty line, and the seed.
pub(super) fn heading(call: &Call, seed: Option<i64>) -> Vec<CodeLine> {
    let import = || Writer::new().keyword("import").plain(" ");
    let mut lines = vec![
        import().names("torch").line(),
        import().names("torch.nn").plain(" ").keyword("as").plain(" ").names("nn").line(),
        CodeLine::default(),
    ];
    if uses_numpy(call) {
        lines.insert(0, import().names("numpy").plain(" ").keyword("as").plain(" ").names("np").line());
    }
    if let Some(seed) = seed {
        let seed = seed.to_string();
        lines.push(Writer::new().names("torch.manual_seed").operator("(").number(&seed).operator(")").line());
    }
    lines
}

/// The lines that print what came out.
pub(super) fn prints() -> [CodeLine; 2] {
    ["out.shape", "h_n.shape"]
        .map(|what| Writer::new().names("print").operator("(").names(what).operator(")").line())
}

/// Whether the code of a call names `NumPy`.
fn uses_numpy(call: &Call) -> bool {
    let Call { config, input, h_0, .. } = call;
    let written = config.fields().into_iter().flatten();
    written.chain(config.other.iter().map(|(_, value)| value)).any(Value::has_numpy)
        || [Some(input), h_0.as_ref()].into_iter().flatten().any(|argument| match argument {
            Argument::Tensor(_) => false,
            Argument::Array { .. } => true,
            Argument::NotATensor { value } => value.has_numpy(),
        })
}

/// The lines that depend on the call: the module, its arguments, the call.
pub fn statements(call: &Call) -> Vec<CodeLine> {
    let mut lines = creations(call, ["gru", "x", "h_0"]);
    lines.push(application(call));
    lines
}

/// The lines that make the module and its arguments, under these names.
pub(super) fn creations(call: &Call, [gru, x, h_0]: [&'static str; 3]) -> Vec<CodeLine> {
    let input = Subject { name: x, ..Subject::input(call) };
    let mut lines = vec![module(call, gru), argument(&input, &call.input)];
    if let Some(given) = &call.h_0 {
        lines.push(argument(&Subject { name: h_0, ..Subject::h_0(call) }, given));
    }
    lines
}

/// `out, h_n = gru(x, h_0)`.
pub(super) fn application(call: &Call) -> CodeLine {
    let mut line = Writer::new().names("out").comma().names("h_n").equals().names("gru").operator("(");
    line = line.placed(Place::Input { axis: None }, |line| line.names("x"));
    if call.h_0.is_some() {
        line = line.comma().placed(Place::H0 { axis: None }, |line| line.names("h_0"));
    }
    line.operator(")").line()
}

/// Whether `nn.GRU` is given its element type as `dtype=`: before 1.9 it has no such option, and
/// 16 bits are converted to, for the older releases cannot draw them on a CPU.
pub fn takes_dtype(dtype: Dtype, release: Release) -> bool {
    match dtype {
        Dtype::Float32 => false,
        Dtype::Float64 => release >= Release::new(1, 9, 0),
        Dtype::Float16 | Dtype::Bfloat16 => release >= Release::new(2, 1, 0),
        // An exception in every release, but for complex numbers; the option raises it soonest.
        Dtype::Int64 | Dtype::Int32 | Dtype::Uint8 | Dtype::Bool | Dtype::Complex64 => true,
    }
}

/// `gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)`, under the name given.
fn module(call: &Call, gru: &str) -> CodeLine {
    let config = &call.config;
    let options = Config::OPTIONS.into_iter().zip(config.fields()).zip(Config::defaults());
    let place = |name: &str| Place::Option { name: name.to_owned() };
    let mut line = Writer::new().names(gru).equals().names("nn.GRU").operator("(");
    let mut is_first = true;
    let mut separated = |line: Writer| if std::mem::take(&mut is_first) { line } else { line.comma() };
    for ((name, value), default) in options {
        let axis = match name {
            "input_size" => Some(Axis::HIn),
            "hidden_size" => Some(Axis::HOut),
            "num_layers" | "bidirectional" => Some(Axis::D),
            _ => None,
        };
        let Some(value) =
            value.as_ref().filter(|value| default.is_none_or(|default| !is_same(value, &default)))
        else {
            continue;
        };
        line = separated(line).placed(place(name), |line| {
            line.names(name).operator("=").coloured(axis, |line| line.value(value))
        });
    }
    for (name, value) in &config.other {
        line = separated(line).placed(place(name), |line| {
            if is_identifier(name) {
                return line.names(name).operator("=").value(value);
            }
            // What Python cannot write as a keyword can still be passed as one.
            let name = Value::Str(name.clone());
            line.operator("**{").value(&name).operator(":").plain(" ").value(value).operator("}")
        });
    }
    let dtype = config.dtype;
    if takes_dtype(dtype, call.release) {
        line = separated(line)
            .placed(place("dtype"), |line| line.names("dtype").operator("=").names(&dtype.to_string()));
    }
    line = line.operator(")");
    if !takes_dtype(dtype, call.release) {
        line = line.placed(place("dtype"), |line| line.conversion(dtype));
    }
    line.line()
}

/// Whether a value is its option's default: `dropout=0` is, `bias=1` is not.
fn is_same(value: &Value, default: &Value) -> bool {
    match (value, default) {
        (Value::Int(value), Value::Float(default)) => Value::Float(*value as f64) == Value::Float(*default),
        _ => value == default,
    }
}

/// What a tensor is to the call.
struct Subject {
    name: &'static str,
    place: fn(Option<usize>) -> Place,
    /// The axes by name; none where the release would not read them so.
    axes: Vec<(&'static str, Axis)>,
}

/// Since when a 2-D input is unbatched.
const UNBATCHED: Release = Release::new(1, 11, 0);

impl Subject {
    fn input(call: &Call) -> Self {
        let (steps, batch, features) = (("seq_len", Axis::L), ("batch", Axis::N), ("input_size", Axis::HIn));
        let batch_first = call.config.batch_first.as_ref().is_some_and(Value::is_truthy);
        let axes = match rank(&call.input) {
            Some(2) if call.release >= UNBATCHED => vec![steps, features],
            Some(3) if batch_first => vec![batch, steps, features],
            Some(3) => vec![steps, batch, features],
            _ => Vec::new(),
        };
        Subject { name: "x", place: |axis| Place::Input { axis }, axes }
    }

    fn h_0(call: &Call) -> Self {
        let (states, batch, features) =
            (("D * num_layers", Axis::D), ("batch", Axis::N), ("hidden_size", Axis::HOut));
        let axes = match (rank(&call.input), call.h_0.as_ref().and_then(rank)) {
            (Some(2), Some(2)) if call.release >= UNBATCHED => vec![states, features],
            (_, Some(3)) => vec![states, batch, features],
            _ => Vec::new(),
        };
        Subject { name: "h_0", place: |axis| Place::H0 { axis }, axes }
    }
}

fn rank(argument: &Argument) -> Option<usize> {
    argument.shape().map(Shape::rank)
}

/// `x = torch.randn(5, 3, 10)  # (seq_len, batch, input_size)`.
fn argument(subject: &Subject, argument: &Argument) -> CodeLine {
    let whole = (subject.place)(None);
    let line = Writer::new().placed(whole.clone(), |line| line.names(subject.name)).equals();
    let mut line = match argument {
        Argument::NotATensor { value } => return line.placed(whole, |line| line.value(value)).line(),
        Argument::Tensor(tensor) => creation(line, subject, tensor),
        Argument::Array { array, dtype } => array_creation(line, subject, array, *dtype),
    };
    if !subject.axes.is_empty() {
        line = line.plain("  ").comment("# (");
        for (index, (name, axis)) in subject.axes.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            line = line.comment(separator).coloured(Some(*axis), |line| line.comment(name));
        }
        line = line.comment(")");
    }
    line.line()
}

/// The sizes of a tensor, each with its colour and place.
fn sizes(line: Writer, subject: &Subject, shape: &Shape) -> Writer {
    line.sizes(shape.0.iter().enumerate().map(|(index, size)| {
        let axis = subject.axes.get(index).map(|(_, axis)| *axis);
        (size.to_string(), axis, (subject.place)(Some(index)))
    }))
}

/// The sizes as a tuple: `(5,)`.
fn size_tuple(line: Writer, subject: &Subject, shape: &Shape) -> Writer {
    let close = if shape.rank() == 1 { ",)" } else { ")" };
    sizes(line.operator("("), subject, shape).operator(close)
}

/// `torch.randn(5, 3, 10)`, or what makes a tensor of another type.
fn creation(line: Writer, subject: &Subject, tensor: &Tensor) -> Writer {
    let whole = (subject.place)(None);
    let typed = |line: Writer| {
        let dtype = tensor.dtype.to_string();
        line.comma().placed(whole.clone(), |line| line.names("dtype").operator("=").names(&dtype))
    };
    let placed_on = |line: Writer| match tensor.device {
        None => line,
        Some(device) => line.comma().placed(whole.clone(), |line| {
            line.names("device").operator("=").value(&Value::Str(device.name().to_owned()))
        }),
    };
    let function = |line: Writer, name: &str| {
        let line = line.names(name).operator("(");
        if tensor.shape.rank() == 0 { line.operator("()") } else { sizes(line, subject, &tensor.shape) }
    };
    match tensor.dtype {
        Dtype::Float32 => placed_on(function(line, "torch.randn")).operator(")"),
        Dtype::Float64 | Dtype::Complex64 => placed_on(typed(function(line, "torch.randn"))).operator(")"),
        // Drawn in 32 bits first: the older releases cannot draw 16 on a CPU.
        Dtype::Float16 | Dtype::Bfloat16 => {
            let line = placed_on(function(line, "torch.randn")).operator(")");
            line.placed(whole.clone(), |line| line.conversion(tensor.dtype))
        }
        Dtype::Int64 | Dtype::Int32 | Dtype::Uint8 => {
            let line = line.names("torch.randint").operator("(").number("0").comma().number("10").comma();
            let line = size_tuple(line, subject, &tensor.shape);
            let line = if tensor.dtype == Dtype::Int64 { line } else { typed(line) };
            placed_on(line).operator(")")
        }
        Dtype::Bool => placed_on(typed(function(line, "torch.ones"))).operator(")"),
    }
}

/// `np.random.randn(5, 3, 10)`, or what makes an array of another type.
fn array_creation(line: Writer, subject: &Subject, shape: &Shape, dtype: Dtype) -> Writer {
    let whole = (subject.place)(None);
    let drawn = |line: Writer| match shape.rank() {
        // Without sizes it would give a number.
        0 => line.names("np.zeros").operator("(())"),
        _ => sizes(line.names("np.random.randn").operator("("), subject, shape).operator(")"),
    };
    let converted = |line: Writer, name: &str| {
        line.placed(whole.clone(), |line| {
            line.operator(".").names("astype").operator("(").names(name).operator(")")
        })
    };
    match dtype {
        Dtype::Float64 | Dtype::Bfloat16 => drawn(line),
        Dtype::Float32 => converted(drawn(line), "np.float32"),
        Dtype::Float16 => converted(drawn(line), "np.float16"),
        Dtype::Complex64 => converted(drawn(line), "np.complex64"),
        Dtype::Bool => {
            let line = size_tuple(line.names("np.ones").operator("("), subject, shape);
            line.comma().names("dtype").operator("=").names("bool").operator(")")
        }
        Dtype::Int64 | Dtype::Int32 | Dtype::Uint8 => {
            let line = line.names("np.random.randint").operator("(").number("0").comma().number("10").comma();
            let line = size_tuple(line, subject, shape).comma().names("dtype").operator("=");
            line.names(match dtype {
                Dtype::Int32 => "np.int32",
                Dtype::Uint8 => "np.uint8",
                _ => "np.int64",
            })
            .operator(")")
        }
    }
}

/// Whether a name can stand before `=` in a call.
fn is_identifier(name: &str) -> bool {
    const KEYWORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
        "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
        "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first == '_' || first.is_ascii_alphabetic())
        && characters.all(|next| next == '_' || next.is_ascii_alphanumeric())
        && !KEYWORDS.contains(&name)
}
