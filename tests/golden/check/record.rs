use std::collections::BTreeMap;

use gru_playground::gru::GruConfig;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::backward::Backward;
use super::cells::Cells;
use super::compare::{Expected, Tolerance};
use super::dropout::Dropout;
use super::packed::Packed;
use super::rng_call::RngCall;
use super::train::Train;
use super::variants::Variants;

/// A tensor as the format writes it: row-major, every number exact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tensor {
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its elements.
    pub data: Vec<f64>,
}

/// One line of a golden file.
#[derive(Debug)]
pub struct Record {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub kind: Kind,
}

/// The kinds of records that are checked.
#[derive(Debug)]
pub enum Kind {
    /// A call of `nn.GRU` in evaluation mode.
    Forward(Box<Forward>),
    /// A call of `nn.GRU` and its gradients.
    Backward(Box<Backward>),
    /// A call of `nn.RNN`, `nn.LSTM` or a single cell.
    Cells(Box<Cells>),
    /// A call of `nn.GRU` in training mode.
    Dropout(Box<Dropout>),
    /// Sequences packed, run and padded again.
    Packed(Box<Packed>),
    /// Steps of training.
    Train(Box<Train>),
    /// A call of a GRU of another framework.
    Variants(Variants),
    /// Random numbers and weights after `manual_seed`.
    Rng(Rng),
}

/// A call of `nn.GRU` in evaluation mode.
#[derive(Debug, Deserialize)]
pub struct Forward {
    /// The class: only GRU is checked.
    pub module: String,
    /// The module's options.
    pub config: GruConfig,
    /// Whether dropout drops.
    #[serde(default)]
    pub training: bool,
    /// The input.
    pub input: Tensor,
    /// The initial state, if given.
    pub h_0: Option<Tensor>,
    /// The parameters.
    pub state_dict: BTreeMap<String, Tensor>,
    /// The output in float32.
    pub out: Tensor,
    /// The last states in float32.
    pub h_n: Tensor,
    /// The output in float64 from the same float32 numbers, where the record has it.
    pub out_f64: Option<Tensor>,
    /// The last states likewise.
    pub h_n_f64: Option<Tensor>,
}

/// Calls after `manual_seed(seed)`, in order.
#[derive(Debug, Deserialize)]
pub struct Rng {
    /// The seed, possibly negative.
    pub seed: serde_json::Number,
    /// The calls.
    pub calls: Vec<RngAnswer>,
}

/// A call and what it gave.
#[derive(Debug, Deserialize)]
pub struct RngAnswer {
    /// The call in `PyTorch`'s spelling, without `torch.`.
    pub call: String,
    /// The numbers given.
    #[serde(flatten)]
    pub tensor: Option<Tensor>,
    /// The parameters given.
    #[serde(default)]
    pub state_dict: BTreeMap<String, Tensor>,
}

impl Record {
    /// Reads one line.
    ///
    /// # Errors
    /// What is wrong with it, its name first where it has one.
    pub fn parse(line: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
        let id = value["id"].as_str().unwrap_or("a record without id").to_owned();
        let kind = match value["kind"].as_str().or(value["framework"].as_str().map(|_| "variants")) {
            Some("forward") => serde_json::from_value(value).map(Kind::Forward),
            Some("backward") => serde_json::from_value(value).map(Kind::Backward),
            Some("cells") => serde_json::from_value(value).map(Kind::Cells),
            Some("dropout") => serde_json::from_value(value).map(Kind::Dropout),
            Some("packed") => serde_json::from_value(value).map(Kind::Packed),
            Some("train") => serde_json::from_value(value).map(Kind::Train),
            Some("variants") => serde_json::from_value(value).map(Kind::Variants),
            Some("rng") => serde_json::from_value(value).map(Kind::Rng),
            Some(other) => return Err(format!("{id}: kind {other} is not supported")),
            None => return Err(format!("{id}: there is no kind")),
        };
        let kind = kind.map_err(|error| format!("{id}: {error}"))?;
        let record = Record { id, kind };
        record.validate().map_err(|error| format!("{}: {error}", record.id))?;
        Ok(record)
    }

    /// The tensors that `PyTorch` answered.
    pub fn expected(&self, in_double: bool) -> Vec<Expected<'_>> {
        match &self.kind {
            Kind::Forward(forward) => forward.expected(in_double),
            Kind::Backward(backward) => backward.expected(),
            Kind::Cells(cells) => cells.expected(in_double),
            Kind::Dropout(dropout) => dropout.expected(),
            Kind::Packed(packed) => packed.expected(),
            Kind::Train(train) => train.expected(),
            Kind::Variants(variants) => variants.expected(),
            Kind::Rng(rng) => rng.expected(),
        }
    }

    fn validate(&self) -> Result<(), String> {
        let forward = match &self.kind {
            Kind::Forward(forward) => forward,
            Kind::Backward(backward) => return backward.validate(),
            Kind::Cells(cells) => return cells.validate(),
            Kind::Dropout(dropout) => return dropout.validate(),
            Kind::Train(train) => return train.validate(),
            Kind::Variants(variants) => return variants.validate(),
            Kind::Packed(_) | Kind::Rng(_) => return Ok(()),
        };
        if forward.module != "GRU" {
            return Err(format!("module {} is not supported", forward.module));
        }
        if forward.training && forward.config.dropout > 0.0 {
            return Err("dropout while training is not supported".to_owned());
        }
        Ok(())
    }
}

impl Forward {
    fn expected(&self, in_double: bool) -> Vec<Expected<'_>> {
        let single = [("out", Some(&self.out)), ("h_n", Some(&self.h_n))];
        let double = [("out_f64", self.out_f64.as_ref()), ("h_n_f64", self.h_n_f64.as_ref())];
        let with = |tolerance: f64| {
            move |(name, tensor): (&str, Option<_>)| {
                let tolerance = Tolerance::Absolute(tolerance);
                tensor.map(|tensor| Expected { name: name.to_owned(), tensor, tolerance })
            }
        };
        let double = double.into_iter().filter(|_| in_double);
        single.into_iter().filter_map(with(5e-6)).chain(double.filter_map(with(1e-12))).collect()
    }
}

impl Rng {
    fn expected(&self) -> Vec<Expected<'_>> {
        let answers = self.calls.iter().enumerate();
        answers
            .flat_map(|(i, answer)| {
                let tolerance =
                    RngCall::parse(&answer.call).map_or(Tolerance::Exact, |call| call.tolerance());
                let numbers = answer.tensor.iter().map(|tensor| (String::new(), tensor));
                let parameters = answer.state_dict.iter().map(|(name, tensor)| (name.clone(), tensor));
                numbers.chain(parameters).map(move |(part, tensor)| {
                    let name = RngAnswer::name(i, &answer.call, &part);
                    Expected { name, tensor, tolerance }
                })
            })
            .collect()
    }
}

impl RngAnswer {
    /// The name of a call's numbers, or of one of its parameters.
    pub fn name(i: usize, call: &str, parameter: &str) -> String {
        format!("calls[{i}] {call} {parameter}").trim_end().to_owned()
    }
}
