//! One run of the playground: what the shown code does, advanced piece by piece.

use ndarray::ArrayD;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use crate::seed::seeded;
use crate::tensor::{Floats, UnitTrace, replace_parameters, unit_traces};
use gru_playground::cost::{Cost, LIMIT_BYTES};
use gru_playground::diagnostic::RunPlan;
use gru_playground::gru::sequence::Layout;
use gru_playground::gru::{CallOptions, ForwardRun, Gru, Keep, Real, TracePlace};

/// What a run drew and gave, row-major, shapes as `PyTorch` has them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RunValues<'a> {
    /// As drawn.
    pub input: Floats,
    /// Its shape.
    pub input_shape: &'a [usize],
    /// As drawn; null where the call leaves it out, so that it is zero.
    pub h_0: Option<Floats>,
    /// The last layer's hidden states.
    pub output: Floats,
    /// Its shape.
    pub output_shape: &'a [usize],
    /// Every layer's last hidden state.
    pub h_n: Floats,
    /// Its shape.
    pub h_n_shape: &'a [usize],
    /// The gates that were asked for; empty where keeping them would pass the memory limit.
    #[cfg_attr(test, ts(type = "GateTrace[]"))]
    pub trace: Vec<UnitTrace<'a>>,
}

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
        #[wasm_bindgen(unchecked_param_type = "RunPlan")] plan: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "number | bigint")] seed: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Float32Array | null")] weights: Option<Vec<f32>>,
        #[wasm_bindgen(unchecked_optional_param_type = "TracePlace | null")] keep: &JsValue,
    ) -> Result<Experiment, Thrown> {
        let RunPlan { config, input_shape, h_0_shape } = from_js("plan", plan)?;
        // Refused before anything is drawn.
        let layout = Layout::of_input(&config, &input_shape)?;
        // An empty batch costs nothing, yet its other axes must fit.
        let cost = Cost::of(&config, layout.steps as u64, layout.batch.max(1) as u64, f32::BYTES);
        cost.forward_bytes().within(LIMIT_BYTES)?;
        let keep: Option<TracePlace> = from_js("keep", keep)?;
        let kept = if keep.is_some() { cost.traced_at_bytes() } else { cost.traced_bytes() };
        let traced = kept.within(LIMIT_BYTES).is_ok();

        let mut generator = seeded(seed)?;
        let mut gru = Gru::new(config, &mut generator)?;
        if let Some(weights) = weights {
            replace_parameters(&mut gru, &weights)?;
        }
        let input: ArrayD<f32> = generator.randn(input_shape);
        let h_0: Option<ArrayD<f32>> = h_0_shape.map(|shape| generator.randn(shape));
        let given = h_0.as_ref().map(|h_0| h_0.view());
        let keep = match keep {
            _ if !traced => Keep::Nothing,
            Some(place) => Keep::One(place),
            None => Keep::Every,
        };
        let options = CallOptions { keep, ..CallOptions::of(given) };
        let forward = ForwardRun::new(&gru, input.view(), options)?;
        Ok(Experiment { input, h_0, forward })
    }

    /// Does about this many more multiply-adds.
    #[wasm_bindgen(unchecked_return_type = "RunProgress")]
    pub fn advance(&mut self, multiply_adds: f64) -> JsValue {
        to_js(&self.forward.advance(multiply_adds as u64))
    }

    /// Does what is left and gives all values; the run is used up.
    #[wasm_bindgen(unchecked_return_type = "RunValues")]
    pub fn finish(self) -> JsValue {
        let result = self.forward.finish();
        to_js(&RunValues {
            input: Floats::of(&self.input.view()),
            input_shape: self.input.shape(),
            h_0: self.h_0.as_ref().map(|h_0| Floats::of(&h_0.view())),
            output: Floats::of(&result.output.view()),
            output_shape: result.output.shape(),
            h_n: Floats::of(&result.h_n.view()),
            h_n_shape: result.h_n.shape(),
            trace: result.trace.as_ref().map(unit_traces).unwrap_or_default(),
        })
    }
}
