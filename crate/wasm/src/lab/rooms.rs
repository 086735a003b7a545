//! The rooms beside training: gradients through time, the other cells, packed sequences.

use super::prelude::*;
use api::rooms::{self, ModuleView, PackingView};

/// A run in pieces: how it begins and ends.
macro_rules! run {
    ($class:ident, $room:ident, $setup:ident, $view:ident) => {
        #[wasm_bindgen]
        impl $class {
            /// A run with nothing done yet.
            ///
            /// # Errors
            /// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
            #[wasm_bindgen(constructor)]
            pub fn new(setup: &ts::$setup) -> Result<$class, Thrown> {
                Ok($class(rooms::$room::new(from_js("setup", setup)?)?))
            }

            /// Does what is left and gives everything; the run is used up.
            ///
            /// # Errors
            /// `SetupError` for what cannot be computed.
            pub fn finish(self) -> Result<ts::$view, Thrown> {
                Ok(to_js(&self.0.finish()?))
            }
        }
    };
}

/// The gradients of one loss in four modules, some steps at a time.
#[wasm_bindgen]
pub struct GradientsRun(rooms::GradientsRoom);

run!(GradientsRun, GradientsRoom, GradientsSetup, GradientsView);

#[wasm_bindgen]
impl GradientsRun {
    /// Takes one step of one module; how far the run is, in [0, 1].
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn step(&mut self) -> Result<f64, Thrown> {
        Ok(self.0.step()?)
    }
}

/// The GRUs that people meet over the same weights, in pieces.
#[wasm_bindgen]
pub struct VariantsRun(rooms::VariantsRoom);

run!(VariantsRun, VariantsRoom, VariantsSetup, VariantsView);

#[wasm_bindgen]
impl VariantsRun {
    /// Does about so many multiply-adds more; how far the run is, in [0, 1].
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn advance(&mut self, multiply_adds: u32) -> Result<f64, Thrown> {
        Ok(self.0.advance(multiply_adds)?)
    }
}

/// What a module or cell is, and what a call of it gives.
///
/// # Errors
/// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
#[wasm_bindgen(js_name = moduleCard)]
pub fn module_card(setup: &ts::ModuleSetup) -> Result<ts::ModuleView, Thrown> {
    Ok(to_js(&ModuleView::of(&from_js("setup", setup)?)?))
}

/// What packing makes of a padded batch, or what is wrong with it.
///
/// # Errors
/// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
#[wasm_bindgen(js_name = packing)]
pub fn packing_view(setup: &ts::PackingSetup) -> Result<ts::PackingView, Thrown> {
    Ok(to_js(&PackingView::of(&from_js("setup", setup)?)?))
}
