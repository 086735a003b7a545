use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::float::repr;
use crate::gru::Real;

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
    /// How much of a gradient the momentum leaves out, but for the first.
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

    /// What the first running number starts from.
    fn start(&self) -> f64 {
        match self {
            Optimizer::Adagrad(adagrad) => adagrad.initial_accumulator_value,
            _ => 0.0,
        }
    }
}

/// An optimiser and what it remembers of each element of each parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct OptimizerState<T> {
    optimizer: Optimizer,
    steps: u64,
    /// Up to three running numbers of each element, for each parameter.
    memory: Vec<Vec<[T; 3]>>,
}

impl<T: Real> OptimizerState<T> {
    /// An optimiser that has taken no step.
    ///
    /// # Errors
    /// As [`Optimizer::validate`].
    pub fn new(optimizer: Optimizer) -> Result<Self, OptimizerError> {
        optimizer.validate()?;
        Ok(OptimizerState { optimizer, steps: 0, memory: Vec::new() })
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// `optimizer.step()`: moves every parameter along its gradient. The parameters are the same tensors, in
    /// the same order, in every step.
    ///
    /// # Panics
    /// If parameters and gradients differ in number or length, or from those of the last step.
    pub fn step(&mut self, parameters: &mut [&mut [T]], gradients: &[&[T]]) {
        assert_eq!(parameters.len(), gradients.len());
        if self.steps == 0 {
            let fresh = [T::from_f64(self.optimizer.start()), T::zero(), T::zero()];
            self.memory = parameters.iter().map(|tensor| vec![fresh; tensor.len()]).collect();
        }
        assert_eq!(parameters.len(), self.memory.len());
        self.steps += 1;
        for ((tensor, gradient), memory) in parameters.iter_mut().zip(gradients).zip(&mut self.memory) {
            assert!(tensor.len() == gradient.len() && tensor.len() == memory.len());
            for ((p, &g), memory) in tensor.iter_mut().zip(*gradient).zip(memory) {
                *p = match &self.optimizer {
                    Optimizer::Sgd(sgd) => sgd.moved(self.steps, *p, g, memory),
                    Optimizer::Adam(adam) => adam.moved(self.steps, *p, g, memory),
                    Optimizer::RmsProp(rms) => rms.moved(*p, g, memory),
                    Optimizer::Adagrad(adagrad) => adagrad.moved(self.steps, *p, g, memory),
                };
            }
        }
    }
}

impl Sgd {
    fn moved<T: Real>(&self, step: u64, p: T, g: T, [b, ..]: &mut [T; 3]) -> T {
        let [lr, momentum, decay] = [self.lr, self.momentum, self.weight_decay].map(T::from_f64);
        let g = g + decay * p;
        if self.momentum == 0.0 {
            return p - lr * g;
        }
        *b = if step == 1 { g } else { momentum * *b + T::from_f64(1.0 - self.dampening) * g };
        p - lr * if self.nesterov { g + momentum * *b } else { *b }
    }
}

impl Adam {
    fn moved<T: Real>(&self, step: u64, p: T, g: T, [m, v, largest]: &mut [T; 3]) -> T {
        let [beta_1, beta_2] = self.betas;
        let decay = T::from_f64(self.weight_decay);
        let (p, g) = if self.decoupled_weight_decay {
            (p * T::from_f64(1.0 - self.lr * self.weight_decay), g)
        } else {
            (p, g + decay * p)
        };
        *m += T::from_f64(1.0 - beta_1) * (g - *m);
        *v = T::from_f64(beta_2) * *v + T::from_f64(1.0 - beta_2) * g * g;
        *largest = if self.amsgrad { largest.max(*v) } else { *v };
        let [correction_1, correction_2] = [beta_1, beta_2].map(|beta| 1.0 - beta.powf(step as f64));
        let divisor = largest.sqrt() / T::from_f64(correction_2.sqrt()) + T::from_f64(self.eps);
        p - T::from_f64(self.lr / correction_1) * (*m / divisor)
    }
}

impl RmsProp {
    fn moved<T: Real>(&self, p: T, g: T, [v, mean, b]: &mut [T; 3]) -> T {
        let [lr, alpha, rest] = [self.lr, self.alpha, 1.0 - self.alpha].map(T::from_f64);
        let g = g + T::from_f64(self.weight_decay) * p;
        *v = alpha * *v + rest * g * g;
        let mut square = *v;
        if self.centered {
            *mean += rest * (g - *mean);
            square -= *mean * *mean;
        }
        let direction = g / (square.sqrt() + T::from_f64(self.eps));
        *b = T::from_f64(self.momentum) * *b + direction;
        p - lr * *b
    }
}

impl Adagrad {
    fn moved<T: Real>(&self, step: u64, p: T, g: T, [sum, ..]: &mut [T; 3]) -> T {
        let lr = T::from_f64(self.lr / (1.0 + (step - 1) as f64 * self.lr_decay));
        let g = g + T::from_f64(self.weight_decay) * p;
        *sum += g * g;
        p - lr * (g / (sum.sqrt() + T::from_f64(self.eps)))
    }
}
