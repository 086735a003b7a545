//! What `Gru`, `Rnn` and `Lstm` share: parameters, calls in either mode, packed calls.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::generator::{Generator, options};
use super::packed::{self, PackedData};
use super::recorded::Recorded;
use super::tensors::{States, TensorData, array, read_state_dict, tensor, views};
use crate::fault::{Thrown, argument_error};
use crate::js::to_js;
use gru_playground::gru::{self, DropoutMask, ForwardRun, Keep, Options, Recurrent};

/// How a module is called.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct CallOptions {
    /// Whether dropout drops; by default it does not.
    pub training: Option<bool>,
    /// What dropout draws from while training.
    pub generator: Option<Generator>,
}

/// What a GRU or RNN gives for a packed sequence.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PackedOutput {
    /// The last layer's hidden states.
    pub output: PackedData,
    /// Every layer's last hidden state, of each sample at its true last step.
    pub h_n: TensorData,
    /// An LSTM's last cell states.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(skip))]
    pub c_n: Option<TensorData>,
}

/// A module whose weights are drawn.
pub(super) fn drawn<C: Options>(config: C, init: &JsValue) -> Result<Recurrent<f32, C>, Thrown> {
    let generator = Generator::of_init(init)?;
    Ok(Recurrent::new(config, &mut *generator.stream())?)
}

/// A module with given parameters.
pub(super) fn from_state_dict<C: Options>(
    config: C,
    state_dict: &js_sys::Object,
) -> Result<Recurrent<f32, C>, Thrown> {
    Ok(Recurrent::from_state_dict(config, views(&read_state_dict(state_dict)?))?)
}

/// A call, kept for its gates and its backward pass if it is to be traced.
pub(super) fn call<C: Options>(
    module: &Recurrent<f32, C>,
    input: &JsValue,
    states: States,
    options: &JsValue,
    keep: Keep,
) -> Result<Recorded, Thrown> {
    let input = array("input", input)?;
    let mask = mask(module.config(), &input, options)?;
    let [h_0, c_0] = states.views();
    let options = gru::CallOptions { h_0, c_0, keep, mask: mask.as_ref(), lengths: None };
    let outcome = ForwardRun::new(module, input.view(), options)?.finish();
    Ok(Recorded { module: module.as_ref().clone(), input, states, mask, outcome })
}

/// A call over a packed sequence.
pub(super) fn call_packed<C>(
    module: &Recurrent<f32, C>,
    sequence: &JsValue,
    states: &States,
) -> Result<JsValue, Thrown> {
    let sequence = packed::read("input", sequence)?;
    packed::fits(&sequence, sequence.batch_sizes.len())?;
    let [h_0, c_0] = states.views();
    let result = module.call_packed(&sequence, &gru::CallOptions { c_0, ..gru::CallOptions::of(h_0) })?;
    Ok(to_js(&PackedOutput {
        output: PackedData::of(&result.output),
        h_n: tensor(&result.h_n.view()),
        c_n: result.c_n.map(|c_n| tensor(&c_n.view())),
    }))
}

/// What a call drops: something only while training.
fn mask(
    config: &impl Options,
    input: &ArrayD<f32>,
    value: &JsValue,
) -> Result<Option<DropoutMask<f32>>, Thrown> {
    let CallOptions { training, generator } = options("options", value)?;
    if training != Some(true) || config.dropout() <= 0.0 || config.plan().num_layers < 2 {
        return Ok(None);
    }
    let generator = generator
        .ok_or_else(|| argument_error("options.generator", "dropout draws from one while training"))?;
    let mask = DropoutMask::draw(config, input.shape(), &mut generator.stream())?;
    Ok(Some(mask))
}

/// What the classes have in common; `$states` is what goes in beside the input, `$read` how it is read.
macro_rules! recurrent {
    ($class:ident, $states:ident: $type:tt by $read:ident, $output:tt, $packed:tt) => {
        #[wasm_bindgen]
        impl $class {
            /// The parameters by name.
            #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
            pub fn state_dict(&self) -> JsValue {
                to_js(&StateDict::of(self.0.state_dict()))
            }

            /// Replaces every parameter, or, on an error, none.
            ///
            /// # Errors
            /// `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
            #[wasm_bindgen(js_name = loadStateDict)]
            pub fn load_state_dict(
                &mut self,
                #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
            ) -> Result<(), Thrown> {
                Ok(self.0.load_state_dict(views(&read_state_dict(state_dict)?))?)
            }

            /// The module's call, as in `PyTorch`; without a state it is zero.
            ///
            /// # Errors
            /// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
            #[wasm_bindgen(unchecked_return_type = $output)]
            pub fn forward(
                &self,
                #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = $type)] $states: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: &JsValue,
            ) -> Result<JsValue, Thrown> {
                let call = module::call(&self.0, input, States::$read($states)?, options, Keep::Nothing)?;
                Ok(call.results())
            }

            /// The same, kept for its gates and its backward pass.
            ///
            /// # Errors
            /// As `forward`; what is kept counts against the limit.
            pub fn record(
                &self,
                #[wasm_bindgen(unchecked_param_type = "TensorData")] input: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = $type)] $states: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] options: &JsValue,
            ) -> Result<Recorded, Thrown> {
                module::call(&self.0, input, States::$read($states)?, options, Keep::Every)
            }

            /// The same over a packed sequence: every sample ends at its true last step.
            ///
            /// # Errors
            /// `PackedError` in `PyTorch`'s words, `TooLargeError` beyond 512 MB, `ArgumentError`.
            #[wasm_bindgen(js_name = forwardPacked, unchecked_return_type = $packed)]
            pub fn forward_packed(
                &self,
                #[wasm_bindgen(unchecked_param_type = "PackedSequence")] input: &JsValue,
                #[wasm_bindgen(unchecked_optional_param_type = $type)] $states: &JsValue,
            ) -> Result<JsValue, Thrown> {
                module::call_packed(&self.0, input, &States::$read($states)?)
            }
        }
    };
}
pub(super) use recurrent;
