use gru_playground::gru::GruConfig;

use super::compare::Tolerance;
use super::rng_lab::LabCall;

/// A call that draws random numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum RngCall {
    /// `manual_seed(s)`.
    ManualSeed(u64),
    /// `rand(...)`.
    Rand(Drawn),
    /// `randn(...)`.
    Randn(Drawn),
    /// `empty(...).uniform_(low, high)`.
    Uniform(Drawn, [f64; 2]),
    /// `nn.GRU(...)`.
    Gru(GruConfig, Width),
    /// What the page's module does not offer, but the core and the lab's.
    Lab(LabCall),
}

/// The shape and element type of a tensor that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its element type.
    pub width: Width,
}

/// An element type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// float32.
    Single,
    /// float64.
    Double,
}

impl RngCall {
    /// Reads a call in `PyTorch`'s spelling without `torch.`.
    ///
    /// # Errors
    /// That the call is not supported.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::read(text)
            .or_else(|| LabCall::parse(text))
            .ok_or_else(|| format!("the call {text} is not supported"))
    }

    fn read(text: &str) -> Option<Self> {
        let (function, arguments, rest) = split_call(text)?;
        match (function, split_call(rest)) {
            ("empty", Some((".uniform_", bounds, ""))) => {
                let [low, high] = bounds.as_slice() else { return None };
                let bounds = [low.parse().ok()?, high.parse().ok()?];
                Some(RngCall::Uniform(Drawn::read(&arguments)?, bounds))
            }
            _ if !rest.is_empty() => None,
            ("manual_seed", None) => {
                arguments.first()?.parse::<i128>().ok().map(|s| RngCall::ManualSeed(s as u64))
            }
            ("rand", None) => Some(RngCall::Rand(Drawn::read(&arguments)?)),
            ("randn", None) => Some(RngCall::Randn(Drawn::read(&arguments)?)),
            ("nn.GRU", None) => read_gru(&arguments),
            _ => None,
        }
    }

    /// How far our numbers may be from `PyTorch`'s.
    pub fn tolerance(&self) -> Tolerance {
        match self {
            RngCall::Randn(Drawn { width: Width::Single, .. }) => Tolerance::UlpF32,
            RngCall::Randn(Drawn { width: Width::Double, .. }) => Tolerance::UlpF64,
            RngCall::Lab(call) => call.tolerance(),
            _ => Tolerance::Exact,
        }
    }
}

impl Drawn {
    /// Reads sizes, in a tuple or not, and a dtype.
    pub fn read(arguments: &[&str]) -> Option<Self> {
        let (mut shape, mut width) = (Vec::new(), Width::Single);
        for argument in arguments {
            if let Some(dtype) = argument.strip_prefix("dtype=") {
                width = Width::read(dtype)?;
            } else {
                let sizes = argument.trim_matches(['(', ')']).split(',').map(str::trim);
                for size in sizes.filter(|size| !size.is_empty()) {
                    shape.push(size.parse().ok()?);
                }
            }
        }
        Some(Drawn { shape, width })
    }
}

impl Width {
    /// Reads a dtype.
    pub fn read(dtype: &str) -> Option<Self> {
        match dtype {
            "torch.float32" => Some(Width::Single),
            "torch.float64" => Some(Width::Double),
            _ => None,
        }
    }
}

fn read_gru(arguments: &[&str]) -> Option<RngCall> {
    const ORDER: [&str; 7] =
        ["input_size", "hidden_size", "num_layers", "bias", "batch_first", "dropout", "bidirectional"];
    let (mut options, mut width) = (serde_json::Map::new(), Width::Single);
    for (i, argument) in arguments.iter().enumerate() {
        let (name, value) = argument.split_once('=').or(ORDER.get(i).map(|name| (*name, *argument)))?;
        match name {
            "dtype" => width = Width::read(value)?,
            name if ORDER.contains(&name) => {
                let value = serde_json::from_str(&value.to_lowercase()).ok()?;
                options.insert(name.to_owned(), value);
            }
            _ => return None,
        }
    }
    let config = serde_json::from_value(options.into()).ok()?;
    Some(RngCall::Gru(config, width))
}

/// Splits `name(a, b)rest` into name, arguments and rest; a tuple or list is one argument.
pub fn split_call(text: &str) -> Option<(&str, Vec<&str>, &str)> {
    let open = text.find('(')?;
    let (mut depth, mut start, mut arguments) = (0, open + 1, Vec::new());
    for (i, c) in text.char_indices().skip_while(|&(i, _)| i < open) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        let ends_call = depth == 0;
        if ends_call || (c == ',' && depth == 1) {
            arguments.push(text[start..i].trim());
            start = i + c.len_utf8();
        }
        if ends_call {
            arguments.retain(|argument| !argument.is_empty());
            return Some((&text[..open], arguments, &text[start..]));
        }
    }
    None
}
