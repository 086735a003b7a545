//! Archives as `torch.save` writes them: every file stored as it is, found by the directory at the end.
//!
//! A reader of its own, because nothing is ever inflated: each file is a slice of the bytes, so an archive
//! cannot claim more than it has, and libraries that also decompress weigh ten times as much.

use super::FileError;

/// The first bytes of an archive.
pub(super) const SIGNATURE: &[u8] = b"PK\x03\x04";

const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
const DIRECTORY_END: &[u8] = b"PK\x05\x06";
const DIRECTORY_END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
/// The most files: one for each storage, and a few about the archive.
const MOST_FILES: usize = super::MOST_TENSORS + 64;
/// Stands for a size that is in the extra field for large archives.
const IN_EXTRA_FIELD: u64 = 0xffff_ffff;

/// A file of an archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// Whether the checksum in the directory is that of the bytes.
    pub is_intact: bool,
}

/// Little-endian fields, one after the other.
#[derive(Clone, Copy)]
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], FileError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(cut)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<u64, FileError> {
        Ok(self.take(bytes)?.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }
}

fn cut() -> FileError {
    damaged("a list of its files ends early")
}

fn damaged(problem: &str) -> FileError {
    FileError::Damaged { problem: problem.to_owned() }
}

/// The files of an archive in the order of its directory.
pub(super) fn files(archive: &[u8]) -> Result<Vec<File<'_>>, FileError> {
    let (entries, directory) = directory(archive)?;
    if entries > MOST_FILES as u64 {
        return Err(FileError::TooMany { what: "files in the archive", limit: MOST_FILES });
    }
    let mut fields = Fields(directory);
    let mut files = Vec::new();
    // Where each file lies: two that overlap are no work of torch.save, and how a small archive claims much.
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for _ in 0..entries {
        let (file, span) = entry(archive, &mut fields)?;
        files.push(file);
        spans.push(span);
    }
    spans.sort_unstable();
    if spans.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(damaged("two of its files overlap"));
    }
    Ok(files)
}

/// How many files there are, and the directory's bytes.
fn directory(archive: &[u8]) -> Result<(u64, &[u8]), FileError> {
    // At the very end, but for a comment of at most 65535 bytes.
    const END_BYTES: usize = 22;
    let first = archive.len().saturating_sub(END_BYTES + 0xffff);
    let last = archive.len().saturating_sub(END_BYTES);
    let end = (first..=last).rev().find(|&at| archive[at..].starts_with(DIRECTORY_END));
    let Some(end) = end else { return Err(FileError::NoDirectory) };
    let mut fields = Fields(&archive[end + DIRECTORY_END.len()..]);
    fields.take(6)?;
    let (mut entries, mut size, mut start) = (fields.number(2)?, fields.number(4)?, fields.number(4)?);
    if let Some((entries_64, size_64, start_64)) = directory_64(archive, end)? {
        (entries, size, start) = (entries_64, size_64, start_64);
    }
    let bytes =
        slice(archive, start, size).ok_or_else(|| damaged("the list of its files lies outside it"))?;
    Ok((entries, bytes))
}

/// The same from the end record for large archives, which `torch.save` always writes.
fn directory_64(archive: &[u8], end: usize) -> Result<Option<(u64, u64, u64)>, FileError> {
    const LOCATOR_BYTES: usize = 20;
    let locator = end.checked_sub(LOCATOR_BYTES).map(|at| &archive[at..end]);
    let Some(locator) = locator.and_then(|locator| locator.strip_prefix(LOCATOR_64)) else { return Ok(None) };
    let mut fields = Fields(locator);
    fields.take(4)?;
    let at = fields.number(8)?;
    let record = usize::try_from(at).ok().and_then(|at| archive.get(at..end)).ok_or_else(cut)?;
    let mut fields = Fields(record);
    if fields.take(4)? != DIRECTORY_END_64 {
        return Err(damaged("the end of the archive is not where it says"));
    }
    fields.take(28)?;
    Ok(Some((fields.number(8)?, fields.number(8)?, fields.number(8)?)))
}

/// The next file of the directory, and where header and bytes of it lie.
fn entry<'a>(archive: &'a [u8], fields: &mut Fields<'a>) -> Result<(File<'a>, (usize, usize)), FileError> {
    const ENCRYPTED: u64 = 1;
    if fields.take(4)? != DIRECTORY_ENTRY {
        return Err(damaged("the list of its files is not one"));
    }
    fields.take(4)?;
    let (flags, method) = (fields.number(2)?, fields.number(2)?);
    fields.take(4)?;
    let checksum = fields.number(4)?;
    let (mut stored, mut size) = (fields.number(4)?, fields.number(4)?);
    let [name, extra, comment] = [fields.number(2)?, fields.number(2)?, fields.number(2)?];
    fields.take(8)?;
    let mut header = fields.number(4)?;
    let name = std::str::from_utf8(fields.take(name as usize)?);
    let name = name.map_err(|_| damaged("the name of a file in it is not UTF-8 text"))?;
    let mut extra = Fields(fields.take(extra as usize)?);
    fields.take(comment as usize)?;
    while extra.0.len() >= 4 {
        let (kind, length) = (extra.number(2)?, extra.number(2)?);
        let mut content = Fields(extra.take(length as usize)?);
        if kind == 1 {
            for number in [&mut size, &mut stored, &mut header] {
                if *number == IN_EXTRA_FIELD {
                    *number = content.number(8)?;
                }
            }
        }
    }
    if flags & ENCRYPTED != 0 || method != 0 || stored != size {
        return Err(FileError::Compressed { file: name.chars().take(80).collect() });
    }
    let start = content_start(archive, header)?;
    let bytes = slice(archive, start as u64, size).ok_or_else(|| FileError::Truncated {
        part: format!("the file {name} within the archive"),
        needs: size,
        has: archive.len().saturating_sub(start) as u64,
    })?;
    let is_intact = u64::from(crc32fast::hash(bytes)) == checksum;
    Ok((File { name, bytes, is_intact }, (header as usize, start + bytes.len())))
}

/// Where a file's bytes begin: behind its own header, whose name and padding are of any length.
fn content_start(archive: &[u8], header: u64) -> Result<usize, FileError> {
    const HEADER_BYTES: u64 = 30;
    let bytes = slice(archive, header, HEADER_BYTES).ok_or_else(cut)?;
    let mut fields = Fields(bytes);
    if fields.take(4)? != SIGNATURE {
        return Err(damaged("a file in it is not where the list says"));
    }
    fields.take(22)?;
    let (name, extra) = (fields.number(2)?, fields.number(2)?);
    Ok((header + HEADER_BYTES + name + extra) as usize)
}

fn slice(bytes: &[u8], start: u64, length: u64) -> Option<&[u8]> {
    let end = usize::try_from(start.checked_add(length)?).ok()?;
    bytes.get(usize::try_from(start).ok()?..end)
}
