//! Why weights do not fit, what would mend it, and what else is to be known of them.

use super::super::{FileTensor, Oddities, PathKey, WeightFile};
use super::infer::{Saved, saved};
use super::reading::{ModuleReading, Numbers, Style, entries};
use super::{Fitting, survey};
use call::diagnostic::{Diagnostic, Edit, Fix, Severity, apply};
use call::py;
use call::shape::{Dim, Shape};
use call::{Argument, Call, Value};
use nn::gru::{GruConfig, Options, StateDictError};
use num::float;

/// How many tensors are named one by one in a note.
const NAMED: usize = 3;

/// The module cannot be built, or holds more tensors than any file.
pub(super) fn no_module(is_built: bool) -> Diagnostic {
    let message = if is_built {
        "the module is larger than any file that is read here"
    } else {
        "the module itself raises an exception"
    };
    let why = "Weights are held against the module in the playground: it must be one that fits here.";
    Diagnostic::new("weights-no-module", Severity::Error, message, why)
}

/// No name in the file is one of a recurrent module.
pub(super) fn no_recurrent_weights(module: &GruConfig) -> Diagnostic {
    let names = module.parameters().take(2).map(|spec| spec.name());
    let names: Vec<String> = names.map(|name| format!("'{name}'")).collect();
    let why = format!(
        "This module's tensors are called {} and so on, with or without a prefix such as 'gru.'. Keras' names \
         (kernel, recurrent_kernel, bias) and ONNX' (W, R, B) are understood too, where their shapes belong \
         together.",
        names.join(", ")
    );
    let message = "no tensor in the file has the name of a recurrent module's weight".to_owned();
    Diagnostic::new("weights-none", Severity::Error, message, why)
}

/// What `load_state_dict` says of a whole dict whose names have a prefix: the message that brought the learner here.
pub(super) fn whole(
    module: &GruConfig,
    file: &WeightFile<'_>,
    reading: &ModuleReading<'_>,
) -> Option<Diagnostic> {
    if reading.prefix.is_empty() || reading.is_reordered() {
        return None;
    }
    let plan = module.plan();
    let mut error = StateDictError { module: "GRU", ..StateDictError::default() };
    let names: Vec<&str> = entries(file, reading.group).map(|(name, _)| name).collect();
    // A dict that has some of the names plainly is told as such.
    if names.iter().any(|name| plan.place(name).is_some()) {
        return None;
    }
    error.missing.extend(plan.parameters().map(|spec| spec.name()));
    error.unexpected.extend(names.into_iter().map(str::to_owned));
    let why = format!(
        "This is what load_state_dict says of the whole dict: every name of the module begins with '{}' in it. \
         Without that they are held against the module here.",
        reading.prefix
    );
    let mut said = Diagnostic::new("weights-whole", Severity::Note, error.to_string(), why);
    said.exception = Some("RuntimeError".to_owned());
    Some(said)
}

/// What `load_state_dict` says where all weights fit and what is no tensor stands beside them.
pub(super) fn beside(
    file: &WeightFile<'_>,
    reading: &ModuleReading<'_>,
    error: &StateDictError,
) -> Diagnostic {
    let others = &file.groups[reading.group].others;
    let others = others.iter().filter(|other| reading.strays.contains(&other.name.as_str())).take(NAMED);
    let named: Vec<String> = others.map(|other| format!("'{}' is {}", other.name, other.what)).collect();
    let why = format!(
        "All weights fit, but beside them stands what is no weight: {}. load_state_dict takes the module's own names \
         only; the code above hands it these.",
        named.join(", ")
    );
    let mut said = Diagnostic::new("weights-beside", Severity::Note, error.to_string(), why);
    said.exception = Some("RuntimeError".to_owned());
    said
}

/// `nn.GRU(4, 3)`.
pub(super) fn call_text(module: &GruConfig) -> String {
    let mut text = format!("nn.GRU({}, {}", module.input_size, module.hidden_size);
    if module.num_layers > 1 {
        text.extend([", num_layers=", &module.num_layers.to_string()]);
    }
    for (name, is_set) in [("bias=False", !module.bias), ("bidirectional=True", module.bidirectional)] {
        if is_set {
            text.extend([", ", name]);
        }
    }
    text + ")"
}

