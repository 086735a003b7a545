//! Where in a file a recurrent module's weights are, and under which names of another framework.

use ndarray::{ArrayD, IxDyn};

use super::super::{ElementKind, FileTensor, OtherEntry, WeightFile};
use super::{keras, propose};

/// The weights of one recurrent module, as tensors of `nn.GRU`'s names.
#[derive(Default)]
pub(super) struct ModuleReading<'a> {
    /// The dict of the file.
    pub group: usize,
    /// What every name begins with: `module.`.
    pub prefix: String,
    pub style: Style,
    pub locals: Vec<Local<'a>>,
    /// What else of the dict begins with the prefix, tensors and others, in its order.
    pub strays: Vec<&'a str>,
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
    /// Names of their own: a module by its shapes, rows in the order r, z, n.
    Own,
    /// The same with the axes swapped, and Keras' order z, r, h.
    OwnColumns,
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
        matches!(self.style, Style::Keras | Style::KerasBefore | Style::Onnx | Style::Own | Style::OwnColumns)
    }

    /// Whether names and shapes suggest it and the learner is to agree.
    pub fn is_proposed(&self) -> bool {
        matches!(self.style, Style::Own | Style::OwnColumns)
    }

    /// Where it is: keys, places in lists and the prefix, joined by dots.
    pub fn at(&self, file: &WeightFile<'_>) -> String {
        let mut at = file.groups.get(self.group).map(super::super::TensorGroup::at).unwrap_or_default();
        let prefix = self.prefix.trim_end_matches(['.', '/']);
        if !at.is_empty() && !prefix.is_empty() {
            at.push('.');
        }
        at + prefix
    }
}

impl<'a> Local<'a> {
    /// A tensor as it is, by another name.
    pub fn of(tensor: &'a FileTensor<'a>, name: String) -> Self {
        Local {
            name,
            shape: tensor.shape.clone(),
            sources: vec![&tensor.name],
            kind: tensor.kind,
            numbers: Numbers::Of(tensor),
        }
    }

    /// Zeros of a tensor's shape: the half of a bias that a file does not have.
    pub fn zeros(like: &'a FileTensor<'a>, name: String) -> Self {
        let zeros = ArrayD::zeros(IxDyn(&like.shape));
        Local { numbers: Numbers::Reordered(zeros), ..Local::of(like, name) }
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

/// Whether some of the names and shapes are those of a recurrent module's weights.
pub(crate) fn names_weights<'n>(tensors: impl IntoIterator<Item = (&'n str, &'n [u64])>) -> bool {
    let tensors: Vec<(&str, Vec<usize>)> = tensors
        .into_iter()
        .map(|(name, shape)| (name, shape.iter().map(|&size| usize::try_from(size).unwrap_or(0)).collect()))
        .collect();
    tensors.iter().any(|(name, _)| is_of_module(name))
        || keras::names_layers(&tensors.iter().map(|(name, _)| *name))
        || {
            let shapes: Vec<_> = tensors.iter().map(|(name, shape)| (*name, shape.as_slice())).collect();
            !propose::modules(&shapes).is_empty()
        }
}

/// Whether a name is a recurrent module's, plain or taken apart by `weight_norm` and the like.
fn is_of_module(name: &str) -> bool {
    let at = KINDS.iter().filter_map(|kind| name.rfind(kind)).max();
    at.is_some_and(|at| name[..at].is_empty() || name[..at].ends_with(['.', '/']))
}

/// Every module of the file: in each dict those of `PyTorch` in its order, or else what Keras or ONNX named, or what the
/// shapes suggest.
pub(super) fn readings<'a>(file: &'a WeightFile<'a>) -> Vec<ModuleReading<'a>> {
    if !file.nodes.is_empty() {
        return keras::nodes(file);
    }
    (0..file.groups.len()).flat_map(|group| of_group(file, group)).collect()
}

fn of_group<'a>(file: &'a WeightFile<'a>, group: usize) -> Vec<ModuleReading<'a>> {
    let tensors = file.tensors_of(group);
    let splits: Vec<_> = tensors.iter().map(|tensor| split(&tensor.name)).collect();
    let mut readings: Vec<ModuleReading<'a>> = Vec::new();
    for (tensor, split) in tensors.iter().zip(&splits) {
        let &Some((prefix, name, style)) = split else { continue };
        let suffix = if style == Style::Cell { "_l0" } else { "" };
        let local = Local::of(tensor, format!("{name}{suffix}"));
        let known = readings.iter_mut().find(|known| known.prefix == prefix && known.style == style);
        match known {
            Some(reading) => reading.locals.push(local),
            None => readings.push(ModuleReading {
                group,
                prefix: prefix.to_owned(),
                style,
                locals: vec![local],
                ..ModuleReading::default()
            }),
        }
    }
    // A layer has a weight or a bias of its state; of a cell's names others have some too.
    readings.retain(|reading| {
        let has = |kind: &str| reading.locals.iter().any(|local| local.name.starts_with(kind));
        has("weight_hh") || has("weight_ih") || (has("bias_ih") && reading.style == Style::Torch)
    });
    if readings.is_empty() {
        let found = [keras::keras(tensors), keras::onnx(tensors)].into_iter().find(|found| !found.is_empty());
        readings = found.unwrap_or_else(|| propose::readings(tensors));
        for reading in &mut readings {
            reading.group = group;
        }
        return readings;
    }
    // What else begins with the prefix is no part of the module, and load_state_dict does not expect it.
    for reading in &mut readings {
        let mut strays = Vec::new();
        for (name, tensor) in entries(file, group) {
            let is_own = tensor.is_some()
                && split(name).is_some_and(|(prefix, _, style)| {
                    (prefix, style) == (reading.prefix.as_str(), reading.style)
                });
            if !is_own && name.starts_with(reading.prefix.as_str()) {
                strays.push(name);
            }
        }
        reading.strays = strays;
    }
    readings
}

/// The entries of a dict in its order: their names, and the tensors among them.
pub(super) fn entries<'a>(
    file: &'a WeightFile<'a>,
    group: usize,
) -> impl Iterator<Item = (&'a str, Option<&'a FileTensor<'a>>)> {
    let group = &file.groups[group];
    let mut others = group.others.iter().peekable();
    let mut places = group.tensors.clone().peekable();
    std::iter::from_fn(move || {
        let place = places.peek().copied().unwrap_or(group.tensors.end);
        if let Some(OtherEntry { name, .. }) = others.next_if(|other| other.before <= place) {
            return Some((name.as_str(), None));
        }
        places.next().map(|place| {
            let tensor = &file.tensors[place];
            (tensor.name.as_str(), Some(tensor))
        })
    })
}
