//! The rooms beside training: gradients through time, the other cells, packed sequences.

use super::prelude::*;
use api::inside::{self, NumberEdit};
use api::rooms::{self, ModuleView, PackingView};

/// A run in pieces: how it begins, goes on and ends.
macro_rules! run {
    ($(#[$about:meta])* $class:ident, $room:ident, $setup:ident, $view:ident; $(#[$does:meta])* $advance:ident($($by:ident: $type:ty)?)) => {
        $(#[$about])*
        #[wasm_bindgen]
        pub struct $class(rooms::$room);

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

            $(#[$does])*
            ///
            /// # Errors
            /// `SetupError` for what cannot be computed.
            pub fn $advance(&mut self, $($by: $type)?) -> Result<f64, Thrown> {
                Ok(self.0.$advance($($by)?)?)
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

run! {
    /// The gradients of one loss in four modules, some steps at a time.
    GradientsRun, GradientsRoom, GradientsSetup, GradientsView;
    /// Takes one step of one module; how far the run is, in [0, 1].
    step()
}

run! {
    /// The GRUs that people meet over the same weights, in pieces.
    VariantsRun, VariantsRoom, VariantsSetup, VariantsView;
    /// Does about so many multiply-adds more; how far the run is, in [0, 1].
    advance(multiply_adds: u32)
}

/// What a module or cell is, and what a call of it gives.
///
/// # Errors
/// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
#[wasm_bindgen(js_name = moduleCard)]
pub fn module_card(setup: &ts::ModuleSetup) -> Result<ts::ModuleView, Thrown> {
    Ok(to_js(&ModuleView::of(&from_js("setup", setup)?)?))
}

/// Every number of the call of a module or of an RNN's or LSTM's, as a run gives them.
///
/// # Errors
/// `ArgumentError` for what is no setup, a single cell or a projection, `SetupError` for a setup beyond its bounds.
#[wasm_bindgen(js_name = moduleValues)]
pub fn module_values(setup: &ts::ModuleSetup) -> Result<ts::RunValues, Thrown> {
    Ok(inside::module_values::<Floats, _>(&from_js("setup", setup)?, |values| to_js(values))?)
}

/// How one unit's state of a module comes about at one step; with an edit, what that changes.
///
/// # Errors
/// As `moduleValues`; `ArgumentError` for what is no place in the call or no number of it.
#[wasm_bindgen(js_name = insideModule)]
pub fn inside_module(
    setup: &ts::ModuleSetup,
    at: &ts::UnitPlace,
    edit: Option<ts::NumberEdit>,
) -> Result<ts::InsideView, Thrown> {
    let (setup, at) = (from_js("setup", setup)?, from_js("at", at)?);
    let edit: Option<NumberEdit> = or_default("edit", edit)?;
    Ok(inside::inside_module::<Floats, _>(&setup, at, edit.as_ref(), |view| to_js(view))?)
}

/// What packing makes of a padded batch, or what is wrong with it.
///
/// # Errors
/// `ArgumentError` for what is no setup, `SetupError` for one beyond its bounds.
#[wasm_bindgen(js_name = packing)]
pub fn packing_view(setup: &ts::PackingSetup) -> Result<ts::PackingView, Thrown> {
    Ok(to_js(&PackingView::of(&from_js("setup", setup)?)?))
}
