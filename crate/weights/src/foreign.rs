//! Files of other kinds, told by their first bytes, so that a refusal can say what they are.

use super::FileError;

/// The number with which `torch.save` began its files up to 1.5, as a pickled int of ten bytes.
const LEGACY: &[u8] = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

/// What a file is that is no archive, if its first bytes tell and it is not safetensors.
pub(super) fn recognise(bytes: &[u8]) -> Option<FileError> {
    // The length before a safetensors header may begin with any bytes; the header is JSON.
    if bytes.get(8) == Some(&b'{') {
        return None;
    }
    if let [0x80, protocol, rest @ ..] = bytes
        && (1..=5).contains(protocol)
    {
        let is_legacy = rest.starts_with(LEGACY);
        return Some(if is_legacy { FileError::Legacy } else { FileError::BarePickle });
    }
    let kinds: [(&[u8], &str); 11] = [
        (b"\x89HDF\r\n\x1a\n", "an HDF5 file, as Keras saves weights (.h5)"),
        (b"\x93NUMPY", "a NumPy array (.npy)"),
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
    // An ONNX file begins with its IR version; the second field is the producer's name.
    if let [0x08, 1..=20, 0x12, ..] = bytes {
        return Some(FileError::Foreign { found: "an ONNX model" });
    }
    let is_tar = bytes.get(257..262).is_some_and(|magic| magic == b"ustar");
    is_tar.then_some(FileError::Foreign { found: "a tar archive" })
}
