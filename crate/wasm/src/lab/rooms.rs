//! The rooms beside training: gradients through time, the other cells, packed sequences.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::Thrown;
use crate::js::{from_js, to_js};
use gru_playground::gru::Progress;
use gru_playground::lab::gradients::{self, GradientsSetup, ModuleGradients};
use gru_playground::lab::modules::{self, ModuleCard, ModuleSetup};
use gru_playground::lab::packing::{self, Packing, PackingSetup};
use gru_playground::lab::variants::{self, VariantOutput, VariantsSetup};
use gru_playground::lab::{gradients_code, module_code, packing_code, variants_code};
use gru_playground::py::CodeLine;

/// What the room of gradients shows.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GradientsView {
    code: Vec<CodeLine>,
    modules: Vec<ModuleGradients>,
}

/// What the room of other cells shows of the GRUs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VariantsView {
    code: Vec<CodeLine>,
    outputs: Vec<VariantOutput>,
}

/// What it shows of one module.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ModuleView {
    code: Vec<CodeLine>,
    card: ModuleCard,
}

/// What the room of packed sequences shows.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PackingView {
    code: Vec<CodeLine>,
    packing: Packing,
}

fn share(progress: Progress) -> f64 {
    progress.done as f64 / progress.total as f64
}

/// The gradients of one loss in four modules, some steps at a time.
#[wasm_bindgen]
pub struct GradientsRun {
    setup: GradientsSetup,
    run: gradients::GradientsRun,
}

#[wasm_bindgen]
impl GradientsRun {
    /// A run with nothing done yet.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "GradientsSetup")] setup: &JsValue,
    ) -> Result<GradientsRun, Thrown> {
        let setup: GradientsSetup = from_js("setup", setup)?;
        let run = gradients::GradientsRun::new(setup.clone())?;
        Ok(GradientsRun { setup, run })
    }

    /// Takes one step of one module; how far the run is, in [0, 1].
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn step(&mut self) -> Result<f64, Thrown> {
        Ok(share(self.run.step()?))
    }

    /// Does what is left and gives everything; the run is used up.
    ///
    /// # Errors
    /// As `step`.
    #[wasm_bindgen(unchecked_return_type = "GradientsView")]
    pub fn finish(self) -> Result<JsValue, Thrown> {
        let code = gradients_code(&self.setup);
        let modules = self.run.finish()?;
        Ok(to_js(&GradientsView { code, modules }))
    }
}

/// The GRUs that people meet over the same weights, in pieces.
#[wasm_bindgen]
pub struct VariantsRun {
    setup: VariantsSetup,
    run: variants::VariantsRun,
}

#[wasm_bindgen]
impl VariantsRun {
    /// A run with nothing done yet.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "VariantsSetup")] setup: &JsValue,
    ) -> Result<VariantsRun, Thrown> {
        let setup: VariantsSetup = from_js("setup", setup)?;
        let run = variants::VariantsRun::new(&setup)?;
        Ok(VariantsRun { setup, run })
    }

    /// Does about so many multiply-adds more; how far the run is, in [0, 1].
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn advance(&mut self, multiply_adds: u32) -> Result<f64, Thrown> {
        Ok(share(self.run.advance(multiply_adds.into())?))
    }

    /// Does what is left and gives everything; the run is used up.
    ///
    /// # Errors
    /// As `advance`.
    #[wasm_bindgen(unchecked_return_type = "VariantsView")]
    pub fn finish(self) -> Result<JsValue, Thrown> {
        let code = variants_code(&self.setup);
        let outputs = self.run.finish()?;
        Ok(to_js(&VariantsView { code, outputs }))
    }
}

/// What a module or cell is, and what a call of it gives.
///
/// # Errors
/// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
#[wasm_bindgen(js_name = moduleCard, unchecked_return_type = "ModuleView")]
pub fn module_card(
    #[wasm_bindgen(unchecked_param_type = "ModuleSetup")] setup: &JsValue,
) -> Result<JsValue, Thrown> {
    let setup: ModuleSetup = from_js("setup", setup)?;
    let card = modules::card(&setup)?;
    Ok(to_js(&ModuleView { code: module_code(&setup), card }))
}

/// What packing makes of a padded batch, or what is wrong with it.
///
/// # Errors
/// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
#[wasm_bindgen(js_name = packing, unchecked_return_type = "PackingView")]
pub fn packing_view(
    #[wasm_bindgen(unchecked_param_type = "PackingSetup")] setup: &JsValue,
) -> Result<JsValue, Thrown> {
    let setup: PackingSetup = from_js("setup", setup)?;
    let packing = packing::packing(&setup)?;
    Ok(to_js(&PackingView { code: packing_code(&setup), packing }))
}
