//! The code that loads weights from a file.

use crate::{Format, PathKey};
use call::py::{CodeLine, Writer};
use call::{Release, Value};

/// A file of weights, and what of it is loaded.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Its format.
    pub format: Format,
    /// How the state dict is reached from what was saved: the keys of a checkpoint.
    pub path: &'a [PathKey],
    /// What every name begins with, to be left out.
    pub prefix: &'a str,
    /// Whether the names are those of a `GRUCell`.
    pub is_cell: bool,
    /// Whether what is no tensor stands among them.
    pub is_among_others: bool,
    /// Whether the numbers are in another order than in the file: then the code loads what is exported here.
    pub is_converted: bool,
}

/// What an export of the weights in use is called.
pub(crate) const EXPORTED: &str = "gru.safetensors";

/// The lines that load the weights into `gru`: imports first, then an empty line, then statements.
///
/// ```
/// use call::Release;
/// use gru_playground_weights::{Format, Origin, loading_code};
///
/// let origin = Origin {
///     file: "gru.safetensors",
///     format: Format::Safetensors,
///     path: &[],
///     prefix: "",
///     is_cell: false,
///     is_among_others: false,
///     is_converted: false,
/// };
/// let lines: Vec<String> = loading_code(&origin, Release::NEWEST).iter().map(|line| line.text()).collect();
/// assert_eq!(
///     lines,
///     [
///         "from safetensors.torch import load_file",
///         "",
///         "gru.load_state_dict(load_file('gru.safetensors'))",
///     ]
/// );
/// ```
pub fn loading_code(origin: &Origin<'_>, release: Release) -> Vec<CodeLine> {
    if origin.is_converted {
        let mut lines = exported();
        if let Some(last) = lines.last_mut() {
            let comment = Writer::new().plain("  ").comment("# converted: export them under this name");
            last.segments.extend(comment.line().segments);
        }
        return lines;
    }
    let text = |line: Writer, text: &str| line.value(&Value::Str(text.to_owned()));
    let is_safe = origin.format == Format::Safetensors;
    let mut state = if is_safe {
        text(Writer::new().names("load_file").operator("("), origin.file)
    } else {
        let line = text(Writer::new().names("torch.load").operator("("), origin.file);
        if release < Release::new(1, 13, 0) {
            line
        } else {
            line.comma().names("weights_only").operator("=").keyword("True")
        }
    };
    state = state.operator(")");
    for key in origin.path {
        state = state.operator("[").value(&key.value()).operator("]");
    }
    let mut lines = if is_safe { vec![import(), CodeLine::default()] } else { vec![CodeLine::default()] };
    if origin.prefix.is_empty() && !origin.is_cell && !origin.is_among_others {
        lines.push(load_line(state));
        return lines;
    }
    lines.push(Writer::new().names("state").equals().extend(state).line());
    if origin.is_among_others {
        lines.push(own_names(origin));
        lines.push(load_line(Writer::new().names("state")));
        return lines;
    }
    let mut renamed = Writer::new().names("state").equals().operator("{").names("name");
    if !origin.prefix.is_empty() {
        let start = origin.prefix.chars().count().to_string();
        renamed = renamed.operator("[").number(&start).operator(":]");
    }
    if origin.is_cell {
        renamed = text(renamed.plain(" ").operator("+").plain(" "), "_l0");
    }
    renamed = renamed.operator(":").plain(" ").names("state").operator("[").names("name").operator("]");
    for (word, name) in [("for", "name"), ("in", "state")] {
        renamed = renamed.plain(" ").keyword(word).plain(" ").names(name);
    }
    if !origin.prefix.is_empty() {
        renamed = renamed.plain(" ").keyword("if").plain(" ").names("name.startswith").operator("(");
        renamed = text(renamed, origin.prefix).operator(")");
    }
    lines.push(renamed.operator("}").line());
    lines.push(load_line(Writer::new().names("state")));
    lines
}

/// `state = {name: state['gru.' + name] for name in gru.state_dict()}`: the module's own names alone.
fn own_names(origin: &Origin<'_>) -> CodeLine {
    let text = |line: Writer, text: &str| line.value(&Value::Str(text.to_owned()));
    let mut line = Writer::new().names("state").equals().operator("{").names("name").operator(":").plain(" ");
    line = line.names("state").operator("[");
    if !origin.prefix.is_empty() {
        line = text(line, origin.prefix).plain(" ").operator("+").plain(" ");
    }
    line = line.names("name");
    if origin.is_cell {
        // 'weight_ih' of 'weight_ih_l0'.
        line = line.operator("[").operator(":").operator("-").number("3").operator("]");
    }
    line = line.operator("]").plain(" ").keyword("for").plain(" ").names("name").plain(" ").keyword("in");
    line.plain(" ").names("gru.state_dict").operator("(").operator(")").operator("}").line()
}

/// The lines that load what was exported here.
pub(super) fn exported() -> Vec<CodeLine> {
    let file = Value::Str(EXPORTED.to_owned());
    let state = Writer::new().names("load_file").operator("(").value(&file).operator(")");
    vec![import(), CodeLine::default(), load_line(state)]
}

/// `from safetensors.torch import load_file`.
fn import() -> CodeLine {
    let line = Writer::new().keyword("from").plain(" ").names("safetensors.torch").plain(" ");
    line.keyword("import").plain(" ").names("load_file").line()
}

/// `gru.load_state_dict(...)`.
fn load_line(state: Writer) -> CodeLine {
    Writer::new().names("gru.load_state_dict").operator("(").extend(state).operator(")").line()
}
