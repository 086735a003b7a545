//! The lab's rooms beside training: gradients through time, the other cells, packed sequences.

use serde::Serialize;

use crate::fault::Fault;
use gru_playground::gru::Progress;
use gru_playground::lab::gradients::{self, GradientsSetup, ModuleGradients};
use gru_playground::lab::modules::{self, ModuleCard, ModuleSetup};
use gru_playground::lab::packing::{self, LastIndexing, Packing, PackingSetup};
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
    indexing: LastIndexing,
}

/// How far a run is, in [0, 1].
fn share(progress: Progress) -> f64 {
    progress.done as f64 / progress.total as f64
}

/// The gradients of one loss in four modules, some steps at a time.
pub struct GradientsRoom {
    setup: GradientsSetup,
    run: gradients::GradientsRun,
}

impl GradientsRoom {
    /// A run with nothing done yet.
    ///
    /// # Errors
    /// `SetupError` for a setup beyond its bounds.
    pub fn new(setup: GradientsSetup) -> Result<GradientsRoom, Fault> {
        let run = gradients::GradientsRun::new(setup.clone())?;
        Ok(GradientsRoom { setup, run })
    }

    /// Takes one step of one module; how far the run is, in [0, 1].
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn step(&mut self) -> Result<f64, Fault> {
        Ok(share(self.run.step()?))
    }

    /// Does what is left and gives everything.
    ///
    /// # Errors
    /// As [`GradientsRoom::step`].
    pub fn finish(self) -> Result<GradientsView, Fault> {
        Ok(GradientsView { code: gradients_code(&self.setup), modules: self.run.finish()? })
    }
}

/// The GRUs that people meet over the same weights, in pieces.
pub struct VariantsRoom {
    setup: VariantsSetup,
    run: variants::VariantsRun,
}

impl VariantsRoom {
    /// A run with nothing done yet.
    ///
    /// # Errors
    /// `SetupError` for a setup beyond its bounds.
    pub fn new(setup: VariantsSetup) -> Result<VariantsRoom, Fault> {
        let run = variants::VariantsRun::new(&setup)?;
        Ok(VariantsRoom { setup, run })
    }

    /// Does about so many multiply-adds more; how far the run is, in [0, 1].
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn advance(&mut self, multiply_adds: u32) -> Result<f64, Fault> {
        Ok(share(self.run.advance(multiply_adds.into())?))
    }

    /// Does what is left and gives everything.
    ///
    /// # Errors
    /// As [`VariantsRoom::advance`].
    pub fn finish(self) -> Result<VariantsView, Fault> {
        Ok(VariantsView { code: variants_code(&self.setup), outputs: self.run.finish()? })
    }
}

impl ModuleView {
    /// What a module or cell is, and what a call of it gives.
    ///
    /// # Errors
    /// `SetupError` for a setup beyond its bounds.
    pub fn of(setup: &ModuleSetup) -> Result<ModuleView, Fault> {
        Ok(ModuleView { card: modules::card(setup)?, code: module_code(setup) })
    }
}

impl PackingView {
    /// What packing makes of a padded batch, or what is wrong with it.
    ///
    /// # Errors
    /// `SetupError` for a setup beyond its bounds.
    pub fn of(setup: &PackingSetup) -> Result<PackingView, Fault> {
        Ok(PackingView {
            packing: packing::packing(setup)?,
            indexing: setup.last_indexing(),
            code: packing_code(setup),
        })
    }
}
