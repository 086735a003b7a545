//! Files of other kinds, told by their first bytes, so that a refusal can say what they are.

use super::FileError;
use crate::error::HDF5;

/// What a file is that is no archive, if its first bytes tell and it is not safetensors.
pub(super) fn recognise(bytes: &[u8]) -> Option<FileError> {
    // The length before a safetensors header may begin with any bytes; the header is JSON.
    if bytes.get(8) == Some(&b'{') {
        return None;
    }
    if matches!(bytes, [0x80, 1..=5, ..]) {
        return Some(FileError::BarePickle);
    }
    let kinds: [(&[u8], &str); 10] = [
        (b"\x89HDF\r\n\x1a\n", HDF5),
        (b"GGUF", "a GGUF file, as llama.cpp reads it"),
        (b"\x1f\x8b", "compressed with gzip"),
        (b"BZh", "compressed with bzip2"),
        (b"\xfd7zXZ", "compressed with xz"),
        (b"Rar!", "a RAR archive"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"%PDF", "a PDF document"),
        (b"version https://git-lfs", "a Git LFS pointer: the name of a file that was not downloaded"),
        (b"<", "a web page or XML: perhaps the page about the file was saved, not the file"),
    ];
    let found = kinds.iter().find(|(start, _)| bytes.starts_with(start));
    if let Some((_, found)) = found {
        return Some(FileError::Foreign { found });
    }
    let is_tar = bytes.get(257..262).is_some_and(|magic| magic == b"ustar");
    is_tar.then_some(FileError::Foreign { found: "a tar archive" })
}
