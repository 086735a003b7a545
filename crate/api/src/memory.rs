//! The room of memory: five cells on one question, a run at a time, and what follows from the runs.

use crate::fault::Fault;
use gru_playground::train::{MemoryCell, MemoryOutcome, MemoryPlan, MemoryReport, MemoryRun, MemorySetup};

/// What a comparison means, with the code of one of its cells; answers at once.
pub fn plan(setup: &MemorySetup, cell: MemoryCell) -> MemoryPlan {
    MemoryPlan::of(setup, cell)
}

/// What follows from the outcomes that have arrived, and from the order that the learner gave, best first.
pub fn report(setup: &MemorySetup, ranking: &[MemoryCell], outcomes: &[MemoryOutcome]) -> MemoryReport {
    MemoryReport::of(setup, ranking, outcomes)
}

/// The training of one cell from one seed, some steps at a time.
pub struct MemoryRoom(MemoryRun);

impl MemoryRoom {
    /// A run in which no step is taken, from the seed of this number, from 0.
    ///
    /// # Errors
    /// `SetupError` for a setup beyond its bounds.
    pub fn new(setup: &MemorySetup, cell: MemoryCell, number: u32) -> Result<MemoryRoom, Fault> {
        Ok(MemoryRoom(MemoryRun::new(setup, cell, number.into())?))
    }

    /// Takes so many steps more; how far the run is, in [0, 1].
    pub fn advance(&mut self, steps: u32) -> f64 {
        let progress = self.0.advance(steps.into());
        progress.done as f64 / progress.total as f64
    }

    /// Takes the steps that are left and tells what came of it.
    ///
    /// # Errors
    /// `SetupError` for what cannot be computed.
    pub fn finish(self) -> Result<MemoryOutcome, Fault> {
        Ok(self.0.finish()?)
    }
}
