//! Archives as `torch.save` writes them: every file stored as it is, so each is a slice of the archive's bytes.
//!
//! rawzip reads the lists. `numpy.savez_compressed` packs its files, and so does a program that packs an archive of
//! `torch.save` again; no more is inflated of one than it says that it has.

use std::borrow::Cow;

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use nn::cost::Count;
use rawzip::{CompressionMethod, ErrorKind, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive};

use super::FileError;

/// The first bytes of an archive.
pub(super) const SIGNATURE: &[u8] = b"PK\x03\x04";
/// Those of an archive without files.
pub(super) const EMPTY: &[u8] = b"PK\x05\x06";
/// The most files: one for each storage, and a few about the archive.
const MOST_FILES: usize = super::MOST_TENSORS + 64;
/// The end of an archive: its last record, and a comment.
const END_BYTES: u64 = 22 + 0xffff;

/// What is said of an error in the lists of an archive's files.
fn refusal(error: &rawzip::Error, otherwise: &str) -> FileError {
    match error.kind() {
        ErrorKind::MissingEndOfCentralDirectory => FileError::NoDirectory,
        ErrorKind::Eof => FileError::damaged("a list of its files ends early"),
        ErrorKind::InvalidEndOfCentralDirectory => {
            FileError::damaged("the list of its files lies outside it")
        }
        _ => FileError::damaged(otherwise),
    }
}

/// A file of an archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'n, 'a> {
    pub name: &'n str,
    /// Its bytes as they lie there.
    pub bytes: &'a [u8],
    /// Whether they are compressed or encrypted.
    pub is_packed: bool,
    /// How many there are once unpacked, if they can be.
    unpacked: Option<u64>,
    checksum: u32,
}

impl<'a> File<'_, 'a> {
    /// Whether the checksum in the directory is that of its bytes, unpacked; to be asked of what is used alone.
    pub(super) fn is_intact(&self, bytes: &[u8]) -> bool {
        rawzip::crc32(bytes) == self.checksum
    }

    /// How many bytes it has once unpacked, as the archive says; its own where it cannot be unpacked.
    pub(super) fn size(&self) -> u64 {
        self.unpacked.filter(|_| self.is_packed).unwrap_or(self.bytes.len() as u64)
    }

    /// Its bytes, inflated if they are packed and no more than the limit.
    pub(super) fn unpacked(&self, limit: u64) -> Result<Cow<'a, [u8]>, FileError> {
        if !self.is_packed {
            return Ok(Cow::Borrowed(self.bytes));
        }
        let name = || self.name.chars().take(80).collect();
        let size = self.unpacked.ok_or_else(|| FileError::Compressed { file: name() })?;
        Count::from(size).within(limit).map_err(FileError::TooLarge)?;
        match decompress_to_vec_with_limit(self.bytes, size as usize) {
            Ok(bytes) if bytes.len() as u64 == size => Ok(Cow::Owned(bytes)),
            _ => Err(FileError::Damaged { problem: format!("{} in it cannot be unpacked", name()) }),
        }
    }
}

/// An archive whose directory is found, but not read.
pub(super) type Archive<'a> = ZipSliceArchive<&'a [u8]>;

/// Finds the directory of an archive.
pub(super) fn find_directory(bytes: &[u8]) -> Result<Archive<'_>, FileError> {
    let found = ZipArchive::with_max_search_space(END_BYTES).locate_in_slice(bytes);
    found.map_err(|(_, error)| match error.kind() {
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => FileError::NoDirectory,
        _ => FileError::damaged("the list of its files lies outside it"),
    })
}

/// The files of an archive in the order of its directory.
pub(super) fn read_directory<'n, 'a>(archive: &'n Archive<'a>) -> Result<Vec<File<'n, 'a>>, FileError> {
    let count = archive.entries_hint();
    if count > MOST_FILES as u64 {
        return Err(FileError::TooMany { what: "files in the archive", limit: MOST_FILES });
    }
    let mut files = Vec::new();
    // Where each file lies: two that overlap are no work of torch.save, and how a small archive claims much.
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for header in archive.entries().take(count as usize) {
        let header = header.map_err(|error| refusal(&error, "the list of its files is not one"))?;
        let (file, end) = read_file(archive, &header)?;
        files.push(file);
        spans.push((header.local_header_offset(), end));
    }
    if files.len() < count as usize {
        return Err(FileError::damaged("a list of its files ends early"));
    }
    spans.sort_unstable();
    if spans.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(FileError::damaged("two of its files overlap"));
    }
    Ok(files)
}

/// A file of the directory, and where it ends.
fn read_file<'n, 'a>(
    archive: &Archive<'a>,
    header: &ZipFileHeaderRecord<'n>,
) -> Result<(File<'n, 'a>, u64), FileError> {
    let bytes: &'a [u8] = archive.get_ref();
    let name = std::str::from_utf8(header.file_path().as_bytes());
    let name = name.map_err(|_| FileError::damaged("the name of a file in it is not UTF-8 text"))?;
    let size = header.compressed_size_hint();
    let is_stored = header.compression_method() == CompressionMethod::STORE
        && header.uncompressed_size_hint() == size
        && !header.flags().is_encrypted();
    let is_deflated =
        header.compression_method() == CompressionMethod::DEFLATE && !header.flags().is_encrypted();
    let entry =
        archive.get_entry(header.wayfinder()).map_err(|error| match content_start(bytes, header) {
            Some(start) if matches!(error.kind(), ErrorKind::Eof) => FileError::Truncated {
                part: format!("the file {name} within the archive"),
                needs: size,
                has: bytes.len().saturating_sub(start) as u64,
            },
            _ => refusal(&error, "a file in it is not where the list says"),
        })?;
    // Both lie within the bytes, for the entry does.
    let (start, end) = entry.compressed_data_range();
    let content = &bytes[start as usize..end as usize];
    let unpacked = is_deflated.then(|| header.uncompressed_size_hint());
    Ok((File { name, bytes: content, is_packed: !is_stored, unpacked, checksum: header.crc32() }, end))
}

/// Where a file's bytes should begin: behind its own header, whose name and padding are of any length.
fn content_start(bytes: &[u8], header: &ZipFileHeaderRecord<'_>) -> Option<usize> {
    let own = bytes.get(usize::try_from(header.local_header_offset()).ok()?..)?;
    let length = |at: usize| Some(usize::from(u16::from_le_bytes([*own.get(at)?, *own.get(at + 1)?])));
    Some(bytes.len() - own.len() + 30 + length(26)? + length(28)?)
}
