//! What is wrong with a setup or what went wrong in its run, why, and what would mend it.

use serde::Serialize;

use super::{
    CellName, Change, NotFinite, NotFinitePlace, OptimizerError, OptimizerName, Setup, SetupError, Task,
    TrainError,
};
use crate::script::gate_bias_lines;
use call::diagnostic::Severity;
use nn::cost::LIMIT_BYTES;
use nn::gru::RecurrentError;
use nn::words;
use num::float::plain;

/// A statement of what would help, and the change that does it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Help {
    /// The statement.
    pub text: String,
    /// What is then written, such as `lr=0.01`.
    pub code: String,
    /// The change.
    pub change: Change,
}

/// Something wrong with a setup or its run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Trouble {
    /// Its name, which stays.
    pub code: &'static str,
    /// An error if there is no run or it ended, a warning if there is one in spite of it.
    pub severity: Severity,
    /// The class of the exception or warning, where it is `PyTorch`'s.
    pub exception: Option<&'static str>,
    /// The fact; where there is an exception, in `PyTorch`'s words.
    pub message: String,
    /// The settings that it is about, by name.
    pub settings: Vec<&'static str>,
    /// Why.
    pub notes: Vec<String>,
    /// What would help.
    pub help: Vec<Help>,
}

impl Help {
    pub(crate) fn new(text: impl Into<String>, setup: &Setup, change: Change) -> Self {
        Help { text: text.into(), code: code(setup, change), change }
    }
}

/// The change as the code shows it.
fn code(setup: &Setup, change: Change) -> String {
    let setup = setup.clone().with(change);
    let pair = |name: &str, value: String| format!("{name}={value}");
    let whole = |name: &str, value: u64| format!("{name} = {value}");
    match change {
        Change::SeqLen(value) => whole("seq_len", value),
        Change::Batch(value) => whole("batch", value),
        Change::Fresh(value) => {
            if value { "x, y = draw(batch) in every step" } else { "x, y = draw(batch) once" }.to_owned()
        }
        Change::Cell(value) => format!("{}(...)", value.constructor()),
        Change::GateBias(_) => gate_bias_lines(&setup).pop().unwrap_or_default(),
        Change::TrainSize(value) => whole("train_size", value),
        Change::HiddenSize(value) => whole("hidden_size", value),
        Change::NumLayers(value) => whole("num_layers", value),
        Change::Patience(value) => whole("patience", value),
        Change::Steps(value) => whole("steps", value),
        Change::Seed(value) => format!("torch.manual_seed({value})"),
        Change::Dropout(value) => pair("dropout", plain(value)),
        Change::Lr(value) => pair("lr", plain(value)),
        Change::Momentum(value) => pair("momentum", plain(value)),
        Change::Nesterov(value) => pair("nesterov", if value { "True" } else { "False" }.to_owned()),
        Change::Beta1(_) | Change::Beta2(_) => {
            pair("betas", format!("({}, {})", plain(setup.beta_1), plain(setup.beta_2)))
        }
        Change::Alpha(value) => pair("alpha", plain(value)),
        Change::LrDecay(value) => pair("lr_decay", plain(value)),
        Change::WeightDecay(value) => pair("weight_decay", plain(value)),
        Change::ClipGradNorm(value) => pair("max_norm", plain(value)),
    }
}

impl Setup {
    /// What is wrong with it, if it cannot be run.
    pub fn trouble(&self) -> Option<Trouble> {
        self.validate().err().map(|error| Trouble::of_setup(self, &error))
    }

    /// What `PyTorch` warns of, or what cannot come out well, though it runs.
    pub fn warnings(&self) -> Vec<Trouble> {
        if self.dropout <= 0.0 || self.num_layers != 1 {
            return Vec::new();
        }
        let note = "Dropout acts between layers. With one layer there is no between, so nothing is dropped.";
        let help = [("Stack a second layer", Change::NumLayers(2)), ("Drop nothing", Change::Dropout(0.0))];
        let warning = Trouble::error("dropout-one-layer", words::idle_dropout(plain(self.dropout), 1));
        let warning = warning.about(self, ["dropout", "num_layers"], note, help);
        vec![Trouble { severity: Severity::Warning, exception: Some("UserWarning"), ..warning }]
    }
}

