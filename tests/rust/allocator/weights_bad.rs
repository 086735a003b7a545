//! Bad files: cut off anywhere, claiming what they do not have, made to fill memory. Each is refused in words, and
//! within a cap of memory.

use std::fs;

use gru_playground::gru::{Gru, GruConfig};
use gru_playground::rng::TorchGenerator;
use gru_playground::weights::{
    FILE_BYTES, FileError, HEADER_BYTES, MOST_TENSORS, MOST_VALUES, accepts_size, open, report,
    to_safetensors,
};

use crate::{HEAP, entry};

/// The most that any list of tensors may take while it is read, whatever it claims.
const CAP: usize = 64_000_000;

fn bytes(file: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/weights/");
    fs::read(format!("{folder}{file}")).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The refusal of a file, read within the cap.
#[track_caller]
fn refusal(bytes: &[u8]) -> FileError {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let error = open(bytes).map(drop).expect_err("a bad file");
    let took = HEAP.peak_usage() - before;
    assert!(took < CAP, "{took} bytes for {error}");
    assert!(!error.diagnostic().help.is_empty() && error.diagnostic().why.len() < 400);
    error
}

#[track_caller]
fn assert_refused(bytes: &[u8], message: &str) {
    assert_eq!(refusal(bytes).to_string(), message);
}

fn with_header(header: &str, numbers: usize) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &vec![0; numbers]].concat()
}

fn with_pickle(pickle: &[u8]) -> Vec<u8> {
    entry::archive(&[("gru/data.pkl", pickle), ("gru/data/0", &[0; 96])])
}

