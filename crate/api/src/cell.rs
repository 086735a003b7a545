//! `nn.GRUCell`, `nn.RNNCell` and `nn.LSTMCell`: one step of a module of one layer.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::generator::{Init, SharedStream};
use crate::read::{Readable, read};
use crate::recorded::{Callee, Recorded};
use crate::recurrent::Nonlinearity;
use crate::tensor::{NamedArrays, States, TensorData, TypedArray, optional_tensor, views};
use gru_playground::gru::Output;
use gru_playground::rnn::{CellConfig, CellKind, CellOutput, RecurrentCell};

/// The options of a single cell under `PyTorch`'s names.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct CellOptions {
    /// I, the features of the input.
    pub input_size: u64,
    /// H, the features of the hidden state.
    pub hidden_size: u64,
    /// Whether there are `bias_ih` and `bias_hh`; true by default.
    pub bias: Option<bool>,
    /// Of an `RnnCell`: tanh by default.
    pub nonlinearity: Option<Nonlinearity>,
}

/// What an `LstmCell` gives.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct LstmStep<A> {
    /// The hidden state.
    pub h_1: TensorData<A>,
    /// The cell state.
    pub c_1: TensorData<A>,
}

impl<A: TypedArray<f32>> From<CellOutput<f32>> for LstmStep<A> {
    fn from(output: CellOutput<f32>) -> Self {
        let c_1 = optional_tensor(output.c.as_ref()).expect("an LSTM has a cell state");
        LstmStep { h_1: TensorData::of(&output.h.view()), c_1 }
    }
}

/// The hidden state alone.
impl<A: TypedArray<f32>> From<CellOutput<f32>> for TensorData<A> {
    fn from(output: CellOutput<f32>) -> Self {
        TensorData::of(&output.h.view())
    }
}

fn config(options: impl Readable, kind: impl FnOnce(Nonlinearity) -> CellKind) -> Result<CellConfig, Fault> {
    let CellOptions { input_size, hidden_size, bias, nonlinearity } = read("options", options)?;
    let kind = kind(nonlinearity.unwrap_or_default());
    Ok(CellConfig { kind, input_size, hidden_size, bias: bias.unwrap_or(true) })
}

/// The options of `nn.GRUCell`.
///
/// # Errors
/// `ArgumentError` for options that are none.
pub fn gru_config(options: impl Readable) -> Result<CellConfig, Fault> {
    config(options, |_| CellKind::Gru)
}

/// The options of `nn.RNNCell`.
///
/// # Errors
/// As [`gru_config`].
pub fn rnn_config(options: impl Readable) -> Result<CellConfig, Fault> {
    config(options, |nonlinearity| match nonlinearity {
        Nonlinearity::Tanh => CellKind::RnnTanh,
        Nonlinearity::Relu => CellKind::RnnRelu,
    })
}

/// The options of `nn.LSTMCell`.
///
/// # Errors
/// As [`gru_config`].
pub fn lstm_config(options: impl Readable) -> Result<CellConfig, Fault> {
    config(options, |_| CellKind::Lstm)
}

/// A cell whose parameters are drawn.
///
/// # Errors
/// `TooLargeError` beyond 512 MB.
pub fn drawn(config: CellConfig, init: Init<impl Into<SharedStream>>) -> Result<RecurrentCell<f32>, Fault> {
    Ok(RecurrentCell::new(config, &mut *init.stream().borrow())?)
}

/// A cell with given parameters.
///
/// # Errors
/// As [`drawn`]; `StateDictError` for names or shapes that do not fit.
pub fn from_state_dict(config: CellConfig, parameters: &NamedArrays) -> Result<RecurrentCell<f32>, Fault> {
    Ok(RecurrentCell::from_state_dict(config, views(parameters))?)
}

/// `h_1 = cell(input, h_0)`, or `h_1, c_1 = cell(input, (h_0, c_0))`.
///
/// # Errors
/// `ShapeError` in `PyTorch`'s words, `ArgumentError`.
pub fn forward(
    cell: &RecurrentCell<f32>,
    input: &TensorData<impl TypedArray<f32>>,
    states: &States,
) -> Result<CellOutput<f32>, Fault> {
    let input = input.to_array("input")?;
    let [hx, cx] = states.views();
    Ok(cell.forward(input.view(), hx, cx)?)
}

/// The same, kept for its gates and its backward pass.
///
/// # Errors
/// As [`forward`]; what is kept counts against the limit of 512 MB.
pub fn record(
    cell: &RecurrentCell<f32>,
    input: &TensorData<impl TypedArray<f32>>,
    states: States,
) -> Result<Recorded, Fault> {
    let input = input.to_array("input")?;
    let [hx, cx] = states.views();
    let CellOutput { h, c, trace } = cell.forward_traced(input.view(), hx, cx)?;
    let outcome = Output { output: h.clone(), h_n: h, c_n: c, trace };
    Ok(Recorded::new(Callee::Cell { cell: cell.clone(), input }, states, outcome))
}
