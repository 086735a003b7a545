//! The recurrent call that a text has the code or the printed module of.

use std::collections::BTreeMap;

use call::{Argument, Call, Config, Release, Value};
use serde::Serialize;

use crate::form::shape;
use crate::python::{Site, arguments, is_dotted, keyword, site, without_comment};

/// The options of `nn.GRU`, all of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "PyTorch's options")]
pub struct BuiltModule {
    /// Features of each step.
    pub input_size: i64,
    /// Features of the hidden state.
    pub hidden_size: i64,
    /// Layers stacked.
    pub num_layers: i64,
    /// Whether the layers have biases.
    pub bias: bool,
    /// Whether input and output are (N, L, features).
    pub batch_first: bool,
    /// Probability of zeroing an element between layers.
    pub dropout: f64,
    /// Whether a second, reversed direction runs in every layer.
    pub bidirectional: bool,
}

/// A call of `nn.GRU` that can be set up in Play.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rebuilt {
    /// The module.
    pub config: BuiltModule,
    /// The input's shape.
    pub input: Vec<i64>,
    /// The initial hidden state's shape; none where the call leaves it out.
    pub h_0: Option<Vec<i64>>,
}

impl Rebuilt {
    /// The call, as the rest of the core takes it.
    pub fn call(&self) -> Call {
        let BuiltModule { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional } =
            self.config;
        let tensor = |sizes: &[i64]| {
            Argument::Tensor(call::Tensor::new(call::shape::Shape::new(sizes.iter().copied())))
        };
        Call {
            config: Config {
                input_size: Some(Value::Int(input_size)),
                hidden_size: Some(Value::Int(hidden_size)),
                num_layers: Some(Value::Int(num_layers)),
                bias: Some(Value::Bool(bias)),
                batch_first: Some(Value::Bool(batch_first)),
                dropout: Some(Value::Float(dropout)),
                bidirectional: Some(Value::Bool(bidirectional)),
                ..Config::default()
            },
            input: tensor(&self.input),
            h_0: self.h_0.as_deref().map(tensor),
            release: Release::NEWEST,
        }
    }
}

/// A recurrent module that a text constructs or prints.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Built {
    /// `GRU`, `LSTM` or `RNN`.
    pub(crate) class: &'static str,
    /// What it is called: `self.gru`.
    pub(crate) name: String,
    /// The constructor, where it is code.
    pub(crate) site: Option<Site>,
    /// Its options, where all of them can be read.
    pub(crate) module: Option<BuiltModule>,
}

/// What the code of a text says.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) modules: Vec<Built>,
    shapes: BTreeMap<String, Vec<i64>>,
    numbers: BTreeMap<String, f64>,
    calls: Vec<(String, Vec<String>)>,
}

/// So many lines of code are read.
const LINES: usize = 4000;

