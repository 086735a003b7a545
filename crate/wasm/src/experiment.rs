//! One run of the playground: what the shown code does, advanced piece by piece.

use ndarray::ArrayD;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::convert::{float32_array, from_value, number_array};
use super::pass::{gate_traces, replace_parameters, seeded, thrown, write_output};
use super::plan::RunPlan;
use super::write::{ToJs as _, Writer};
use gru_playground::cost::{Cost, LIMIT_BYTES};
use gru_playground::gru::sequence::{Layout, shaped};
use gru_playground::gru::{CallOptions, ForwardRun, Gru, Keep, Progress, Real, TracePlace};
use gru_playground::rng::{Generator as _, TorchGenerator};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** How far a run is, in multiply-adds. */
export interface RunProgress { done: number; total: number }

/** What a run drew and gave; `trace` is empty where keeping the gates that were asked for would pass the memory limit. */
export interface RunValues extends TracedResult {
    input: Float32Array;
    input_shape: number[];
    /** As drawn; null where the call leaves it out, so that it is zero. */
    h_0: Float32Array | null;
}
";

/// `torch.manual_seed(seed)`, then module, input and `h_0` drawn in that order, then the call; in float32.
#[wasm_bindgen]
pub struct Experiment {
    input: ArrayD<f32>,
    h_0: Option<ArrayD<f32>>,
    forward: ForwardRun<f32>,
}

#[wasm_bindgen]
impl Experiment {
    /// A run of what `runPlan` gave, with everything drawn and nothing computed; where weights are given, they
    /// then replace those drawn, one tensor after the other in `PyTorch`'s order. It keeps every gate, or those at
    /// the place given.
    ///
    /// # Errors
    /// `ArgumentError` for what is no plan or no place in it, `ShapeError` for shapes that do not fit,
    /// `TooLargeError` beyond 512 MB.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "RunPlan")] plan: JsValue,
        seed: f64,
        #[wasm_bindgen(unchecked_optional_param_type = "Float32Array | null")] weights: Option<Vec<f32>>,
        #[wasm_bindgen(unchecked_optional_param_type = "TracePlace")] keep: Option<js_sys::Object>,
    ) -> Result<Experiment, JsValue> {
        let RunPlan { config, input_shape, h_0_shape } = from_value("plan", &plan)?;
        // Refused before anything is drawn.
        let layout = Layout::of_input(&config, &input_shape).map_err(thrown)?;
        // An empty batch costs nothing, yet its other axes must fit.
        let cost = Cost::of(&config, layout.steps as u64, layout.batch.max(1) as u64, f32::BYTES);
        cost.forward_bytes().within(LIMIT_BYTES).map_err(|refusal| thrown(refusal.into()))?;
        let keep = keep.map(|place| from_value::<TracePlace>("keep", &place)).transpose()?;
        let kept = if keep.is_some() { cost.traced_at_bytes() } else { cost.traced_bytes() };
        let traced = kept.within(LIMIT_BYTES).is_ok();

        let mut generator = seeded(seed)?;
        let mut gru = Gru::new(config, &mut generator).map_err(thrown)?;
        if let Some(weights) = weights {
            replace_parameters(&mut gru, &weights)?;
        }
        let input = randn(&mut generator, input_shape);
        let h_0 = h_0_shape.map(|shape| randn(&mut generator, shape));
        let given = h_0.as_ref().map(|h_0| h_0.view());
        let keep = match keep {
            _ if !traced => Keep::Nothing,
            Some(place) => Keep::One(place),
            None => Keep::Every,
        };
        let options = CallOptions { keep, ..CallOptions::of(given) };
        let forward = ForwardRun::new(&gru, input.view(), options).map_err(thrown)?;
        Ok(Experiment { input, h_0, forward })
    }

    /// Does about this many more multiply-adds.
    #[wasm_bindgen(unchecked_return_type = "RunProgress")]
    pub fn advance(&mut self, multiply_adds: f64) -> JsValue {
        let Progress { done, total } = self.forward.advance(multiply_adds as u64);
        let mut writer = Writer::new("done total ");
        writer.next(done.to_js());
        writer.next(total.to_js());
        writer.end()
    }

    /// Does what is left and gives all values; the run is used up.
    #[wasm_bindgen(unchecked_return_type = "RunValues")]
    pub fn finish(self) -> JsValue {
        let output = self.forward.finish();
        let trace = output.trace.as_ref().map_or_else(|| js_sys::Array::new().into(), gate_traces);
        let mut writer = Writer::new("input input_shape h_0 output output_shape h_n h_n_shape trace ");
        writer.next(float32_array(self.input.view()));
        writer.next(number_array(self.input.shape()));
        writer.next(self.h_0.as_ref().map_or(JsValue::NULL, |h_0| float32_array(h_0.view())));
        write_output(&mut writer, &output);
        writer.next(trace);
        writer.end()
    }
}

/// `torch.randn(shape)`.
fn randn(generator: &mut TorchGenerator, shape: Vec<usize>) -> ArrayD<f32> {
    let mut elements = vec![0.0; shape.iter().product()];
    generator.fill_normal(&mut elements);
    shaped(shape, elements)
}
