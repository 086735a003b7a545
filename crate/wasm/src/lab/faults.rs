//! The named error for each fault of the caller.

use wasm_bindgen::{JsCast, JsValue};

use super::super::convert::error;
use super::super::object::PlainObject;
use super::super::pass::thrown;
use gru_playground::cost::{Count, LIMIT_BYTES};
use gru_playground::packed::PackedError;
use gru_playground::rng::DrawError;
use gru_playground::rnn::CellError;
use gru_playground::train::TrainError;

/// Refuses what would take more than the limit.
pub(super) fn within_limit(bytes: Count) -> Result<(), JsValue> {
    bytes.within(LIMIT_BYTES).map_err(|refusal| thrown(refusal.into()))
}

/// `DrawError`, in `PyTorch`'s words.
pub(super) fn of_draw(fault: DrawError) -> JsValue {
    error("DrawError", &fault.to_string())
}

/// `ShapeError`, in `PyTorch`'s words, or what any module throws.
pub(super) fn of_cell(fault: CellError) -> JsValue {
    match fault {
        CellError::Module(fault) => thrown(fault),
        fault => error("ShapeError", &fault.to_string()),
    }
}

/// `PackedError`, in `PyTorch`'s words, or what any module throws.
pub(super) fn of_packed(fault: PackedError) -> JsValue {
    match fault {
        PackedError::Module(fault) => thrown(fault),
        fault => error("PackedError", &fault.to_string()),
    }
}

/// `ConfigError`, `TargetError`, `InputError`, `NotFiniteError` (with its `step` and `value`), or what any module
/// throws.
pub(super) fn of_training(fault: TrainError) -> JsValue {
    let name = match &fault {
        TrainError::Gru(fault) => return thrown(fault.clone()),
        TrainError::Optimizer(_) | TrainError::PaddingIdx => "ConfigError",
        TrainError::Loss(_) => "TargetError",
        TrainError::Token | TrainError::TokensShape { .. } | TrainError::Input => "InputError",
        TrainError::NotFinite(_) => "NotFiniteError",
    };
    let thrown = error(name, &fault.to_string());
    if let TrainError::NotFinite(found) = fault {
        for (field, value) in [("step", found.step as f64), ("value", found.value)] {
            thrown.unchecked_ref::<PlainObject>().set(field, value.into());
        }
    }
    thrown
}
