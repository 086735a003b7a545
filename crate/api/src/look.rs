//! What answers at once of a call: diagnosis, cost, code and what a run needs.

use serde::Serialize;

use gru_playground::call::{Call, Dtype};
use gru_playground::cost::{Cost, Count, LIMIT_BYTES, in_words};
use gru_playground::diagnostic::{Diagnosis, Diagnostic, RunPlan, diagnose, parameter_axes, typed_shape};
use gru_playground::py::{self, CodeLine};
use gru_playground::shape::{AxisMeaning, Shape};

use crate::generator::Seed;

/// All that answers a call at once.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(E = crate::tests::Exact)))]
pub struct Look<E> {
    /// What `PyTorch` says of it.
    pub diagnosis: Diagnosis,
    /// What it costs; null of a call that is not legal.
    pub cost: Option<PassCost<E>>,
    /// Its code as coloured segments; with a seed, `torch.manual_seed` too.
    pub code: Vec<CodeLine>,
    /// What a run of it needs; null of a call that is not run here, of which `runPlan` says why.
    pub plan: Option<RunPlan>,
}

/// A typed shape, or what is wrong with the text.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ParsedShape {
    /// The shape.
    Shape(#[cfg_attr(test, ts(type = "number[]"))] Shape),
    /// What is wrong; its spans count UTF-16 units, as JavaScript's strings do.
    Diagnostic(Diagnostic),
}

impl<E: From<Count>> Look<E> {
    /// Of a call, at once whatever the sizes.
    pub fn of(call: &Call, seed: Option<Seed>) -> Self {
        let diagnosis = diagnose(call);
        let cost = PassCost::of(call, &diagnosis);
        let plan = RunPlan::of(call, &diagnosis).ok();
        Look { diagnosis, cost, code: code(call, seed), plan }
    }
}

/// The `PyTorch` code of a call as coloured segments; with a seed, `torch.manual_seed` too.
pub fn code(call: &Call, seed: Option<Seed>) -> Vec<CodeLine> {
    py::code(call, seed.map(|Seed(seed)| seed))
}

impl ParsedShape {
    /// Of a text: `(4, 10)`, `[4, 10]`, `4, 10`, `torch.Size([4, 10])`.
    pub fn of(text: &str) -> Self {
        match typed_shape::parse(text) {
            Ok(shape) => ParsedShape::Shape(shape),
            Err(diagnostic) => ParsedShape::Diagnostic(typed_shape::with_utf16_spans(diagnostic, text)),
        }
    }
}

/// How many parameter tensors are listed at most: sixteen layers of both directions.
const LISTED: u128 = 128;

/// One parameter tensor.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(E = crate::tests::Exact)))]
pub struct ParameterCost<E> {
    /// Its name in the state dict.
    pub name: String,
    /// Its shape.
    #[cfg_attr(test, ts(type = "bigint[]"))]
    pub shape: Vec<E>,
    /// What each axis of its shape means.
    pub axes: Vec<AxisMeaning>,
    /// Numbers in it.
    pub count: E,
}

/// An amount of memory.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(E = crate::tests::Exact)))]
pub struct Bytes<E> {
    /// Exactly.
    pub exact: E,
    /// In words: `3.2 GB`.
    pub words: String,
}

/// What a legal call costs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Cost", concrete(E = crate::tests::Exact)))]
pub struct PassCost<E> {
    /// The first parameter tensors, in the state dict's order.
    pub parameters: Vec<ParameterCost<E>>,
    /// How many parameter tensors are not listed.
    pub unlisted_parameters: E,
    /// Numbers in all parameters.
    pub total_parameters: E,
    /// Multiply-adds of one pass.
    pub multiply_adds: E,
    /// Those of the input's products.
    pub input_products: E,
    /// Those of the hidden state's products.
    pub hidden_products: E,
    /// Sigmoids and tanhs of one pass.
    pub gate_activations: E,
    /// Memory of the parameters.
    pub parameter_bytes: Bytes<E>,
    /// Memory of what a pass reads and writes.
    pub activation_bytes: Bytes<E>,
    /// Memory of every gate of every step.
    pub trace_bytes: Bytes<E>,
    /// Why a pass is refused here, if it is.
    pub forward_refusal: Option<String>,
    /// Why a pass that keeps every gate is refused here, if it is.
    pub trace_refusal: Option<String>,
}

impl<E: From<Count>> From<Count> for Bytes<E> {
    fn from(count: Count) -> Self {
        Bytes { words: in_words(count), exact: count.into() }
    }
}

impl<E: From<Count>> PassCost<E> {
    /// What a call costs, exactly and without allocating; none of one that is not legal.
    pub fn of(call: &Call, diagnosis: &Diagnosis) -> Option<PassCost<E>> {
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
                    shape: spec.shape().into_iter().map(|size| E::from(size.into())).collect(),
                    axes: parameter_axes(&spec, config.bidirectional),
                    count: spec.count().into(),
                })
                .collect(),
            unlisted_parameters: E::from(tensors.saturating_sub(LISTED).into()),
            total_parameters: cost.parameters.into(),
            multiply_adds: cost.multiply_adds.total().into(),
            input_products: cost.multiply_adds.input_products.into(),
            hidden_products: cost.multiply_adds.hidden_products.into(),
            gate_activations: cost.gate_activations.into(),
            forward_refusal: refusal(cost.forward_bytes()),
            trace_refusal: refusal(cost.traced_bytes()),
            parameter_bytes: cost.parameter_bytes.into(),
            activation_bytes: cost.activation_bytes.into(),
            trace_bytes: cost.trace_bytes.into(),
        })
    }
}
