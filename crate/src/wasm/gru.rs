//! `Gru` and `Generator` as JavaScript sees them; numbers are float32.

use ndarray::ArrayViewD;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::convert::{argument_error, error, float32_array, from_value, number_array, shaped, to_array};
use super::object::PlainObject;
use super::read::decimal;
use super::write::Writer;
use crate::cost::{Count, LIMIT_BYTES};
use crate::gru::{self, GruConfig, GruError, Output, Quantity, Trace};
use crate::rng::{Generator as _, TorchGenerator};
use crate::text;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** `nn.GRU`'s options under PyTorch's names. */
export interface GruOptions {
    input_size: number;
    hidden_size: number;
    num_layers?: number;
    bias?: boolean;
    batch_first?: boolean;
    dropout?: number;
    bidirectional?: boolean;
}

/** A float32 tensor, row-major. */
export interface TensorData { shape: number[]; data: Float32Array }

/** Parameters by their names in PyTorch's state_dict. */
export type StateDict = { [name: string]: TensorData };

/** What a forward pass gives, row-major, shapes as PyTorch has them. */
export interface ForwardResult { output: Float32Array; output_shape: number[]; h_n: Float32Array; h_n_shape: number[] }

/** Every gate of one layer and direction, each of shape (L, N, H), in the input's order of steps. */
export interface GateTrace {
    layer: number;
    reverse: boolean;
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

/// `torch.manual_seed`'s stream of random numbers on a CPU.
#[wasm_bindgen]
pub struct Generator(TorchGenerator);

#[wasm_bindgen]
impl Generator {
    /// The stream after `torch.manual_seed(seed)`.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: f64) -> Result<Generator, JsValue> {
        Ok(Generator(seeded(seed)?))
    }

    /// `torch.rand(shape)`, row-major.
    ///
    /// # Errors
    /// `TooLargeError` beyond 512 MB.
    pub fn rand(&mut self, shape: Vec<usize>) -> Result<Vec<f32>, JsValue> {
        let mut elements = zeros(&shape)?;
        elements.fill_with(|| self.0.uniform(0.0, 1.0));
        Ok(elements)
    }

    /// `torch.randn(shape)`, row-major.
    ///
    /// # Errors
    /// `TooLargeError` beyond 512 MB.
    pub fn randn(&mut self, shape: Vec<usize>) -> Result<Vec<f32>, JsValue> {
        let mut elements = zeros(&shape)?;
        self.0.fill_normal(&mut elements);
        Ok(elements)
    }
}

/// The elements of a tensor to be filled.
fn zeros(shape: &[usize]) -> Result<Vec<f32>, JsValue> {
    let count = shape.iter().fold(Count::from(1_u64), |count, &size| count * Count::from(size as u64));
    (count * Count::from(4_u64)).within(LIMIT_BYTES).map_err(|refusal| thrown(refusal.into()))?;
    Ok(vec![0.0; shape.iter().product()])
}

/// `nn.GRU` in evaluation mode.
#[wasm_bindgen]
pub struct Gru(gru::Gru<f32>);

#[wasm_bindgen]
impl Gru {
    /// `nn.GRU(...)`: weights are drawn as `PyTorch` draws them after `torch.manual_seed(seed)`; seed 0 by default.
    ///
    /// # Errors
    /// `ArgumentError` for options that are none, `ConfigError` for impossible ones, `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GruOptions")] options: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "{ seed?: number }")] init: Option<js_sys::Object>,
    ) -> Result<Gru, JsValue> {
        let seed = init
            .map(|init| init.unchecked_ref::<PlainObject>().get("seed"))
            .filter(|seed| !seed.is_undefined())
            .map_or(Ok(0.0), |seed| seed.as_f64().ok_or_else(|| argument_error("seed", "not a number")))?;
        Gru::draw(from_value("options", &options)?, &mut seeded(seed)?)
    }

    /// `nn.GRU(...)` whose weights are drawn from a stream that goes on afterwards.
    ///
    /// # Errors
    /// As the constructor.
    #[wasm_bindgen(js_name = fromGenerator)]
    pub fn from_generator(
        #[wasm_bindgen(unchecked_param_type = "GruOptions")] options: JsValue,
        generator: &mut Generator,
    ) -> Result<Gru, JsValue> {
        Gru::draw(from_value("options", &options)?, &mut generator.0)
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        let dict = PlainObject::new();
        for (name, tensor) in self.0.state_dict() {
            let mut writer = Writer::new("shape data ");
            writer.next(number_array(tensor.shape()));
            writer.next(float32_array(tensor));
            dict.set(&name, writer.end());
        }
        dict.into()
    }

    /// Replaces every parameter, or, on an error, none.
    ///
    /// # Errors
    /// `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
    #[wasm_bindgen(js_name = loadStateDict)]
    pub fn load_state_dict(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "StateDict")] state_dict: &js_sys::Object,
    ) -> Result<(), JsValue> {
        let mut tensors = Vec::new();
        for entry in js_sys::Object::entries(state_dict) {
            let entry = entry.unchecked_into::<js_sys::Array>();
            let name = entry.get(0).as_string().unwrap_or_default();
            let tensor = to_array(&name, &entry.get(1))?;
            tensors.push((name, tensor));
        }
        let views = tensors.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        self.0.load_state_dict(views).map_err(thrown)
    }

    /// `output, h_n = gru(input, h_0)`, the input row-major.
    ///
    /// # Errors
    /// `ShapeError` for shapes that do not fit (`diagnose` says what `PyTorch` says), `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(unchecked_return_type = "ForwardResult")]
    pub fn forward(
        &self,
        data: Vec<f32>,
        shape: Vec<usize>,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: Option<js_sys::Object>,
    ) -> Result<JsValue, JsValue> {
        self.pass(gru::Gru::forward, data, &shape, h_0)
    }

    /// The same, keeping every gate.
    ///
    /// # Errors
    /// As `forward`; the trace counts against the limit.
    #[wasm_bindgen(js_name = forwardTraced, unchecked_return_type = "TracedResult")]
    pub fn forward_traced(
        &self,
        data: Vec<f32>,
        shape: Vec<usize>,
        #[wasm_bindgen(unchecked_optional_param_type = "TensorData | null")] h_0: Option<js_sys::Object>,
    ) -> Result<JsValue, JsValue> {
        self.pass(gru::Gru::forward_traced, data, &shape, h_0)
    }
}

