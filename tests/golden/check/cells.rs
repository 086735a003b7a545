//! Records of kind `cells`: calls of `nn.RNN`, `nn.LSTM` and the three single cells.

use std::collections::BTreeMap;

use gru_playground::gru::{GruConfig, Real};
use gru_playground::rnn::{CellConfig, CellKind, Mode, RecurrentCell, Rnn, RnnConfig};
use ndarray::{ArrayD, ArrayViewD};
use serde::Deserialize;

use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A call of a module in evaluation mode, or of a single cell.
#[derive(Debug, Deserialize)]
pub struct Cells {
    /// The class: RNN, LSTM, `GRUCell`, `RNNCell` or `LSTMCell`.
    pub module: String,
    /// Its options.
    pub config: Options,
    /// The input.
    pub input: Tensor,
    /// The initial hidden state, if given.
    #[serde(alias = "hx")]
    pub h_0: Option<Tensor>,
    /// The initial cell state, if given.
    #[serde(alias = "cx")]
    pub c_0: Option<Tensor>,
    /// The parameters.
    pub state_dict: BTreeMap<String, Tensor>,
    /// What `PyTorch` answered.
    #[serde(flatten)]
    pub answers: Outputs,
}

/// What a module or a cell may answer.
#[derive(Debug, Deserialize)]
pub struct Outputs {
    out: Option<Tensor>,
    h_n: Option<Tensor>,
    c_n: Option<Tensor>,
    h1: Option<Tensor>,
    c1: Option<Tensor>,
    out_f64: Option<Tensor>,
    h_n_f64: Option<Tensor>,
    c_n_f64: Option<Tensor>,
    h1_f64: Option<Tensor>,
    c1_f64: Option<Tensor>,
}

/// The options of any of the classes.
#[derive(Debug, Clone, Deserialize)]
pub struct Options {
    #[serde(flatten)]
    base: GruConfig,
    nonlinearity: Option<String>,
    #[serde(default)]
    proj_size: u64,
}

impl Options {
    /// Those of `nn.RNN` or `nn.LSTM`.
    pub fn of_module(&self, module: &str) -> Result<RnnConfig, String> {
        let mode = match (module, self.relu()?) {
            ("RNN", false) => Mode::Tanh,
            ("RNN", true) => Mode::Relu,
            ("LSTM", _) => Mode::Lstm,
            _ => return Err(format!("module {module} is not supported")),
        };
        Ok(RnnConfig { mode, base: self.base.clone(), proj_size: self.proj_size })
    }

    /// Those of a single cell.
    pub fn of_cell(&self, module: &str) -> Result<CellConfig, String> {
        let kind = match (module, self.relu()?) {
            ("GRUCell", _) => CellKind::Gru,
            ("RNNCell", false) => CellKind::RnnTanh,
            ("RNNCell", true) => CellKind::RnnRelu,
            ("LSTMCell", _) => CellKind::Lstm,
            _ => return Err(format!("module {module} is not supported")),
        };
        let GruConfig { input_size, hidden_size, bias, .. } = self.base;
        Ok(CellConfig { kind, input_size, hidden_size, bias })
    }

    /// Those that every module has.
    pub fn base(&self) -> &GruConfig {
        &self.base
    }

    fn relu(&self) -> Result<bool, String> {
        match self.nonlinearity.as_deref() {
            None | Some("tanh") => Ok(false),
            Some("relu") => Ok(true),
            Some(other) => Err(format!("nonlinearity {other} is not supported")),
        }
    }
}

/// The answers of one call, by name.
type Answers = Vec<(String, Tensor)>;

impl Cells {
    /// Whether it can be checked.
    ///
    /// # Errors
    /// The class that is not known, or the answer that the record must have and has not.
    pub fn validate(&self) -> Result<(), String> {
        let answers = &self.answers;
        let (has_h, has_c) = if self.module.ends_with("Cell") {
            self.config.of_cell(&self.module)?;
            (answers.h1.is_some(), answers.c1.is_some())
        } else {
            self.config.of_module(&self.module)?;
            (answers.out.is_some() && answers.h_n.is_some(), answers.c_n.is_some())
        };
        let complete = has_h && has_c == self.module.starts_with("LSTM");
        if complete { Ok(()) } else { Err("an answer is missing".to_owned()) }
    }