/// How a weight that is missing was taken apart: why, and how it is put together again.
pub(super) fn reparametrized(
    file: &WeightFile<'_>,
    reading: &ModuleReading<'_>,
    error: &StateDictError,
) -> Option<(String, Fix)> {
    if file.groups.len() <= reading.group {
        return None;
    }
    let has = |wanted: &str| {
        // WeightDrop keeps the weight outside of the module that it wraps.
        entries(file, reading.group).any(|(name, _)| {
            name.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with(['.', '/']))
        })
    };
    let fix =
        |statement: &str, code: String| Fix { statement: statement.to_owned(), code, edits: Vec::new() };
    error.missing.iter().find_map(|name| {
        if has(&format!("{name}_g")) && has(&format!("{name}_v")) {
            let why = format!(
                "{name} was saved as {name}_g and {name}_v: weight_norm splits a weight into its length and its \
                 direction, and computes it anew before every call."
            );
            let code = format!(
                "torch.nn.utils.remove_weight_norm(gru, \"{name}\")\ntorch.save(gru.state_dict(), \"gru.pt\")"
            );
            return Some((why, fix("remove weight_norm before you save", code)));
        }
        let parametrized = format!("parametrizations.{name}.original");
        let parts = [parametrized.clone(), format!("{parametrized}0")];
        if let Some(part) = parts.iter().find(|part| has(part)) {
            let why = format!(
                "{name} was saved as {part} and so on: a parametrization such as weight_norm computes it anew before \
                 every call."
            );
            let code = format!(
                "torch.nn.utils.parametrize.remove_parametrizations(gru, \"{name}\")\n\
                 torch.save(gru.state_dict(), \"gru.pt\")"
            );
            return Some((why, fix("remove the parametrization before you save", code)));
        }
        let original = format!("{name}_orig");
        for (part, how, remove) in [
            ("mask", "pruning multiplies it by a mask", "prune.remove"),
            ("u", "spectral_norm divides it by its largest singular value", "remove_spectral_norm"),
        ] {
            if has(&original) && has(&format!("{name}_{part}")) {
                let why = format!("{name} was saved as {original} and {name}_{part}: {how} before every call.");
                let code =
                    format!("torch.nn.utils.{remove}(gru, \"{name}\")\ntorch.save(gru.state_dict(), \"gru.pt\")");
                return Some((why, fix("make it a plain weight before you save", code)));
            }
        }
        if has(&format!("{name}_raw")) {
            let why = format!(
                "{name} was saved as {name}_raw: WeightDrop drops a part of it before every call and keeps the whole \
                 under this name."
            );
            let code = format!("state[\"{name}\"] = state.pop(\"{name}_raw\")");
            return Some((why, fix("give it its name back before it is loaded", code)));
        }
        None
    })
}

/// What `load_state_dict` raises, why, and the fix.
pub(super) fn misfit(
    call: &Call,
    module: &GruConfig,
    file: &WeightFile<'_>,
    reading: &ModuleReading<'_>,
    error: &StateDictError,
) -> Diagnostic {
    if let Some((why, fix)) = reparametrized(file, reading, error) {
        let mut diagnostic = Diagnostic::new("weights-misfit", Severity::Error, error.to_string(), why);
        diagnostic.exception = Some("RuntimeError".to_owned());
        diagnostic.help = vec![fix];
        return diagnostic;
    }
    let saved = saved(reading, module);
    let cell = if reading.is_cell() { "Cell" } else { "" };
    let why = match &saved {
        Saved::Gru(of_file) => differences(module, of_file),
        Saved::Lstm(hidden) => gates(reading, *hidden, &format!("an LSTM{cell}"), "four"),
        Saved::Rnn(hidden) => gates(reading, *hidden, &format!("an RNN{cell}"), "one"),
        Saved::Transposed => {
            "The axes are swapped: a weight of nn.GRU has a row for each gate and unit, (3 * hidden_size, ...). \
             Keras stores kernels the other way, with the gates in the order z, r, h: saved under Keras' own \
             names they are converted here."
                .to_owned()
        }
        Saved::Unknown => unknown(error),
    };
    let help = match &saved {
        Saved::Gru(of_file) => vec![options(call, module, of_file)],
        Saved::Lstm(hidden) => vec![elsewhere(reading, &format!("nn.LSTM{cell}"), *hidden)],
        Saved::Rnn(hidden) => vec![elsewhere(reading, &format!("nn.RNN{cell}"), *hidden)],
        Saved::Transposed | Saved::Unknown => Vec::new(),
    };
    let mut diagnostic = Diagnostic::new("weights-misfit", Severity::Error, error.to_string(), why);
    diagnostic.exception = Some("RuntimeError".to_owned());
    diagnostic.help = help;
    diagnostic
}

