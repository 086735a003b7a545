//! Files of weights: bytes read and written, nothing executed, nothing else touched.
//!
//! | format | read | written |
//! |---|---|---|
//! | safetensors | yes | yes, as `safetensors.torch.save_file` writes it |
//! | a state dict saved by `torch.save` since 1.6 | yes, a fixed list of pickle's instructions | no |
//! | ONNX | no | yes, opset 17 |
//!
//! [`open`] lists what a file holds, [`report`] says how it fits a call's module, name by name.

mod error;
mod foreign;
mod kind;
mod onnx;
mod pickle;
mod protobuf;
mod pt;
mod report;
mod safetensors;
mod script;
mod tensor;
mod zip;

pub use error::FileError;
pub use kind::ElementKind;
pub use onnx::{Signature, onnx};
pub use report::{Entry, EntryState, Report, report};
pub use safetensors::to_safetensors;
pub use script::{INLINE, Origin, loading_code, python_file};
pub use tensor::{FileTensor, Oddities};

use nn::cost::{Count, LIMIT_BYTES};

/// The largest file that is read: a quarter of what a playground may hold, for its numbers are copied beside it.
pub const FILE_BYTES: u64 = LIMIT_BYTES / 4;
/// The most that all numbers of a file may take as float32: 16 bits become 32.
pub const NUMBERS_BYTES: u64 = 2 * FILE_BYTES;
/// The longest list of tensors: the header of a safetensors file, the pickle of a `.pt` file.
pub const HEADER_BYTES: usize = 1_000_000;
/// The most tensors of a file.
pub const MOST_TENSORS: usize = 4096;
/// The most values that a pickle may make: lists, texts, numbers.
pub const MOST_VALUES: usize = 200_000;
/// The most axes of a tensor.
pub const MOST_AXES: usize = 16;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Format {
    /// A safetensors file.
    Safetensors,
    /// What `torch.save` writes since 1.6: an archive with a pickle.
    Pt,
}

/// What a file holds: its tensors are views into its bytes.
#[derive(Debug)]
pub struct WeightFile<'a> {
    /// The format.
    pub format: Format,
    /// The tensors in the order of the file; no two have one name.
    pub tensors: Vec<FileTensor<'a>>,
    /// The key of a checkpoint under which the state dict was.
    pub key: Option<&'static str>,
    /// Circumstances worth knowing, a sentence each.
    pub notes: Vec<String>,
}

/// Lists the tensors of a file; no number is copied, nothing is executed.
///
/// # Errors
/// A [`FileError`] for what is neither format, is damaged, or exceeds one of the limits above.
///
/// ```
/// use gru_playground_weights::{FileError, open, to_safetensors};
/// use ndarray::ArrayD;
///
/// let bias = ArrayD::<f32>::zeros(vec![6]);
/// let bytes = to_safetensors([("bias_ih_l0".to_owned(), bias.view())]);
/// let file = open(&bytes)?;
/// assert_eq!((file.tensors[0].name.as_str(), file.tensors[0].shape.as_slice()), ("bias_ih_l0", &[6][..]));
///
/// // What cannot be read is told, with a fix.
/// let error = open(b"PK\x03\x04, and then the download stopped").expect_err("cut off");
/// assert_eq!(error.diagnostic().message, "the end of the archive is missing");
/// # Ok::<(), FileError>(())
/// ```
pub fn open(bytes: &[u8]) -> Result<WeightFile<'_>, FileError> {
    accepts_size(bytes.len() as u64)?;
    if bytes.is_empty() {
        return Err(FileError::Empty);
    }
    let file = if bytes.starts_with(zip::SIGNATURE) {
        pt::open(bytes)?
    } else if let Some(foreign) = foreign::recognise(bytes) {
        return Err(foreign);
    } else {
        safetensors::open(bytes)?
    };
    if file.tensors.len() > MOST_TENSORS {
        return Err(FileError::TooMany { what: "tensors", limit: MOST_TENSORS });
    }
    // Tensors may share their numbers, so that side by side they are more than the file.
    let numbers =
        file.tensors.iter().fold(Count::ZERO, |sum, tensor| sum + Count::from(tensor.count() as u64));
    let needs = numbers * Count::from(4_u64);
    needs.within(NUMBERS_BYTES).map_err(FileError::TooLarge)?;
    Ok(file)
}

/// Whether a file of this size is read at all; to be asked before its bytes are loaded.
///
/// # Errors
/// [`FileError::TooLarge`].
///
/// ```
/// use gru_playground_weights::accepts_size;
///
/// let error = accepts_size(2_000_000_000).expect_err("too large");
/// assert!(error.to_string().starts_with("the file needs 2 GB, the limit here is"));
/// ```
pub fn accepts_size(bytes: u64) -> Result<(), FileError> {
    Count::from(bytes).within(FILE_BYTES).map_err(FileError::TooLarge)
}
