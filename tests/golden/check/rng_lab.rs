//! Calls of the random stream that the page's module does not offer, but the core and the lab's module do.

use gru_playground::gru::Real;
use gru_playground::rng::{DrawError, Generator, TorchGenerator, init};

use super::compare::Tolerance;
use super::native::to_f64;
use super::record::Tensor;
use super::rng_call::{Drawn, RngCall, Width, split_call};

/// A call that the page's module does not offer.
#[derive(Debug, Clone, PartialEq)]
pub enum LabCall {
    /// Numbers of a shape and type.
    Numbers(Drawn, Draw),
    /// Modules with the prefix of their parameters' names.
    Modules(Vec<(String, Module)>),
}

/// What numbers are drawn; a tensor that goes in is given by its elements.
#[derive(Debug, Clone, PartialEq)]
pub enum Draw {
    /// `normal_(mean, std)`.
    Normal(f64, f64),
    /// `normal(means, stds)`.
    NormalOf(Vec<f64>, Vec<f64>),
    /// `randint(low, high, ...)`.
    Randint(i64, i64),
    /// `randperm(n)`.
    Randperm,
    /// `bernoulli_(p)`.
    Bernoulli(f64),
    /// `bernoulli(tensor)`.
    BernoulliOf(Vec<f64>),
    /// `exponential_(lambd)`.
    Exponential(f64),
    /// `multinomial(weights, num_samples, replacement)`.
    Multinomial(Vec<f64>, usize, bool),
    /// `nn.functional.dropout(tensor, p)`.
    Dropout(Vec<f64>, f64),
}

/// A module that draws its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Module {
    /// A linear layer or a convolution: shape of the weight, and whether there is a bias.
    Linear(Vec<usize>, bool),
    /// (`num_embeddings`, `embedding_dim`) and the padding row.
    Embedding(usize, usize, Option<usize>),
    /// A recurrent module or cell.
    Recurrent(Recurrent),
}

/// A recurrent module or cell that draws its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrent {
    /// Its class: `LSTM`, `GRUCell`.
    pub class: String,
    /// The options that differ from their defaults, and the sizes.
    pub options: serde_json::Value,
    hidden_size: usize,
    /// Names and shapes in the order of its state dict.
    parameters: Vec<(String, Vec<usize>)>,
}

impl LabCall {
    /// Reads a call in `PyTorch`'s spelling without `torch.`; none if it is not supported.
    pub fn parse(text: &str) -> Option<RngCall> {
        let (function, arguments, rest) = split_call(text)?;
        let numbers = |drawn, draw| Some(RngCall::Lab(LabCall::Numbers(drawn, draw)));
        if function == "empty" {
            let drawn = Drawn::read(&arguments)?;
            let (method, values, "") = split_call(rest)? else { return None };
            let value = |i: usize| values.get(i).and_then(|value| value.parse::<f64>().ok());
            return match method {
                ".normal_" => numbers(drawn, Draw::Normal(value(0)?, value(1)?)),
                ".bernoulli_" => numbers(drawn, Draw::Bernoulli(value(0)?)),
                ".exponential_" => numbers(drawn, Draw::Exponential(value(0).unwrap_or(1.0))),
                ".random_" => numbers(drawn, Draw::Randint(0, integer(values.first()?)?)),
                _ => None,
            };
        }
        if !rest.is_empty() {
            return None;
        }
        if let Some(name) = function.strip_prefix("nn.").filter(|name| *name != "functional.dropout") {
            return Some(RngCall::Lab(LabCall::Modules(read_modules(name, &arguments)?)));
        }
        let arguments = Arguments(&arguments);
        let shape = |name| Drawn::read(&[arguments.get(0, name)?]);
        match function {
            "rand_like" => Some(RngCall::Rand(literal(arguments.get(0, "input")?)?.0)),
            "randn_like" => Some(RngCall::Randn(literal(arguments.get(0, "input")?)?.0)),
            "randint_like" => {
                let [low, high] = [1, 2].map(|i| arguments.get(i, "high").and_then(integer));
                numbers(literal(arguments.get(0, "input")?)?.0, Draw::Randint(low?, high?))
            }
            "randint" => {
                let second = arguments.get(1, "high")?;
                let two = !second.starts_with('(');
                let (low, high) = if two { ("0", second) } else { ("0", arguments.get(0, "high")?) };
                let low = if two { arguments.get(0, "low")? } else { low };
                let size = arguments.get(if two { 2 } else { 1 }, "size")?;
                numbers(Drawn::read(&[size])?, Draw::Randint(integer(low)?, integer(high)?))
            }
            "randperm" => numbers(shape("n")?, Draw::Randperm),
            "normal" => {
                let (mean, std) = (arguments.get(0, "mean")?, arguments.get(1, "std")?);
                if let Some(size) = arguments.named("size") {
                    let draw = Draw::Normal(mean.parse().ok()?, std.parse().ok()?);
                    return numbers(Drawn::read(&[size])?, draw);
                }
                let (drawn, means) = literal(mean)?;
                numbers(drawn, Draw::NormalOf(means, literal(std)?.1))
            }
            "bernoulli" => {
                let (drawn, elements) = literal(arguments.get(0, "input")?)?;
                numbers(drawn, Draw::BernoulliOf(elements))
            }
            "multinomial" => {
                let (Drawn { width, .. }, weights) = literal(arguments.get(0, "input")?)?;
                let samples = arguments.get(1, "num_samples")?.parse().ok()?;
                let replacement = arguments.named("replacement") == Some("True");
                let drawn = Drawn { shape: vec![samples], width };
                numbers(drawn, Draw::Multinomial(weights, samples, replacement))
            }
            "nn.functional.dropout" => {
                let (drawn, elements) = literal(arguments.get(0, "input")?)?;
                numbers(drawn, Draw::Dropout(elements, arguments.get(1, "p")?.parse().ok()?))
            }
            _ => None,
        }
    }