/// The options in which the file's module differs from this one: its value here and in the file, and what shows it.
fn differing(
    module: &GruConfig,
    of_file: &GruConfig,
) -> impl Iterator<Item = (&'static str, [Value; 2], &'static str)> {
    let int = |size: fn(&GruConfig) -> u64| [module, of_file].map(|of| Value::Int(size(of) as i64));
    let flag = |flag: fn(&GruConfig) -> bool| [module, of_file].map(|of| Value::Bool(flag(of)));
    let columns = ": weight_ih_l0 has a column for each feature of the input";
    let rows = ": weight_hh_l0 has 3 * hidden_size rows and hidden_size columns";
    let suffix = ": a reverse direction has weights of its own, whose names end in _reverse";
    let options = [
        ("input_size", int(|of| of.input_size), columns),
        ("hidden_size", int(|of| of.hidden_size), rows),
        ("num_layers", int(|of| of.num_layers), ": every layer has weights of its own"),
        ("bidirectional", flag(|of| of.bidirectional), suffix),
        ("bias", flag(|of| of.bias), ": only with bias=True are there bias_ih and bias_hh"),
    ];
    options.into_iter().filter(|(_, [ours, theirs], _)| ours != theirs)
}

/// How the file's module differs from this one.
fn differences(module: &GruConfig, of_file: &GruConfig) -> String {
    let sentences = differing(module, of_file)
        .map(|(name, [ours, theirs], why)| format!("{name} is {ours} here and {theirs} in the file{why}."));
    format!("The file is a GRU of its own. {}", sentences.collect::<Vec<_>>().join(" "))
}

fn gates(reading: &ModuleReading<'_>, hidden: usize, module: &str, count: &str) -> String {
    let weight = reading.locals.iter().find(|local| local.name == "weight_hh_l0");
    let found = weight.map_or_else(String::new, |weight| num::list(&weight.shape));
    format!(
        "A GRU has three gates of hidden_size rows each: (3 * {hidden}, {hidden}). {} is {found}: {count} {} {hidden} \
         rows, {module}'s.",
        if reading.is_cell() { "weight_hh" } else { "weight_hh_l0" },
        if count == "one" { "block of" } else { "blocks of" }
    )
}

fn unknown(error: &StateDictError) -> String {
    let mut sentences = Vec::new();
    if !error.missing.is_empty() {
        sentences.push("Missing are parameters that this module has and the file has not.");
    }
    if !error.unexpected.is_empty() {
        sentences.push("Unexpected are tensors of the file that this module has no parameter for.");
    }
    if !error.mismatched.is_empty() {
        sentences.push("Where sizes differ, tensor and parameter have one name and two shapes.");
    }
    sentences.push("Taken together the tensors are no whole GRU of any size.");
    sentences.join(" ")
}

/// The edits that make the module the file's, and input and `h_0` follow: a legal call stays legal.
fn options(call: &Call, module: &GruConfig, of_file: &GruConfig) -> Fix {
    let (mut written, mut edits) = (Vec::new(), Vec::new());
    for (name, [_, theirs], _) in differing(module, of_file) {
        written.push(format!("{name}={theirs}"));
        edits.push(Edit::SetOption { name: name.to_owned(), value: Some(theirs) });
    }
    edits.extend(shapes(call, of_file));
    let statement = format!("set {}, as in the file", written.join(", "));
    let mut fix = Fix { statement, code: String::new(), edits };
    let statements = py::statements(&apply(call, &fix));
    fix.code = statements.first().map(py::CodeLine::statement).unwrap_or_default();
    fix
}

/// What makes input and `h_0` follow the module: their features, and the states of `h_0`.
fn shapes(call: &Call, of_file: &GruConfig) -> Vec<Edit> {
    let mut edits = Vec::new();
    if let Argument::Tensor(input) = &call.input
        && let [first @ .., features] = input.shape.0.as_slice()
        && *features != of_file.input_size.into()
    {
        edits.push(Edit::SetInputShape { shape: Shape([first, &[of_file.input_size.into()]].concat()) });
    }
    if let Some(Argument::Tensor(h_0)) = &call.h_0
        && let [_, batch @ .., _] = h_0.shape.0.as_slice()
    {
        let states: Dim = (of_file.num_layers * of_file.directions()).into();
        let shape = Shape([&[states], batch, &[of_file.hidden_size.into()]].concat());
        if shape != h_0.shape {
            edits.push(Edit::SetH0Shape { shape: Some(shape) });
        }
    }
    edits
}

fn elsewhere(reading: &ModuleReading<'_>, class: &str, hidden: usize) -> Fix {
    let input = reading.locals.iter().find(|local| local.name == "weight_ih_l0");
    let input = input.and_then(|local| local.shape.get(1)).copied().unwrap_or_default();
    Fix {
        statement: format!("load them into {class} in PyTorch"),
        code: format!("{class}({input}, {hidden})"),
        edits: Vec::new(),
    }
}

