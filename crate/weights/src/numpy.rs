//! What `numpy.save` and `numpy.savez` write: an array behind a header that is a Python dict, and archives of such.

use std::borrow::Cow;

use crate::file::accepts;
use crate::tensor::{is_addressable, row_major_strides};
use crate::zip::File;
use crate::{ElementKind, FileError, FileTensor, Format, MOST_AXES, NUMBERS_BYTES, OtherEntry, WeightFile};

/// The first bytes of an array.
pub(super) const SIGNATURE: &[u8] = b"\x93NUMPY";
/// The longest header that is read: numpy's own limit.
const LONGEST: usize = 10_000;

/// An array: its type, its shape, whether its first axis is the fastest, and its numbers begin with the other byte.
struct Header {
    kind: Result<ElementKind, String>,
    shape: Vec<usize>,
    is_fortran: bool,
    is_big_endian: bool,
    /// Where the numbers begin.
    length: usize,
}

/// Whether an archive is one of arrays.
pub(super) fn is_npz(files: &[File<'_, '_>]) -> bool {
    !files.is_empty() && files.iter().all(|file| file.name.strip_suffix(".npy").is_some())
}

/// Lists the arrays of an archive; those whose elements are objects are named only.
pub(super) fn open_npz<'a>(files: &[File<'_, 'a>]) -> Result<WeightFile<'a>, FileError> {
    let (mut tensors, mut others, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = NUMBERS_BYTES;
    for file in files {
        let name: String = file.name.strip_suffix(".npy").unwrap_or(file.name).chars().take(200).collect();
        let bytes = file.unpacked(left)?;
        if file.is_packed {
            left = left.saturating_sub(bytes.len() as u64);
        } else if !file.is_intact(&bytes) {
            notes.push(format!("The checksum of {name} is not that of its bytes: the file is damaged"));
        }
        match array(&name, bytes)? {
            Ok(tensor) => tensors.push(tensor),
            Err(what) => others.push(OtherEntry { before: tensors.len(), name, what }),
        }
    }
    accepts(&tensors)?;
    let mut file = WeightFile::flat(Format::Npz, tensors, notes);
    file.groups[0].others = others;
    Ok(file)
}

/// The array of a file.
pub(super) fn open_npy(bytes: &[u8]) -> Result<WeightFile<'_>, FileError> {
    let tensors = match array("array", Cow::Borrowed(bytes))? {
        Ok(tensor) => vec![tensor],
        Err(what) => return Err(FileError::NotAStateDict { found: what }),
    };
    accepts(&tensors)?;
    Ok(WeightFile::flat(Format::Npy, tensors, Vec::new()))
}

/// An array, or what it is if its elements are not read.
fn array<'a>(name: &str, bytes: Cow<'a, [u8]>) -> Result<Result<FileTensor<'a>, String>, FileError> {
    let problem = |problem: &str| FileError::Damaged { problem: format!("{name} {problem}") };
    let header = header(&bytes).ok_or_else(|| problem("does not begin as an array does"))?;
    let kind = match header.kind {
        Ok(kind) => kind,
        Err(descr) => return Ok(Err(format!("an array of {descr}"))),
    };
    if header.shape.len() > MOST_AXES {
        return Err(FileError::TooMany { what: "axes of a tensor", limit: MOST_AXES });
    }
    if !is_addressable(&header.shape) {
        return Err(problem("has a size larger than any memory"));
    }
    let needs = header.shape.iter().product::<usize>().saturating_mul(kind.bytes());
    let has = bytes.len() - header.length;
    if has < needs {
        let part = format!("the numbers of {name}");
        return Err(FileError::Truncated { part, needs: needs as u64, has: has as u64 });
    }
    let range = header.length..header.length + needs;
    let numbers = match bytes {
        bytes if header.is_big_endian => Cow::Owned(
            bytes[range]
                .chunks_exact(kind.bytes())
                .flat_map(|element| element.iter().rev().copied())
                .collect(),
        ),
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range]),
        Cow::Owned(mut bytes) => {
            bytes.drain(..range.start);
            bytes.truncate(needs);
            Cow::Owned(bytes)
        }
    };
    let strides = if header.is_fortran {
        let reversed: Vec<usize> = header.shape.iter().rev().copied().collect();
        row_major_strides(&reversed).into_iter().rev().collect()
    } else {
        row_major_strides(&header.shape)
    };
    Ok(Ok(FileTensor { name: name.to_owned(), kind, shape: header.shape, strides, bytes: numbers.into() }))
}

/// `{'descr': '<f4', 'fortran_order': False, 'shape': (6, 3), }` behind signature, version and length.
fn header(bytes: &[u8]) -> Option<Header> {
    let rest = bytes.strip_prefix(SIGNATURE)?;
    let (version, rest) = rest.split_first_chunk::<2>()?;
    let (length, rest, before) = if version[0] == 1 {
        let (length, rest) = rest.split_first_chunk::<2>()?;
        (usize::from(u16::from_le_bytes(*length)), rest, 10)
    } else {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        (u32::from_le_bytes(*length) as usize, rest, 12)
    };
    if length > LONGEST {
        return None;
    }
    let text = std::str::from_utf8(rest.get(..length)?).ok()?;
    let value = |key: &str| {
        let (_, value) = text.split_once(&format!("'{key}'"))?;
        Some(value.trim_start().strip_prefix(':')?.trim_start())
    };
    let descr = value("descr")?;
    let kind = match descr.strip_prefix('\'').and_then(|descr| descr.split_once('\'')) {
        Some((descr, _)) => kind(descr).ok_or_else(|| match descr {
            "|O" => "Python objects".to_owned(),
            // What is quoted is the file's own.
            _ => format!("'{}'", descr.chars().take(20).collect::<String>()),
        }),
        // A list of fields.
        None => Err("records".to_owned()),
    };
    let is_big_endian = descr.starts_with("'>");
    let is_fortran = value("fortran_order")?.starts_with("True");
    let (sizes, _) = value("shape")?.strip_prefix('(')?.split_once(')')?;
    let sizes = sizes.split(',').map(str::trim).filter(|size| !size.is_empty());
    let shape = sizes.map(|size| size.parse().ok()).collect::<Option<Vec<usize>>>()?;
    Some(Header { kind, shape, is_fortran, is_big_endian, length: before + length })
}

/// The type of numpy's name for it, whatever the order of its bytes.
fn kind(descr: &str) -> Option<ElementKind> {
    let name = match descr.strip_prefix(['<', '>', '|', '=']).unwrap_or(descr) {
        "f8" => "float64",
        "f4" => "float32",
        "f2" => "float16",
        "i8" => "int64",
        "i4" => "int32",
        "i2" => "int16",
        "i1" => "int8",
        "u8" => "uint64",
        "u4" => "uint32",
        "u2" => "uint16",
        "u1" => "uint8",
        "b1" => "bool",
        "c8" => "complex64",
        "c16" => "complex128",
        _ => return None,
    };
    ElementKind::of_dtype(name)
}
