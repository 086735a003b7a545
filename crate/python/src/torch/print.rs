//! How `PyTorch` prints a tensor.

use super::Context;
use super::dtype::ScalarType;
use super::tensor::TorchTensor;
use crate::value::R;

/// `torch.set_printoptions`.
pub struct PrintOptions {
    pub precision: usize,
    pub threshold: usize,
    pub edge: usize,
    pub width: usize,
    pub scientific: Option<bool>,
}

impl Default for PrintOptions {
    fn default() -> Self {
        PrintOptions { precision: 4, threshold: 1000, edge: 3, width: 80, scientific: None }
    }
}

/// How each number is written, and how wide.
struct NumberFormat<'a> {
    options: &'a PrintOptions,
    dtype: ScalarType,
    whole: bool,
    scientific: bool,
    width: usize,
}

impl<'a> NumberFormat<'a> {
    fn new(options: &'a PrintOptions, dtype: ScalarType, values: &[f64]) -> Self {
        let mut format = NumberFormat { options, dtype, whole: true, scientific: false, width: 1 };
        if !dtype.is_float() {
            format.width = values.iter().map(|x| format.text(*x).len()).max().unwrap_or(1).max(1);
            return format;
        }
        let finite: Vec<f64> = values.iter().copied().filter(|x| x.is_finite() && *x != 0.0).collect();
        if finite.is_empty() {
            if let Some(scientific) = options.scientific {
                format.scientific = scientific;
            }
            return format;
        }
        let largest = finite.iter().fold(0.0, |top: f64, x| top.max(x.abs()));
        let smallest = finite.iter().fold(f64::INFINITY, |least: f64, x| least.min(x.abs()));
        format.whole = finite.iter().all(|x| *x == x.ceil());
        format.scientific = if format.whole {
            largest / smallest > 1000.0 || largest > 1e8
        } else {
            largest / smallest > 1000.0 || largest > 1e8 || smallest < 1e-4
        };
        if let Some(scientific) = options.scientific {
            format.scientific = scientific;
        }
        format.width = finite.iter().map(|x| format.text(*x).len()).max().unwrap_or(1);
        format
    }

    fn text(&self, x: f64) -> String {
        if self.dtype == ScalarType::Bool {
            return if x == 0.0 { "False".into() } else { "True".into() };
        }
        if !self.dtype.is_float() {
            return format!("{}", x as i64);
        }
        if x.is_nan() {
            return "nan".into();
        }
        if x.is_infinite() {
            return if x > 0.0 { "inf".into() } else { "-inf".into() };
        }
        if self.scientific {
            let text = format!("{x:.*e}", self.options.precision);
            let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let (sign, size) = match exponent.strip_prefix('-') {
                Some(size) => ('-', size),
                None => ('+', exponent),
            };
            return format!("{digits}e{sign}{size:0>2}");
        }
        if self.whole { format!("{x:.0}.") } else { format!("{x:.*}", self.options.precision) }
    }

    fn padded(&self, text: &str) -> String {
        format!("{text:>width$}", width = self.width)
    }
}

/// The values that are shown: all, or those at the edges.
fn shown(options: &PrintOptions, shape: &[usize], short: bool) -> Vec<Vec<usize>> {
    shape
        .iter()
        .map(|&size| {
            if short && size > 2 * options.edge {
                (0..options.edge).chain(size - options.edge..size).collect()
            } else {
                (0..size).collect()
            }
        })
        .collect()
}

struct PrintedBody<'a> {
    format: NumberFormat<'a>,
    values: &'a [String],
    shape: &'a [usize],
    strides: Vec<usize>,
    short: bool,
}

