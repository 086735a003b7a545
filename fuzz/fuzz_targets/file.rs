#![no_main]

#[path = "../entry.rs"]
#[allow(dead_code)] // each target takes one of them
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::file(bytes));
