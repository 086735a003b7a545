use ndarray::{ArrayD, ArrayViewD, Axis};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use num::Real;
use rng::Generator;

use super::RnnConfig;
use crate::cells::Mode;
use crate::error::RecurrentError;
use crate::gru::GruConfig;
use crate::module::Module;
use crate::parameters::{Options, Plan};
use crate::run::{BackwardRun, CallOptions, ForwardRun, Gradients, Upstream};
use crate::trace::{Keep, Trace};

/// Which of `PyTorch`'s single cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellKind {
    /// `nn.GRUCell`.
    #[serde(rename = "GRUCell")]
    Gru,
    /// `nn.RNNCell` with `nonlinearity="tanh"`.
    #[serde(rename = "RNNCell")]
    RnnTanh,
    /// `nn.RNNCell` with `nonlinearity="relu"`.
    #[serde(rename = "RNNCell_RELU")]
    RnnRelu,
    /// `nn.LSTMCell`.
    #[serde(rename = "LSTMCell")]
    Lstm,
}

impl CellKind {
    /// The class: `GRUCell`.
    pub fn module(self) -> &'static str {
        match self {
            CellKind::Gru => "GRUCell",
            CellKind::RnnTanh | CellKind::RnnRelu => "RNNCell",
            CellKind::Lstm => "LSTMCell",
        }
    }
}

/// The options of a single cell, under `PyTorch`'s names; sizes may be 0, as there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellConfig {
    /// The cell.
    pub kind: CellKind,
    /// I, the features of the input.
    pub input_size: u64,
    /// H, the features of the hidden state.
    pub hidden_size: u64,
    /// Whether there are `bias_ih` and `bias_hh`.
    pub bias: bool,
}

/// What a cell gives.
#[derive(Debug, Clone, PartialEq)]
pub struct CellOutput<T> {
    /// The next hidden state, (N, H) or (H).
    pub h: ArrayD<T>,
    /// The next cell state of an LSTM, of the same shape.
    pub c: Option<ArrayD<T>>,
    /// Every gate, if asked for.
    pub trace: Option<Trace<T>>,
}

/// What is wrong with a cell or a call of it; the shapes print as `PyTorch` says them, in its order.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CellError {
    /// A `ValueError`: the input is neither (I) nor (N, I).
    #[error("{module}: Expected input to be 1D or 2D, got {rank}D instead")]
    InputRank {
        /// The class.
        module: &'static str,
        /// The dimensions given.
        rank: usize,
    },
    /// A `ValueError`: a state is neither (H) nor (N, H).
    #[error("{module}: Expected {state} to be 1D or 2D, got {rank}D instead")]
    StateRank {
        /// The class.
        module: &'static str,
        /// `hidden`, or `hx[0]` and `hx[1]` in an LSTM.
        state: &'static str,
        /// The dimensions given.
        rank: usize,
    },
    /// A `RuntimeError`: the input's last axis is not `input_size`.
    #[error("input has inconsistent input_size: got {got} expected {expected}")]
    InputSize {
        /// `input_size`.
        expected: usize,
        /// The last axis given.
        got: usize,
    },
    /// A `RuntimeError`: one of input and state has a batch and the other has not.
    #[error("Expected 2D hidden{state} (batch x hidden_size), but got {rank}D tensor")]
    StateBatch {
        /// 0 for the hidden state, 1 for the cell state.
        state: usize,
        /// The dimensions, one more than given where the input has no batch.
        rank: usize,
    },
    /// A `RuntimeError`: input and state have other numbers of samples.
    #[error("Input batch size {input} doesn't match hidden{state} batch size {got}")]
    BatchSize {
        /// 0 for the hidden state, 1 for the cell state.
        state: usize,
        /// N of the input.
        input: usize,
        /// N of the state.
        got: usize,
    },
    /// A `RuntimeError`: a state's last axis is not `hidden_size`.
    #[error("hidden{state} has inconsistent hidden_size: got {got}, expected {expected}")]
    HiddenSize {
        /// 0 for the hidden state, 1 for the cell state.
        state: usize,
        /// `hidden_size`.
        expected: usize,
        /// The last axis given.
        got: usize,
    },
    /// What any module may be at fault with: parameters that do not fit, a cell too large.
    #[error(transparent)]
    Module(#[from] RecurrentError),
}