/// Parameters whose tensors hold whole numbers, booleans or complex ones.
pub(super) fn wrong_types(wrong: &[(String, String)]) -> Diagnostic {
    let named = wrong.iter().take(NAMED).map(|(name, dtype)| format!("{name} is {dtype}"));
    let named: Vec<String> = named.collect();
    if wrong.iter().any(|(_, dtype)| dtype.starts_with("torch.complex")) {
        let why = "PyTorch would copy the real parts into the float32 parameter and warn that it discards the imaginary \
                   ones. No weight of nn.GRU has an imaginary part: here that is refused.";
        return Diagnostic::new("weights-dtype", Severity::Error, named.join(", "), why);
    }
    let why = "PyTorch would copy whole numbers into the float32 parameter. Here that is refused: weights of such a \
               type were quantised, and mean nothing without their scales.";
    Diagnostic::new("weights-dtype", Severity::Error, named.join(", "), why)
}

/// How the file was read, where that is not as `load_state_dict` reads it.
pub(super) fn notes(
    file: &WeightFile<'_>,
    reading: &ModuleReading<'_>,
    fitting: &Fitting<'_, '_>,
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut note = |code: &str, message: String, why: &str| {
        notes.push(Diagnostic::new(code, Severity::Note, message, why));
    };
    for said in &file.notes {
        note("file-note", said.clone(), "What is not a plain tensor is not used.");
    }
    let path = file.groups.get(reading.group).map(|group| group.path.as_slice()).unwrap_or_default();
    if !path.is_empty() {
        let under = match path {
            [key @ PathKey::Text(_)] => key.value().to_string(),
            keys => keys.iter().fold(String::new(), |text, key| text + "[" + &key.value().to_string() + "]"),
        };
        let why = "The file is a checkpoint: a dict with the state_dict under this key, and more beside it.";
        note("weights-key", format!("the tensors are those under {under}"), why);
    }
    if !file.refused.is_empty() {
        let why = "torch.load(weights_only=True) refuses the whole file for that; here it is left alone, and nothing was \
                   executed. The code loads what you export here instead.";
        note("weights-refused", format!("the file names {}", file.refused.join(", ")), why);
    }
    if !reading.prefix.is_empty() && !reading.is_reordered() {
        let why = if reading.prefix.starts_with("module.") {
            "nn.DataParallel wraps a model as 'module', so its state_dict has this prefix on every name. It is left \
             out here, and by the code above."
        } else {
            "The GRU was saved as a part of a model, under the name that it has there. The name is left out here, \
             and by the code above."
        };
        note("weights-prefix", format!("every name begins with '{}'", reading.prefix), why);
    }
    notes.extend(style_notes(file, reading));
    let mut note = |code: &str, message: String, why: &str| {
        notes.push(Diagnostic::new(code, Severity::Note, message, why));
    };
    let converted = fitting.parameters.iter().filter_map(|(_, _, local)| *local);
    let mut types: Vec<String> = Vec::new();
    for local in converted.filter(|local| local.is_float()) {
        let dtype = local.dtype();
        if dtype != "torch.float32" && !types.contains(&dtype) {
            types.push(dtype);
        }
    }
    if !types.is_empty() {
        let is_8_bits = |dtype: &String| dtype.starts_with("torch.float8");
        let why = if types.iter().all(is_8_bits) {
            "Every number of 8 bits is also one of float32: nothing is lost."
        } else if types.iter().any(|dtype| dtype == "torch.float64") {
            "load_state_dict rounds every number to the nearest of the parameter's type, and so does this page."
        } else {
            "Every number of 16 bits is also one of float32: nothing is lost."
        };
        let verb = if types.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} converted to torch.float32", types.join(" and "));
        note("weights-converted", message, why);
    }
    notes
}

