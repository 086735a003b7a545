//! The named error for each fault of the caller.

use std::fmt::Display;

use js_sys::Error;
use wasm_bindgen::JsValue;

#[cfg(feature = "page")]
use gru_playground::diagnostic::NoRun;
#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
use gru_playground::gru::RecurrentError;
#[cfg(feature = "lab")]
use gru_playground::{packed::PackedError, rnn::CellError, train::TrainError};

/// What is thrown: an `Error` of JavaScript's whose `name` says which fault it is.
pub struct Thrown(JsValue);

impl From<Thrown> for JsValue {
    fn from(Thrown(error): Thrown) -> JsValue {
        error
    }
}

/// What the browser throws itself.
impl From<JsValue> for Thrown {
    fn from(error: JsValue) -> Thrown {
        Thrown(error)
    }
}

/// A JavaScript `Error` of the given name.
pub(crate) fn error(name: &str, message: &str) -> Thrown {
    let error = Error::new(message);
    error.set_name(name);
    Thrown(error.into())
}

/// The `ArgumentError` that names an argument and says what is wrong with it.
#[cfg(any(feature = "quiz", feature = "lab"))]
pub(crate) fn argument_error(argument: &str, problem: impl Display) -> Thrown {
    error("ArgumentError", &format!("{argument}: {problem}"))
}

/// A fault that a room of the core tells of, in `PyTorch`'s words where it has some.
pub(crate) trait Fault: Display {
    /// The `name` of its `Error`.
    fn name(&self) -> &'static str;

    /// What JavaScript can read of it besides.
    fn fields(&self) -> Vec<(&'static str, JsValue)> {
        Vec::new()
    }
}

impl<F: Fault> From<F> for Thrown {
    fn from(fault: F) -> Thrown {
        let thrown = error(fault.name(), &fault.to_string());
        for (field, value) in fault.fields() {
            js_sys::Reflect::set(&thrown.0, &field.into(), &value).expect("an Error takes fields");
        }
        thrown
    }
}

#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
impl Fault for RecurrentError {
    fn name(&self) -> &'static str {
        match self {
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
        }
    }
}

#[cfg(feature = "page")]
impl Fault for NoRun {
    fn name(&self) -> &'static str {
        match self {
            NoRun::Illegal(_) => "IllegalCallError",
            NoRun::Dtype(_) => "DtypeError",
            NoRun::TooLarge(_) => "TooLargeError",
        }
    }
}

#[cfg(feature = "quiz")]
impl Fault for gru_playground::quiz::RestoreError {
    fn name(&self) -> &'static str {
        "QuizStateError"
    }

    fn fields(&self) -> Vec<(&'static str, JsValue)> {
        vec![("code", self.code().into())]
    }
}

#[cfg(feature = "lab")]
impl Fault for CellError {
    fn name(&self) -> &'static str {
        if let CellError::Module(fault) = self { fault.name() } else { "ShapeError" }
    }
}

#[cfg(feature = "lab")]
impl Fault for PackedError {
    fn name(&self) -> &'static str {
        if let PackedError::Module(fault) = self { fault.name() } else { "PackedError" }
    }
}

#[cfg(feature = "lab")]
impl Fault for TrainError {
    fn name(&self) -> &'static str {
        match self {
            TrainError::Gru(fault) => fault.name(),
            TrainError::Optimizer(_) | TrainError::PaddingIdx => "ConfigError",
            TrainError::Loss(_) => "TargetError",
            TrainError::Token | TrainError::TokensShape { .. } | TrainError::Input => "InputError",
            TrainError::NotFinite(_) => "NotFiniteError",
        }
    }

    fn fields(&self) -> Vec<(&'static str, JsValue)> {
        let TrainError::NotFinite(found) = self else { return Vec::new() };
        vec![("step", (found.step as f64).into()), ("value", found.value.into())]
    }
}

/// Faults of one name each.
#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
macro_rules! named {
    ($($fault:ty => $name:literal,)*) => {
        $(impl Fault for $fault {
            fn name(&self) -> &'static str {
                $name
            }
        })*
    };
}

#[cfg(any(feature = "page", feature = "run", feature = "lab"))]
named! { num::Refusal => "TooLargeError", }

#[cfg(feature = "page")]
named! { gru_playground::picture::PaintError => "ArgumentError", }

#[cfg(feature = "lab")]
named! {
    gru_playground::lab::LabError => "SetupError",
    gru_playground::rng::DrawError => "DrawError",
    gru_playground::train::SetupError => "SetupError",
}
