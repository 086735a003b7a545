//! What `torch.save` writes: since 1.6 an archive of one pickle and a file of numbers for each storage, before that
//! pickles in a row with the numbers behind them.

mod dicts;
mod legacy;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

pub(super) use legacy::{is_legacy, open as open_legacy};

use super::pickle;
use super::tensor::TensorBytes;
use super::zip::File;
use super::{FileError, HEADER_BYTES, NUMBERS_BYTES, WeightFile};
use crate::error::KERAS;

/// Lists the tensors of the state dicts in an archive.
pub(super) fn open<'a>(files: &[File<'_, 'a>]) -> Result<WeightFile<'a>, FileError> {
    // The archive's files lie in one folder of any name.
    let pickle = files.iter().find(|file| file.name == "data.pkl" || file.name.ends_with("/data.pkl"));
    let Some(pickle) = pickle else { return Err(without_pickle(files)) };
    let folder = &pickle.name[..pickle.name.len() - "data.pkl".len()];
    let files: BTreeMap<&str, File<'_, 'a>> =
        files.iter().filter_map(|file| Some((file.name.strip_prefix(folder)?, *file))).collect();
    // TorchScript's archives hold a program, and pack that.
    if files.contains_key("constants.pkl") || files.keys().any(|name| name.starts_with("code/")) {
        return Err(FileError::Script);
    }
    if pickle.size() > HEADER_BYTES as u64 {
        return Err(FileError::LongHeader { claims: pickle.size(), limit: HEADER_BYTES });
    }
    let program = pickle.unpacked(HEADER_BYTES as u64)?;
    let byteorder = files.get("byteorder").map(|file| file.unpacked(16)).transpose()?;
    if byteorder.is_some_and(|order| *order != *b"little") {
        return Err(FileError::BigEndian);
    }
    let pickled = pickle::read(&program)?;
    // Another program may have packed the archive again: a storage is unpacked once, and all of them to a limit.
    let (unpacked, left) = (RefCell::new(BTreeMap::<&str, TensorBytes<'a>>::new()), Cell::new(NUMBERS_BYTES));
    let storage = |key: &str| {
        let Some(file) = files.get(format!("data/{key}").as_str()) else { return Ok(None) };
        if let Some(bytes) = unpacked.borrow().get(file.name) {
            return Ok(Some(bytes.clone()));
        }
        let bytes = file.unpacked(left.get())?;
        if file.is_packed {
            left.set(left.get().saturating_sub(bytes.len() as u64));
        }
        let bytes = TensorBytes::from(bytes);
        unpacked.borrow_mut().insert(file.name, bytes.clone());
        Ok(Some(bytes))
    };
    let (mut file, used) = dicts::collect(&pickled, &storage)?;
    let unpacked = unpacked.borrow();
    let used = used.iter().filter_map(|key| {
        let file = files.get(format!("data/{key}").as_str())?;
        Some((file, &**unpacked.get(file.name)?))
    });
    let damaged = [(pickle, &*program)].into_iter().chain(used).find(|(file, bytes)| !file.is_intact(bytes));
    if let Some((File { name, .. }, _)) = damaged {
        file.notes.push(format!(
            "The checksum of {} is not that of its bytes: the file is damaged, or was saved after \
             torch.serialization.set_crc32_options(False)",
            name.strip_prefix(folder).unwrap_or(name)
        ));
    }
    Ok(file)
}

/// Why an archive holds no pickle of `torch.save`.
fn without_pickle(files: &[File<'_, '_>]) -> FileError {
    let ends = |end: &str| files.iter().any(|file| file.name.ends_with(end));
    if ends("constants.pkl") {
        return FileError::Script;
    }
    FileError::Foreign {
        found: if ends(".h5") { KERAS } else { "an archive in which torch.save did not write" },
    }
}
