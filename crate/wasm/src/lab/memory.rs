//! The room of memory: five cells on one question.

use super::prelude::*;
use api::memory::{self, MemoryRoom};

/// What a comparison means, with the code of one of its cells; answers at once.
///
/// # Errors
/// `ArgumentError` for what is no setup or no cell.
#[wasm_bindgen(js_name = memoryPlan)]
pub fn memory_plan(setup: &ts::MemorySetup, cell: &ts::MemoryCell) -> Result<ts::MemoryPlan, Thrown> {
    Ok(to_js(&memory::plan(&from_js("setup", setup)?, from_js("cell", cell)?)))
}

/// What follows from the outcomes that have arrived, and from the order that the learner gave, best first.
///
/// # Errors
/// `ArgumentError` for what is no setup, no order of cells or no outcomes.
#[wasm_bindgen(js_name = memoryReport)]
pub fn memory_report(
    setup: &ts::MemorySetup,
    ranking: &ts::MemoryCells,
    outcomes: &ts::MemoryOutcomes,
) -> Result<ts::MemoryReport, Thrown> {
    let ranking: Vec<_> = from_js("ranking", ranking)?;
    let outcomes: Vec<_> = from_js("outcomes", outcomes)?;
    Ok(to_js(&memory::report(&from_js("setup", setup)?, &ranking, &outcomes)))
}

/// The training of one cell from one seed, some steps at a time.
#[wasm_bindgen]
pub struct MemoryRun(MemoryRoom);

#[wasm_bindgen]
impl MemoryRun {
    /// A run in which no step is taken, from the seed of this number, from 0.
    ///
    /// # Errors
    /// `ArgumentError` for what is no setup or no cell, `SetupError` for a setup beyond its bounds.
    #[wasm_bindgen(constructor)]
    pub fn new(setup: &ts::MemorySetup, cell: &ts::MemoryCell, number: u32) -> Result<MemoryRun, Thrown> {
        Ok(MemoryRun(MemoryRoom::new(&from_js("setup", setup)?, from_js("cell", cell)?, number)?))
    }

    /// Takes so many steps more; how far the run is, in [0, 1].
    pub fn advance(&mut self, steps: u32) -> f64 {
        self.0.advance(steps)
    }

    /// Takes the steps that are left and tells what came of it; the run is used up.
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn finish(self) -> Result<ts::MemoryOutcome, Thrown> {
        Ok(to_js(&self.0.finish()?))
    }
}