impl Facts {
    pub(crate) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut facts = Facts::default();
        for line in lines.take(LINES) {
            facts.read(without_comment(line.trim().trim_start_matches(">>> ").trim_start_matches("... ")));
        }
        facts
    }

    fn read(&mut self, line: &str) {
        if line.len() > 400 {
            return;
        }
        for class in ["GRU", "LSTM", "RNN"] {
            if let Some(built) = self.constructed(line, class) {
                if !self.modules.contains(&built) {
                    self.modules.push(built);
                }
                return;
            }
        }
        if let Some((target, value)) = assignment(line) {
            self.assigned(target, value);
        }
        let known: Vec<String> = self.modules.iter().map(|module| module.name.clone()).collect();
        for name in known {
            let last = name.rsplit('.').next().unwrap_or(&name).to_owned();
            if let Some(site) = site(line, &[&last], true).filter(|site| site.callee == name) {
                self.calls.push((name, site.args));
            }
        }
    }

    /// `self.gru = nn.GRU(8, 16)`, or the line `(gru): GRU(8, 16)` of a printed model.
    fn constructed(&self, line: &str, class: &'static str) -> Option<Built> {
        let site = site(line, &[class], true)?;
        let receiver = site.receiver();
        if !["", "nn", "torch.nn", "rnn", "tnn"].contains(&receiver) {
            return None;
        }
        let printed = line.strip_prefix('(').and_then(|rest| rest.split_once("): ")).map(|(name, _)| name);
        let name = printed.or(site.targets().filter(|name| is_dotted(name))).unwrap_or("gru").to_owned();
        let module = self.options(&site.args);
        Some(Built { class, name, module, site: (printed.is_none()).then_some(site) })
    }

    fn options(&self, args: &[String]) -> Option<BuiltModule> {
        let mut module = BuiltModule {
            input_size: 0,
            hidden_size: 0,
            num_layers: 1,
            bias: true,
            batch_first: false,
            dropout: 0.0,
            bidirectional: false,
        };
        for (index, arg) in args.iter().enumerate() {
            let (name, value) = match keyword(arg) {
                Some(pair) => pair,
                None => (*Config::OPTIONS.get(index)?, arg.as_str()),
            };
            let flag = || match value {
                "True" => Some(true),
                "False" => Some(false),
                _ => None,
            };
            match name {
                "input_size" => module.input_size = self.int(value)?,
                "hidden_size" => module.hidden_size = self.int(value)?,
                "num_layers" => module.num_layers = self.int(value)?,
                "bias" => module.bias = flag()?,
                "batch_first" => module.batch_first = flag()?,
                "dropout" => module.dropout = self.number(value)?,
                "bidirectional" => module.bidirectional = flag()?,
                _ => return None,
            }
        }
        (module.input_size > 0 && module.hidden_size > 0).then_some(module)
    }

    fn number(&self, text: &str) -> Option<f64> {
        let text = text.trim();
        let literal = text.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.');
        if literal { text.parse().ok() } else { self.numbers.get(text).copied() }
    }

    fn int(&self, text: &str) -> Option<i64> {
        let number = self.number(text)?;
        (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
    }

    fn assigned(&mut self, target: &str, value: &str) {
        if let Some(number) = self.number(value) {
            self.numbers.insert(target.to_owned(), number);
        } else if let Some(sizes) = self.made(value) {
            self.shapes.insert(target.to_owned(), sizes);
        } else if target.contains(',') {
            let (names, values) = (arguments(target), arguments(value));
            if names.len() == values.len() {
                for (name, value) in names.iter().zip(&values) {
                    if let Some(number) = self.number(value) {
                        self.numbers.insert(name.clone(), number);
                    }
                }
            }
        }
    }

    /// The shape of `torch.randn(4, 10)` and its like.
    fn made(&self, value: &str) -> Option<Vec<i64>> {
        let site = site(value, &["randn", "rand", "zeros", "ones", "empty"], true)?;
        if value[site.callee.len()..].len() != site.statement.len() - site.callee.len()
            || !value.ends_with(')')
        {
            return None;
        }
        let args: Vec<String> = site.args.iter().filter(|arg| keyword(arg).is_none()).cloned().collect();
        let sizes = match args.as_slice() {
            [tuple] if tuple.starts_with(['(', '[']) => arguments(&tuple[1..tuple.len().saturating_sub(1)]),
            _ => args,
        };
        sizes.iter().map(|size| self.int(size)).collect()
    }

    /// The shape of an expression: of a name that was given one, or of a tensor made in place.
    pub(crate) fn shape(&self, expression: &str) -> Option<Vec<i64>> {
        self.shapes.get(expression).cloned().or_else(|| self.made(expression))
    }

    /// The one `nn.GRU` of the text, with the call of it.
    pub(crate) fn rebuilt(&self) -> Option<Rebuilt> {
        let [Built { class: "GRU", name, module: Some(module), .. }] = self.modules.as_slice() else {
            return None;
        };
        let args = &self.calls.iter().rev().find(|(callee, _)| callee == name)?.1;
        let input = self.shape(args.first()?)?;
        let h_0 = match args.get(1).map(|arg| keyword(arg).map_or(arg.as_str(), |(_, value)| value)) {
            None | Some("None") => None,
            Some(h_0) => Some(self.shape(h_0)?),
        };
        Some(Rebuilt { config: module.clone(), input, h_0 })
    }
}

fn assignment(line: &str) -> Option<(&str, &str)> {
    let (target, value) = line.split_once('=')?;
    let target = target.trim();
    let is_target = target.split(',').all(|name| is_dotted(name.trim()));
    (is_target && !value.starts_with('=')).then(|| (target, value.trim()))
}

/// A text that is nothing but a shape, or `x.shape` and a shape.
pub(crate) fn bare_shape(text: &str) -> Option<Vec<i64>> {
    let text = text.trim().trim_end_matches(['.', ';']);
    let text = text.rsplit_once(['=', ':']).map_or(text, |(_, after)| after).trim();
    let text = text
        .strip_prefix("Out[")
        .and_then(|rest| rest.split_once(']'))
        .map_or(text, |(_, after)| after.trim());
    let (sizes, length) = shape(text)?;
    (length == text.len()).then_some(sizes)
}
