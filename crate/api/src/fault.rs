//! The name that JavaScript knows each fault by.

use std::fmt::Display;

use gru_playground::diagnostic::NoRun;
use gru_playground::gru::RecurrentError;
use gru_playground::lab::LabError;
use gru_playground::packed::PackedError;
use gru_playground::picture::PaintError;
use gru_playground::quiz::RestoreError;
use gru_playground::rng::DrawError;
use gru_playground::rnn::CellError;
use gru_playground::train::{SetupError, TrainError};

/// A fault of the caller's; boxed, for it is returned far more often than it occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault(Box<FaultParts>);

/// An `Error` whose `name` says which fault it is, in `PyTorch`'s words where it has some.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultParts {
    /// The `name` of the `Error`.
    pub name: &'static str,
    /// Its message.
    pub message: String,
    /// What JavaScript can read of it besides.
    pub fields: Vec<(&'static str, Field)>,
}

/// A field of an `Error`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Field {
    /// A word.
    Text(&'static str),
    /// A number.
    Number(f64),
}

impl Fault {
    /// A fault of a name.
    pub fn new(name: &'static str, message: &dyn Display) -> Self {
        Fault::with(name, message, Vec::new())
    }

    fn with(name: &'static str, message: &dyn Display, fields: Vec<(&'static str, Field)>) -> Self {
        Fault(Box::new(FaultParts { name, message: message.to_string(), fields }))
    }

    /// What an `Error` of JavaScript is made of.
    pub fn into_parts(self) -> FaultParts {
        *self.0
    }

    /// The `ArgumentError` that names an argument and says what is wrong with it.
    pub fn argument(argument: &str, problem: impl Display) -> Self {
        Fault::new("ArgumentError", &format_args!("{argument}: {problem}"))
    }
}

/// Faults with their names.
macro_rules! named {
    ($($fault:ty: |$error:pat_param| $name:expr;)*) => {
        $(impl From<$fault> for Fault {
            fn from(fault: $fault) -> Fault {
                let $error = &fault;
                Fault::new($name, &fault)
            }
        })*
    };
}

named! {
    num::Refusal: |_| "TooLargeError";
    PaintError: |_| "ArgumentError";
    LabError: |_| "SetupError";
    SetupError: |_| "SetupError";
    DrawError: |_| "DrawError";
    RecurrentError: |error| recurrent(error);
    CellError: |error| if let CellError::Module(fault) = error { recurrent(fault) } else { "ShapeError" };
    PackedError: |error| if let PackedError::Module(fault) = error { recurrent(fault) } else { "PackedError" };
    NoRun: |error| match error {
        NoRun::Illegal(_) => "IllegalCallError",
        NoRun::Dtype(_) => "DtypeError",
        NoRun::TooLarge(_) => "TooLargeError",
    };
}

fn recurrent(error: &RecurrentError) -> &'static str {
    match error {
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

impl From<RestoreError> for Fault {
    fn from(fault: RestoreError) -> Fault {
        Fault::with("QuizStateError", &fault, vec![("code", Field::Text(fault.code()))])
    }
}

impl From<TrainError> for Fault {
    fn from(fault: TrainError) -> Fault {
        let name = match &fault {
            TrainError::Gru(fault) => recurrent(fault),
            TrainError::Optimizer(_) | TrainError::PaddingIdx => "ConfigError",
            TrainError::Loss(_) => "TargetError",
            TrainError::Token | TrainError::TokensShape { .. } | TrainError::Input => "InputError",
            TrainError::NotFinite(_) => "NotFiniteError",
        };
        let fields = match &fault {
            TrainError::NotFinite(found) => {
                vec![("step", Field::Number(found.step as f64)), ("value", Field::Number(found.value))]
            }
            _ => Vec::new(),
        };
        Fault::with(name, &fault, fields)
    }
}
