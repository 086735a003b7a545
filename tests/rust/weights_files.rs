//! Files that real `PyTorch` wrote: what is read of them is what `PyTorch` reads, and what `load_state_dict` says is
//! what it says.

use std::fs;

use gru_playground::gru::GruConfig;
use gru_playground::weights::{open, report, to_safetensors};
use ndarray::ArrayD;
use serde_json::Value;

use crate::entry;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/weights/");

fn bytes(file: &str) -> Vec<u8> {
    fs::read(format!("{FOLDER}{file}")).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn records(kind: &str) -> Vec<Value> {
    let text = fs::read_to_string(format!("{FOLDER}expected.jsonl")).expect("expected.jsonl");
    let records = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a record"));
    records.filter(|record| record["kind"] == kind).collect()
}

#[test]
fn every_file_is_read_as_pytorch_reads_it() {
    let records: Vec<_> =
        records("file").into_iter().filter(|record| record.get("tensors").is_some()).collect();
    assert!(records.len() > 20, "{} files", records.len());
    for record in records {
        let name = record["file"].as_str().expect("a name");
        let bytes = bytes(name);
        let file = open(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(file.groups.len(), 1, "{name}: one dict of weights");
        let expected = record["tensors"].as_array().expect("tensors");
        let named: Vec<&str> = file.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        let due: Vec<&str> = expected.iter().filter_map(|tensor| tensor["name"].as_str()).collect();
        assert_eq!(named, due, "{name}");
        for (tensor, expected) in file.tensors.iter().zip(expected) {
            let of = format!("{} of {name}", tensor.name);
            assert_eq!(tensor.kind.to_string(), expected["dtype"].as_str().unwrap_or_default(), "{of}");
            assert_eq!(serde_json::json!(tensor.shape), expected["shape"], "{of}");
            let Some(due) = expected["bits"].as_array() else {
                assert!(!tensor.kind.is_float(), "{of}");
                continue;
            };
            let array = tensor.to_array();
            for (place, (number, due)) in array.iter().zip(due).enumerate() {
                let due = f32::from_bits(due.as_u64().expect("bits") as u32);
                let same = number.to_bits() == due.to_bits() || number.is_nan() && due.is_nan();
                assert!(same, "{of}, element {place}: {number} is not {due}");
            }
            assert_eq!(array.len(), due.len(), "{of}");
        }
    }
}

#[test]
fn every_other_file_is_refused_in_words() {
    let records: Vec<_> = records("file").into_iter().filter(|record| record.get("code").is_some()).collect();
    assert!(records.len() >= 9, "{} files", records.len());
    for record in records {
        let name = record["file"].as_str().expect("a name");
        let bytes = bytes(name);
        let error = open(&bytes).expect_err(name);
        assert_eq!(error.to_string(), record["message"].as_str().unwrap_or_default(), "{name}");
        assert_eq!(error.code(), record["code"].as_str().unwrap_or_default(), "{name}");
        let diagnostic = error.diagnostic();
        assert!(diagnostic.help[0].code.contains("safetensors"), "{name}: how to save it is told");
    }
}

#[test]
fn files_of_keras_are_told_with_what_keras_saves_instead() {
    let hdf5 = [&b"\x89HDF\r\n\x1a\n"[..], &[0; 64]].concat();
    let model = entry::archive(&[
        ("metadata.json", b"{}"),
        ("config.json", b"{}"),
        ("model.weights.h5", hdf5.as_slice()),
    ]);
    for (bytes, message) in [
        (hdf5.as_slice(), "this is an HDF5 file, as Keras saves weights (.h5)"),
        (model.as_slice(), "this is a Keras model (.keras)"),
    ] {
        let diagnostic = open(bytes).expect_err("no weights that are read").diagnostic();
        assert_eq!(diagnostic.message, message);
        assert!(diagnostic.help[0].code.contains("np.savez(\"gru.npz\""), "{diagnostic:?}");
    }
}

#[test]
fn what_is_packed_and_claims_too_much_is_not_unpacked() {
    let mut claims = bytes("compressed.pt");
    let records =
        (0..claims.len() - 4).filter(|&at| claims[at..at + 4] == *b"PK\x01\x02").collect::<Vec<_>>();
    assert!(records.len() > 16, "the list");
    for record in records {
        claims[record + 24..record + 28].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    }
    let error = open(&claims).expect_err("more than any file has");
    assert_eq!(error.code(), "file-too-large", "{error}");
}

#[test]
fn load_state_dict_says_what_pytorch_says() {
    let records = records("load");
    assert!(records.len() > 30);
    for record in records {
        let name = record["file"].as_str().expect("a name");
        let config: GruConfig = serde_json::from_value(record["config"].clone()).expect("options");
        let bytes = bytes(name);
        let file = open(&bytes).expect(name);
        let (report, weights) = report(&file, &entry::call(&config), None, name);
        let said = report.diagnostics.iter().find(|said| said.exception.is_some());
        let due = record["message"].as_str();
        assert_eq!(said.map(|said| said.message.as_str()), due, "{name} for {config:?}");
        assert_eq!(weights.is_some(), due.is_none(), "{name} for {config:?}");
    }
}

#[test]
fn safetensors_are_written_to_the_byte_as_save_file_writes_them() {
    for name in ["gru.safetensors", "no_bias.safetensors", "large.safetensors", "nan.safetensors"] {
        let bytes = bytes(name);
        let file = open(&bytes).expect(name);
        let tensors: Vec<(String, ArrayD<f32>)> =
            file.tensors.iter().map(|tensor| (tensor.name.clone(), tensor.to_array())).collect();
        let views = tensors.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        assert!(to_safetensors(views) == bytes, "{name} differs from what save_file wrote");
    }
}
