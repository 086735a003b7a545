//! One run of the playground, advanced piece by piece.

use api::experiment;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::arrays::Floats;
use crate::fault::Thrown;
use crate::js::{from_js, or_default, to_js};
use crate::ts;

/// `torch.manual_seed(seed)`, then module, input and `h_0` drawn in that order, then the call; in float32.
#[wasm_bindgen]
pub struct Experiment(pub(crate) experiment::Experiment);

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
        plan: &ts::RunPlan,
        seed: &ts::Whole,
        weights: Option<Vec<f32>>,
        keep: Option<ts::TracePlace>,
    ) -> Result<Experiment, Thrown> {
        let (plan, keep, seed) = (from_js("plan", plan)?, or_default("keep", keep)?, from_js("seed", seed)?);
        Ok(Experiment(experiment::Experiment::new(plan, seed, weights.as_deref(), keep)?))
    }

    /// Does about this many more multiply-adds.
    pub fn advance(&mut self, multiply_adds: f64) -> ts::RunProgress {
        to_js(&self.0.advance(multiply_adds as u64))
    }

    /// Does what is left and gives all values; the run is used up.
    pub fn finish(self) -> ts::RunValues {
        self.0.finish::<Floats, _>(|values| to_js(values))
    }
}