impl PrintedBody<'_> {
    fn write(&self, dim: usize, start: usize, indent: usize) -> String {
        let options = self.format.options;
        let size = self.shape.get(dim).copied().unwrap_or(0);
        let cut = self.short && size > 2 * options.edge;
        if dim + 1 == self.shape.len() {
            let per_line = ((options.width.saturating_sub(indent)) / (self.format.width + 2)).max(1);
            let mut texts = Vec::new();
            for i in 0..size {
                if cut && i == options.edge {
                    texts.push(" ...".to_owned());
                }
                if !cut || i < options.edge || i >= size - options.edge {
                    texts.push(self.format.padded(&self.values[start + i]));
                }
            }
            let lines: Vec<String> = texts.chunks(per_line).map(|line| line.join(", ")).collect();
            return format!("[{}]", lines.join(&format!(",\n{}", " ".repeat(indent + 1))));
        }
        let mut parts = Vec::new();
        for i in 0..size {
            if cut && i == options.edge {
                parts.push("...".to_owned());
            }
            if !cut || i < options.edge || i >= size - options.edge {
                parts.push(self.write(dim + 1, start + i * self.strides[dim], indent + 1));
            }
        }
        let gap = format!(",{}{}", "\n".repeat(self.shape.len() - dim - 1), " ".repeat(indent + 1));
        format!("[{}]", parts.join(&gap))
    }
}

pub fn tensor(cx: &Context, x: &TorchTensor) -> R<String> {
    let (title, is_parameter) =
        if x.is_parameter() { ("Parameter containing:\n", true) } else { ("", false) };
    let prefix = "tensor(";
    let options = cx.print.borrow();
    let shape = x.shape();
    let mut ends = Vec::new();
    let dtype = x.dtype();
    let usual = dtype == cx.default_dtype.get() || dtype == ScalarType::I64 || dtype == ScalarType::Bool;
    let body = if x.len() == 0 && !shape.is_empty() {
        if shape.len() != 1 {
            ends.push(format!("size={}", ShownSizes(&shape)));
        }
        if dtype != cx.default_dtype.get() {
            ends.push(format!("dtype=torch.{}", dtype.name()));
        }
        "[]".to_owned()
    } else {
        if !usual {
            ends.push(format!("dtype=torch.{}", dtype.name()));
        }
        let short = x.len() > options.threshold;
        let values: Vec<f64> =
            if dtype.is_float() { x.floats() } else { x.ints().into_iter().map(|x| x as f64).collect() };
        let order: Vec<Vec<i64>> = shown(&options, &shape, short)
            .into_iter()
            .map(|indices| indices.into_iter().map(|i| i as i64).collect())
            .collect();
        let strides = super::tensor::strides_of(&shape);
        let seen: Vec<f64> =
            super::select_places(&order, &strides).into_iter().map(|at| values[at]).collect();
        let format = NumberFormat::new(&options, dtype, &seen);
        let texts: Vec<String> = if dtype.is_float() || dtype == ScalarType::Bool {
            values.iter().map(|x| format.text(*x)).collect()
        } else {
            x.ints().iter().map(ToString::to_string).collect()
        };
        if shape.is_empty() {
            texts[0].clone()
        } else {
            let strides = strides.iter().map(|&s| s as usize).collect();
            PrintedBody { format, values: &texts, shape: &shape, strides, short }.write(0, 0, prefix.len())
        }
    };
    if let Some(node) = x.node() {
        ends.push(format!("grad_fn=<{node}>"));
    } else if x.requires_grad() {
        ends.push("requires_grad=True".to_owned());
    }
    let mut out = format!("{prefix}{body}");
    let mut last = out.len() - out.rfind('\n').map_or(0, |at| at + 1) + 2;
    for end in ends {
        if last + end.len() + 2 > options.width {
            out += ",\n";
            out += &" ".repeat(prefix.len());
            out += &end;
            last = prefix.len() + end.len();
        } else {
            out += ", ";
            out += &end;
            last += end.len() + 2;
        }
    }
    out.push(')');
    let _ = is_parameter;
    Ok(format!("{title}{out}"))
}

struct ShownSizes<'a>(&'a [usize]);

impl std::fmt::Display for ShownSizes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(f, "({})", sizes.join(", "))
    }
}