    /// How far our numbers may be from `PyTorch`'s.
    pub fn tolerance(&self) -> Tolerance {
        let ulp = |width| if width == Width::Single { Tolerance::UlpF32 } else { Tolerance::UlpF64 };
        match self {
            LabCall::Numbers(drawn, Draw::Normal(..) | Draw::NormalOf(..) | Draw::Exponential(_)) => {
                ulp(drawn.width)
            }
            LabCall::Modules(modules)
                if modules.iter().any(|(_, module)| matches!(module, Module::Embedding(..))) =>
            {
                Tolerance::UlpF32
            }
            _ => Tolerance::Exact,
        }
    }

    /// What the core draws: tensors, named if they are parameters.
    ///
    /// # Errors
    /// What it says instead.
    pub fn draw(&self, generator: &mut TorchGenerator) -> Result<Vec<(String, Tensor)>, String> {
        match self {
            LabCall::Numbers(Drawn { shape, width }, draw) => {
                let count = shape.iter().product();
                let data = match width {
                    Width::Single => draw_numbers::<f32>(draw, count, generator),
                    Width::Double => draw_numbers::<f64>(draw, count, generator),
                };
                let data = data.map_err(|error| error.to_string())?;
                Ok(vec![(String::new(), Tensor { shape: shape.clone(), data })])
            }
            LabCall::Modules(modules) => {
                Ok(modules.iter().flat_map(|(prefix, module)| module.draw(prefix, generator)).collect())
            }
        }
    }
}

fn draw_numbers<T: Real>(
    draw: &Draw,
    count: usize,
    generator: &mut TorchGenerator,
) -> Result<Vec<f64>, DrawError>
where
    TorchGenerator: Generator<T>,
{
    let tensor = |elements: &[f64]| elements.iter().map(|&element| T::from_f64(element)).collect::<Vec<T>>();
    let mut elements = vec![T::zero(); count];
    let mut integers = vec![0; count];
    match draw {
        Draw::Normal(mean, std) => generator.fill_normal_by(*mean, *std, &mut elements)?,
        Draw::NormalOf(means, stds) => {
            elements = tensor(means);
            generator.normal_of(&mut elements, &tensor(stds))?;
        }
        Draw::Bernoulli(p) => generator.fill_bernoulli(*p, &mut elements)?,
        Draw::BernoulliOf(probabilities) => {
            elements = tensor(probabilities);
            generator.bernoulli_of(&mut elements)?;
        }
        Draw::Exponential(rate) => generator.fill_exponential(*rate, &mut elements)?,
        Draw::Dropout(input, p) => {
            generator.fill_dropout(*p, &mut elements)?;
            for (element, input) in elements.iter_mut().zip(tensor(input)) {
                *element *= input;
            }
        }
        Draw::Randint(low, high) => generator.fill_randint(*low, *high, &mut integers)?,
        Draw::Randperm => generator.fill_randperm(&mut integers),
        Draw::Multinomial(weights, samples, replacement) => {
            integers = generator.multinomial(&tensor(weights), *samples, *replacement)?;
        }
    }
    Ok(match draw {
        Draw::Randint(..) | Draw::Randperm | Draw::Multinomial(..) => {
            integers.into_iter().map(|integer| integer as f64).collect()
        }
        _ => elements.into_iter().map(to_f64).collect(),
    })
}