type Pass =
    fn(&gru::Gru<f32>, ArrayViewD<'_, f32>, Option<ArrayViewD<'_, f32>>) -> Result<Output<f32>, GruError>;

impl Gru {
    fn draw(config: GruConfig, generator: &mut TorchGenerator) -> Result<Gru, JsValue> {
        gru::Gru::new(config, generator).map(Gru).map_err(thrown)
    }

    fn pass(
        &self,
        pass: Pass,
        data: Vec<f32>,
        shape: &[usize],
        h_0: Option<js_sys::Object>,
    ) -> Result<JsValue, JsValue> {
        let input = shaped("input", shape, data)?;
        let h_0 = h_0.map(|h_0| to_array("h_0", &h_0)).transpose()?;
        let output = pass(&self.0, input.view(), h_0.as_ref().map(|h_0| h_0.view())).map_err(thrown)?;
        Ok(result(&output))
    }
}

/// What a pass gave, with its trace where there is one.
fn result(output: &Output<f32>) -> JsValue {
    let mut writer = Writer::new("output output_shape h_n h_n_shape trace ");
    write_output(&mut writer, output);
    writer.next(output.trace.as_ref().map_or(JsValue::UNDEFINED, gate_traces));
    writer.end()
}

/// The next four fields: `output`, `output_shape`, `h_n` and `h_n_shape`.
pub(super) fn write_output(writer: &mut Writer, Output { output, h_n, .. }: &Output<f32>) {
    for tensor in [output, h_n] {
        writer.next(float32_array(tensor.view()));
        writer.next(number_array(tensor.shape()));
    }
}

/// A trace by layer and direction.
pub(super) fn gate_traces(trace: &Trace<f32>) -> JsValue {
    let values = trace.values();
    let (_, directions, _, steps, batch, hidden) = values.dim();
    let elements = values.to_slice().unwrap_or_default();
    // An empty batch has a trace of nothing: one chunk at least, so that the sizes below are never zero.
    let of_one_quantity = (steps * batch * hidden).max(1);
    let of_one_cell = of_one_quantity * Quantity::ALL.len();
    let traces = js_sys::Array::new();
    for (index, cell) in elements.chunks(of_one_cell).enumerate() {
        let entry = PlainObject::new();
        entry.set("layer", JsValue::from_f64((index / directions) as f64));
        entry.set("reverse", JsValue::from_bool(index % directions == 1));
        entry.set("shape", number_array(&[steps, batch, hidden]));
        for (quantity, values) in Quantity::ALL.into_iter().zip(cell.chunks(of_one_quantity)) {
            entry.set(quantity.name(), js_sys::Float32Array::from(values).into());
        }
        traces.push(&entry);
    }
    traces.into()
}

/// The stream of a seed that JavaScript gave; like `PyTorch`, a negative one stands for its two's complement.
pub(super) fn seeded(seed: f64) -> Result<TorchGenerator, JsValue> {
    Ok(TorchGenerator::new(whole(seed)? as u64))
}

/// A seed: a whole number that a double holds exactly.
pub(super) fn whole(seed: f64) -> Result<i64, JsValue> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if seed.fract() == 0.0 && seed.abs() <= EXACT {
        Ok(seed as i64)
    } else {
        Err(argument_error(
            "seed",
            &text::join(&[decimal(seed).as_str(), " is not a whole number from -2^53 to 2^53"], ""),
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
        | GruError::HiddenShape { .. }
        | GruError::CellShape { .. }
        | GruError::NoCellState
        | GruError::LayoutShape { .. }
        | GruError::NoBackward
        | GruError::GradientShape { .. }
        | GruError::TraceShape { .. }
        | GruError::MaskShape { .. }
        | GruError::EmptySequence => "ShapeError",
        GruError::StateDict(_) => "StateDictError",
    };
    error(name, &fault.to_string())
}