/// `nn.GRUCell`, `nn.RNNCell` or `nn.LSTMCell`: one step of a module of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct RecurrentCell<T> {
    config: CellConfig,
    /// The module of one layer whose only step is the cell's.
    module: Module<T>,
}

impl<T: Real> RecurrentCell<T> {
    /// A cell whose parameters are drawn uniformly from ±1/sqrt(`hidden_size`), in `PyTorch`'s order.
    ///
    /// # Errors
    /// [`RecurrentError::TooLarge`] when the parameters exceed [`LIMIT_BYTES`](crate::cost::LIMIT_BYTES).
    pub fn new(config: CellConfig, generator: &mut impl Generator<T>) -> Result<Self, CellError> {
        Ok(RecurrentCell { module: Module::random(plan(&config), generator)?, config })
    }

    /// A cell with the given parameters, by their names in `PyTorch`'s state dict: `weight_ih`, `bias_hh`.
    ///
    /// # Errors
    /// As [`RecurrentCell::new`]; [`RecurrentError::StateDict`] for tensors that do not fit.
    pub fn from_state_dict<'a>(
        config: CellConfig,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, CellError> {
        Ok(RecurrentCell { module: Module::copied(plan(&config), tensors)?, config })
    }

    /// The cell's options.
    pub fn config(&self) -> &CellConfig {
        &self.config
    }

    /// The parameters by name, in `PyTorch`'s order.
    pub fn state_dict(&self) -> Vec<(String, ArrayViewD<'_, T>)> {
        self.module.parameters().named().collect()
    }

    /// `h1 = cell(input, hx)`, or `h1, c1 = cell(input, (hx, cx))` of an LSTM; an absent state is zero.
    ///
    /// `input` is (N, I) and the states (N, H), or (I) and (H) without a batch.
    ///
    /// # Errors
    /// A [`CellError`] for shapes that do not fit, or more memory than [`LIMIT_BYTES`](crate::cost::LIMIT_BYTES).
    pub fn forward(
        &self,
        input: ArrayViewD<'_, T>,
        hx: Option<ArrayViewD<'_, T>>,
        cx: Option<ArrayViewD<'_, T>>,
    ) -> Result<CellOutput<T>, CellError> {
        self.call(input, hx, cx, Keep::Nothing)
    }

    /// [`RecurrentCell::forward`] that keeps every gate: the output's `trace` is there.
    ///
    /// # Errors
    /// As [`RecurrentCell::forward`]; the trace counts against the limit.
    pub fn forward_traced(
        &self,
        input: ArrayViewD<'_, T>,
        hx: Option<ArrayViewD<'_, T>>,
        cx: Option<ArrayViewD<'_, T>>,
    ) -> Result<CellOutput<T>, CellError> {
        self.call(input, hx, cx, Keep::Every)
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states, from the gradients by `h1` and `c1`:
    /// over a call of [`RecurrentCell::forward_traced`] with the same arguments. `h_0` and `c_0` are those by `hx` and
    /// `cx`.
    ///
    /// # Errors
    /// As [`RecurrentCell::forward`]; [`RecurrentError::GradientShape`] and [`RecurrentError::TraceShape`].
    pub fn backward(
        &self,
        input: ArrayViewD<'_, T>,
        (hx, cx): (Option<ArrayViewD<'_, T>>, Option<ArrayViewD<'_, T>>),
        trace: Trace<T>,
        (grad_h, grad_c): (Option<ArrayViewD<'_, T>>, Option<ArrayViewD<'_, T>>),
    ) -> Result<Gradients<T>, CellError> {
        let (input, options) = self.one_step(input, hx, cx, Keep::Nothing)?;
        let [h_n, c_n] = [grad_h, grad_c].map(|grad| grad.map(|grad| grad.insert_axis(Axis(0))));
        let upstream = Upstream { output: None, h_n, c_n };
        let gradients = BackwardRun::new(&self.module, input, options, trace, upstream)?.finish();
        Ok(Gradients {
            parameters: gradients.parameters,
            input: of_one_layer(gradients.input),
            h_0: of_one_layer(gradients.h_0),
            c_0: gradients.c_0.map(of_one_layer),
        })
    }

    fn call(
        &self,
        input: ArrayViewD<'_, T>,
        hx: Option<ArrayViewD<'_, T>>,
        cx: Option<ArrayViewD<'_, T>>,
        keep: Keep,
    ) -> Result<CellOutput<T>, CellError> {
        let (input, options) = self.one_step(input, hx, cx, keep)?;
        let output = ForwardRun::new(&self.module, input, options)?.finish();
        Ok(CellOutput { h: of_one_layer(output.h_n), c: output.c_n.map(of_one_layer), trace: output.trace })
    }

    /// The call as one step of one layer: the first axis of both.
    fn one_step<'a>(
        &self,
        input: ArrayViewD<'a, T>,
        hx: Option<ArrayViewD<'a, T>>,
        cx: Option<ArrayViewD<'a, T>>,
        keep: Keep,
    ) -> Result<(ArrayViewD<'a, T>, CallOptions<'a, T>), CellError> {
        self.check(input.shape(), hx.as_ref().map(ArrayViewD::shape), cx.as_ref().map(ArrayViewD::shape))?;
        let [h_0, c_0] = [hx, cx].map(|state| state.map(|state| state.insert_axis(Axis(0))));
        Ok((input.insert_axis(Axis(0)), CallOptions { h_0, c_0, keep, ..CallOptions::default() }))
    }

