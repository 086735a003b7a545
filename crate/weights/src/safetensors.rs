//! safetensors, by the crate of the format's authors; what is here are the limits and the words.

use std::borrow::Cow;

use ::safetensors::tensor::{Metadata, TensorInfo};
use ::safetensors::{Dtype, SafeTensorError, SafeTensors, View, serialize};
use ndarray::ArrayViewD;

use super::file::accepts;
use super::tensor::is_addressable;
use super::{ElementKind, FileError, FileTensor, Format, HEADER_BYTES, MOST_AXES, WeightFile};

/// The bytes before the header: its length, little endian.
const LENGTH_BYTES: usize = 8;

/// Lists the tensors of a safetensors file in the order of their numbers.
pub(super) fn open(bytes: &[u8]) -> Result<WeightFile<'_>, FileError> {
    let header = header_length(bytes)?;
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|error| problem(&error, bytes.len()))?;
    let numbers = &bytes[LENGTH_BYTES + header..];
    let names = metadata.offset_keys();
    let tensors = names.into_iter().map(|name| {
        let info = metadata
            .info(&name)
            .ok_or_else(|| FileError::damaged("its list of tensors contradicts itself"))?;
        tensor(name, info, numbers)
    });
    let tensors = tensors.collect::<Result<Vec<_>, _>>()?;
    accepts(&tensors)?;
    Ok(WeightFile::flat(Format::Safetensors, tensors, notes(&metadata)))
}

/// Refuses a header that is not there, is no JSON, or is long, before anything is parsed.
fn header_length(bytes: &[u8]) -> Result<usize, FileError> {
    let Some((length, rest)) = bytes.split_first_chunk::<LENGTH_BYTES>() else {
        return Err(FileError::Truncated {
            part: "the length of the header".to_owned(),
            needs: LENGTH_BYTES as u64,
            has: bytes.len() as u64,
        });
    };
    let length = u64::from_le_bytes(*length);
    // A length that is text: this is no safetensors file at all.
    if rest.first().is_some_and(|&first| first != b'{') {
        return Err(FileError::Unknown);
    }
    if length > HEADER_BYTES as u64 {
        return Err(FileError::LongHeader { claims: length, limit: HEADER_BYTES });
    }
    if (rest.len() as u64) < length {
        return Err(FileError::Truncated {
            part: "the header".to_owned(),
            needs: length,
            has: rest.len() as u64,
        });
    }
    Ok(length as usize)
}

fn tensor<'a>(name: String, info: &TensorInfo, numbers: &'a [u8]) -> Result<FileTensor<'a>, FileError> {
    let Some(kind) = ElementKind::of_code(info.dtype) else {
        return Err(FileError::UnknownType { tensor: name, found: info.dtype.to_string() });
    };
    if info.shape.len() > MOST_AXES {
        return Err(FileError::TooMany { what: "axes of a tensor", limit: MOST_AXES });
    }
    if !is_addressable(&info.shape) {
        return Err(FileError::damaged("a tensor's shape is larger than any memory"));
    }
    let (start, end) = info.data_offsets;
    let Some(bytes) = numbers.get(start..end) else {
        return Err(FileError::damaged("its offsets lie outside it"));
    };
    Ok(FileTensor::contiguous(name, kind, info.shape.clone(), bytes))
}

/// Who wrote it, if that was not `PyTorch`: another framework may mean other gates by the same shapes.
fn notes(metadata: &Metadata) -> Vec<String> {
    let format = metadata.metadata().as_ref().and_then(|metadata| metadata.get("format"));
    match format.map(String::as_str) {
        None | Some("pt") => Vec::new(),
        Some(other) => {
            // What is quoted is the file's own, however long.
            let other: String = other.chars().take(40).collect();
            vec![format!(
                "The file says that it was written by the framework '{other}', not by PyTorch ('pt')."
            )]
        }
    }
}

/// What the crate found, in words for a learner.
fn problem(error: &SafeTensorError, file_bytes: usize) -> FileError {
    match error {
        SafeTensorError::MetadataIncompleteBuffer => FileError::Coverage { has: file_bytes as u64 },
        SafeTensorError::InvalidOffset(name) => {
            let name: String = name.chars().take(80).collect();
            FileError::Damaged { problem: format!("the numbers of {name} overlap others or leave a gap") }
        }
        SafeTensorError::TensorInvalidInfo => {
            FileError::damaged("a tensor's shape and type do not give the bytes that it claims")
        }
        SafeTensorError::ValidationOverflow => {
            FileError::damaged("a tensor's shape is larger than any memory")
        }
        SafeTensorError::InvalidHeader(_) => FileError::damaged("the header is not UTF-8 text"),
        SafeTensorError::InvalidHeaderDeserialization(error) => FileError::Damaged {
            problem: format!("the header is not a list of tensors in JSON: {}", short(&error.to_string())),
        },
        other => FileError::Damaged { problem: short(&other.to_string()) },
    }
}

/// What the JSON parser says may quote the file.
fn short(text: &str) -> String {
    const MOST: usize = 160;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().count() > MOST {
        short.push('…');
    }
    short
}

/// A float32 tensor as the crate writes it.
struct Written {
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl View for Written {
    fn dtype(&self) -> Dtype {
        Dtype::F32
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// The file that `safetensors.torch.save_file(gru.state_dict(), ...)` writes, to the byte: float32, little
/// endian, the names in alphabetical order, `{"format": "pt"}` in its header.
///
/// ```
/// use gru_playground_weights::to_safetensors;
/// use ndarray::array;
///
/// let bytes = to_safetensors([("bias".to_owned(), array![1.0_f32, 2.0].view().into_dyn())]);
/// assert!(bytes.len() > 8 + 2 * 4); // std::fs::write("gru.safetensors", bytes)
/// ```
pub fn to_safetensors<'a>(tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, f32>)>) -> Vec<u8> {
    let tensors = tensors.into_iter().map(|(name, tensor)| {
        let bytes = tensor.iter().flat_map(|number| number.to_le_bytes()).collect();
        (name, Written { shape: tensor.shape().to_vec(), bytes })
    });
    let metadata = [("format".to_owned(), "pt".to_owned())].into_iter().collect();
    serialize(tensors, Some(metadata)).unwrap_or_else(|_| unreachable!("sizes and offsets are made to fit"))
}
