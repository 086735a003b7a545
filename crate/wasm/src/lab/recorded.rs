//! A call that was kept, so that a loss can be differentiated by all that went into it.

use ndarray::ArrayD;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::error;
use super::super::pass::{gate_traces, thrown, unit_traces, write_state_dict};
use super::super::write::Writer;
use super::module::{Module, field};
use super::tensor::{States, optional, tensor, tensor_or_null};
use gru_playground::gru::{DropoutMask, Gradients, GruError, TracePlace, Upstream};
use gru_playground::rnn::{RnnArguments, RnnGradients, RnnQuantity, RnnTrace, RnnUpstream};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** An RNN's units of one layer and direction, each of shape (L, N, H), in the input's order of steps. */
export interface RnnTrace { layer: number; reverse: boolean; sample: number; shape: number[]; pre: Float32Array; h: Float32Array }

/** An LSTM's gates and states of one layer and direction, each of shape (L, N, H), h before any projection. */
export interface LstmTrace {
    layer: number;
    reverse: boolean;
    sample: number;
    shape: number[];
    pre_i: Float32Array;
    pre_f: Float32Array;
    pre_g: Float32Array;
    pre_o: Float32Array;
    i: Float32Array;
    f: Float32Array;
    g: Float32Array;
    o: Float32Array;
    c: Float32Array;
    tanh_c: Float32Array;
    h: Float32Array;
}

/** The gradients of a loss by what a call gave, each of its shape; an absent one is zero. */
export interface Upstream { output?: TensorData | null; h_n?: TensorData | null; c_n?: TensorData | null }

/** The gradients of a loss by what went into a call; c_0 is null but in an LSTM. */
export interface Gradients { parameters: StateDict; input: TensorData; h_0: TensorData; c_0: TensorData | null }
";

/// A call of a module with all that its backward pass needs.
#[wasm_bindgen]
pub struct Recorded {
    pub(super) module: Module,
    pub(super) input: ArrayD<f32>,
    pub(super) states: States,
    pub(super) mask: Option<DropoutMask<f32>>,
    pub(super) outcome: Outcome,
}

/// What a call gave.
pub(super) struct Outcome {
    pub(super) output: ArrayD<f32>,
    pub(super) h_n: ArrayD<f32>,
    pub(super) c_n: Option<ArrayD<f32>>,
    pub(super) trace: Option<Trace>,
}

/// What was kept of every unit.
pub(super) enum Trace {
    Gru(gru_playground::gru::Trace<f32>),
    Rnn(RnnTrace<f32>),
}

impl Outcome {
    pub(super) fn to_js(&self) -> JsValue {
        let mut writer = Writer::new("output h_n c_n ");
        writer.next(tensor(&self.output.view()));
        writer.next(tensor(&self.h_n.view()));
        if self.c_n.is_some() {
            writer.next(tensor_or_null(self.c_n.as_ref()));
        }
        writer.end()
    }
}

#[wasm_bindgen]
impl Recorded {
    /// What the call gave: a copy.
    #[wasm_bindgen(getter, unchecked_return_type = "TensorData")]
    pub fn output(&self) -> JsValue {
        tensor(&self.outcome.output.view())
    }

    /// The last hidden states: a copy.
    #[wasm_bindgen(getter, unchecked_return_type = "TensorData")]
    pub fn h_n(&self) -> JsValue {
        tensor(&self.outcome.h_n.view())
    }

    /// An LSTM's last cell states: a copy; else null.
    #[wasm_bindgen(getter, unchecked_return_type = "TensorData | null")]
    pub fn c_n(&self) -> JsValue {
        tensor_or_null(self.outcome.c_n.as_ref())
    }

