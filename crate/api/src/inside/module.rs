//! The call of a module in the lab's room of other cells.

use super::call::OpenCall;
use super::{InsideView, NumberEdit};
use crate::experiment::RunValues;
use crate::fault::Fault;
use crate::tensor::TypedArray;
use gru_playground::inside::UnitPlace;
use gru_playground::lab::modules::{ModuleCall, ModuleSetup, module_call};

fn call_of(setup: &ModuleSetup) -> Result<ModuleCall, Fault> {
    if setup.proj_size > 0 {
        return Err(Fault::argument("setup", "a step is opened without a projection alone"));
    }
    module_call(setup)?.ok_or_else(|| Fault::argument("setup", "a single cell is one step of a module"))
}

/// Every number of a module's call, every gate kept.
///
/// # Errors
/// `SetupError` for a setup beyond its bounds, `ArgumentError` for a single cell and for a projection.
pub fn module_values<A: TypedArray<f32>, R>(
    setup: &ModuleSetup,
    take: impl FnOnce(&RunValues<'_, A>) -> R,
) -> Result<R, Fault> {
    match call_of(setup)? {
        ModuleCall::Gru(module, input) => OpenCall { module, input, h_0: None }.give_values(take),
        ModuleCall::Rnn(module, input) => OpenCall { module, input, h_0: None }.give_values(take),
    }
}

/// Opens one unit of a module at one step; with an edit, with that number in its place.
///
/// # Errors
/// As [`module_values`]; `ArgumentError` for what is no place in the call or no number of it.
pub fn inside_module<A: TypedArray<f32>, R>(
    setup: &ModuleSetup,
    at: UnitPlace,
    edit: Option<&NumberEdit>,
    take: impl FnOnce(&InsideView<'_, A>) -> R,
) -> Result<R, Fault> {
    let none = |_: &_, _: &_| Vec::new();
    match call_of(setup)? {
        ModuleCall::Gru(module, input) => OpenCall { module, input, h_0: None }.look(at, edit, none, take),
        ModuleCall::Rnn(module, input) => OpenCall { module, input, h_0: None }.look(at, edit, none, take),
    }
}
