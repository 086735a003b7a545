//! Short tensors as `PyTorch` prints them, with its default options.

/// `torch.set_printoptions`' `linewidth`.
const LINE: usize = 80;
const OPENING: &str = "tensor([";

/// `print(torch.tensor([2, 10]))`: `tensor([ 2, 10])`.
pub fn integers<T: ToString>(values: &[T]) -> String {
    let texts: Vec<_> = values.iter().map(T::to_string).collect();
    vector(widest(&texts), &texts)
}

/// `print(torch.tensor([0.5, -1.25]))`: `tensor([ 0.5000, -1.2500])`.
pub fn floats(values: &[f32]) -> String {
    let sizes =
        values.iter().map(|value| f64::from(value.abs())).filter(|&size| size != 0.0 && size.is_finite());
    let (least, most) =
        sizes.fold((f64::INFINITY, 0.0_f64), |(least, most), size| (least.min(size), most.max(size)));
    let whole = values.iter().filter(|value| value.is_finite()).all(|value| value.fract() == 0.0);
    // As PyTorch's own formatter decides: an exponent where four decimals could not tell the numbers apart.
    let scientific = most > 0.0 && (most / least > 1e3 || most > 1e8 || (!whole && least < 1e-4));
    let print = |&value: &f32| match (value.is_nan(), value.is_infinite()) {
        (true, _) => "nan".to_owned(),
        (_, true) if value > 0.0 => "inf".to_owned(),
        (_, true) => "-inf".to_owned(),
        _ if scientific => exponential(f64::from(value)),
        _ if whole => format!("{value:.0}."),
        _ => format!("{value:.4}"),
    };
    // What is no number is written, but PyTorch does not measure it.
    let numbers: Vec<_> = values.iter().filter(|value| value.is_finite()).map(print).collect();
    vector(widest(&numbers), &values.iter().map(print).collect::<Vec<_>>())
}

/// Python's `{:.4e}`.
fn exponential(value: f64) -> String {
    let printed = format!("{value:.4e}");
    let (digits, exponent) = printed.split_once('e').unwrap_or((&printed, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{digits}e{sign}{exponent:0>2}")
}

fn widest(texts: &[String]) -> usize {
    texts.iter().map(String::len).max().unwrap_or(0)
}

/// Texts of one width, as many a line as fit.
fn vector(width: usize, texts: &[String]) -> String {
    let room = LINE - OPENING.len() + 1;
    let lines: Vec<String> = texts
        .chunks((room / (width + 2)).max(1))
        .map(|line| line.iter().map(|text| format!("{text:>width$}")).collect::<Vec<_>>().join(", "))
        .collect();
    let separator = format!(",\n{}", " ".repeat(OPENING.len()));
    format!("{OPENING}{}])", lines.join(&separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_print_as_in_pytorch() {
        assert_eq!(integers(&[2, 10]), "tensor([ 2, 10])");
        assert_eq!(integers::<i64>(&[]), "tensor([])");
        let many = integers(&(0..32).collect::<Vec<_>>());
        let lines: Vec<&str> = many.lines().collect();
        assert_eq!(
            lines[0],
            "tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,"
        );
        assert_eq!(lines[1], "        18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31])");
        assert_eq!(floats(&[0.5, -1.25, 3.0]), "tensor([ 0.5000, -1.2500,  3.0000])");
        assert_eq!(floats(&[1.0, -2.0]), "tensor([ 1., -2.])");
        assert_eq!(floats(&[1.0, f32::NAN]), "tensor([1., nan])");
        assert_eq!(floats(&[100.0, f32::NAN]), "tensor([100.,  nan])");
        assert_eq!(floats(&[0.0, 0.25, f32::NEG_INFINITY]), "tensor([0.0000, 0.2500,   -inf])");
        assert_eq!(floats(&[1.5e-5, -0.25]), "tensor([ 1.5000e-05, -2.5000e-01])");
        assert_eq!(floats(&[1500.0, 1.25]), "tensor([1.5000e+03, 1.2500e+00])");
        assert_eq!(floats(&[0.0, 0.0]), "tensor([0., 0.])");
    }
}
