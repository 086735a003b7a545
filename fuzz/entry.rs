//! What the fuzzers feed, shared with the plain tests: whatever the bytes are, nothing panics, and what is read
//! keeps its promises.

use gru_playground::call::{Argument, Call, Config, Release, Value};
use gru_playground::gru::layout::Named;
use gru_playground::gru::{Gru, GruConfig};
use gru_playground::weights::{self, FILE_BYTES, FileError, Format, MOST_TENSORS, NUMBERS_BYTES, WeightFile};

/// A file as it is dropped on the page.
pub fn file(bytes: &[u8]) {
    match weights::open(bytes) {
        Ok(file) => promises(&file, bytes.len()),
        Err(error) => explained(&error),
    }
    if let Some(mended) = weights::mended_onnx(bytes) {
        assert!(weights::open(&mended).is_ok(), "a mended model is read");
        assert_eq!(weights::mended_onnx(&mended), None);
    }
}

/// A pickle in an otherwise sound archive, beside a storage of 96 bytes.
pub fn pickle(pickle: &[u8]) {
    file(&archive(&[("gru/data.pkl", pickle), ("gru/byteorder", b"little"), ("gru/data/0", &[0x3f; 96])]));
}

/// A safetensors header before 96 bytes of numbers.
pub fn header(header: &[u8]) {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend_from_slice(header);
    bytes.extend_from_slice(&[0x3f; 96]);
    file(&bytes);
}

/// A file held against a module, and what it gives put to use.
pub fn report(bytes: &[u8]) {
    let Ok(file) = weights::open(bytes) else { return };
    let config = GruConfig { num_layers: 2, bidirectional: true, ..GruConfig::new(3, 2) };
    let call = call(&config);
    let (report, weights) = weights::report(&file, &call, None, "gru.pt");
    assert_eq!(report.usable, weights.is_some());
    assert!(report.entries.len() <= 3 * MOST_TENSORS);
    assert_eq!(report.places.len(), report.prefixes.len());
    assert!(!weights::survey(&file).says.is_empty());
    for prefix in report.prefixes.iter().take(3) {
        let (other, _) = weights::report(&file, &call, Some(prefix), "gru.pt");
        assert_eq!(other.prefix, *prefix);
    }
    let Some(weights) = weights else { return };
    let views = || weights.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    let gru = Gru::from_state_dict(config.clone(), views()).expect("usable weights fit the module");
    let written = weights::to_safetensors(gru.state_dict());
    let again = weights::open(&written).expect("what is written is read");
    let (_, read) = weights::report(&again, &call, None, "gru.safetensors");
    let bits = |weights: &Named<f32>| -> Vec<u32> {
        weights.iter().flat_map(|(_, tensor)| tensor.iter().map(|number| number.to_bits())).collect()
    };
    assert_eq!(read.as_ref().map(bits), Some(bits(&weights)));
}

/// A legal call of a module.
pub fn call(config: &GruConfig) -> Call {
    let int = |size: u64| Some(Value::Int(size as i64));
    let config = Config {
        input_size: int(config.input_size),
        hidden_size: int(config.hidden_size),
        num_layers: int(config.num_layers),
        bias: Some(Value::Bool(config.bias)),
        batch_first: Some(Value::Bool(config.batch_first)),
        bidirectional: Some(Value::Bool(config.bidirectional)),
        ..Config::default()
    };
    let features = match config.input_size {
        Some(Value::Int(size)) => size,
        _ => 1,
    };
    Call { config, input: Argument::tensor([5, 3, features]), h_0: None, release: Release::NEWEST }
}

fn promises(file: &WeightFile<'_>, length: usize) {
    assert!(length as u64 <= FILE_BYTES);
    for group in &file.groups {
        assert!(group.tensors.len() <= MOST_TENSORS && group.tensors.end <= file.tensors.len());
    }
    for tensor in &file.tensors {
        // No view holds more numbers than the file has bytes, but for arrays that were packed.
        let most = if file.format == Format::Npz { NUMBERS_BYTES as usize } else { length };
        assert!(tensor.count() <= most, "{} numbers in {length} bytes", tensor.count());
        let array = tensor.to_array();
        assert_eq!(array.shape(), tensor.shape);
        let odd = tensor.oddities();
        let finite = array.iter().filter(|number| number.is_finite()).count();
        assert_eq!(finite + odd.count(), tensor.count());
    }
}

fn explained(error: &FileError) {
    let diagnostic = error.diagnostic();
    let texts = [&diagnostic.message, &diagnostic.why, &diagnostic.code];
    assert!(texts.iter().all(|text| !text.is_empty() && text.len() < 1000), "{diagnostic:?}");
    assert!(!diagnostic.help.is_empty());
}

/// An archive of stored files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let (size, start) = ((bytes.len() as u32).to_le_bytes(), (archive.len() as u32).to_le_bytes());
        let name_length = (name.len() as u16).to_le_bytes();
        // Version, flags, method, time and date.
        let common =
            [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &checksum(bytes).to_le_bytes(), &size, &size].concat();
        archive.extend([&b"PK\x03\x04"[..], &common, &name_length, &[0, 0], name.as_bytes(), bytes].concat());
        let rest = [&name_length[..], &[0; 12], &start, name.as_bytes()].concat();
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &common, &rest].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (size, start) = ((directory.len() as u32).to_le_bytes(), (archive.len() as u32).to_le_bytes());
    archive.extend([&directory[..], b"PK\x05\x06", &[0; 4], &count, &count, &size, &start, &[0, 0]].concat());
    archive
}

/// CRC-32 bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