/// How tensors under names that are not `nn.GRU`'s are read.
fn style_notes(file: &WeightFile<'_>, reading: &ModuleReading<'_>) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut note = |code: &str, message: String, why: &str| {
        notes.push(Diagnostic::new(code, Severity::Note, message, why));
    };
    match reading.style {
        Style::Torch => {}
        Style::Cell => note(
            "weights-cell",
            "the tensors are named as those of nn.GRUCell".to_owned(),
            "A cell computes one step with the very equations of a layer: its weights are those of layer 0.",
        ),
        Style::Keras => note(
            "weights-keras",
            "the tensors are named as those of a Keras GRU".to_owned(),
            "Keras stores kernels with the gates as columns in the order z, r, h; nn.GRU has them as rows in the \
             order r, z, n. They are reordered and transposed here. The result is the same GRU if the layer has \
             reset_after=True, Keras' default since 2.0.",
        ),
        Style::KerasBefore => note(
            "weights-keras-before",
            "the tensors are those of a Keras GRU with reset_after=False, another GRU than PyTorch's"
                .to_owned(),
            "Its bias has one row of 3 * units numbers: the reset gate acts before the product, n = tanh(W_in x + \
             b_in + W_hn (r * h)). nn.GRU cannot compute that: with these weights it gives other numbers than the \
             layer did.",
        ),
        Style::Own => note(
            "weights-own-names",
            proposal(reading),
            "The names are not PyTorch's; the shapes (3H, I), (3H, H) and (3H) are a GRU's. The rows are taken in the order \
             r, z, n, which a file does not tell: check one output of the model.",
        ),
        Style::OwnColumns => note(
            "weights-own-names",
            proposal(reading),
            "The names are not PyTorch's; the shapes (I, 3H), (H, 3H) and (3H) are a GRU's whose gates are columns, as in \
             Keras. They are taken in Keras' order z, r, h, which a file does not tell: check one output of the model.",
        ),
        Style::Onnx if !file.nodes.is_empty() => {
            for said in survey::of_nodes(file) {
                note("weights-onnx-node", said, ONNX_LAYOUT);
            }
        }
        Style::Onnx => note(
            "weights-onnx",
            "the tensors are named as those of an ONNX GRU".to_owned(),
            "ONNX packs the gates in the order z, r, h and both biases into B; nn.GRU has r, z, n. They are \
             reordered here. The result is the same GRU if the node has linear_before_reset=1.",
        ),
    }
    notes
}

/// How an ONNX node holds its weights.
const ONNX_LAYOUT: &str = "ONNX packs the gates in the order z, r, h and both biases into B; nn.GRU has r, z, n. They are \
    reordered here. With linear_before_reset=0 the same weights give other numbers than nn.GRU: PyTorch's exporter wrote \
    that for nn.GRU itself for months.";

/// Which tensors are taken for which parameters.
fn proposal(reading: &ModuleReading<'_>) -> String {
    let taken = reading.locals.iter().map(|local| format!("{} as {}", local.source(), local.name));
    format!("proposed: {}", taken.collect::<Vec<_>>().join(", "))
}

/// Numbers that are not finite: how many, and where the first is.
pub(super) fn oddities(fitting: &Fitting<'_, '_>) -> Option<Diagnostic> {
    let mut found: Vec<String> = Vec::new();
    let mut more = 0;
    for (name, _, local) in &fitting.parameters {
        let Some(local) = local else { continue };
        let (odd, of) = match &local.numbers {
            Numbers::Of(tensor) => {
                let odd = tensor.oddities();
                (odd, tensor.index_of(odd.first))
            }
            Numbers::Reordered(array) => {
                let first = array.iter().position(|number| !number.is_finite());
                let count = |is: fn(f32) -> bool| array.iter().filter(|&&number| is(number)).count();
                let odd = Oddities {
                    nan: count(f32::is_nan),
                    infinite: count(f32::is_infinite),
                    overflowing: 0,
                    first: first.map(|place| (place, 0.0)),
                };
                (odd, name.clone())
            }
        };
        if odd.count() == 0 {
            continue;
        }
        if found.len() == NAMED {
            more += 1;
            continue;
        }
        found.push(format!("{name} has {}, the first at {of}", counted(&odd)));
    }
    if found.is_empty() {
        return None;
    }
    if more > 0 {
        found.push(format!("and so {more} more"));
    }
    let why = "PyTorch loads them without a word. A NaN or an infinity in a weight reaches every output that \
               depends on it: a training that diverged leaves such weights behind.";
    let message = found.join("; ");
    Some(Diagnostic::new("weights-not-finite", Severity::Note, message, why))
}

fn counted(odd: &Oddities) -> String {
    let parts = [
        (odd.nan, "NaN"),
        (odd.infinite, "infinite"),
        (odd.overflowing, "too large for float32, which makes them infinite"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    parts.join(", ")
}

impl FileTensor<'_> {
    /// `weight_hh_l0[3, 1] = nan`.
    fn index_of(&self, first: Option<(usize, f64)>) -> String {
        first.map_or_else(String::new, |(place, number)| {
            format!("{} = {}", self.index(place), float::repr(number))
        })
    }
}
