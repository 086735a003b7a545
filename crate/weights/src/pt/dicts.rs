//! Every dict in what was saved that may be a state dict: found by what it holds, wherever it is.

use std::collections::{BTreeMap, BTreeSet};

use call::Value;

use crate::file::accepts;
use crate::pickle::{Id, PickleValue, Pickled, StorageView};
use crate::report::names_weights;
use crate::tensor::{TensorBytes, is_addressable};
use crate::{
    FileError, FileTensor, Format, MOST_TENSORS, MOST_VALUES, OtherEntry, PathKey, TensorGroup, WeightFile,
};

/// The most dicts of tensors that are listed.
const MOST_GROUPS: usize = 64;
/// The deepest nesting that is searched; a dict may hold itself.
const DEEPEST: usize = 32;

/// The bytes of a storage.
pub(super) type Storages<'s, 'a> = dyn Fn(&str) -> Result<Option<TensorBytes<'a>>, FileError> + 's;

/// A container on the way to those within it.
struct Visit {
    id: Id,
    /// The container in which it was found, and its key there.
    parent: Option<(usize, PathKey)>,
    depth: usize,
}

/// The dicts of tensors in what was saved, and the storages that their tensors use.
pub(super) fn collect<'p, 'a>(
    pickled: &Pickled<'p>,
    storages: &Storages<'_, 'a>,
) -> Result<(WeightFile<'a>, BTreeSet<&'p str>), FileError> {
    let (visits, dicts, is_whole) = search(pickled);
    let is_candidate = |&&visit: &&usize| {
        let PickleValue::Dict(entries) = pickled.get(visits[visit].id) else { return false };
        let tensors =
            entries.iter().filter_map(|&(name, value)| match (pickled.get(name), pickled.get(value)) {
                (&PickleValue::Text(name), PickleValue::Tensor(view)) => Some((name, view.shape.as_slice())),
                _ => None,
            });
        names_weights(tensors)
    };
    let candidates: Vec<usize> = dicts.iter().filter(is_candidate).copied().collect();
    let has_candidates = !candidates.is_empty();
    let chosen = if has_candidates { candidates } else { dicts };
    let mut file = WeightFile { groups: Vec::new(), ..WeightFile::flat(Format::Pt, Vec::new(), Vec::new()) };
    let mut used = BTreeSet::new();
    let mut failed = None;
    let mut left_out = chosen.len().saturating_sub(MOST_GROUPS);
    for &visit in chosen.iter().take(MOST_GROUPS) {
        let path = path(&visits, visit);
        match group(pickled, visits[visit].id, storages, has_candidates) {
            Ok(_) if file.tensors.len() > 4 * MOST_TENSORS => left_out += 1,
            Ok((tensors, mut others, keys)) => {
                let start = file.tensors.len();
                for other in &mut others {
                    other.before += start;
                }
                file.tensors.extend(tensors);
                file.groups.push(TensorGroup { path, tensors: start..file.tensors.len(), others });
                used.extend(keys);
            }
            Err(error) => {
                file.notes.push(format!("{} was not read: {error}", described(&path)));
                failed.get_or_insert(error);
            }
        }
    }
    if file.groups.is_empty() {
        return Err(failed.unwrap_or_else(|| nothing(pickled)));
    }
    if left_out > 0 || !is_whole {
        file.notes.push("The file holds more dicts than are searched here".to_owned());
    }
    file.refused = pickled.refused.iter().fold(Vec::new(), |mut names, name| {
        if !names.contains(name) && names.len() < 16 {
            names.push(name.clone());
        }
        names
    });
    Ok((file, used))
}

/// A dict by its path.
fn described(path: &[PathKey]) -> String {
    let keys: Vec<String> = path.iter().map(|key| format!("[{}]", key.value())).collect();
    if keys.is_empty() { "The dict".to_owned() } else { format!("What is under {}", keys.concat()) }
}

