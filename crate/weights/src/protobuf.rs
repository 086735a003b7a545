//! Protocol buffers: three kinds of fields are all that an ONNX file needs, fewer lines than the messages that a library
//! would ask for. What is read stays where it is: a library would copy every tensor.

/// A message being written.
#[derive(Default)]
pub(super) struct ProtoMessage(Vec<u8>);

impl ProtoMessage {
    pub(super) fn new() -> Self {
        ProtoMessage::default()
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// An int64, or an enum's number.
    pub(super) fn int(mut self, field: u64, value: i64) -> Self {
        self.varint(field << 3);
        self.varint(value as u64);
        self
    }

    /// A string.
    pub(super) fn text(self, field: u64, text: &str) -> Self {
        self.bytes(field, text.as_bytes())
    }

    /// A message within.
    pub(super) fn message(self, field: u64, message: &ProtoMessage) -> Self {
        self.bytes(field, &message.0)
    }

    /// Bytes as they are.
    pub(super) fn bytes(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    /// Four or eight bytes as they are.
    pub(super) fn fixed(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | if bytes.len() == 8 { 1 } else { 5 });
        self.0.extend_from_slice(bytes);
        self
    }

    /// Seven bits a byte, the lowest first.
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

/// A field of a message that is read: its number, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ProtoField<'a> {
    /// A varint: an int, an enum's number.
    Int(u64, i64),
    /// A string, bytes, a message, or packed numbers.
    Bytes(u64, &'a [u8]),
    /// Four or eight bytes: a float or a double.
    Fixed(u64, &'a [u8]),
}

/// The fields of a message in their order; ends with none where a field contradicts the format.
pub(super) struct ProtoReader<'a> {
    rest: &'a [u8],
}

impl<'a> ProtoReader<'a> {
    pub(super) fn new(message: &'a [u8]) -> Self {
        ProtoReader { rest: message }
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// A varint alone, as packed fields have them.
    pub(super) fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for place in 0..10 {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn field(&mut self) -> Option<ProtoField<'a>> {
        let tag = self.varint()?;
        let number = tag >> 3;
        match tag & 7 {
            0 => self.varint().map(|value| ProtoField::Int(number, value as i64)),
            1 => self.take(8).map(|bytes| ProtoField::Fixed(number, bytes)),
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.take(length).map(|bytes| ProtoField::Bytes(number, bytes))
            }
            5 => self.take(4).map(|bytes| ProtoField::Fixed(number, bytes)),
            _ => None,
        }
    }
}

impl<'a> Iterator for ProtoReader<'a> {
    type Item = Result<ProtoField<'a>, ProtoError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field().ok_or(ProtoError);
        // What follows a damaged field means nothing.
        if field.is_err() {
            self.rest = &[];
        }
        Some(field)
    }
}

/// A field that contradicts the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProtoError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_the_encoding_guide_has_them() {
        assert_eq!(ProtoMessage::new().int(1, 150).into_bytes(), [0x08, 0x96, 0x01]);
        assert_eq!(ProtoMessage::new().text(2, "testing").into_bytes(), b"\x12\x07testing");
        let inner = ProtoMessage::new().int(1, 150);
        assert_eq!(ProtoMessage::new().message(3, &inner).into_bytes(), [0x1a, 0x03, 0x08, 0x96, 0x01]);
        let negative = ProtoMessage::new().int(1, -1).into_bytes();
        let read: Vec<_> = ProtoReader::new(&negative).collect();
        assert_eq!(read, [Ok(ProtoField::Int(1, -1))]);
        let read: Vec<_> = ProtoReader::new(b"\x12\x03abc\x08").collect();
        assert_eq!(read, [Ok(ProtoField::Bytes(2, b"abc")), Err(ProtoError)]);
        assert_eq!(negative, [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    }
}