impl Module {
    fn draw(&self, prefix: &str, generator: &mut TorchGenerator) -> Vec<(String, Tensor)> {
        let zeros = |shape: &[usize]| vec![0.0_f32; shape.iter().product()];
        let named = |name: &str, shape: &[usize], elements: Vec<f32>| {
            let data = elements.into_iter().map(f64::from).collect();
            (format!("{prefix}{name}"), Tensor { shape: shape.to_vec(), data })
        };
        match self {
            Module::Linear(shape, bias) => {
                let (mut weight, mut offsets) = (zeros(shape), zeros(&shape[..1]));
                let fan_in = shape[1..].iter().product::<usize>() as u64;
                init::linear(fan_in, generator, &mut weight, bias.then_some(&mut offsets[..]));
                let bias = bias.then(|| named("bias", &shape[..1], offsets));
                [named("weight", shape, weight)].into_iter().chain(bias).collect()
            }
            Module::Embedding(rows, dim, padding) => {
                let shape = [*rows, *dim];
                let mut weight = zeros(&shape);
                init::embedding(*dim, *padding, generator, &mut weight);
                vec![named("weight", &shape, weight)]
            }
            Module::Recurrent(Recurrent { hidden_size, parameters, .. }) => {
                let draw = |(name, shape): &(String, Vec<usize>)| {
                    let mut elements = zeros(shape);
                    init::recurrent(*hidden_size as u64, generator, &mut elements);
                    named(name, shape, elements)
                };
                parameters.iter().map(draw).collect()
            }
        }
    }
}

/// Arguments by place or by name.
struct Arguments<'a>(&'a [&'a str]);

impl<'a> Arguments<'a> {
    fn get(&self, place: usize, name: &str) -> Option<&'a str> {
        // A name ends before any bracket.
        let named = |argument: &&str| {
            argument.find(['=', '(', '[']).is_some_and(|end| argument.as_bytes()[end] == b'=')
        };
        let positional = self.0.get(place).copied().filter(|argument| !named(argument));
        positional.or_else(|| self.named(name))
    }

    fn named(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find_map(|argument| argument.strip_prefix(name)?.strip_prefix('='))
    }

    fn size(&self, place: usize, name: &str) -> Option<usize> {
        self.get(place, name)?.parse().ok()
    }
}

fn read_modules(name: &str, arguments: &[&str]) -> Option<Vec<(String, Module)>> {
    if name != "Sequential" {
        return Some(vec![(String::new(), read_module(name, arguments)?)]);
    }
    let read = |(i, module): (usize, &&str)| {
        let (name, arguments, "") = split_call(module.trim_start_matches("nn."))? else { return None };
        Some((format!("{i}."), read_module(name, &arguments)?))
    };
    arguments.iter().enumerate().map(read).collect()
}