/// Every container in what was saved, those that are dicts of tensors, and whether all were searched.
fn search(pickled: &Pickled<'_>) -> (Vec<Visit>, Vec<usize>, bool) {
    let mut visits = vec![Visit { id: pickled.root(), parent: None, depth: 0 }];
    let mut dicts = Vec::new();
    let mut stack = vec![0];
    let mut scanned = 0;
    while let Some(visit) = stack.pop() {
        let (id, depth) = (visits[visit].id, visits[visit].depth);
        let (mut within, mut holds_tensors): (Vec<(PathKey, Id)>, bool) = (Vec::new(), false);
        match pickled.get(id) {
            PickleValue::Dict(entries) => {
                scanned += entries.len();
                for &(key, value) in entries {
                    let key = match pickled.get(key) {
                        &PickleValue::Text(key) => PathKey::Text(key.chars().take(200).collect()),
                        &PickleValue::Int(key) => PathKey::Number(key),
                        PickleValue::None => PathKey::Other(Value::None),
                        &PickleValue::Bool(key) => PathKey::Other(Value::Bool(key)),
                        &PickleValue::Float(key) => PathKey::Other(Value::Float(key)),
                        _ => continue,
                    };
                    match pickled.get(value) {
                        PickleValue::Tensor(_) => holds_tensors |= matches!(key, PathKey::Text(_)),
                        PickleValue::Dict(_) | PickleValue::List(_) | PickleValue::Tuple(_) => {
                            within.push((key, value));
                        }
                        _ => {}
                    }
                }
            }
            PickleValue::List(items) | PickleValue::Tuple(items) => {
                scanned += items.len();
                let containers = items.iter().enumerate().filter(|(_, item)| {
                    matches!(
                        pickled.get(**item),
                        PickleValue::Dict(_) | PickleValue::List(_) | PickleValue::Tuple(_)
                    )
                });
                within.extend(containers.map(|(place, &item)| (PathKey::Number(place as i64), item)));
            }
            _ => {}
        }
        if holds_tensors {
            dicts.push(visit);
        }
        if scanned > MOST_VALUES || visits.len() + within.len() > MOST_VALUES {
            return (visits, dicts, false);
        }
        if depth == DEEPEST {
            continue;
        }
        // The first is to be popped first.
        for (key, id) in within.into_iter().rev() {
            if !is_within(&visits, visit, id) {
                stack.push(visits.len());
                visits.push(Visit { id, parent: Some((visit, key)), depth: depth + 1 });
            }
        }
    }
    (visits, dicts, true)
}

/// Whether a container is one of those in which it is found.
fn is_within(visits: &[Visit], mut visit: usize, id: Id) -> bool {
    loop {
        match &visits[visit] {
            visit if visit.id == id => return true,
            Visit { parent: Some((parent, _)), .. } => visit = *parent,
            Visit { parent: None, .. } => return false,
        }
    }
}

fn path(visits: &[Visit], mut visit: usize) -> Vec<PathKey> {
    let mut path = Vec::new();
    while let Some((parent, key)) = &visits[visit].parent {
        path.push(key.clone());
        visit = *parent;
    }
    path.reverse();
    path
}

type Group<'p, 'a> = (Vec<FileTensor<'a>>, Vec<OtherEntry>, BTreeSet<&'p str>);

/// The entries of a dict of tensors; where some are a module's weights, others may be as they are.
fn group<'p, 'a>(
    pickled: &Pickled<'p>,
    dict: Id,
    storages: &Storages<'_, 'a>,
    has_weights: bool,
) -> Result<Group<'p, 'a>, FileError> {
    let PickleValue::Dict(entries) = pickled.get(dict) else { return Err(nothing(pickled)) };
    // If two entries have one name, a dict keeps the place of the first and the value of the last.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut named: Vec<(&str, Id)> = Vec::new();
    for &(name, value) in entries {
        let &PickleValue::Text(name) = pickled.get(name) else { continue };
        if let Some(&place) = places.get(name) {
            named[place].1 = value;
        } else {
            places.insert(name, named.len());
            named.push((name, value));
        }
    }
    let (mut tensors, mut others, mut used) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (name, value) in named {
        let mut other = |what: String| {
            // No more of them are listed than of tensors.
            if others.len() < MOST_TENSORS {
                let name = name.chars().take(200).collect();
                others.push(OtherEntry { before: tensors.len(), name, what });
            }
        };
        let PickleValue::Tensor(view) = pickled.get(value) else {
            other(pickled.class(value));
            continue;
        };
        match tensor(name, view, storages) {
            Ok(tensor) => {
                used.insert(view.storage.key);
                tensors.push(tensor);
                if tensors.len() > MOST_TENSORS {
                    break;
                }
            }
            Err(_) if has_weights && !names_weights([(name, view.shape.as_slice())]) => {
                other("a tensor that cannot be read".to_owned());
            }
            Err(error) => return Err(error),
        }
    }
    accepts(&tensors)?;
    Ok((tensors, others, used))
}

/// Why what was saved gives no state dict.
fn nothing(pickled: &Pickled<'_>) -> FileError {
    if let Some(name) = pickled.refused.first() {
        return FileError::Forbidden { name: name.clone() };
    }
    let PickleValue::Dict(entries) = pickled.get(pickled.root()) else {
        return FileError::NotAStateDict { found: pickled.class(pickled.root()) };
    };
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
    FileError::NotAStateDict { found }
}

/// A tensor whose every element is known to lie in the bytes of its storage.
fn tensor<'a>(
    name: &str,
    view: &StorageView<'_>,
    storages: &Storages<'_, 'a>,
) -> Result<FileTensor<'a>, FileError> {
    let StorageView { storage, offset, shape, strides } = view;
    let name: String = name.chars().take(200).collect();
    let problem = |problem: &str| FileError::Damaged { problem: format!("{name} {problem}") };
    let bytes = storages(storage.key)?
        .ok_or_else(|| problem("has its numbers in a file that is not in the archive"))?;
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
    Ok(FileTensor { name, kind: storage.kind, shape, strides, bytes: bytes.behind(start) })
}
