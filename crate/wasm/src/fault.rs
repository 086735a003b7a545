//! The named error for each fault of the caller.

use js_sys::Error;
use wasm_bindgen::JsValue;

#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
use gru_playground::gru::RecurrentError;

/// A JavaScript `Error` of the given name.
pub(crate) fn error(name: &str, message: &str) -> JsValue {
    let error = Error::new(message);
    error.set_name(name);
    error.into()
}

/// The `ArgumentError` that names an argument and says what is wrong with it.
#[cfg(any(feature = "quiz", feature = "lab"))]
pub(crate) fn argument_error(argument: &str, problem: &str) -> JsValue {
    error("ArgumentError", &format!("{argument}: {problem}"))
}

/// `ConfigError`, `ShapeError`, `StateDictError`, `TooLargeError` or `ArgumentError`.
#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
pub(crate) fn of_module(fault: RecurrentError) -> JsValue {
    let name = match fault {
        RecurrentError::NotPositive { .. }
        | RecurrentError::Dropout { .. }
        | RecurrentError::Projection { .. } => "ConfigError",
        RecurrentError::TooLarge(_) => "TooLargeError",
        RecurrentError::InputRank { .. }
        | RecurrentError::InputSize { .. }
        | RecurrentError::StateShape { .. }
        | RecurrentError::StateRank { .. }
        | RecurrentError::NoCellState
        | RecurrentError::LayoutShape { .. }
        | RecurrentError::Lengths { .. }
        | RecurrentError::GradientShape { .. }
        | RecurrentError::TraceShape { .. }
        | RecurrentError::MaskShape { .. }
        | RecurrentError::EmptySequence => "ShapeError",
        RecurrentError::NoPlace => "ArgumentError",
        RecurrentError::StateDict(_) => "StateDictError",
    };
    error(name, &fault.to_string())
}

#[cfg(feature = "lab")]
pub(crate) use of_lab::{of_cell, of_draw, of_packed, of_training, within_limit};

#[cfg(feature = "lab")]
mod of_lab {
    use js_sys::Reflect;
    use wasm_bindgen::JsValue;

    use super::{error, of_module};
    use gru_playground::cost::{Count, LIMIT_BYTES};
    use gru_playground::packed::PackedError;
    use gru_playground::rng::DrawError;
    use gru_playground::rnn::CellError;
    use gru_playground::train::TrainError;

    /// Refuses what would take more than the limit.
    pub(crate) fn within_limit(bytes: Count) -> Result<(), JsValue> {
        bytes.within(LIMIT_BYTES).map_err(|refusal| of_module(refusal.into()))
    }

    /// `DrawError`, in `PyTorch`'s words.
    pub(crate) fn of_draw(fault: DrawError) -> JsValue {
        error("DrawError", &fault.to_string())
    }

    /// `ShapeError`, in `PyTorch`'s words, or what any module throws.
    pub(crate) fn of_cell(fault: CellError) -> JsValue {
        match fault {
            CellError::Module(fault) => of_module(fault),
            fault => error("ShapeError", &fault.to_string()),
        }
    }

    /// `PackedError`, in `PyTorch`'s words, or what any module throws.
    pub(crate) fn of_packed(fault: PackedError) -> JsValue {
        match fault {
            PackedError::Module(fault) => of_module(fault),
            fault => error("PackedError", &fault.to_string()),
        }
    }

    /// `ConfigError`, `TargetError`, `InputError`, `NotFiniteError` (with its `step` and `value`), or what any module
    /// throws.
    pub(crate) fn of_training(fault: TrainError) -> JsValue {
        let name = match &fault {
            TrainError::Gru(fault) => return of_module(fault.clone()),
            TrainError::Optimizer(_) | TrainError::PaddingIdx => "ConfigError",
            TrainError::Loss(_) => "TargetError",
            TrainError::Token | TrainError::TokensShape { .. } | TrainError::Input => "InputError",
            TrainError::NotFinite(_) => "NotFiniteError",
        };
        let thrown = error(name, &fault.to_string());
        if let TrainError::NotFinite(found) = fault {
            for (field, value) in [("step", found.step as f64), ("value", found.value)] {
                Reflect::set(&thrown, &field.into(), &value.into()).expect("an Error takes fields");
            }
        }
        thrown
    }
}
