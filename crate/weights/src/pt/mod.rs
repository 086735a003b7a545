//! What `torch.save` writes: since 1.6 an archive of one pickle and a file of numbers for each storage, before that
//! pickles in a row with the numbers behind them.

mod dicts;
mod legacy;

use std::collections::BTreeMap;

pub(super) use legacy::{is_legacy, open as open_legacy};

use super::pickle;
use super::zip::File;
use super::{FileError, HEADER_BYTES, WeightFile};

/// Lists the tensors of the state dicts in an archive.
pub(super) fn open<'a>(files: &[File<'_, 'a>]) -> Result<WeightFile<'a>, FileError> {
    // The archive's files lie in one folder of any name.
    let pickle = files.iter().find(|file| file.name == "data.pkl" || file.name.ends_with("/data.pkl"));
    let Some(pickle) = pickle else { return Err(without_pickle(files)) };
    let packed = files.iter().find(|file| file.is_packed);
    let folder = &pickle.name[..pickle.name.len() - "data.pkl".len()];
    let files: BTreeMap<&str, File<'_, 'a>> =
        files.iter().filter_map(|file| Some((file.name.strip_prefix(folder)?, *file))).collect();
    // TorchScript's archives hold a program, and pack that.
    if files.contains_key("constants.pkl") || files.keys().any(|name| name.starts_with("code/")) {
        return Err(FileError::Script);
    }
    if let Some(file) = packed {
        return Err(FileError::Compressed { file: file.name.chars().take(80).collect() });
    }
    if files.get("byteorder").is_some_and(|file| file.bytes != b"little") {
        return Err(FileError::BigEndian);
    }
    if pickle.bytes.len() > HEADER_BYTES {
        return Err(FileError::LongHeader { claims: pickle.bytes.len() as u64, limit: HEADER_BYTES });
    }
    let pickled = pickle::read(pickle.bytes)?;
    let storage = |key: &str| files.get(format!("data/{key}").as_str()).map(|file| file.bytes);
    let (mut file, used) = dicts::collect(&pickled, &storage)?;
    let used = used.iter().filter_map(|key| files.get(format!("data/{key}").as_str()));
    let damaged = [pickle].into_iter().chain(used).find(|file| !file.is_intact());
    if let Some(File { name, .. }) = damaged {
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
        found: if ends(".h5") {
            "a Keras model (.keras)"
        } else {
            "an archive in which torch.save did not write"
        },
    }
}
