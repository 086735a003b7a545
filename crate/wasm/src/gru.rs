//! `Gru` and `Generator` as JavaScript sees them; numbers are float32.

use ndarray::ArrayViewD;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::arguments::GruOptions;
use super::convert::{argument_error, from_value, shaped, to_array};
use super::object::PlainObject;
use super::pass::{gate_traces, read_state_dict, seeded, thrown, views, write_output, write_state_dict};
use super::write::Writer;
use gru_playground::cost::{Count, LIMIT_BYTES};
use gru_playground::gru::{self, GruConfig, GruError, Output};
use gru_playground::rng::{Generator as _, TorchGenerator};

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
        Gru::draw(from_value::<GruOptions>("options", &options)?.0, &mut seeded(seed)?)
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
        Gru::draw(from_value::<GruOptions>("options", &options)?.0, &mut generator.0)
    }

    /// The parameters by name.
    #[wasm_bindgen(js_name = stateDict, unchecked_return_type = "StateDict")]
    pub fn state_dict(&self) -> JsValue {
        write_state_dict(self.0.state_dict())
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
        let tensors = read_state_dict(state_dict)?;
        self.0.load_state_dict(views(&tensors)).map_err(thrown)
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
