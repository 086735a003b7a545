//! A file of Python that builds the module with its very weights, runs the call and prints.

use ndarray::ArrayViewD;

use super::load::exported;
use call::Call;
use call::py::{CodeLine, code};
use num::float;

/// The most numbers that are written into the file; more are loaded from a safetensors file beside it.
pub const INLINE: usize = 20_000;

/// A runnable file: the code of the call, with these weights in place of those that `nn.GRU` draws, and the
/// numbers of `h_n` printed too.
///
/// The input and `h_0` are drawn as [`code`] draws them. The weights are written with as many digits as tell
/// each float32 from all others; more than [`INLINE`] of them are loaded from `gru.safetensors`.
///
/// ```
/// use call::{Argument, Call, Config, Release, Value};
/// use gru_playground_weights::python_file;
/// use nn::gru::{Gru, GruConfig};
/// use rng::TorchGenerator;
///
/// let gru = Gru::<f32>::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
/// let int = |size| Some(Value::Int(size));
/// let config = Config { input_size: int(3), hidden_size: int(2), ..Config::default() };
/// let call = Call { config, input: Argument::tensor([5, 1, 3]), h_0: None, release: Release::NEWEST };
/// let text = python_file(&call, Some(0), gru.state_dict());
/// assert!(text.contains("gru = nn.GRU(") && text.contains("torch.tensor("));
/// ```
pub fn python_file<'a>(
    call: &Call,
    seed: Option<i64>,
    weights: impl IntoIterator<Item = (String, ArrayViewD<'a, f32>)>,
) -> String {
    let weights: Vec<_> = weights.into_iter().collect();
    let is_inline = weights.iter().map(|(_, tensor)| tensor.len()).sum::<usize>() <= INLINE;
    let mut loading: Vec<String> = exported().iter().map(CodeLine::text).collect();
    let mut statements = loading.split_off(2);
    if is_inline {
        loading.clear();
        statements = vec!["gru.load_state_dict({".to_owned()];
        statements
            .extend(weights.iter().map(|(name, tensor)| format!("    \"{name}\": {},", literal(tensor))));
        statements.push("})".to_owned());
    }
    let mut lines =
        vec!["\"\"\"The GRU of the playground with its very weights.\"\"\"".to_owned(), String::new()];
    for line in code(call, seed) {
        let line = line.text();
        let is_module = line.starts_with("gru = ");
        let ends_imports = line.is_empty();
        if ends_imports && !is_inline {
            lines.push(loading[0].clone());
        }
        lines.push(line);
        if is_module {
            lines.append(&mut statements);
        }
    }
    lines.push("print(h_n.detach().flatten().tolist())".to_owned());
    lines.push(String::new());
    lines.join("\n")
}

/// The most characters of a line of numbers.
const WIDTH: usize = 100;

/// `torch.tensor([[0.1, -0.2], [0.3, 0.4]])`, in lines that can be read.
fn literal(tensor: &ArrayViewD<'_, f32>) -> String {
    if tensor.ndim() < 2 {
        return format!("torch.tensor({})", list(tensor, "    "));
    }
    let rows: Vec<String> = tensor.outer_iter().map(|row| list(&row, "        ")).collect();
    format!("torch.tensor([\n        {},\n    ])", rows.join(",\n        "))
}

/// `[0.1, -0.2]`, or in several lines where one is too long; what follows stands at the margin.
fn list(row: &ArrayViewD<'_, f32>, margin: &str) -> String {
    let mut lines = vec![String::new()];
    for number in row.iter().map(|&number| digits(number)) {
        let line = lines.last_mut().filter(|line| line.len() + 2 + number.len() <= WIDTH);
        match line {
            Some(line) if line.is_empty() => line.push_str(&number),
            Some(line) => line.extend([", ", &number]),
            None => lines.push(number),
        }
    }
    match lines.as_slice() {
        [line] => format!("[{line}]"),
        _ => format!("[\n{margin}    {},\n{margin}]", lines.join(&format!(",\n{margin}    "))),
    }
}

/// A number that Python reads as a double which rounds to this float.
fn digits(number: f32) -> String {
    if !number.is_finite() {
        return format!("float(\"{}\")", float::repr(number.into()));
    }
    let mut buffer = ryu::Buffer::new();
    let shortest = buffer.format_finite(number);
    // By way of a double a number may be rounded twice: the digits of the double itself are exact.
    match shortest.parse::<f64>() {
        Ok(double) if (double as f32).to_bits() == number.to_bits() => shortest.to_owned(),
        _ => float::repr(number.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back_through_a_double() {
        let numbers = [0.1, -0.0, 1.0e-45, 3.402_823_5e38, 1.175_494_4e-38, 0.333_333_34, 16_777_216.0];
        for number in numbers {
            let back: f64 = digits(number).parse().expect("a number");
            assert_eq!((back as f32).to_bits(), number.to_bits());
        }
        assert_eq!(digits(f32::NAN), "float(\"nan\")");
        assert_eq!(digits(f32::NEG_INFINITY), "float(\"-inf\")");
    }

    #[test]
    fn no_line_is_longer_than_can_be_read_and_none_loses_a_number() {
        let numbers = |count: usize| (0..count).map(|index| index as f32 / 7.0 - 50.0);
        let bias = ndarray::Array1::from_iter(numbers(768)).into_dyn();
        let wide =
            ndarray::Array2::from_shape_vec((3, 256), numbers(768).collect()).expect("a matrix").into_dyn();
        for tensor in [bias, wide] {
            let text = literal(&tensor.view());
            assert!(text.lines().all(|line| line.len() <= WIDTH + 20), "{text}");
            let read = text.split(|character: char| !matches!(character, '0'..='9' | '.' | '-' | 'e'));
            let read: Vec<f32> = read.filter_map(|number| number.parse().ok()).collect();
            assert_eq!(read, tensor.iter().copied().collect::<Vec<_>>());
        }
        let short = ndarray::arr1(&[0.5_f32, -1.0]).into_dyn();
        assert_eq!(literal(&short.view()), "torch.tensor([0.5, -1.0])");
    }
}