    /// What `PyTorch` answered.
    pub fn expected(&self, in_double: bool) -> Vec<Expected<'_>> {
        let Outputs { out, h_n, c_n, h1, c1, .. } = &self.answers;
        let Outputs { out_f64, h_n_f64, c_n_f64, h1_f64, c1_f64, .. } = &self.answers;
        let single = [("out", out), ("h_n", h_n), ("c_n", c_n), ("h1", h1), ("c1", c1)];
        let double = [
            ("out_f64", out_f64),
            ("h_n_f64", h_n_f64),
            ("c_n_f64", c_n_f64),
            ("h1_f64", h1_f64),
            ("c1_f64", c1_f64),
        ];
        let with = |tolerance| move |(name, tensor)| (name, tensor, tolerance);
        let double = double.into_iter().filter(|_| in_double).map(with(1e-12));
        let answers: Vec<(&str, &Option<Tensor>, f64)> =
            single.into_iter().map(with(5e-6)).chain(double).collect();
        let expected = answers.into_iter().filter_map(|(name, tensor, tolerance)| {
            let (name, tolerance) = (name.to_owned(), Tolerance::Absolute(tolerance));
            tensor.as_ref().map(|tensor| Expected { name, tensor, tolerance })
        });
        expected.collect()
    }

    /// What the core answers in f32 and in f64.
    ///
    /// # Errors
    /// What it says instead.
    pub fn answer(&self) -> Result<Answers, String> {
        let mut answers = self.run::<f32>()?;
        let double = self.run::<f64>()?;
        answers.extend(double.into_iter().map(|(name, tensor)| (format!("{name}_f64"), tensor)));
        Ok(answers)
    }

    fn run<T: Real>(&self) -> Result<Answers, String> {
        let parameters = parameters::<T>(&self.state_dict)?;
        let tensors = parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let input = array::<T>(&self.input)?;
        let [h_0, c_0] = [&self.h_0, &self.c_0].map(|state| state.as_ref().map(array::<T>).transpose());
        let (h_0, c_0) = (h_0?, c_0?);
        let (h_0, c_0) = (h_0.as_ref().map(|state| state.view()), c_0.as_ref().map(|state| state.view()));
        let say = |error: &dyn std::fmt::Display| error.to_string();
        let named = |name: &str, array: &ArrayViewD<'_, T>| (name.to_owned(), tensor(array));
        if self.module.ends_with("Cell") {
            let cell = RecurrentCell::from_state_dict(self.config.of_cell(&self.module)?, tensors);
            let result = cell.map_err(|error| say(&error))?.forward(input.view(), h_0, c_0);
            let result = result.map_err(|error| say(&error))?;
            let c1 = result.c.iter().map(|c| named("c1", &c.view()));
            return Ok([named("h1", &result.h.view())].into_iter().chain(c1).collect());
        }
        let rnn = Rnn::from_state_dict(self.config.of_module(&self.module)?, tensors);
        let rnn = rnn.map_err(|error| say(&error))?;
        let result = rnn.forward(input.view(), h_0, c_0).map_err(|error| say(&error))?;
        let c_n = result.c_n.iter().map(|c_n| named("c_n", &c_n.view()));
        let answers = [named("out", &result.output.view()), named("h_n", &result.h_n.view())];
        Ok(answers.into_iter().chain(c_n).collect())
    }
}

/// Parameters as T.
pub fn parameters<T: Real>(
    state_dict: &BTreeMap<String, Tensor>,
) -> Result<BTreeMap<String, ArrayD<T>>, String> {
    state_dict.iter().map(|(name, tensor)| Ok((name.clone(), array::<T>(tensor)?))).collect()
}
