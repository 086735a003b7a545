//! Costs, each number an exact `bigint`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::from_value;
use super::results::structs;
use super::write::{ToJs, Writer};
use gru_playground::call::{Call, Dtype};
use gru_playground::cost::{self, Count, LIMIT_BYTES};
use gru_playground::diagnostic;

/// How many parameter tensors are listed at most: sixteen layers of both directions.
const LISTED: u128 = 128;

/// One parameter tensor.
#[derive(tsify::Tsify)]
#[tsify(missing_as_null)]
struct ParameterCost {
    /// Its name in the state dict.
    name: String,
    /// Its shape.
    #[tsify(type = "bigint[]")]
    shape: Vec<Count>,
    /// Numbers in it.
    #[tsify(type = "bigint")]
    count: Count,
}

/// An amount of memory.
#[derive(tsify::Tsify)]
#[tsify(missing_as_null)]
struct Bytes {
    /// Exactly.
    #[tsify(type = "bigint")]
    exact: Count,
    /// In words: `3.2 GB`.
    words: String,
}

/// What a legal call costs.
#[derive(tsify::Tsify)]
#[tsify(missing_as_null)]
pub struct Cost {
    /// The first parameter tensors, in the state dict's order.
    parameters: Vec<ParameterCost>,
    /// How many parameter tensors are not listed.
    #[tsify(type = "bigint")]
    unlisted_parameters: Count,
    /// Numbers in all parameters.
    #[tsify(type = "bigint")]
    total_parameters: Count,
    /// Multiply-adds of one pass.
    #[tsify(type = "bigint")]
    multiply_adds: Count,
    /// Those of the input's products.
    #[tsify(type = "bigint")]
    input_products: Count,
    /// Those of the hidden state's products.
    #[tsify(type = "bigint")]
    hidden_products: Count,
    /// Sigmoids and tanhs of one pass.
    #[tsify(type = "bigint")]
    gate_activations: Count,
    /// Memory of the parameters.
    parameter_bytes: Bytes,
    /// Memory of what a pass reads and writes.
    activation_bytes: Bytes,
    /// Memory of every gate of every step.
    trace_bytes: Bytes,
    /// Why a pass is refused here, if it is.
    forward_refusal: Option<String>,
    /// Why a pass that keeps every gate is refused here, if it is.
    trace_refusal: Option<String>,
}

structs! {
    ParameterCost { name, shape, count }
    Bytes { exact, words }
    Cost {
        parameters,
        unlisted_parameters,
        total_parameters,
        multiply_adds,
        input_products,
        hidden_products,
        gate_activations,
        parameter_bytes,
        activation_bytes,
        trace_bytes,
        forward_refusal,
        trace_refusal,
    }
}

impl From<Count> for Bytes {
    fn from(count: Count) -> Self {
        Bytes { words: cost::in_words(count), exact: count }
    }
}

/// What a legal call costs, exactly and without allocating; undefined for a call that is not legal.
///
/// # Errors
/// `ArgumentError` for a value that is not a call.
#[wasm_bindgen(js_name = cost, unchecked_return_type = "Cost | undefined")]
pub fn cost_of(#[wasm_bindgen(unchecked_param_type = "Call")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = from_value::<Call>("call", &call)?;
    let diagnosis = diagnostic::diagnose(&call);
    let (Some(config), Some(trace)) = (diagnosis.module, diagnosis.trace) else {
        return Ok(JsValue::UNDEFINED);
    };
    let element_bytes = match call.config.dtype {
        Dtype::Float64 => 8,
        Dtype::Float16 | Dtype::Bfloat16 => 2,
        _ => 4,
    };
    let cost = cost::Cost::of(&config, trace.seq_len, trace.batch, element_bytes);
    let refusal = |bytes: Count| bytes.within(LIMIT_BYTES).err().map(|refusal| refusal.to_string());
    let tensors = config.parameter_tensors();
    let listed = (0..tensors.min(LISTED)).filter_map(|index| config.parameter(index));
    let cost = Cost {
        parameters: listed
            .map(|spec| ParameterCost {
                name: spec.name(),
                shape: spec.shape().into_iter().map(Into::into).collect(),
                count: spec.count(),
            })
            .collect(),
        unlisted_parameters: tensors.saturating_sub(LISTED).into(),
        total_parameters: cost.parameters,
        multiply_adds: cost.multiply_adds.total(),
        input_products: cost.multiply_adds.input_products,
        hidden_products: cost.multiply_adds.hidden_products,
        gate_activations: cost.gate_activations,
        forward_refusal: refusal(cost.forward_bytes()),
        trace_refusal: refusal(cost.traced_bytes()),
        parameter_bytes: cost.parameter_bytes.into(),
        activation_bytes: cost.activation_bytes.into(),
        trace_bytes: cost.trace_bytes.into(),
    };
    Ok(cost.to_js())
}
