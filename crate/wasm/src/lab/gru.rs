//! `Gru`: `nn.GRU` in evaluation and training mode, and the GRUs of others, in their own layouts of weights too.

use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::generator::{Generator, Init, options};
use super::module::{self, recurrent};
use super::recorded::Recorded;
use super::tensors::{StateDict, States, TensorData, read_state_dict, taken, views};
use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use crate::seed::Seed;
use gru_playground::gru::layout::{Named, from_keras, from_onnx};
use gru_playground::gru::{self, GruConfig, Keep, Reset, Variant};

/// Where the weights of a GRU are drawn from, and which GRU it is: `PyTorch`'s by default.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct GruInit {
    /// The seed of a new stream.
    pub seed: Option<Seed>,
    /// A stream that is there.
    pub generator: Option<Generator>,
    /// Which GRU it is.
    #[cfg_attr(test, ts(optional, type = "Partial<Variant>"))]
    pub variant: Option<Variant>,
}

/// Which GRU it is: `PyTorch`'s by default.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct VariantInit {
    /// Where it differs from `PyTorch`'s.
    #[cfg_attr(test, ts(optional, type = "Partial<Variant>"))]
    pub variant: Option<Variant>,
}

/// The weights of a Keras `GRU` layer, gates z, r, h in columns.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields = nullable))]
pub struct KerasWeights {
    /// (I, 3H).
    pub kernel: TensorData,
    /// (H, 3H).
    pub recurrent_kernel: TensorData,
    /// (2, 3H) with `reset_after`, else (3H).
    pub bias: Option<TensorData>,
    /// Keras's own default is true.
    pub reset_after: Option<bool>,
}

/// The inputs of an ONNX `GRU` node, gates z, r, h in rows.
#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields = nullable))]
pub struct OnnxWeights {
    /// (D, 3H, I).
    pub w: TensorData,
    /// (D, 3H, H).
    pub r: TensorData,
    /// (D, 6H).
    pub b: Option<TensorData>,
    /// ONNX's own default is 0.
    #[serde(rename = "linear_before_reset")]
    pub linear_before_reset: Option<f64>,
}

/// `nn.GRU`: `output, h_n = gru(input, h_0)`.
#[wasm_bindgen]
pub struct Gru(pub(super) gru::Gru<f32>);

recurrent!(Gru, h_0: "TensorData | null" by hidden, "Output", "PackedOutput");

#[wasm_bindgen]
impl Gru {
    /// `nn.GRU(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GruConfig")] config: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "GruInit")] init: &JsValue,
    ) -> Result<Gru, Thrown> {
        let config = from_js("options", config)?;
        let GruInit { seed, generator, variant } = options("init", init)?;
        let generator = Init { seed, generator }.stream();
        let gru = gru::Gru::new(config, &mut *generator.stream())?;
        Ok(Gru::of(gru, variant))
    }

    /// `nn.GRU(...)` with given parameters; `init` may name the variant.
    ///
    /// # Errors
    /// As the constructor; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = fromStateDict)]
    pub fn from_state_dict(
        #[wasm_bindgen(unchecked_param_type = "GruConfig")] config: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
        #[wasm_bindgen(unchecked_optional_param_type = "VariantInit")] init: &JsValue,
    ) -> Result<Gru, Thrown> {
        let config = from_js("options", config)?;
        let VariantInit { variant } = options("init", init)?;
        Ok(Gru::of(module::from_state_dict(config, state_dict)?, variant))
    }

    /// The GRU of a Keras layer, which reads (N, L, I) as it does there.
    ///
    /// # Errors
    /// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = fromKeras)]
    pub fn from_keras(
        #[wasm_bindgen(unchecked_param_type = "KerasWeights")] weights: &JsValue,
    ) -> Result<Gru, Thrown> {
        let KerasWeights { kernel, recurrent_kernel, bias, reset_after } = from_js("weights", weights)?;
        let kernel = kernel.to_array("weights.kernel")?;
        let recurrent = recurrent_kernel.to_array("weights.recurrent_kernel")?;
        let bias = taken("weights.bias", bias)?;
        let bias = bias.as_ref().map(|bias| bias.view());
        let parameters = from_keras(&kernel.view(), &recurrent.view(), bias.as_ref())?;
        let config = GruConfig { batch_first: true, ..config(&parameters) };
        Gru::of_layout(config, &parameters, reset_after.unwrap_or(true))
    }

    /// The GRU of an ONNX node, bidirectional if D is 2.
    ///
    /// # Errors
    /// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = fromOnnx)]
    pub fn from_onnx(
        #[wasm_bindgen(unchecked_param_type = "OnnxWeights")] weights: &JsValue,
    ) -> Result<Gru, Thrown> {
        let OnnxWeights { w, r, b, linear_before_reset } = from_js("weights", weights)?;
        let (w, r, b) = (w.to_array("weights.W")?, r.to_array("weights.R")?, taken("weights.B", b)?);
        let b = b.as_ref().map(|b| b.view());
        let parameters = from_onnx(&w.view(), &r.view(), b.as_ref())?;
        let reset_after = linear_before_reset.is_some_and(|after| after != 0.0);
        Gru::of_layout(config(&parameters), &parameters, reset_after)
    }

    /// The options.
    #[wasm_bindgen(getter, unchecked_return_type = "Required<GruConfig>")]
    pub fn config(&self) -> JsValue {
        to_js(self.0.config())
    }

    /// Which GRU it is.
    #[wasm_bindgen(getter, unchecked_return_type = "Variant")]
    pub fn variant(&self) -> JsValue {
        to_js(&self.0.variant())
    }
}

impl Gru {
    fn of(gru: gru::Gru<f32>, variant: Option<Variant>) -> Gru {
        Gru(gru.with_variant(variant.unwrap_or_default()))
    }

    fn of_layout(config: GruConfig, parameters: &Named<f32>, reset_after: bool) -> Result<Gru, Thrown> {
        let gru = gru::Gru::from_state_dict(config, views(parameters))?;
        let reset = if reset_after { Reset::AfterProduct } else { Reset::BeforeProduct };
        Ok(Gru::of(gru, Some(Variant { reset, ..Variant::default() })))
    }
}

/// The options that the shapes of these parameters tell.
fn config(parameters: &Named<f32>) -> GruConfig {
    let has = |wanted: &str| parameters.iter().any(|(name, _)| name == wanted);
    let columns = |wanted: &str| {
        let found = parameters.iter().find(|(name, _)| name == wanted);
        found.and_then(|(_, tensor)| tensor.shape().last()).map_or(0, |&size| size as u64)
    };
    GruConfig {
        bias: has("bias_ih_l0"),
        bidirectional: has("weight_ih_l0_reverse"),
        ..GruConfig::new(columns("weight_ih_l0"), columns("weight_hh_l0"))
    }
}
