//! What `Gru`, `Rnn` and `Lstm` share: parameters, calls in either mode, packed calls.

use ndarray::ArrayD;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::super::convert::{argument_error, to_array};
use super::super::object::PlainObject;
use super::super::pass::{read_state_dict, thrown, views, write_state_dict};
use super::super::read::{Fields, FromJs, Reader, is_nothing};
use super::super::write::Writer;
use super::faults::of_packed;
use super::generator::Generator;
use super::options::{only, options, read_or_default};
use super::packed;
use super::recorded::{Outcome, Recorded, Trace};
use super::tensor::{States, tensor, tensor_or_null};
use gru_playground::gru::{CallOptions, DropoutMask, ForwardRun, Gru, GruConfig, GruError, Keep, Output};
use gru_playground::rnn::{Rnn, RnnConfig};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** How a module is called. */
export interface CallOptions {
    /** Whether dropout drops; by default it does not. */
    training?: boolean;
    /** What dropout draws from while training. */
    generator?: Generator;
}

/** What a GRU or RNN gives. */
export interface Output { output: TensorData; h_n: TensorData }

/** What an LSTM gives. */
export interface LstmOutput extends Output { c_n: TensorData }
";

/// A recurrent module of either family.
#[derive(Clone)]
pub(super) enum Module {
    Gru(Gru<f32>),
    Rnn(Rnn<f32>),
}

/// The one field of `CallOptions` that is no object.
#[derive(Default)]
struct Mode {
    training: bool,
}

options! {
    Mode ["generator"] { training: or_default }
}

impl Module {
    fn base(&self) -> &GruConfig {
        match self {
            Module::Gru(gru) => gru.config(),
            Module::Rnn(rnn) => &rnn.config().base,
        }
    }

    /// An RNN or LSTM whose weights are drawn.
    pub(super) fn drawn_rnn(config: RnnConfig, init: &JsValue) -> Result<Self, JsValue> {
        let generator = Generator::of_init(init)?;
        Rnn::new(config, &mut *generator.stream()).map(Module::Rnn).map_err(thrown)
    }

    /// An RNN or LSTM with given parameters.
    pub(super) fn rnn_from(config: RnnConfig, state_dict: &js_sys::Object) -> Result<Self, JsValue> {
        let tensors = read_state_dict(state_dict)?;
        Rnn::from_state_dict(config, views(&tensors)).map(Module::Rnn).map_err(thrown)
    }

    /// The parameters by name.
    pub(super) fn state_dict(&self) -> JsValue {
        match self {
            Module::Gru(gru) => write_state_dict(gru.state_dict()),
            Module::Rnn(rnn) => write_state_dict(rnn.state_dict()),
        }
    }

    /// Replaces every parameter, or, on an error, none.
    pub(super) fn load_state_dict(&mut self, state_dict: &js_sys::Object) -> Result<(), JsValue> {
        let tensors = read_state_dict(state_dict)?;
        let loaded = match self {
            Module::Gru(gru) => gru.load_state_dict(views(&tensors)),
            Module::Rnn(rnn) => rnn.load_state_dict(views(&tensors)),
        };
        loaded.map_err(thrown)
    }

    /// A call that gives its results.
    pub(super) fn forward(
        &self,
        input: &JsValue,
        states: &States,
        options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let input = to_array("input", input)?;
        let mask = self.mask(&input, options)?;
        let outcome = self.call(&input, states, mask.as_ref(), false).map_err(thrown)?;
        Ok(outcome.to_js())
    }

    /// A call that is kept for its backward pass.
    pub(super) fn record(
        &self,
        input: &JsValue,
        states: States,
        options: &JsValue,
    ) -> Result<Recorded, JsValue> {
        let input = to_array("input", input)?;
        let mask = self.mask(&input, options)?;
        let outcome = self.call(&input, &states, mask.as_ref(), true).map_err(thrown)?;
        Ok(Recorded { module: self.clone(), input, states, mask, outcome })
    }

    /// A call over a packed sequence.
    pub(super) fn forward_packed(&self, sequence: &JsValue, states: &States) -> Result<JsValue, JsValue> {
        let sequence = packed::read(sequence)?;
        packed::fits(&sequence, sequence.batch_sizes.len())?;
        let [h_0, c_0] = states.views();
        let result = match self {
            Module::Gru(gru) => gru.forward_packed(&sequence, h_0),
            Module::Rnn(rnn) => rnn.forward_packed(&sequence, h_0, c_0),
        };
        let result = result.map_err(of_packed)?;
        let mut writer = Writer::new("output h_n c_n ");
        writer.next(packed::write(&result.output));
        writer.next(tensor(&result.h_n.view()));
        if result.c_n.is_some() {
            writer.next(tensor_or_null(result.c_n.as_ref()));
        }
        Ok(writer.end())
    }

    /// What a call drops: something only while training.
    fn mask(&self, input: &ArrayD<f32>, options: &JsValue) -> Result<Option<DropoutMask<f32>>, JsValue> {
        let generator = if is_nothing(options) { None } else { Generator::of_options(options)? };
        let Mode { training } = read_or_default("options", options)?;
        let base = self.base();
        if !training || base.dropout <= 0.0 || base.num_layers < 2 {
            return Ok(None);
        }
        let generator =
            generator.ok_or_else(|| argument_error("generator", "dropout draws from one while training"))?;
        let mut stream = generator.stream();
        let mask = match self {
            Module::Gru(gru) => DropoutMask::draw(gru.config(), input.shape(), &mut stream),
            Module::Rnn(rnn) => DropoutMask::draw(rnn.config(), input.shape(), &mut stream),
        };
        mask.map(Some).map_err(thrown)
    }

    fn call(
        &self,
        input: &ArrayD<f32>,
        states: &States,
        mask: Option<&DropoutMask<f32>>,
        traced: bool,
    ) -> Result<Outcome, GruError> {
        let [h_0, c_0] = states.views();
        let keep = if traced { Keep::Every } else { Keep::Nothing };
        let options = CallOptions { h_0, c_0, keep, mask, lengths: None };
        let result = match self {
            Module::Gru(gru) => ForwardRun::new(gru, input.view(), options),
            Module::Rnn(rnn) => ForwardRun::new(rnn, input.view(), options),
        };
        let Output { output, h_n, c_n, trace } = result?.finish();
        let trace = trace.map(|trace| match self {
            Module::Gru(_) => Trace::Gru(trace),
            Module::Rnn(_) => Trace::Rnn(trace),
        });
        Ok(Outcome { output, h_n, c_n, trace })
    }
}

/// A field of an object, or undefined.
pub(super) fn field(object: &JsValue, name: &str) -> JsValue {
    if object.is_object() { object.unchecked_ref::<PlainObject>().get(name) } else { JsValue::UNDEFINED }
}