    /// Every gate of every layer and direction.
    ///
    /// # Errors
    /// `BackwardError` after `backward`.
    #[wasm_bindgen(unchecked_return_type = "GateTrace[] | RnnTrace[] | LstmTrace[]")]
    pub fn trace(&self) -> Result<JsValue, JsValue> {
        match self.outcome.trace.as_ref().ok_or_else(used_up)? {
            Trace::Gru(trace) => Ok(gate_traces(trace)),
            Trace::Rnn(trace) => {
                let first = TracePlace { layer: 0, reverse: false, sample: 0 };
                let names: Vec<&str> = trace.quantities().iter().map(|&it| RnnQuantity::name(it)).collect();
                Ok(unit_traces(first, trace.values(), &names).into())
            }
        }
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states, from the gradients of the loss by
    /// what the call gave. As in `PyTorch`, once.
    ///
    /// # Errors
    /// `BackwardError` the second time, `ShapeError` for gradients that do not fit,
    /// `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(unchecked_return_type = "Gradients")]
    pub fn backward(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Upstream")] upstream: JsValue,
    ) -> Result<JsValue, JsValue> {
        let [output, h_n, c_n] = ["output", "h_n", "c_n"].map(|name| optional(name, &field(&upstream, name)));
        let (output, h_n, c_n) = (output?, h_n?, c_n?);
        // Told before the trace is used up.
        let of_call = [&self.outcome.output, &self.outcome.h_n]
            .map(Some)
            .into_iter()
            .chain([self.outcome.c_n.as_ref()]);
        for ((of, expected), got) in
            ["output", "h_n", "c_n"].into_iter().zip(of_call).zip([&output, &h_n, &c_n])
        {
            check(of, expected, got.as_ref()).map_err(thrown)?;
        }
        let [output, h_n, c_n] = [&output, &h_n, &c_n].map(|given| given.as_ref().map(|given| given.view()));
        let trace = self.outcome.trace.take().ok_or_else(used_up)?;
        let (input, [h_0, c_0]) = (self.input.view(), self.states.views());
        match (&self.module, trace) {
            (Module::Gru(gru), Trace::Gru(trace)) => {
                let upstream = Upstream { output, h_n, c_n: None };
                let gradients = match &self.mask {
                    Some(mask) => gru.backward_training(input, h_0, (trace, mask), upstream),
                    None => gru.backward(input, h_0, trace, upstream),
                };
                let Gradients { parameters, input, h_0, .. } = gradients.map_err(thrown)?;
                Ok(write(&parameters, [Some(&input), Some(&h_0), None]))
            }
            (Module::Rnn(rnn), Trace::Rnn(trace)) => {
                let upstream = RnnUpstream { output, h_n, c_n };
                let arguments = RnnArguments { input: input.into(), h_0, c_0 };
                let gradients = match &self.mask {
                    Some(mask) => rnn.backward_training(arguments, (trace, mask), upstream),
                    None => rnn.backward(arguments, trace, upstream),
                };
                let RnnGradients { parameters, input, h_0, c_0 } = gradients.map_err(thrown)?;
                Ok(write(&parameters, [Some(&input), Some(&h_0), c_0.as_ref()]))
            }
            _ => unreachable!("a call leaves the trace of its own module"),
        }
    }
}

/// Whether a gradient is of the shape of what it belongs to.
fn check(
    of: &'static str,
    expected: Option<&ArrayD<f32>>,
    got: Option<&ArrayD<f32>>,
) -> Result<(), GruError> {
    match (expected, got) {
        (None, Some(_)) => Err(GruError::NoCellState),
        (Some(expected), Some(got)) if expected.shape() != got.shape() => Err(GruError::GradientShape {
            of,
            expected: expected.shape().to_vec(),
            got: got.shape().to_vec(),
        }),
        _ => Ok(()),
    }
}

fn write(parameters: &[(String, ArrayD<f32>)], inputs: [Option<&ArrayD<f32>>; 3]) -> JsValue {
    let mut writer = Writer::new("parameters input h_0 c_0 ");
    writer.next(write_state_dict(parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()))));
    for gradient in inputs {
        writer.next(tensor_or_null(gradient));
    }
    writer.end()
}

/// `PyTorch`'s first words for it.
fn used_up() -> JsValue {
    error("BackwardError", "Trying to backward through the graph a second time")
}
