//! Where in a file a recurrent module's weights are, and under which names of another framework.

use ndarray::ArrayD;

use super::super::{ElementKind, FileTensor, WeightFile};
use super::keras;

/// The weights of one recurrent module, as tensors of `nn.GRU`'s names.
#[derive(Default)]
pub(super) struct ModuleReading<'a> {
    /// What every name begins with: `module.`.
    pub prefix: String,
    pub style: Style,
    pub locals: Vec<Local<'a>>,
}

/// The framework whose names the tensors have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// `weight_ih_l0`.
    #[default]
    Torch,
    /// `weight_ih` of a `GRUCell`.
    Cell,
    /// `kernel`, of layers with `reset_after=True` or without a bias that would tell.
    Keras,
    /// `kernel`, of layers with `reset_after=False`.
    KerasBefore,
    /// `W`, `R` and `B`.
    Onnx,
}

/// A tensor under the name that `nn.GRU` has for it.
pub(super) struct Local<'a> {
    pub name: String,
    pub shape: Vec<usize>,
    /// The names of the tensors in the file that it is made of.
    pub sources: Vec<&'a str>,
    pub kind: ElementKind,
    pub numbers: Numbers<'a>,
}

pub(super) enum Numbers<'a> {
    Of(&'a FileTensor<'a>),
    Reordered(ArrayD<f32>),
}

impl ModuleReading<'_> {
    pub fn is_cell(&self) -> bool {
        self.style == Style::Cell
    }

    /// Whether the numbers are in another order than in the file.
    pub fn is_reordered(&self) -> bool {
        matches!(self.style, Style::Keras | Style::KerasBefore | Style::Onnx)
    }
}

impl<'a> Local<'a> {
    /// A tensor as it is, by another name.
    fn of(tensor: &'a FileTensor<'a>, name: String) -> Self {
        Local {
            name,
            shape: tensor.shape.clone(),
            sources: vec![&tensor.name],
            kind: tensor.kind,
            numbers: Numbers::Of(tensor),
        }
    }

    pub fn is_float(&self) -> bool {
        self.kind.is_float()
    }

    pub fn dtype(&self) -> String {
        self.kind.to_string()
    }

    /// The name or names in the file.
    pub fn source(&self) -> String {
        self.sources.join(", ")
    }

    /// Whether more than the prefix is another.
    pub fn is_renamed(&self, prefix: &str) -> bool {
        match self.sources.as_slice() {
            [source] => source.strip_prefix(prefix) != Some(self.name.as_str()),
            _ => true,
        }
    }
}

const KINDS: [&str; 5] = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

/// `module.weight_ih_l0` as `module.` and `weight_ih_l0`, if it is a recurrent module's or cell's name.
fn split(name: &str) -> Option<(&str, &str, Style)> {
    let at = KINDS.iter().filter_map(|kind| name.rfind(kind)).max()?;
    let (prefix, local) = name.split_at(at);
    if !(prefix.is_empty() || prefix.ends_with(['.', '/'])) {
        return None;
    }
    let rest = &local[KINDS.iter().find(|kind| local.starts_with(**kind))?.len()..];
    if rest.is_empty() {
        return Some((prefix, local, Style::Cell));
    }
    let layer = rest.strip_prefix("_l")?;
    let layer = layer.strip_suffix("_reverse").unwrap_or(layer);
    let is_number = !layer.is_empty() && layer.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some((prefix, local, Style::Torch))
}

/// Every module of the file: those of `PyTorch` in the file's order, or else what Keras or ONNX named.
pub(super) fn readings<'a>(file: &'a WeightFile<'a>) -> Vec<ModuleReading<'a>> {
    let splits: Vec<_> = file.tensors.iter().map(|tensor| split(&tensor.name)).collect();
    let mut readings: Vec<ModuleReading<'a>> = Vec::new();
    for (tensor, split) in file.tensors.iter().zip(&splits) {
        let &Some((prefix, name, style)) = split else { continue };
        let suffix = if style == Style::Cell { "_l0" } else { "" };
        let local = Local::of(tensor, format!("{name}{suffix}"));
        let known = readings.iter_mut().find(|known| known.prefix == prefix && known.style == style);
        match known {
            Some(reading) => reading.locals.push(local),
            None => readings.push(ModuleReading { prefix: prefix.to_owned(), style, locals: vec![local] }),
        }
    }
    // Without a recurrent weight it is a name that another module also has.
    readings.retain(|reading| reading.locals.iter().any(|local| local.name.starts_with("weight_hh")));
    if readings.is_empty() {
        return keras::keras(file).or_else(|| keras::onnx(file)).into_iter().collect();
    }
    // What else begins with the prefix is no part of the module, and load_state_dict does not expect it.
    for reading in &mut readings {
        for (tensor, split) in file.tensors.iter().zip(&splits) {
            let is_own =
                split.is_some_and(|(prefix, _, style)| (prefix, style) == (&reading.prefix, reading.style));
            if let Some(name) = tensor.name.strip_prefix(&reading.prefix)
                && !is_own
            {
                reading.locals.push(Local::of(tensor, name.to_owned()));
            }
        }
    }
    readings
}
