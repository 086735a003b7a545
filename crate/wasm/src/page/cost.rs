use serde::{Serialize, Serializer};
use serde_wasm_bindgen::preserve;

use js_sys::BigInt;

use gru_playground::call::{Call, Dtype};
use gru_playground::cost::{Cost, Count, LIMIT_BYTES, in_words};
use gru_playground::diagnostic::Diagnosis;

/// How many parameter tensors are listed at most: sixteen layers of both directions.
const LISTED: u128 = 128;

/// One parameter tensor.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ParameterCost {
    /// Its name in the state dict.
    pub name: String,
    /// Its shape.
    #[cfg_attr(test, ts(type = "bigint[]"))]
    pub shape: Vec<Exact>,
    /// Numbers in it.
    pub count: Exact,
}

/// An amount of memory.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Bytes {
    /// Exactly.
    pub exact: Exact,
    /// In words: `3.2 GB`.
    pub words: String,
}

/// What a legal call costs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Cost"))]
pub struct PassCost {
    /// The first parameter tensors, in the state dict's order.
    pub parameters: Vec<ParameterCost>,
    /// How many parameter tensors are not listed.
    pub unlisted_parameters: Exact,
    /// Numbers in all parameters.
    pub total_parameters: Exact,
    /// Multiply-adds of one pass.
    pub multiply_adds: Exact,
    /// Those of the input's products.
    pub input_products: Exact,
    /// Those of the hidden state's products.
    pub hidden_products: Exact,
    /// Sigmoids and tanhs of one pass.
    pub gate_activations: Exact,
    /// Memory of the parameters.
    pub parameter_bytes: Bytes,
    /// Memory of what a pass reads and writes.
    pub activation_bytes: Bytes,
    /// Memory of every gate of every step.
    pub trace_bytes: Bytes,
    /// Why a pass is refused here, if it is.
    pub forward_refusal: Option<String>,
    /// Why a pass that keeps every gate is refused here, if it is.
    pub trace_refusal: Option<String>,
}

/// A count, which crosses as a `bigint`.
pub struct Exact(Count);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.0.to_string();
        preserve::serialize(&BigInt::new(&digits.into()).expect("a count is digits"), serializer)
    }
}

#[cfg(test)]
crate::tests::name!(Exact, "bigint");

impl From<Count> for Bytes {
    fn from(count: Count) -> Self {
        Bytes { words: in_words(count), exact: Exact(count) }
    }
}

impl PassCost {
    /// What a call costs, exactly and without allocating; none of one that is not legal.
    pub(super) fn of(call: &Call, diagnosis: &Diagnosis) -> Option<PassCost> {
        let (config, trace) = (diagnosis.module.as_ref()?, diagnosis.trace.as_ref()?);
        let element_bytes = match call.config.dtype {
            Dtype::Float64 => 8,
            Dtype::Float16 | Dtype::Bfloat16 => 2,
            _ => 4,
        };
        let cost = Cost::of(config, trace.seq_len, trace.batch, element_bytes);
        let refusal = |bytes: Count| bytes.within(LIMIT_BYTES).err().map(|refusal| refusal.to_string());
        let tensors = config.parameter_tensors();
        let listed = (0..tensors.min(LISTED)).filter_map(|index| config.parameter(index));
        Some(PassCost {
            parameters: listed
                .map(|spec| ParameterCost {
                    name: spec.name(),
                    shape: spec.shape().into_iter().map(|size| Exact(size.into())).collect(),
                    count: Exact(spec.count()),
                })
                .collect(),
            unlisted_parameters: Exact(tensors.saturating_sub(LISTED).into()),
            total_parameters: Exact(cost.parameters),
            multiply_adds: Exact(cost.multiply_adds.total()),
            input_products: Exact(cost.multiply_adds.input_products),
            hidden_products: Exact(cost.multiply_adds.hidden_products),
            gate_activations: Exact(cost.gate_activations),
            forward_refusal: refusal(cost.forward_bytes()),
            trace_refusal: refusal(cost.traced_bytes()),
            parameter_bytes: cost.parameter_bytes.into(),
            activation_bytes: cost.activation_bytes.into(),
            trace_bytes: cost.trace_bytes.into(),
        })
    }
}
