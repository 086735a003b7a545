//! In which line a record begins.

/// Counts lines from one record to the next, each looked at once.
pub(super) struct LineCount<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> LineCount<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        LineCount { bytes, at: 0, line: 1 }
    }

    /// The line, from 1, of the record that is read from this byte on: empty lines and comments before it are passed over.
    pub(super) fn of_record(&mut self, from: usize) -> u64 {
        while self.at < from {
            self.step();
        }
        loop {
            match self.bytes.get(self.at) {
                Some(b'\r' | b'\n') => self.step(),
                Some(b'#') => {
                    while !matches!(self.bytes.get(self.at), None | Some(b'\r' | b'\n')) {
                        self.step();
                    }
                }
                _ => return self.line,
            }
        }
    }

    /// Whether the record that was found last has a quote, up to this byte, that is not closed.
    pub(super) fn is_open(&self, until: usize) -> bool {
        let record = self.bytes.get(self.at..until.min(self.bytes.len())).unwrap_or_default();
        record.iter().fold(false, |open, &byte| open != (byte == b'"')) && record.contains(&b'\n')
    }

    fn step(&mut self) {
        let next = self.bytes.get(self.at + 1);
        let ends = match self.bytes.get(self.at) {
            Some(b'\n') => true,
            Some(b'\r') => next != Some(&b'\n'),
            _ => false,
        };
        self.line += u64::from(ends);
        self.at += 1;
    }
}