/// A state dict of one tensor, as protocol 2 writes it: `elements` in the storage, then offset, shape and strides.
fn with_tensor(elements: i32, offset: i32, shape: &[i32], strides: &[i32]) -> Vec<u8> {
    let int = |value: i32| [&b"J"[..], &value.to_le_bytes()].concat();
    let tuple = |values: &[i32]| {
        [b"(", values.iter().flat_map(|&v| int(v)).collect::<Vec<_>>().as_slice(), b"t"].concat()
    };
    let text = |text: &str| [b"X", &(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat();
    let storage = [
        &b"("[..],
        &text("storage"),
        b"ctorch\nFloatStorage\n",
        &text("0"),
        &text("cpu"),
        &int(elements),
        b"tQ",
    ];
    let view =
        [&int(offset)[..], &tuple(shape), &tuple(strides), b"\x89ccollections\nOrderedDict\n)RtR"].concat();
    let rebuild = [b"ctorch._utils\n_rebuild_tensor_v2\n(", &storage.concat()[..], &view].concat();
    with_pickle(&[b"\x80\x02}", &text("w")[..], &rebuild, b"s."].concat())
}

pub fn bad_files_are_refused_in_words_and_within_the_cap() {
    cut_anywhere();
    headers();
    archives();
    pickles();
    tensors();
    other_files();
    good_files();
}

/// Every file, cut at every length: no part of one is a file.
fn cut_anywhere() {
    for name in ["gru.safetensors", "gru.pt", "half.pt", "shared.pt"] {
        let whole = bytes(name);
        // A comment may follow an archive's end, so its last bytes alone may be left out: there are none here.
        for length in 0..whole.len() {
            let error = refusal(&whole[..length]);
            let code = error.code();
            let is_said = ["file-truncated", "file-empty", "file-foreign", "file-damaged"].contains(&code);
            assert!(is_said, "{name} cut at {length}: {error}");
        }
    }
    let cut = &bytes("gru.pt")[..3000];
    assert_refused(cut, "the end of the archive is missing");
    assert_refused(
        &bytes("gru.safetensors")[..300],
        "the header should have 1.2 KB, and the file has 292 bytes of it",
    );
}

fn headers() {
    let huge = |claims: u64| [&claims.to_le_bytes()[..], b"{\"a\":"].concat();
    assert_refused(&huge(1 << 60), "the list of tensors claims 1.2 EB, the limit here is 1 MB");
    assert_refused(&huge(2_000_000_000), "the list of tensors claims 2 GB, the limit here is 1 MB");
    assert_refused(&huge(900), "the header should have 900 bytes, and the file has 5 bytes of it");
    let one = |dtype: &str, shape: &str, offsets: &str| {
        let header =
            format!("{{\"w\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}");
        with_header(&header, 8)
    };
    assert!(open(&one("F32", "[2]", "[0,8]")).is_ok());
    let differs = "the file is damaged: a tensor's shape and type do not give the bytes that it claims";
    assert_refused(&one("F32", "[3]", "[0,8]"), differs);
    assert_refused(&one("F32", "[500000000]", "[0,8]"), differs);
    let immense = "the file is damaged: a tensor's shape is larger than any memory";
    assert_refused(&one("F32", "[1152921504606846976,1152921504606846976]", "[0,8]"), immense);
    let header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[0,9000000000000000000,9000000000000000000],\"data_offsets\":[0,0]}}";
    assert_refused(&with_header(header, 0), immense);
    let coverage = refusal(&one("F32", "[4]", "[0,16]"));
    assert_eq!(coverage.code(), "file-truncated");
    let gap = refusal(&one("F32", "[1]", "[4,8]"));
    assert_eq!(gap.to_string(), "the file is damaged: the numbers of w overlap others or leave a gap");
    let overlap = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\
                   \"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    assert_refused(
        &with_header(overlap, 12),
        "the file is damaged: the numbers of b overlap others or leave a gap",
    );
    assert!(refusal(&one("F33", "[2]", "[0,8]")).to_string().contains("unknown variant `F33`"));
    assert!(
        refusal(&one("F32", "[-2]", "[0,8]"))
            .to_string()
            .starts_with("the file is damaged: the header is not a list")
    );
    assert_refused(&one("F4", "[16]", "[0,8]"), "w has elements of type F4");
    let deep = format!("{{\"w\":{}", "[".repeat(500_000));
    assert_eq!(refusal(&with_header(&deep, 0)).code(), "file-damaged");
    let many: Vec<String> = (0..10_000)
        .map(|index| format!("\"{index}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"))
        .collect();
    let many = refusal(&with_header(&format!("{{{}}}", many.join(",")), 0));
    assert_eq!(many, FileError::TooMany { what: "tensors", limit: MOST_TENSORS });
    let axes = format!("[{}]", ["0"; 20].join(","));
    let header = format!("{{\"w\":{{\"dtype\":\"F32\",\"shape\":{axes},\"data_offsets\":[0,0]}}}}");
    let message = "the file has more axes of a tensor than the 16 that are read here";
    assert_refused(&with_header(&header, 0), message);
}

fn archives() {
    let sound = with_tensor(24, 0, &[4, 6], &[6, 1]);
    assert!(open(&sound).is_ok(), "{:?}", open(&sound));
    assert_refused(&entry::archive(&[("a/b", b"x")]), "this is an archive in which torch.save did not write");
    assert_refused(
        &entry::archive(&[("a/data.pkl", b"}."), ("a/byteorder", b"big")]),
        "the numbers are big endian",
    );
    entries_of_one_file_are_found_before_any_checksum();
    let script = entry::archive(&[("a/data.pkl", b"}."), ("a/constants.pkl", b").")]);
    assert_refused(&script, "this is a TorchScript program, not a state_dict");
    // Every entry of the directory shows the same file: how a bomb is made of little.
    let mut overlapping = entry::archive(&[("g/data.pkl", b"}."), ("g/data/0", &[0; 96])]);
    let directory = overlapping.windows(4).rposition(|four| four == b"PK\x01\x02").expect("an entry");
    overlapping[directory + 42..directory + 46].fill(0);
    assert_refused(&overlapping, "the file is damaged: two of its files overlap");
    // A file of 2 GB in an archive of 300 bytes.
    let mut claiming = with_pickle(b"}.");
    let directory = claiming.windows(4).rposition(|four| four == b"PK\x01\x02").expect("an entry");
    claiming[directory + 20..directory + 28].copy_from_slice(&[0, 0, 0, 0x77, 0, 0, 0, 0x77]);
    assert_eq!(
        refusal(&claiming).to_string(),
        "the file gru/data/0 within the archive should have 2 GB, and the file has 232 bytes of it"
    );
    let long = with_pickle(&vec![b'N'; HEADER_BYTES + 1]);
    assert_eq!(refusal(&long).code(), "file-too-large");
}

/// Thousands of entries that show the same megabyte: checked one by one they would be gigabytes.
fn entries_of_one_file_are_found_before_any_checksum() {
    let names: Vec<String> = (0..4000).map(|entry| format!("g/data/{entry}")).collect();
    let numbers = vec![0x3f; 1_000_000];
    let mut files: Vec<(&str, &[u8])> = vec![("g/data.pkl", b"}."), ("g/data/all", &numbers)];
    files.extend(names.iter().map(|name| (name.as_str(), &b""[..])));
    let mut bytes = entry::archive(&files);
    let large = bytes.windows(4).position(|four| four == b"PK\x03\x04").expect("a file") + 30 + 10 + 2;
    let size = (numbers.len() as u32).to_le_bytes();
    let directory: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter_map(|(at, four)| (four == b"PK\x01\x02").then_some(at))
        .skip(2)
        .collect();
    for entry in directory {
        bytes[entry + 20..entry + 24].copy_from_slice(&size);
        bytes[entry + 24..entry + 28].copy_from_slice(&size);
        bytes[entry + 42..entry + 46].copy_from_slice(&(large as u32).to_le_bytes());
    }
    assert_refused(&bytes, "the file is damaged: two of its files overlap");
}

fn pickles() {
    let limit = FileError::TooMany { what: "values in the pickle", limit: MOST_VALUES };
    // Deep, wide, and many small things.
    for opcode in [&b"]"[..], b"(", b"N", b"}", b")\x85", b"]q\x00h\x00a", b"}q\x00h\x00h\x00s"] {
        let pickle =
            [b"\x80\x02]", opcode.repeat(HEADER_BYTES / opcode.len() - 10).as_slice(), b"."].concat();
        let error = refusal(&with_pickle(&pickle));
        assert!(
            error == limit || error.code() == "file-damaged" || error.code() == "file-no-state-dict",
            "{error}"
        );
    }
    let damaged = |pickle: &[u8], what: &str| {
        assert_refused(&with_pickle(pickle), &format!("the file is damaged: its pickle {what}"));
    };
    damaged(b"\x80\x02}", "ends early");
    damaged(b"\x80\x02.", "takes more than there is");
    damaged(b"X\xff\xff\xff\x7fabc", "ends early");
    damaged(b"\x8a\xff\x01", "ends early");
    damaged(b"h\x07.", "recalls what it never made");
    damaged(b"NNR.", "calls what is no function");
    damaged(b"ccollections\nOrderedDict\nN\x85R.", "builds a tensor or dict of what makes none");
    damaged(b"NQ.", "points outside itself at what is no storage");
    for (pickle, name) in [
        (&b"cos\nsystem\nX\x02\x00\x00\x00id\x85R."[..], "os.system"),
        (b"\x8c\x08builtins\x8c\x04eval\x93.", "builtins.eval"),
        (b"ctorch\n_load_global_deps\n.", "torch._load_global_deps"),
    ] {
        assert_refused(&with_pickle(pickle), &format!("the file's pickle names {name}"));
    }
    for opcode in *b"iobSIVLFdlp20g\x82\x8b" {
        let error = refusal(&with_pickle(&[b"\x80\x02}".as_slice(), &[opcode], b"\n\n."].concat()));
        let is_refused = error == FileError::Instruction { opcode } || opcode == b'b';
        assert!(is_refused, "{}: {error}", opcode as char);
    }
    assert_refused(&with_pickle(b"}."), "the file holds an empty dict, not a state_dict");
}

fn tensors() {
    let damaged = |bytes: &[u8], what: &str| assert_refused(bytes, &format!("the file is damaged: w {what}"));
    damaged(&with_tensor(24, 1, &[4, 6], &[6, 1]), "reaches beyond its storage");
    damaged(&with_tensor(24, 0, &[4, 6], &[7, 1]), "reaches beyond its storage");
    damaged(&with_tensor(24, 0, &[i32::MAX, i32::MAX], &[i32::MAX, i32::MAX]), "reaches beyond its storage");
    let again = "shows the same numbers again and again, as expand() does: save a .clone() of it";
    damaged(&with_tensor(24, 0, &[i32::MAX, i32::MAX], &[0, 0]), again);
    damaged(&with_tensor(24, 0, &[2, 24], &[0, 1]), again);
    let huge = [&[i32::MAX; 5][..], &[0]].concat();
    damaged(&with_tensor(24, 0, &huge, &[1; 6]), "has a size larger than any memory");
    let cut = with_tensor(25, 0, &[4, 6], &[6, 1]);
    assert_refused(&cut, "the numbers of w should have 100 bytes, and the file has 96 bytes of it");
    assert_eq!(refusal(&with_tensor(i32::MAX, 0, &[4, 6], &[6, 1])).code(), "file-truncated");
    assert_eq!(refusal(&with_tensor(24, -1, &[4, 6], &[6, 1])).code(), "file-damaged");
    // What is legal if odd: columns, a step over others, an axis of one, nothing at all.
    for (shape, strides) in
        [(&[6, 4][..], &[1, 6][..]), (&[2, 3], &[12, 2]), (&[1, 24], &[i32::MAX, 1]), (&[0, 9], &[9, 1])]
    {
        let bytes = with_tensor(24, 0, shape, strides);
        let file = open(&bytes).unwrap_or_else(|error| panic!("{shape:?}: {error}"));
        assert_eq!(file.tensors[0].to_array().len(), shape.iter().product::<i32>() as usize);
    }
}

fn other_files() {
    assert_refused(b"", "the file is empty");
    for (start, message) in [
        (&b"\x89HDF\r\n\x1a\n0123"[..], "this is an HDF5 file, as Keras saves weights (.h5)"),
        (
            b"<!DOCTYPE html>",
            "this is a web page or XML: perhaps the page about the file was saved, not the file",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1",
            "this is a Git LFS pointer: the name of a file that was not downloaded",
        ),
        (
            b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94.",
            "this is a bare pickle, not a file that torch.save wrote",
        ),
        (b"hello, these are my weights", "this is neither a safetensors file nor one that torch.save wrote"),
        (b"\x08\x08\x12\x07pytorch", "the file is damaged: the ONNX model has no graph that ends with it"),
        (b"\x93NUMPY\x01\x00\x10\x00", "the file is damaged: array does not begin as an array does"),
    ] {
        assert_refused(start, message);
    }
    let too_large = accepts_size(2_000_000_000).expect_err("too large");
    assert_eq!(too_large.to_string(), "the file needs 2 GB, the limit here is 128 MB");
    assert!(accepts_size(FILE_BYTES).is_ok());
}

/// What is read well takes what it says: one copy, or three while a layer of Keras is reordered.
fn good_files() {
    let config = GruConfig::new(300, 400);
    let gru: Gru<f32> = Gru::new(config.clone(), &mut TorchGenerator::new(0)).expect("a module");
    let plain = to_safetensors(gru.state_dict());
    let named: Vec<_> = gru.state_dict().collect();
    let transposed = |index: usize| named[index].1.view().reversed_axes();
    let keras = to_safetensors([
        ("gru/kernel".to_owned(), transposed(0)),
        ("gru/recurrent_kernel".to_owned(), transposed(1)),
    ]);
    for (bytes, config, copies) in
        [(plain, config.clone(), 1), (keras, GruConfig { bias: false, ..config }, 4)]
    {
        let file = open(&bytes).expect("a good file");
        let call = entry::call(&config);
        HEAP.reset_peak_usage();
        let before = HEAP.current_usage();
        let (_, weights) = report(&file, &call, None, "gru.safetensors");
        let took = HEAP.peak_usage() - before;
        assert!(weights.is_some());
        assert!(took < copies * bytes.len() + 100_000, "{took} for {} bytes", bytes.len());
    }
}
