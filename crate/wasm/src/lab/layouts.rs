//! `Gru.fromKeras` and `Gru.fromOnnx`: weights as other frameworks lay them out.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::super::convert::to_array;
use super::super::pass::{thrown, views};
use super::gru::Gru;
use super::module::{Module, field};
use super::tensor::optional;
use super::value::read;
use gru_playground::gru::layout::{Named, from_keras, from_onnx};
use gru_playground::gru::{self, GruConfig, Reset, Variant};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** The weights of a Keras `GRU` layer, gates z, r, h in columns. */
export interface KerasWeights {
    /** (I, 3H). */
    kernel: TensorData;
    /** (H, 3H). */
    recurrent_kernel: TensorData;
    /** (2, 3H) with reset_after, else (3H). */
    bias?: TensorData | null;
    /** Keras's own default is true. */
    reset_after?: boolean;
}

/** The inputs of an ONNX `GRU` node, gates z, r, h in rows. */
export interface OnnxWeights {
    /** (D, 3H, I). */
    W: TensorData;
    /** (D, 3H, H). */
    R: TensorData;
    /** (D, 6H). */
    B?: TensorData | null;
    /** ONNX's own default is 0. */
    linear_before_reset?: number;
}
";

#[wasm_bindgen]
impl Gru {
    /// The GRU of a Keras layer, which reads (N, L, I) as it does there.
    ///
    /// # Errors
    /// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = fromKeras)]
    pub fn from_keras(
        #[wasm_bindgen(unchecked_param_type = "KerasWeights")] weights: JsValue,
    ) -> Result<Gru, JsValue> {
        let kernel = to_array("kernel", &field(&weights, "kernel"))?;
        let recurrent = to_array("recurrent_kernel", &field(&weights, "recurrent_kernel"))?;
        let bias = optional("bias", &field(&weights, "bias"))?;
        let bias = bias.as_ref().map(|bias| bias.view());
        let reset_after: Option<bool> = read("reset_after", field(&weights, "reset_after"))?;
        let parameters = from_keras(&kernel.view(), &recurrent.view(), bias.as_ref()).map_err(thrown)?;
        let config = GruConfig { batch_first: true, ..config(&parameters) };
        build(config, &parameters, reset_after.unwrap_or(true))
    }

    /// The GRU of an ONNX node, bidirectional if D is 2.
    ///
    /// # Errors
    /// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    #[wasm_bindgen(js_name = fromOnnx)]
    pub fn from_onnx(
        #[wasm_bindgen(unchecked_param_type = "OnnxWeights")] weights: JsValue,
    ) -> Result<Gru, JsValue> {
        let (w, r) = (to_array("W", &field(&weights, "W"))?, to_array("R", &field(&weights, "R"))?);
        let b = optional("B", &field(&weights, "B"))?;
        let b = b.as_ref().map(|b| b.view());
        let after: Option<f64> = read("linear_before_reset", field(&weights, "linear_before_reset"))?;
        let parameters = from_onnx(&w.view(), &r.view(), b.as_ref()).map_err(thrown)?;
        build(config(&parameters), &parameters, after.is_some_and(|after| after != 0.0))
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

fn build(config: GruConfig, parameters: &Named<f32>, reset_after: bool) -> Result<Gru, JsValue> {
    let gru = gru::Gru::from_state_dict(config, views(parameters)).map_err(thrown)?;
    let reset = if reset_after { Reset::AfterProduct } else { Reset::BeforeProduct };
    Ok(Gru(Module::Gru(gru.with_variant(Variant { reset, ..Variant::default() }))))
}
