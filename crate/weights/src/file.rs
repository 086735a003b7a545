//! What a file holds: its tensors, and the dicts in which they stand.

use std::fmt;
use std::ops::Range;

use call::Value;

use crate::onnx_file::OnnxNode;
use crate::{FileError, FileTensor, MOST_TENSORS, NUMBERS_BYTES};
use nn::cost::Count;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Format {
    /// A safetensors file.
    Safetensors,
    /// What `torch.save` writes: since 1.6 an archive with a pickle, before that pickles in a row.
    Pt,
    /// What `numpy.savez` writes: an archive of arrays.
    Npz,
    /// What `numpy.save` writes: one array.
    Npy,
    /// An ONNX model.
    Onnx,
}

impl Format {
    /// Whether `PyTorch` has no function that loads it as a state dict.
    pub(crate) fn is_foreign(self) -> bool {
        matches!(self, Format::Npz | Format::Npy | Format::Onnx)
    }
}

/// A step from what was saved into what it holds.
#[derive(Debug, Clone, PartialEq)]
pub enum PathKey {
    /// The text under which a dict has it.
    Text(String),
    /// The number under which a dict has it, or its place in a list or tuple.
    Number(i64),
    /// None, a bool or a float under which a dict has it.
    Other(Value),
}

/// As it stands in a path: without quotes.
impl fmt::Display for PathKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathKey::Text(text) => f.write_str(text),
            PathKey::Number(number) => write!(f, "{number}"),
            PathKey::Other(value) => write!(f, "{value}"),
        }
    }
}

impl PathKey {
    /// The key as Python writes it.
    pub(crate) fn value(&self) -> Value {
        match self {
            PathKey::Text(text) => Value::Str(text.clone()),
            PathKey::Number(number) => Value::Int(*number),
            PathKey::Other(value) => value.clone(),
        }
    }
}

/// A dict of tensors in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TensorGroup {
    /// How it is reached from what was saved; empty for that itself.
    pub path: Vec<PathKey>,
    /// Which of the file's tensors are its own.
    pub tensors: Range<usize>,
    /// Its other entries.
    pub others: Vec<OtherEntry>,
}

impl TensorGroup {
    /// The path as one text: keys and places joined by dots.
    pub fn at(&self) -> String {
        let keys: Vec<String> = self.path.iter().map(PathKey::to_string).collect();
        keys.join(".")
    }
}

/// An entry of a dict of tensors that is no tensor whose numbers are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEntry {
    /// Before which tensor of the file it stands.
    pub before: usize,
    /// Its name.
    pub name: String,
    /// What it is in Python's words: `an int`.
    pub what: String,
}

/// What a file holds: its tensors are views into its bytes.
#[derive(Debug)]
pub struct WeightFile<'a> {
    /// The format.
    pub format: Format,
    /// The tensors of every dict in which a recurrent module's weights may be, dict by dict; where there is none such, of
    /// every dict. No two of one dict have one name.
    pub tensors: Vec<FileTensor<'a>>,
    /// The dicts.
    pub groups: Vec<TensorGroup>,
    /// The functions and classes that the file names and `torch.load(weights_only=True)` refuses; none of them is called.
    pub refused: Vec<String>,
    /// The recurrent nodes of an ONNX model.
    pub nodes: Vec<OnnxNode>,
    /// Circumstances worth knowing, a sentence each.
    pub notes: Vec<String>,
}

impl<'a> WeightFile<'a> {
    /// A file that is one dict.
    pub(super) fn flat(format: Format, tensors: Vec<FileTensor<'a>>, notes: Vec<String>) -> Self {
        let group = TensorGroup { tensors: 0..tensors.len(), ..TensorGroup::default() };
        WeightFile { format, tensors, groups: vec![group], refused: Vec::new(), nodes: Vec::new(), notes }
    }

    /// The tensors of a dict.
    pub(super) fn tensors_of(&self, group: usize) -> &[FileTensor<'a>] {
        self.groups.get(group).and_then(|group| self.tensors.get(group.tensors.clone())).unwrap_or_default()
    }
}

/// Whether a dict of these tensors is read at all.
pub(super) fn accepts(tensors: &[FileTensor<'_>]) -> Result<(), FileError> {
    if tensors.len() > MOST_TENSORS {
        return Err(FileError::TooMany { what: "tensors", limit: MOST_TENSORS });
    }
    // Tensors may share their numbers, so that side by side they are more than the file.
    let numbers = tensors.iter().fold(Count::ZERO, |sum, tensor| sum + Count::from(tensor.count() as u64));
    (numbers * Count::from(4_u64)).within(NUMBERS_BYTES).map_err(FileError::TooLarge)
}
