//! How a file is written: what stands between values, and what between whole and fraction.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::number::parse_number;

/// What may stand between values, the usual one first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So many rows are looked at.
const SAMPLE: usize = 50;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CsvFormat {
    pub(super) delimiter: u8,
    pub(super) decimal_comma: bool,
    pub(super) header: bool,
}

/// A reader of all rows, whatever their length; lines that begin with # are comments.
pub(super) fn reader(bytes: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(delimiter)
        .from_reader(bytes)
}

impl CsvFormat {
    /// The format in which most of the first rows have the same number of values, more than one, and most of these are numbers.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let formats = DELIMITERS.map(|delimiter| {
            let rows: Vec<ByteRecord> =
                reader(bytes, delimiter).byte_records().map_while(Result::ok).take(SAMPLE).collect();
            let [points, commas] = [false, true].map(|comma| numbers(&rows, comma));
            // What a comma separates cannot have commas within.
            let decimal_comma = delimiter != b',' && commas > points;
            let format = CsvFormat { delimiter, decimal_comma, header: has_header(&rows, decimal_comma) };
            let width = rows.get(rows.len() / 2).map_or(0, ByteRecord::len);
            let alike = rows.iter().filter(|row| row.len() == width && width > 1).count();
            ((alike, points.max(if delimiter == b',' { 0 } else { commas })), format)
        });
        // Of equals the first: the usual one.
        let [first, rest @ ..] = formats;
        let best = rest.into_iter().fold(first, |best, other| if other.0 > best.0 { other } else { best });
        best.1
    }
}

/// How many values are numbers.
fn numbers(rows: &[ByteRecord], decimal_comma: bool) -> usize {
    let is_number = |value: &&[u8]| {
        std::str::from_utf8(value).is_ok_and(|text| parse_number(text, decimal_comma).is_some())
    };
    rows.iter().map(|row| row.iter().filter(is_number).count()).sum()
}

/// Whether the first row has no number and a later one has one.
fn has_header(rows: &[ByteRecord], decimal_comma: bool) -> bool {
    match rows {
        [first, rest @ ..] => {
            numbers(std::slice::from_ref(first), decimal_comma) == 0 && numbers(rest, decimal_comma) > 0
        }
        [] => false,
    }
}
