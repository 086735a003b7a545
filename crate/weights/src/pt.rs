//! What `torch.save` writes since 1.6: an archive of one pickle and a file of numbers for each storage.

use std::collections::BTreeMap;

use super::pickle::{self, PickleValue, Pickled, StorageView};
use super::tensor::is_addressable;
use super::zip::{self, File};
use super::{FileError, FileTensor, Format, HEADER_BYTES, WeightFile};

/// The keys under which a checkpoint usually holds its state dict.
const KEYS: [&str; 4] = ["state_dict", "model_state_dict", "model", "net"];

/// Lists the tensors of the state dict in an archive.
pub(super) fn open(archive: &[u8]) -> Result<WeightFile<'_>, FileError> {
    let archive = zip::find_directory(archive)?;
    let files = zip::read_directory(&archive)?;
    // The archive's files lie in one folder of any name.
    let pickle = files.iter().find(|file| file.name == "data.pkl" || file.name.ends_with("/data.pkl"));
    let Some(pickle) = pickle else { return Err(without_pickle(&files)) };
    let folder = &pickle.name[..pickle.name.len() - "data.pkl".len()];
    let files: BTreeMap<&str, File<'_, '_>> =
        files.iter().filter_map(|file| Some((file.name.strip_prefix(folder)?, *file))).collect();
    // TorchScript's archives hold a program.
    if files.contains_key("constants.pkl") {
        return Err(FileError::Script);
    }
    if files.get("byteorder").is_some_and(|file| file.bytes != b"little") {
        return Err(FileError::BigEndian);
    }
    if pickle.bytes.len() > HEADER_BYTES {
        return Err(FileError::LongHeader { claims: pickle.bytes.len() as u64, limit: HEADER_BYTES });
    }
    let pickled = pickle::read(pickle.bytes)?;
    let (key, entries) = state_dict(&pickled)?;
    let mut notes = Vec::new();
    let mut tensors: Vec<FileTensor<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut others: u64 = 0;
    for &(name, value) in entries {
        let (&PickleValue::Text(name), PickleValue::Tensor(view)) = (pickled.get(name), pickled.get(value))
        else {
            others += 1;
            continue;
        };
        let tensor = tensor(name, view, &files)?;
        // If two entries have one name, a dict keeps the place of the first and the value of the last.
        if let Some(&place) = places.get(name) {
            tensors[place] = tensor;
        } else {
            places.insert(name, tensors.len());
            tensors.push(tensor);
        }
    }
    if others > 0 {
        let noun = if others == 1 { "entry that is" } else { "entries that are" };
        notes.push(format!("{others} {noun} no tensor under a name: left out."));
    }
    let damaged = files.values().filter(|file| !file.is_intact).map(|file| file.name).next();
    if let Some(name) = damaged {
        notes.push(format!(
            "The checksum of {name} is not that of its bytes: the file is damaged, or was saved after \
             torch.serialization.set_crc32_options(False)."
        ));
    }
    Ok(WeightFile { format: Format::Pt, tensors, key, notes })
}

/// Why an archive holds no pickle of `torch.save`.
fn without_pickle(files: &[File<'_, '_>]) -> FileError {
    let ends = |end: &str| files.iter().any(|file| file.name.ends_with(end));
    FileError::Foreign {
        found: if ends(".npy") {
            "NumPy arrays in an archive (.npz)"
        } else if ends(".h5") {
            "a Keras model (.keras)"
        } else {
            "an archive in which torch.save did not write"
        },
    }
}

type PickledEntries = [(pickle::Id, pickle::Id)];

/// The dict of tensors: what was saved, or what a checkpoint holds under one of the usual keys.
fn state_dict<'p>(pickled: &'p Pickled<'_>) -> Result<(Option<&'static str>, &'p PickledEntries), FileError> {
    let PickleValue::Dict(entries) = pickled.root() else {
        return Err(FileError::NotAStateDict { found: pickled.root().class().to_owned() });
    };
    let holds_tensors = |entries: &PickledEntries| {
        entries.iter().any(|&(_, value)| matches!(pickled.get(value), PickleValue::Tensor(_)))
    };
    if holds_tensors(entries) {
        return Ok((None, entries));
    }
    for key in KEYS {
        let named =
            |&&(name, _): &&(_, _)| matches!(pickled.get(name), &PickleValue::Text(text) if text == key);
        if let Some(&(_, value)) = entries.iter().rfind(named)
            && let PickleValue::Dict(inner) = pickled.get(value)
            && holds_tensors(inner)
        {
            return Ok((Some(key), inner));
        }
    }
    let mut keys: Vec<String> = Vec::new();
    for &(name, _) in entries.iter().take(6) {
        if let &PickleValue::Text(name) = pickled.get(name) {
            keys.push(name.chars().take(40).collect());
        }
    }
    let found = match entries.len() {
        0 => "an empty dict".to_owned(),
        _ => format!("a dict without tensors, whose keys are {}", keys.join(", ")),
    };
    Err(FileError::NotAStateDict { found })
}

/// A tensor whose every element is known to lie in the bytes of its storage.
fn tensor<'a>(
    name: &str,
    view: &StorageView<'a>,
    files: &BTreeMap<&str, File<'_, 'a>>,
) -> Result<FileTensor<'a>, FileError> {
    let StorageView { storage, offset, shape, strides } = view;
    let name: String = name.chars().take(200).collect();
    let problem = |problem: &str| FileError::Damaged { problem: format!("{name} {problem}") };
    let file = files.get(format!("data/{}", storage.key).as_str());
    let bytes = file.ok_or_else(|| problem("has its numbers in a file that is not in the archive"))?.bytes;
    let size = storage.kind.bytes() as u64;
    let held = bytes.len() as u64 / size;
    if storage.elements > held {
        let (needs, has) = (storage.elements.saturating_mul(size), bytes.len() as u64);
        return Err(FileError::Truncated { part: format!("the numbers of {name}"), needs, has });
    }
    let count = shape.iter().fold(1_u128, |count, &size| count.saturating_mul(size.into()));
    let furthest = shape.iter().zip(strides).fold(u128::from(*offset), |place, (&size, &stride)| {
        place.saturating_add(u128::from(size.saturating_sub(1)).saturating_mul(stride.into()))
    });
    if count > 0 && furthest >= u128::from(held) {
        return Err(problem("reaches beyond its storage"));
    }
    // What expand() makes: copied out, it would take more than the file.
    if count > u128::from(held) {
        return Err(problem(
            "shows the same numbers again and again, as expand() does: save a .clone() of it",
        ));
    }
    let sizes = |sizes: &mut dyn Iterator<Item = u64>| -> Option<Vec<usize>> {
        sizes.map(|size| usize::try_from(size).ok()).collect()
    };
    // An axis of one element is never stepped along, whatever its stride.
    let mut steps = shape.iter().zip(strides).map(|(&size, &stride)| if size > 1 { stride } else { 0 });
    let steps = if count == 0 { Some(vec![0; shape.len()]) } else { sizes(&mut steps) };
    let shape = sizes(&mut shape.iter().copied()).filter(|shape| is_addressable(shape));
    let (Some(shape), Some(strides)) = (shape, steps) else {
        return Err(problem("has a size larger than any memory"));
    };
    // An empty tensor may begin anywhere; no other begins past the end.
    let start = if count == 0 { bytes.len() } else { *offset as usize * storage.kind.bytes() };
    Ok(FileTensor { name, kind: storage.kind, shape, strides, bytes: &bytes[start..] })
}
