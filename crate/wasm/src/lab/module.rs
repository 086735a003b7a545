//! What `Gru`, `Rnn` and `Lstm` share: parameters, calls in either mode, packed calls.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::generator::{Generator, options};
use super::packed::{self, PackedData};
use super::recorded::{Recorded, write_output};
use super::tensors::{StateDict, States, TensorData, array, read_state_dict, tensor, views};
use crate::fault::{Thrown, argument_error};
use crate::js::to_js;
use gru_playground::gru::{self, DropoutMask, ForwardRun, Gru, GruConfig, GruError, Keep};
use gru_playground::rnn::{Rnn, RnnConfig};

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

/// A recurrent module of either family.
#[derive(Clone)]
pub(super) enum Module {
    Gru(Gru<f32>),
    Rnn(Rnn<f32>),
}

impl Module {
    /// What the core's runs take.
    pub(super) fn recurrent(&self) -> &gru::Module<f32> {
        match self {
            Module::Gru(gru) => gru.as_ref(),
            Module::Rnn(rnn) => rnn.as_ref(),
        }
    }

    fn base(&self) -> &GruConfig {
        match self {
            Module::Gru(gru) => gru.config(),
            Module::Rnn(rnn) => &rnn.config().base,
        }
    }

    /// An RNN or LSTM whose weights are drawn.
    pub(super) fn drawn_rnn(config: RnnConfig, init: &JsValue) -> Result<Self, Thrown> {
        let generator = Generator::of_init(init)?;
        Ok(Module::Rnn(Rnn::new(config, &mut *generator.stream())?))
    }

    /// An RNN or LSTM with given parameters.
    pub(super) fn rnn_from(config: RnnConfig, state_dict: &js_sys::Object) -> Result<Self, Thrown> {
        let tensors = read_state_dict(state_dict)?;
        Ok(Module::Rnn(Rnn::from_state_dict(config, views(&tensors))?))
    }

    /// The parameters by name.
    pub(super) fn state_dict(&self) -> JsValue {
        to_js(&match self {
            Module::Gru(gru) => StateDict::of(gru.state_dict()),
            Module::Rnn(rnn) => StateDict::of(rnn.state_dict()),
        })
    }

    /// Replaces every parameter, or, on an error, none.
    pub(super) fn load_state_dict(&mut self, state_dict: &js_sys::Object) -> Result<(), Thrown> {
        let tensors = read_state_dict(state_dict)?;
        Ok(match self {
            Module::Gru(gru) => gru.load_state_dict(views(&tensors)),
            Module::Rnn(rnn) => rnn.load_state_dict(views(&tensors)),
        }?)
    }

    /// A call that gives its results.
    pub(super) fn forward(
        &self,
        input: &JsValue,
        states: &States,
        options: &JsValue,
    ) -> Result<JsValue, Thrown> {
        let input = array("input", input)?;
        let mask = self.mask(&input, options)?;
        let outcome = self.call(&input, states, mask.as_ref(), false)?;
        Ok(write_output(&outcome))
    }

    /// A call that is kept for its backward pass.
    pub(super) fn record(
        &self,
        input: &JsValue,
        states: States,
        options: &JsValue,
    ) -> Result<Recorded, Thrown> {
        let input = array("input", input)?;
        let mask = self.mask(&input, options)?;
        let outcome = self.call(&input, &states, mask.as_ref(), true)?;
        Ok(Recorded { module: self.clone(), input, states, mask, outcome })
    }

    /// A call over a packed sequence.
    pub(super) fn forward_packed(&self, sequence: &JsValue, states: &States) -> Result<JsValue, Thrown> {
        let sequence = packed::read("input", sequence)?;
        packed::fits(&sequence, sequence.batch_sizes.len())?;
        let [h_0, c_0] = states.views();
        let result = match self {
            Module::Gru(gru) => gru.forward_packed(&sequence, h_0),
            Module::Rnn(rnn) => rnn.forward_packed(&sequence, h_0, c_0),
        };
        let result = result?;
        Ok(to_js(&PackedOutput {
            output: PackedData::of(&result.output),
            h_n: tensor(&result.h_n.view()),
            c_n: result.c_n.map(|c_n| tensor(&c_n.view())),
        }))
    }

    /// What a call drops: something only while training.
    fn mask(&self, input: &ArrayD<f32>, value: &JsValue) -> Result<Option<DropoutMask<f32>>, Thrown> {
        let CallOptions { training, generator } = options("options", value)?;
        let base = self.base();
        if training != Some(true) || base.dropout <= 0.0 || base.num_layers < 2 {
            return Ok(None);
        }
        let generator = generator
            .ok_or_else(|| argument_error("options.generator", "dropout draws from one while training"))?;
        let mut stream = generator.stream();
        let mask = match self {
            Module::Gru(gru) => DropoutMask::draw(gru.config(), input.shape(), &mut stream),
            Module::Rnn(rnn) => DropoutMask::draw(rnn.config(), input.shape(), &mut stream),
        };
        Ok(Some(mask?))
    }

    fn call(
        &self,
        input: &ArrayD<f32>,
        states: &States,
        mask: Option<&DropoutMask<f32>>,
        traced: bool,
    ) -> Result<gru::Output<f32>, GruError> {
        let [h_0, c_0] = states.views();
        let keep = if traced { Keep::Every } else { Keep::Nothing };
        let options = gru::CallOptions { h_0, c_0, keep, mask, lengths: None };
        Ok(ForwardRun::new(self.recurrent(), input.view(), options)?.finish())
    }
}

/// What the three classes have in common; `$states` is what goes in beside the input, `$read` how it is read.
macro_rules! recurrent {
    ($class:ident, $states:ident: $type:tt by $read:ident, $output:tt, $packed:tt) => {
        #[wasm_bindgen]
        impl $class {
            /// The parameters by name.
            #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
            pub fn state_dict(&self) -> JsValue {
                self.0.state_dict()
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
                self.0.load_state_dict(state_dict)
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
                self.0.forward(input, &States::$read($states)?, options)
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
                self.0.record(input, States::$read($states)?, options)
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
                self.0.forward_packed(input, &States::$read($states)?)
            }
        }
    };
}
pub(super) use recurrent;
