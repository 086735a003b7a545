//! A call that was kept, so that a loss can be differentiated by all that went into it.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::options;
use super::tensors::{StateDict, States, TensorData, taken, tensor};
use crate::fault::{Thrown, error};
use crate::js::to_js;
use crate::tensor::unit_traces;
use gru_playground::gru::{
    self, BackwardRun, CallOptions, DropoutMask, Gradients, Keep, RecurrentError, Upstream,
};

/// The gradients of a loss by what a call gave, each of its shape; an absent one is zero.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Upstream", optional_fields = nullable))]
pub struct UpstreamData {
    /// By the output.
    pub output: Option<TensorData>,
    /// By the last hidden states.
    pub h_n: Option<TensorData>,
    /// By an LSTM's last cell states.
    pub c_n: Option<TensorData>,
}

/// The gradients of a loss by what went into a call.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Gradients"))]
pub struct GradientData {
    /// By each parameter.
    pub parameters: StateDict,
    /// By the input.
    pub input: TensorData,
    /// By the initial hidden states.
    pub h_0: TensorData,
    /// By an LSTM's initial cell states; else null.
    pub c_0: Option<TensorData>,
}

/// What a GRU or RNN gives, and an LSTM with its cell states.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(clippy::struct_field_names)] // PyTorch's name
pub struct Output {
    /// The last layer's hidden states.
    pub output: TensorData,
    /// Every layer's last hidden state.
    pub h_n: TensorData,
    /// Every layer's last cell state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(skip))]
    pub c_n: Option<TensorData>,
}

/// A call of a module with all that its backward pass needs.
#[wasm_bindgen]
pub struct Recorded {
    pub(super) module: gru::Module<f32>,
    pub(super) input: ArrayD<f32>,
    pub(super) states: States,
    pub(super) mask: Option<DropoutMask<f32>>,
    pub(super) outcome: gru::Output<f32>,
}

impl Recorded {
    /// What the call gave.
    pub(super) fn results(&self) -> JsValue {
        let [output, h_n] = [&self.outcome.output, &self.outcome.h_n].map(|array| tensor(&array.view()));
        to_js(&Output { output, h_n, c_n: optional_tensor(self.outcome.c_n.as_ref()) })
    }
}

fn optional_tensor(array: Option<&ArrayD<f32>>) -> Option<TensorData> {
    array.map(|array| tensor(&array.view()))
}

#[wasm_bindgen]
impl Recorded {
    /// What the call gave: a copy.
    #[wasm_bindgen(getter, unchecked_return_type = "TensorData")]
    pub fn output(&self) -> JsValue {
        to_js(&tensor(&self.outcome.output.view()))
    }

    /// The last hidden states: a copy.
    #[wasm_bindgen(getter, unchecked_return_type = "TensorData")]
    pub fn h_n(&self) -> JsValue {
        to_js(&tensor(&self.outcome.h_n.view()))
    }

    /// An LSTM's last cell states: a copy; else null.
    #[wasm_bindgen(getter, unchecked_return_type = "TensorData | null")]
    pub fn c_n(&self) -> JsValue {
        to_js(&optional_tensor(self.outcome.c_n.as_ref()))
    }

    /// Every gate of every layer and direction.
    ///
    /// # Errors
    /// `BackwardError` after `backward`.
    #[wasm_bindgen(unchecked_return_type = "GateTrace[] | RnnTrace[] | LstmTrace[] | MinGruTrace[]")]
    pub fn trace(&self) -> Result<JsValue, Thrown> {
        Ok(to_js(&unit_traces(self.outcome.trace.as_ref().ok_or_else(used_up)?)))
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
        #[wasm_bindgen(unchecked_param_type = "Upstream")] upstream: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let UpstreamData { output, h_n, c_n } = options("upstream", upstream)?;
        let output = taken("upstream.output", output)?;
        let (h_n, c_n) = (taken("upstream.h_n", h_n)?, taken("upstream.c_n", c_n)?);
        // Told before the trace is used up.
        let outcome = &self.outcome;
        check("output", Some(&outcome.output), output.as_ref())?;
        check("h_n", Some(&outcome.h_n), h_n.as_ref())?;
        check("c_n", outcome.c_n.as_ref(), c_n.as_ref())?;
        let [output, h_n, c_n] = [&output, &h_n, &c_n].map(|given| given.as_ref().map(|given| given.view()));
        let trace = self.outcome.trace.take().ok_or_else(used_up)?;
        let (input, [h_0, c_0]) = (self.input.view(), self.states.views());
        let mask = self.mask.as_ref();
        let options = CallOptions { h_0, c_0, keep: Keep::Nothing, mask, lengths: None };
        let upstream = Upstream { output, h_n, c_n };
        let run = BackwardRun::new(&self.module, input, options, trace, upstream);
        let Gradients { parameters, input, h_0, c_0 } = run?.finish();
        Ok(to_js(&GradientData {
            parameters: StateDict::of(parameters.iter().map(|(name, array)| (name.clone(), array.view()))),
            input: tensor(&input.view()),
            h_0: tensor(&h_0.view()),
            c_0: optional_tensor(c_0.as_ref()),
        }))
    }
}

/// Whether a gradient is of the shape of what it belongs to.
fn check(
    of: &'static str,
    expected: Option<&ArrayD<f32>>,
    got: Option<&ArrayD<f32>>,
) -> Result<(), RecurrentError> {
    match (expected, got) {
        (None, Some(_)) => Err(RecurrentError::NoCellState),
        (Some(expected), Some(got)) if expected.shape() != got.shape() => {
            let [expected, got] = [expected, got].map(|array| array.shape().to_vec());
            Err(RecurrentError::GradientShape { of, expected, got })
        }
        _ => Ok(()),
    }
}

/// `PyTorch`'s first words for it.
fn used_up() -> Thrown {
    error("BackwardError", "Trying to backward through the graph a second time")
}
