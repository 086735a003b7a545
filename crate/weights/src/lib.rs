//! Files of weights: bytes read and written, nothing executed, nothing else touched.
//!
//! | format | read | written |
//! |---|---|---|
//! | safetensors | yes | yes, as `safetensors.torch.save_file` writes it |
//! | what `torch.save` wrote | yes, a fixed list of pickle's instructions | no |
//! | `.npz`, `.npy` | yes | no |
//! | ONNX | yes, its recurrent nodes | yes, opset 17 |
//!
//! [`open`] lists what a file holds, [`survey`] the modules in it, [`report`] says how it fits a call's module, name by
//! name.

mod error;
mod file;
mod foreign;
mod kind;
mod numpy;
mod onnx;
mod onnx_file;
mod pickle;
mod protobuf;
mod pt;
mod report;
mod safetensors;
mod script;
mod tensor;
mod zip;

pub use error::FileError;
pub use file::{Format, OtherEntry, PathKey, TensorGroup, WeightFile};
pub use kind::{ElementKind, Float8};
pub use onnx::{Signature, onnx};
pub use onnx_file::{OnnxNode, RnnEquations, distance_from_torch, mended_onnx};
pub use report::{Entry, EntryState, FoundModule, ModulePlace, Report, Survey, report, survey};
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

/// Lists the tensors of a file; no number is copied, nothing is executed.
///
/// # Errors
/// A [`FileError`] for what is none of the formats, is damaged, or exceeds one of the limits above.
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
    if bytes.starts_with(zip::SIGNATURE) || bytes.starts_with(zip::EMPTY) {
        let archive = zip::find_directory(bytes)?;
        let files = zip::read_directory(&archive)?;
        return if numpy::is_npz(&files) { numpy::open_npz(&files) } else { pt::open(&files) };
    }
    if pt::is_legacy(bytes) {
        return pt::open_legacy(bytes);
    }
    if bytes.starts_with(numpy::SIGNATURE) {
        return numpy::open_npy(bytes);
    }
    if let Some(model) = onnx_file::open(bytes) {
        return model;
    }
    match foreign::recognise(bytes) {
        Some(foreign) => Err(foreign),
        None => safetensors::open(bytes),
    }
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