    /// `PyTorch`'s checks in its order.
    fn check(&self, input: &[usize], hx: Option<&[usize]>, cx: Option<&[usize]>) -> Result<(), CellError> {
        let module = self.config.kind.module();
        let is_rank = |rank: usize| rank == 1 || rank == 2;
        if !is_rank(input.len()) {
            return Err(CellError::InputRank { module, rank: input.len() });
        }
        let names = if self.config.kind == CellKind::Lstm { ["hx[0]", "hx[1]"] } else { ["hidden", "cell"] };
        let states = [hx, cx];
        for (state, shape) in names.into_iter().zip(states) {
            if let Some(rank) = shape.map(<[usize]>::len).filter(|&rank| !is_rank(rank)) {
                return Err(CellError::StateRank { module, state, rank });
            }
        }
        if cx.is_some() && self.config.kind != CellKind::Lstm {
            return Err(RecurrentError::NoCellState.into());
        }
        let (expected, got) = (self.config.input_size as usize, input[input.len() - 1]);
        if expected != got {
            return Err(CellError::InputSize { expected, got });
        }
        for (state, shape) in states.into_iter().enumerate() {
            match (input, shape) {
                (_, None) => {}
                (&[n, _], Some(&[got, _])) if n != got => {
                    return Err(CellError::BatchSize { state, input: n, got });
                }
                (&[_, _], Some(&[_, got])) | (&[_], Some(&[got])) => {
                    let expected = self.config.hidden_size as usize;
                    if expected != got {
                        return Err(CellError::HiddenSize { state, expected, got });
                    }
                }
                // Without a batch, one of 1 is put before both.
                (_, Some(shape)) => {
                    let rank = if input.len() == 1 { shape.len() + 1 } else { shape.len() };
                    return Err(CellError::StateBatch { state, rank });
                }
            }
        }
        Ok(())
    }
}

/// What is in the only place of the first axis.
fn of_one_layer<T: Real>(tensor: ArrayD<T>) -> ArrayD<T> {
    tensor.index_axis_move(Axis(0), 0)
}

/// What the module follows from.
fn plan(config: &CellConfig) -> Plan {
    let base = GruConfig { bias: config.bias, ..GruConfig::new(config.input_size, config.hidden_size) };
    let of_mode = |mode| RnnConfig { mode, base: base.clone(), proj_size: 0 }.plan();
    let plan = match config.kind {
        CellKind::Gru => base.plan(),
        CellKind::RnnTanh => of_mode(Mode::Tanh),
        CellKind::RnnRelu => of_mode(Mode::Relu),
        CellKind::Lstm => of_mode(Mode::Lstm),
    };
    Plan { module: config.kind.module(), layered: false, ..plan }
}