impl Trouble {
    fn error(code: &'static str, message: String) -> Self {
        let (settings, notes, help) = (Vec::new(), Vec::new(), Vec::new());
        Trouble { code, severity: Severity::Error, exception: None, message, settings, notes, help }
    }

    fn value_error(code: &'static str, message: String) -> Self {
        Trouble { exception: Some("ValueError"), ..Trouble::error(code, message) }
    }

    /// The same of some settings, why, and what would help.
    fn about<const N: usize>(
        self,
        setup: &Setup,
        settings: [&'static str; N],
        note: &str,
        help: impl IntoIterator<Item = (&'static str, Change)>,
    ) -> Self {
        let help = help.into_iter().map(|(text, change)| Help::new(text, setup, change)).collect();
        Trouble { settings: settings.to_vec(), notes: vec![note.to_owned()], help, ..self }
    }

    /// What is wrong with a setup that cannot be run.
    pub fn of_setup(setup: &Setup, error: &SetupError) -> Self {
        match error {
            SetupError::Bound { setting, lowest, highest, given } => {
                let nearest = *given.clamp(lowest, highest);
                let change = match *setting {
                    "seq_len" => Change::SeqLen(nearest),
                    "batch" => Change::Batch(nearest),
                    "hidden_size" => Change::HiddenSize(nearest),
                    "num_layers" => Change::NumLayers(nearest),
                    "train_size" => Change::TrainSize(nearest),
                    "patience" => Change::Patience(nearest),
                    _ => Change::Steps(nearest),
                };
                let note =
                    "This is a bound of this page, so that a run ends while you watch. PyTorch has none.";
                let help = [("Take the nearest that is offered", change)];
                Trouble::error("bound", error.to_string()).about(setup, [*setting], note, help)
            }
            SetupError::GateBias { lowest, highest, given } => {
                let nearest = if given.is_nan() { 0.0 } else { given.clamp(*lowest, *highest) };
                let note = "Far beyond these a gate is shut for good: its slope is 0, and nothing can open it again.";
                let help = [("Take the nearest that is offered", Change::GateBias(nearest))];
                Trouble::error("bound", error.to_string()).about(setup, ["gate_bias"], note, help)
            }
            SetupError::Train(TrainError::Gru(error)) => of_module(setup, error),
            SetupError::Train(TrainError::Optimizer(error)) => of_optimizer(setup, error),
            SetupError::Train(error) => Trouble::error("run", error.to_string()),
        }
    }

    /// What went wrong in a run.
    pub fn of_run(setup: &Setup, error: &TrainError) -> Self {
        match error {
            TrainError::NotFinite(stopped) => of_stop(setup, stopped),
            error => Trouble::of_setup(setup, &SetupError::Train(error.clone())),
        }
    }
}

/// What the recurrent module refuses.
fn of_module(setup: &Setup, error: &RecurrentError) -> Trouble {
    match error {
        RecurrentError::NotPositive { option } => {
            let (name, change) = match *option {
                "num_layers" => ("num_layers", Change::NumLayers(1)),
                _ => ("hidden_size", Change::HiddenSize(16)),
            };
            let what = if name == "num_layers" { "a layer" } else { "hidden units" };
            let article = if matches!(setup.cell, CellName::GRU | CellName::MinGRU) { "A" } else { "An" };
            let note = format!("{article} {} without {what} has nothing to compute.", setup.cell.name());
            let trouble = Trouble::value_error("not-positive", error.to_string());
            trouble.about(setup, [name], &note, [("Give it some", change)])
        }
        RecurrentError::Dropout { .. } => {
            let note = "Dropout is the probability that an element becomes zero: 0 keeps all, 1 keeps none.";
            let help = [("Drop a fifth", Change::Dropout(0.2)), ("Drop nothing", Change::Dropout(0.0))];
            Trouble::value_error("dropout", error.to_string()).about(setup, ["dropout"], note, help)
        }
        RecurrentError::TooLarge(_) => {
            let smaller = |change: fn(u64) -> Change, from: u64| {
                let fits = |&size: &u64| setup.clone().with(change(size)).bytes() <= LIMIT_BYTES.into();
                let halves = std::iter::successors(Some(from / 2), |size| Some(size / 2));
                halves.take_while(|&size| size > 0).find(fits).map(change)
            };
            let [batch, hidden] =
                [smaller(Change::Batch, setup.batch), smaller(Change::HiddenSize, setup.hidden_size)];
            let help = [("Train on fewer sequences", batch), ("Remember less", hidden)];
            let help = help.into_iter().filter_map(|(text, change)| Some((text, change?)));
            let note = "Training keeps every gate of every time step, for the way back needs them.";
            let trouble = Trouble::error("too-large", format!("training {error}"));
            trouble.about(setup, ["batch", "seq_len", "hidden_size", "num_layers"], note, help)
        }
        error => Trouble::error("run", error.to_string()),
    }
}

/// What an optimiser refuses.
fn of_optimizer(setup: &Setup, error: &OptimizerError) -> Trouble {
    let trouble = Trouble::value_error("optimizer", error.to_string());
    let OptimizerError::Option { option, .. } = error else {
        let note = "Nesterov looks ahead along the momentum. Without momentum there is nowhere to look.";
        let help =
            [("Give it momentum", Change::Momentum(0.9)), ("Use plain momentum", Change::Nesterov(false))];
        return trouble.about(setup, ["nesterov", "momentum"], note, help);
    };
    let (name, note, change) = match *option {
        "momentum value" => {
            ("momentum", "Momentum is how much of the last direction is kept.", Change::Momentum(0.0))
        }
        "alpha value" => {
            ("alpha", "Alpha is how much of the last mean of squares is kept.", Change::Alpha(0.99))
        }
        "lr_decay value" => ("lr_decay", "A learning rate that decays can only fall.", Change::LrDecay(0.0)),
        "weight_decay value" => (
            "weight_decay",
            "Weights that decay shrink; below zero they would grow.",
            Change::WeightDecay(0.0),
        ),
        "beta parameter at index 0" => {
            ("beta_1", "Each beta is a share that is kept: from 0, and less than 1.", Change::Beta1(0.9))
        }
        "beta parameter at index 1" => {
            ("beta_2", "Each beta is a share that is kept: from 0, and less than 1.", Change::Beta2(0.999))
        }
        _ => (
            "lr",
            "Each training step goes against the gradient. A negative rate would climb.",
            Change::Lr(0.01),
        ),
    };
    trouble.about(setup, [name], note, [("Take the usual value", change)])
}

/// Why a number became infinite or NaN.
fn of_stop(setup: &Setup, stopped: &NotFinite) -> Trouble {
    let plain_steps = matches!(setup.optimizer, OptimizerName::SGD | OptimizerName::RMSprop);
    let squares = matches!(setup.task, Task::Adding | Task::Sine);
    let place = match &stopped.place {
        NotFinitePlace::Input => "The data itself is not finite.",
        NotFinitePlace::Start(_) => "The weights were not finite before the first training step.",
        NotFinitePlace::Predictions => {
            "The weights are finite but so large that the head's sum overflows float32, whose largest number is 3.4e38."
        }
        NotFinitePlace::Loss => {
            "The predictions are finite, but the square of the largest error is beyond 3.4e38, the largest number of float32."
        }
        NotFinitePlace::Gradient(_) => {
            "The loss is finite, but on the way back through the time steps a product overflowed."
        }
        NotFinitePlace::Parameter(_) => {
            "The gradients are finite, but lr times their size is beyond the largest number of float32."
        }
    };
    let mut notes = vec![place.to_owned()];
    if squares && plain_steps {
        notes.push(
            "Each training step overshot the minimum by more than it came closer, so every error was larger than the last."
                .to_owned(),
        );
    }
    let mut help = Vec::new();
    if let Some(lr) = calmer(setup) {
        help.push(Help::new("Lower the learning rate", setup, Change::Lr(lr)));
    }
    if setup.clip_grad_norm.is_none_or(|norm| norm > 1.0) {
        help.push(Help::new("Bound the gradients with clip_grad_norm_", setup, Change::ClipGradNorm(1.0)));
    }
    let settings = if setup.clip_grad_norm.is_some() { vec!["lr", "clip_grad_norm"] } else { vec!["lr"] };
    Trouble { settings, notes, help, ..Trouble::error("not-finite", stopped.to_string()) }
}

/// A learning rate that is worth a try after one that was too high.
fn calmer(setup: &Setup) -> Option<f64> {
    let usual = if setup.optimizer == OptimizerName::SGD { 0.1 } else { 0.01 };
    (setup.lr > usual).then_some(usual)
}
