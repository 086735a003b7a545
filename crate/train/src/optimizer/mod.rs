mod state;

pub use state::OptimizerState;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use num::float::repr;

/// An optimiser of `torch.optim` and its options, under `PyTorch`'s names and with its defaults.
#[derive(Debug, Clone, PartialEq)]
pub enum Optimizer {
    /// `torch.optim.SGD`.
    Sgd(Sgd),
    /// `torch.optim.Adam`, and `AdamW` as [`Adam::adamw`].
    Adam(Adam),
    /// `torch.optim.RMSprop`.
    RmsProp(RmsProp),
    /// `torch.optim.Adagrad`.
    Adagrad(Adagrad),
}

/// `torch.optim.SGD`: `b = momentum * b + (1 - dampening) * g`, `p -= lr * b`; with Nesterov's momentum,
/// `p -= lr * (g + momentum * b)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct Sgd {
    /// The learning rate.
    pub lr: f64,
    /// How much of the last direction is kept.
    pub momentum: f64,
    /// What share of every gradient but the first the momentum leaves out.
    pub dampening: f64,
    /// What `weight_decay * p` adds to the gradient.
    pub weight_decay: f64,
    /// Whether to look ahead along the momentum.
    pub nesterov: bool,
}

impl Default for Sgd {
    fn default() -> Self {
        Sgd { lr: 1e-3, momentum: 0.0, dampening: 0.0, weight_decay: 0.0, nesterov: false }
    }
}

/// `torch.optim.Adam`: `m` and `v` are running means of g and g², corrected for their start at zero;
/// `p -= lr * m / (sqrt(v) + eps)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct Adam {
    /// The learning rate.
    pub lr: f64,
    /// How much of the last means of g and g² is kept, each in [0, 1).
    pub betas: [f64; 2],
    /// What keeps the divisor from zero.
    pub eps: f64,
    /// What `weight_decay * p` adds to the gradient, or what share of p times `lr` goes if it is decoupled.
    pub weight_decay: f64,
    /// Whether to divide by the largest mean of g² so far.
    pub amsgrad: bool,
    /// Whether the weights decay apart from the gradient, as in `AdamW`.
    pub decoupled_weight_decay: bool,
}

impl Default for Adam {
    fn default() -> Self {
        Adam {
            lr: 1e-3,
            betas: [0.9, 0.999],
            eps: 1e-8,
            weight_decay: 0.0,
            amsgrad: false,
            decoupled_weight_decay: false,
        }
    }
}

impl Adam {
    /// `torch.optim.AdamW` with its defaults.
    pub fn adamw() -> Self {
        Adam { weight_decay: 1e-2, decoupled_weight_decay: true, ..Adam::default() }
    }
}

/// `torch.optim.RMSprop`: `v` is a running mean of g²; `p -= lr * g / (sqrt(v) + eps)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct RmsProp {
    /// The learning rate.
    pub lr: f64,
    /// How much of the last mean of g² is kept.
    pub alpha: f64,
    /// What keeps the divisor from zero.
    pub eps: f64,
    /// What `weight_decay * p` adds to the gradient.
    pub weight_decay: f64,
    /// How much of the last direction is kept.
    pub momentum: f64,
    /// Whether to divide by the deviation from a running mean of g.
    pub centered: bool,
}

impl Default for RmsProp {
    fn default() -> Self {
        RmsProp { lr: 1e-2, alpha: 0.99, eps: 1e-8, weight_decay: 0.0, momentum: 0.0, centered: false }
    }
}

/// `torch.optim.Adagrad`: `s` is the sum of g²; `p -= lr / (1 + t * lr_decay) * g / (sqrt(s) + eps)`, t from 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default, deny_unknown_fields)]
pub struct Adagrad {
    /// The learning rate.
    pub lr: f64,
    /// How fast the learning rate falls.
    pub lr_decay: f64,
    /// What `weight_decay * p` adds to the gradient.
    pub weight_decay: f64,
    /// What the sum of g² starts from.
    pub initial_accumulator_value: f64,
    /// What keeps the divisor from zero.
    pub eps: f64,
}

impl Default for Adagrad {
    fn default() -> Self {
        Adagrad { lr: 1e-2, lr_decay: 0.0, weight_decay: 0.0, initial_accumulator_value: 0.0, eps: 1e-10 }
    }
}

/// Why an optimiser does not exist; prints as `PyTorch`'s `ValueError` does for a float.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Error)]
pub enum OptimizerError {
    /// An option is out of its range.
    #[error("Invalid {option}: {}", repr(*value))]
    Option {
        /// The option, in `PyTorch`'s words.
        option: &'static str,
        /// The value given.
        value: f64,
    },
    /// Nesterov's momentum needs momentum, undamped.
    #[error("Nesterov momentum requires a momentum and zero dampening")]
    Nesterov,
}

impl Optimizer {
    /// Whether the optimiser exists.
    ///
    /// # Errors
    /// An [`OptimizerError`] for the first option that `PyTorch` refuses.
    pub fn validate(&self) -> Result<(), OptimizerError> {
        let not_negative = |option, value: f64| (option, value, value >= 0.0);
        let rate = |lr| not_negative("learning rate", lr);
        let decay = |value| not_negative("weight_decay value", value);
        let epsilon = |value| not_negative("epsilon value", value);
        let beta = |option, value| (option, value, (0.0..1.0).contains(&value));
        let momentum = |value| not_negative("momentum value", value);
        let checks = match self {
            Optimizer::Sgd(sgd) => vec![rate(sgd.lr), momentum(sgd.momentum), decay(sgd.weight_decay)],
            Optimizer::Adam(adam) => vec![
                rate(adam.lr),
                epsilon(adam.eps),
                beta("beta parameter at index 0", adam.betas[0]),
                beta("beta parameter at index 1", adam.betas[1]),
                decay(adam.weight_decay),
            ],
            Optimizer::RmsProp(rms) => vec![
                rate(rms.lr),
                epsilon(rms.eps),
                momentum(rms.momentum),
                decay(rms.weight_decay),
                not_negative("alpha value", rms.alpha),
            ],
            Optimizer::Adagrad(adagrad) => vec![
                rate(adagrad.lr),
                not_negative("lr_decay value", adagrad.lr_decay),
                decay(adagrad.weight_decay),
                not_negative("initial_accumulator_value value", adagrad.initial_accumulator_value),
                epsilon(adagrad.eps),
            ],
        };
        for (option, value, valid) in checks {
            if !valid {
                return Err(OptimizerError::Option { option, value });
            }
        }
        match self {
            Optimizer::Sgd(sgd) if sgd.nesterov && (sgd.momentum <= 0.0 || sgd.dampening != 0.0) => {
                Err(OptimizerError::Nesterov)
            }
            _ => Ok(()),
        }
    }

    /// How many numbers it keeps of each element from one step to the next.
    pub fn running_numbers(&self) -> usize {
        match self {
            Optimizer::Sgd(sgd) => usize::from(sgd.momentum != 0.0),
            Optimizer::Adam(adam) => 2 + usize::from(adam.amsgrad),
            Optimizer::RmsProp(rms) => 1 + usize::from(rms.centered) + usize::from(rms.momentum != 0.0),
            Optimizer::Adagrad(_) => 1,
        }
    }

    /// What the running numbers start from.
    fn start(&self) -> f64 {
        match self {
            Optimizer::Adagrad(adagrad) => adagrad.initial_accumulator_value,
            _ => 0.0,
        }
    }
}
