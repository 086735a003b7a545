//! What every forward pass shares at the boundary: seeds, results, traces, and its faults by name.

use ndarray::{ArrayD, ArrayView6, ArrayViewD};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::convert::{argument_error, error, float32_array, number_array, to_array};
use super::object::PlainObject;
use super::read::decimal;
use super::write::Writer;
use gru_playground::gru::{Gru, GruError, Output, Quantity, Trace, TracePlace};
use gru_playground::rng::TorchGenerator;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A float32 tensor, row-major. */
export interface TensorData { shape: number[]; data: Float32Array }

/** Parameters by their names in PyTorch's state_dict. */
export type StateDict = { [name: string]: TensorData };

/** What a forward pass gives, row-major, shapes as PyTorch has them. */
export interface ForwardResult { output: Float32Array; output_shape: number[]; h_n: Float32Array; h_n_shape: number[] }

/**
 * Every gate of one layer and direction, each of shape (L, N, H), in the input's order of steps; where one sample was kept,
 * of shape (L, 1, H).
 */
export interface GateTrace {
    layer: number;
    reverse: boolean;
    /** The sample that comes first: 0, or the one that was kept. */
    sample: number;
    shape: number[];
    pre_r: Float32Array;
    pre_z: Float32Array;
    pre_n: Float32Array;
    n_input: Float32Array;
    n_hidden: Float32Array;
    r: Float32Array;
    z: Float32Array;
    n: Float32Array;
    h: Float32Array;
}

/** A forward pass with one trace per layer and direction. */
export interface TracedResult extends ForwardResult { trace: GateTrace[] }
"#;

/// The next four fields: `output`, `output_shape`, `h_n` and `h_n_shape`.
pub(super) fn write_output(writer: &mut Writer, Output { output, h_n, .. }: &Output<f32>) {
    for tensor in [output, h_n] {
        writer.next(float32_array(tensor.view()));
        writer.next(number_array(tensor.shape()));
    }
}

/// `{shape, data}`.
pub(super) fn tensor_data(tensor: ArrayViewD<'_, f32>) -> JsValue {
    let mut writer = Writer::new("shape data ");
    writer.next(number_array(tensor.shape()));
    writer.next(float32_array(tensor));
    writer.end()
}

/// Parameters by name.
pub(super) fn write_state_dict<'a>(
    parameters: impl Iterator<Item = (String, ArrayViewD<'a, f32>)>,
) -> JsValue {
    let dict = PlainObject::new();
    for (name, tensor) in parameters {
        dict.set(&name, tensor_data(tensor));
    }
    dict.into()
}

/// Parameters by name, in the order given.
pub(super) fn read_state_dict(state_dict: &js_sys::Object) -> Result<Vec<(String, ArrayD<f32>)>, JsValue> {
    let mut tensors = Vec::new();
    for entry in js_sys::Object::entries(state_dict) {
        let entry = entry.unchecked_into::<js_sys::Array>();
        let name = entry.get(0).as_string().unwrap_or_default();
        let tensor = to_array(&name, &entry.get(1))?;
        tensors.push((name, tensor));
    }
    Ok(tensors)
}

/// What is read, as the core takes it.
pub(super) fn views(
    tensors: &[(String, ArrayD<f32>)],
) -> impl Iterator<Item = (String, ArrayViewD<'_, f32>)> {
    tensors.iter().map(|(name, tensor)| (name.clone(), tensor.view()))
}

/// A trace by layer and direction.
pub(super) fn gate_traces(trace: &Trace<f32>) -> JsValue {
    unit_traces(trace.first(), trace.values(), &Quantity::GRU.map(Quantity::name)).into()
}

/// What was kept of every unit, shape (`num_layers`, D, quantities, L, N, H), by layer and direction; what comes first is
/// told.
pub(super) fn unit_traces(
    TracePlace { layer, reverse, sample }: TracePlace,
    values: ArrayView6<'_, f32>,
    quantities: &[&str],
) -> js_sys::Array {
    let (_, directions, _, steps, batch, hidden) = values.dim();
    let elements = values.to_slice().expect("what the core gives is contiguous");
    // An empty batch has a trace of nothing: one chunk at least, so that the sizes below are never zero.
    let of_one_quantity = (steps * batch * hidden).max(1);
    let of_one_cell = of_one_quantity * quantities.len();
    let traces = js_sys::Array::new();
    for (index, cell) in elements.chunks(of_one_cell).enumerate() {
        let entry = PlainObject::new();
        entry.set("layer", JsValue::from_f64((layer + index / directions) as f64));
        entry.set("reverse", JsValue::from_bool(reverse || index % directions == 1));
        entry.set("sample", JsValue::from_f64(sample as f64));
        entry.set("shape", number_array(&[steps, batch, hidden]));
        for (quantity, values) in quantities.iter().zip(cell.chunks(of_one_quantity)) {
            entry.set(quantity, js_sys::Float32Array::from(values).into());
        }
        traces.push(&entry);
    }
    traces
}

/// The stream of a seed that JavaScript gave; like `PyTorch`, a negative one stands for its two's complement.
pub(super) fn seeded(seed: f64) -> Result<TorchGenerator, JsValue> {
    Ok(TorchGenerator::new(whole(seed)? as u64))
}

/// Gives a module other weights, one tensor after the other in `PyTorch`'s order.
pub(super) fn replace_parameters(gru: &mut Gru<f32>, weights: &[f32]) -> Result<(), JsValue> {
    let mut rest = weights;
    for parameter in gru.parameters_mut() {
        let Some((numbers, after)) = rest.split_at_checked(parameter.len()) else {
            return Err(error("ShapeError", "the weights given are fewer than the module's"));
        };
        parameter.copy_from_slice(numbers);
        rest = after;
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(error("ShapeError", "the weights given are more than the module's"))
    }
}

/// A seed: a whole number that a double holds exactly.
pub(super) fn whole(seed: f64) -> Result<i64, JsValue> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if seed.fract() == 0.0 && seed.abs() <= EXACT {
        Ok(seed as i64)
    } else {
        Err(argument_error(
            "seed",
            &[decimal(seed).as_str(), " is not a whole number from -2^53 to 2^53"].concat(),
        ))
    }
}

/// The named error for a fault of the caller.
pub(super) fn thrown(fault: GruError) -> JsValue {
    let name = match fault {
        GruError::NotPositive { .. } | GruError::Dropout { .. } | GruError::Projection { .. } => {
            "ConfigError"
        }
        GruError::TooLarge(_) => "TooLargeError",
        GruError::InputRank { .. }
        | GruError::InputSize { .. }
        | GruError::StateRank { .. }
        | GruError::StateShape { .. }
        | GruError::NoCellState
        | GruError::LayoutShape { .. }
        | GruError::Lengths { .. }
        | GruError::GradientShape { .. }
        | GruError::TraceShape { .. }
        | GruError::MaskShape { .. }
        | GruError::EmptySequence => "ShapeError",
        GruError::NoPlace => "ArgumentError",
        GruError::StateDict(_) => "StateDictError",
    };
    error(name, &fault.to_string())
}
