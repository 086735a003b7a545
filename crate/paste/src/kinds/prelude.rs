//! What every table needs.

pub(super) use super::{Says, TextKind};
pub(super) use crate::found::{Hit, arg_or};
pub(super) use crate::python::{is_dotted, is_name, quoted};

/// Sizes as Python prints a tuple.
pub(super) fn tuple(sizes: &[i64]) -> String {
    call::shape::Shape::new(sizes.iter().copied()).to_string()
}

/// The failing line below another statement.
pub(super) fn before_line(statement: &str, found: &Hit) -> String {
    match found.line() {
        Some(line) => format!("{statement}\n{line}"),
        None => statement.to_owned(),
    }
}

/// Another sentence of a cause.
pub(super) fn add(cause: &mut String, more: &str) {
    cause.push_str(more);
}

/// Product of sizes, never past the end of the numbers.
pub(super) fn product(sizes: &[i64]) -> i64 {
    sizes.iter().fold(1_i64, |product, size| product.saturating_mul(*size))
}

/// The dtype that Python writes for what C++ messages call `Float`.
pub(super) fn dtype(scalar: &str) -> &'static str {
    match scalar.trim_start_matches("torch.").trim_start_matches("cuda.").trim_end_matches("Tensor") {
        "Double" | "float64" | "double" => "torch.float64",
        "Half" | "float16" | "c10::Half" => "torch.float16",
        "BFloat16" | "bfloat16" | "c10::BFloat16" => "torch.bfloat16",
        "Long" | "int64" | "long" => "torch.int64",
        "Int" | "int32" | "int" => "torch.int32",
        "Bool" | "bool" => "torch.bool",
        "Byte" | "uint8" => "torch.uint8",
        _ => "torch.float32",
    }
}

/// What stands before a place of a line: `checkpoint` before `["epoch"`.
pub(super) fn name_before<'a>(line: &'a str, end: &str) -> Option<&'a str> {
    let before = &line[..line.find(end)?];
    let name = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).next()?;
    is_dotted(name).then_some(name)
}
