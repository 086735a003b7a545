//! How far a remade file is from what it was.

use std::fmt;
use std::io::Read;

use flate2::read::ZlibDecoder;
use serde_json::Value;

/// The records of two files of JSON, one a line, compared in their order.
#[derive(Debug, Default, PartialEq)]
pub struct Difference {
    /// Whether both files are text of JSON; else nothing below is known.
    is_json: bool,
    /// How many records are another way, and of how many.
    records: usize,
    of: usize,
    /// The largest difference of two numbers on the same place.
    largest: f64,
    /// Where something else than a number differs first.
    first: Option<String>,
}

impl Difference {
    pub fn of(before: &[u8], after: &[u8]) -> Self {
        let (Some(before), Some(after)) = (records(before), records(after)) else { return Self::default() };
        let mut difference = Self { is_json: true, of: before.len().max(after.len()), ..Self::default() };
        for (i, (before, after)) in before.iter().zip(&after).enumerate() {
            if before != after {
                difference.records += 1;
                let name = after
                    .get("id")
                    .and_then(Value::as_str)
                    .map_or_else(|| (i + 1).to_string(), str::to_owned);
                difference.walk(before, after, &name);
            }
        }
        if before.len() != after.len() {
            difference.records += before.len().abs_diff(after.len());
            difference.tell(format!("{} records were {}", after.len(), before.len()));
        }
        difference
    }

    fn tell(&mut self, place: String) {
        self.first.get_or_insert(place);
    }

    fn walk(&mut self, before: &Value, after: &Value, at: &str) {
        match (before, after) {
            (Value::Number(before), Value::Number(after)) => {
                let off = before.as_f64().zip(after.as_f64()).map_or(f64::NAN, |(a, b)| (a - b).abs());
                self.largest = self.largest.max(off);
            }
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
                for (i, (before, after)) in before.iter().zip(after).enumerate() {
                    self.walk(before, after, &format!("{at}[{i}]"));
                }
            }
            (Value::Object(before), Value::Object(after)) if before.len() == after.len() => {
                for (key, before) in before {
                    match after.get(key) {
                        Some(after) => self.walk(before, after, &format!("{at}.{key}")),
                        None => self.tell(format!("{at}.{key} is gone")),
                    }
                }
            }
            (before, after) if before == after => {}
            _ => self.tell(at.to_owned()),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_json {
            return write!(f, "other bytes");
        }
        write!(f, "{} of {} records differ", self.records, self.of)?;
        if self.largest > 0.0 {
            write!(f, ", numbers by at most {:.1e}", self.largest)?;
        }
        match &self.first {
            Some(first) => write!(f, ", more than numbers first at {first}"),
            None => Ok(()),
        }
    }
}

/// The records of a file: one JSON value, or one a line, also packed by zlib.
fn records(bytes: &[u8]) -> Option<Vec<Value>> {
    let mut unpacked = String::new();
    let text = if let Ok(text) = std::str::from_utf8(bytes) {
        text
    } else {
        ZlibDecoder::new(bytes).read_to_string(&mut unpacked).ok()?;
        &unpacked
    };
    match serde_json::from_str(text) {
        Ok(value) => Some(vec![value]),
        Err(_) => text.lines().map(|line| serde_json::from_str(line).ok()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn said(before: &str, after: &str) -> String {
        Difference::of(before.as_bytes(), after.as_bytes()).to_string()
    }

    #[test]
    fn numbers_are_told_by_their_largest_difference() {
        let before = "{\"id\":\"a\",\"out\":[1.0,2.0]}\n{\"id\":\"b\",\"out\":[3.0]}\n";
        let after = "{\"id\":\"a\",\"out\":[1.5,2.25]}\n{\"id\":\"b\",\"out\":[3.0]}\n";
        assert_eq!(said(before, after), "1 of 2 records differ, numbers by at most 5.0e-1");
    }

    #[test]
    fn another_word_is_told_with_its_place() {
        let before = "{\"id\":\"a\",\"message\":\"no\"}\n{\"id\":\"b\",\"message\":\"no\"}\n";
        let after = "{\"id\":\"a\",\"message\":\"no\"}\n{\"id\":\"b\",\"message\":\"yes\"}\n";
        assert_eq!(said(before, after), "1 of 2 records differ, more than numbers first at b.message");
    }

    #[test]
    fn records_that_are_missing_count() {
        let before = "{\"id\":\"a\"}\n{\"id\":\"b\"}\n";
        assert_eq!(
            said(before, "{\"id\":\"a\"}\n{}\n{}\n"),
            "2 of 3 records differ, more than numbers first at 2"
        );
    }

    #[test]
    fn packed_records_are_read() {
        let pack = |text: &str| {
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
            packed.write_all(text.as_bytes()).expect("memory");
            packed.finish().expect("memory")
        };
        let difference = Difference::of(&pack("{\"n\":1}\n{\"n\":2}\n"), &pack("{\"n\":1}\n{\"n\":4}\n"));
        assert_eq!(difference.to_string(), "1 of 2 records differ, numbers by at most 2.0e0");
    }

    #[test]
    fn what_is_no_json_has_other_bytes() {
        assert_eq!(said("a = 1", "a = 2"), "other bytes");
    }
}
