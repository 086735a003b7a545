//! What `torch.save` wrote up to 1.5, and writes when asked to: five pickles in a row (a number that marks the format,
//! its version, the machine, what was saved, the keys of its storages), then every storage: how many elements it has,
//! and these.

use std::collections::BTreeMap;

use super::dicts;
use crate::pickle::{self, PickleValue};
use crate::tensor::TensorBytes;
use crate::{ElementKind, FileError, HEADER_BYTES, WeightFile};

/// The number that marks the format, as a pickled int of ten bytes.
const MARK: &[u8] = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

/// Whether a file begins as this format does.
pub(crate) fn is_legacy(bytes: &[u8]) -> bool {
    matches!(bytes, [0x80, 1..=5, rest @ ..] if rest.starts_with(MARK)
        // From protocol 4 on pickles come in frames.
        || rest.get(9..).is_some_and(|framed| rest[0] == 0x95 && framed.starts_with(MARK)))
}

/// Lists the tensors of the state dicts in a file of this format.
pub(crate) fn open(bytes: &[u8]) -> Result<WeightFile<'_>, FileError> {
    // The numbers follow the pickles, so that the pickles end somewhere within what may be read of them.
    let mut rest = bytes;
    let mut next = || {
        let limit = rest.len().min(HEADER_BYTES);
        let (pickled, after) = pickle::read_first(&rest[..limit])?;
        rest = &rest[limit - after.len()..];
        Ok::<_, FileError>(pickled)
    };
    let (_mark, _version, machine, saved, keys) = (next()?, next()?, next()?, next()?, next()?);
    if let PickleValue::Dict(entries) = machine.get(machine.root())
        && entries.iter().any(|&(key, value)| {
            matches!(
                (machine.get(key), machine.get(value)),
                (PickleValue::Text("little_endian"), PickleValue::Bool(false))
            )
        })
    {
        return Err(FileError::BigEndian);
    }
    let PickleValue::List(order) = keys.get(keys.root()) else {
        return Err(FileError::damaged("the keys of its storages are no list"));
    };
    let kinds: BTreeMap<&str, ElementKind> =
        saved.storages().map(|storage| (storage.key, storage.kind)).collect();
    let mut storages: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for &key in order {
        let PickleValue::Text(key) = keys.get(key) else {
            return Err(FileError::damaged("the key of a storage is no text"));
        };
        let kind = kinds.get(key).ok_or_else(|| FileError::damaged("a storage in it is no tensor's"))?;
        let Some((count, after)) = rest.split_first_chunk::<8>() else {
            return Err(truncated(key, 8, rest.len()));
        };
        let needs = u64::from_le_bytes(*count).saturating_mul(kind.bytes() as u64);
        let length = usize::try_from(needs).unwrap_or(usize::MAX);
        let Some((numbers, after)) = after.split_at_checked(length) else {
            return Err(truncated(key, needs, after.len()));
        };
        storages.insert(key, numbers);
        rest = after;
    }
    let (mut file, _) =
        dicts::collect(&saved, &|key| Ok(storages.get(key).map(|bytes| TensorBytes::from(*bytes))))?;
    file.notes.push("The file is in the format that torch.save had before 1.6".to_owned());
    Ok(file)
}

fn truncated(key: &str, needs: u64, has: usize) -> FileError {
    let key: String = key.chars().take(40).collect();
    FileError::Truncated { part: format!("the storage {key}"), needs, has: has as u64 }
}