fn read_module(name: &str, arguments: &[&str]) -> Option<Module> {
    let arguments = Arguments(arguments);
    let yes = |name: &str, default: bool| arguments.named(name).map_or(default, |value| value == "True");
    let bias = yes("bias", true);
    match name {
        "Linear" => {
            let shape = vec![arguments.size(1, "out_features")?, arguments.size(0, "in_features")?];
            Some(Module::Linear(shape, bias))
        }
        "Conv1d" => {
            let [input, output, kernel] = [0, 1, 2].map(|place| arguments.size(place, ""));
            Some(Module::Linear(vec![output?, input?, kernel?], bias))
        }
        "Embedding" => {
            let (rows, dim) = (arguments.size(0, "num_embeddings")?, arguments.size(1, "embedding_dim")?);
            let padding = arguments.named("padding_idx").and_then(|row| row.parse::<isize>().ok());
            let padding = padding.map(|row| if row < 0 { row + rows as isize } else { row } as usize);
            Some(Module::Embedding(rows, dim, padding))
        }
        _ => {
            let (kind, cell) = name.strip_suffix("Cell").map_or((name, false), |kind| (kind, true));
            let gates = match kind {
                "RNN" => 1,
                "GRU" => 3,
                "LSTM" => 4,
                _ => return None,
            };
            let (input, hidden) = (arguments.size(0, "input_size")?, arguments.size(1, "hidden_size")?);
            let layers = arguments.named("num_layers").map_or(Some(1), |layers| layers.parse().ok())?;
            let projected = arguments.named("proj_size").and_then(|size| size.parse().ok()).unwrap_or(0);
            let output = if projected > 0 { projected } else { hidden };
            let directions = if yes("bidirectional", false) { &["", "_reverse"][..] } else { &[""] };
            let mut parameters = Vec::new();
            for layer in 0..layers {
                for direction in directions {
                    let reads = if layer == 0 { input } else { output * directions.len() };
                    let suffix = if cell { String::new() } else { format!("_l{layer}{direction}") };
                    let mut push = |name, shape| parameters.push((format!("{name}{suffix}"), shape));
                    push("weight_ih", vec![gates * hidden, reads]);
                    push("weight_hh", vec![gates * hidden, output]);
                    if bias {
                        push("bias_ih", vec![gates * hidden]);
                        push("bias_hh", vec![gates * hidden]);
                    }
                    if projected > 0 {
                        push("weight_hr", vec![projected, hidden]);
                    }
                }
            }
            let mut options = serde_json::json!({ "input_size": input, "hidden_size": hidden, "bias": bias });
            if !cell {
                options["num_layers"] = layers.into();
                options["bidirectional"] = (directions.len() == 2).into();
            }
            if projected > 0 {
                options["proj_size"] = projected.into();
            }
            let class = name.to_owned();
            Some(Module::Recurrent(Recurrent { class, options, hidden_size: hidden, parameters }))
        }
    }
}

/// A tensor written as `torch.zeros(...)`, `torch.ones(...)`, `torch.full((...), x)` or `torch.tensor([...])`.
fn literal(text: &str) -> Option<(Drawn, Vec<f64>)> {
    let (function, arguments, "") = split_call(text)? else { return None };
    let (mut drawn, value) = match function {
        "torch.zeros" => (Drawn::read(&arguments)?, 0.0),
        "torch.ones" => (Drawn::read(&arguments)?, 1.0),
        "torch.full" => (Drawn::read(arguments.get(..1)?)?, arguments.get(1)?.parse().ok()?),
        "torch.tensor" => {
            let row = arguments.first()?.strip_prefix('[')?.strip_suffix(']')?;
            let elements: Option<Vec<f64>> = row.split(',').map(|x| x.trim().parse().ok()).collect();
            let elements = elements?;
            let drawn = Drawn { shape: vec![elements.len()], width: width(&arguments)? };
            return Some((drawn, elements));
        }
        _ => return None,
    };
    drawn.width = width(&arguments)?;
    let count = drawn.shape.iter().product();
    Some((drawn, vec![value; count]))
}

fn width(arguments: &[&str]) -> Option<Width> {
    Arguments(arguments).named("dtype").map_or(Some(Width::Single), Width::read)
}

/// An integer such as `7`, `-3`, `2**28` or `2**28-1`.
fn integer(text: &str) -> Option<i64> {
    if let Some(rest) = text.strip_prefix('-') {
        return integer(rest).map(|integer| -integer);
    }
    match text.rsplit_once('-').filter(|(first, _)| !first.is_empty()) {
        Some((first, second)) => Some(integer(first)? - integer(second)?),
        None => match text.split_once("**") {
            Some((base, exponent)) => integer(base)?.checked_pow(exponent.parse().ok()?),
            None => text.parse().ok(),
        },
    }
}
