use std::array;

use super::{Adagrad, Adam, Optimizer, OptimizerError, RmsProp, Sgd};
use nn::gru::Real;

/// An optimiser and what it remembers of each element of each parameter.
///
/// ```
/// use gru_playground_train::{Optimizer, OptimizerError, OptimizerState, Sgd};
///
/// let mut sgd = OptimizerState::new(Optimizer::Sgd(Sgd { lr: 0.25, ..Sgd::default() }))?;
/// let mut weight = [1.0_f64];
/// sgd.step(&mut [&mut weight], &[&[2.0]]); // p -= lr * g
/// assert_eq!(weight, [0.5]);
/// # Ok::<(), OptimizerError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OptimizerState<T> {
    optimizer: Optimizer,
    steps: u64,
    /// For each parameter its running numbers: those of one kind for all elements, then those of the next.
    memory: Vec<Vec<T>>,
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

    /// Which optimiser it is.
    pub fn optimizer(&self) -> &Optimizer {
        &self.optimizer
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
        let parameters = parameters.iter_mut().map(|tensor| &mut **tensor);
        self.step_scaled(parameters, gradients.iter().copied(), T::one());
    }

    /// The same for gradients that are yet to be multiplied by a factor; whether every parameter is then finite.
    pub(crate) fn step_scaled<'a>(
        &mut self,
        parameters: impl Iterator<Item = &'a mut [T]>,
        mut gradients: impl Iterator<Item = &'a [T]>,
        factor: T,
    ) -> bool {
        self.steps += 1;
        let (step, mut tensors, mut are_finite) = (self.steps, 0, true);
        for (place, tensor) in parameters.enumerate() {
            tensors += 1;
            let gradient = gradients.next().expect("a gradient for each parameter");
            if step == 1 {
                let start = T::from_f64(self.optimizer.start());
                self.memory.push(vec![start; tensor.len() * self.optimizer.running_numbers()]);
            }
            let memory = &mut self.memory[place][..];
            let tensor = TensorState { elements: tensor, gradient, factor, memory };
            are_finite &= match &self.optimizer {
                Optimizer::Sgd(sgd) => sgd.step(step, tensor),
                Optimizer::Adam(adam) => adam.step(step, tensor),
                Optimizer::RmsProp(rms) => rms.step(tensor),
                Optimizer::Adagrad(adagrad) => adagrad.step(step, tensor),
            };
        }
        assert_eq!(tensors, self.memory.len());
        are_finite
    }
}

/// One parameter in one step.
struct TensorState<'a, T> {
    elements: &'a mut [T],
    /// To be multiplied by the factor.
    gradient: &'a [T],
    factor: T,
    memory: &'a mut [T],
}

impl<T: Real> TensorState<'_, T> {
    /// Moves all elements, each with the K running numbers that are kept of it: `moved` makes them of p, g and
    /// those before. Whether all are then finite.
    ///
    /// One pass without a branch, which the compiler does some elements at a time.
    #[inline]
    fn move_each<const K: usize>(self, moved: impl Fn(T, T, [T; K]) -> (T, [T; K])) -> bool {
        let TensorState { elements, gradient, factor, memory } = self;
        let len = elements.len();
        assert!(gradient.len() == len && memory.len() == K * len);
        let mut rest = memory;
        let memory: [&mut [T]; K] = array::from_fn(|_| {
            let (first, others) = std::mem::take(&mut rest).split_at_mut(len);
            rest = others;
            first
        });
        let mut are_finite = true;
        for i in 0..len {
            let before = array::from_fn(|k| memory[k][i]);
            let (p, after) = moved(elements[i], gradient[i] * factor, before);
            elements[i] = p;
            for k in 0..K {
                memory[k][i] = after[k];
            }
            are_finite &= p.is_finite();
        }
        are_finite
    }
}

impl Sgd {
    fn step<T: Real>(&self, step: u64, tensor: TensorState<'_, T>) -> bool {
        let [lr, momentum, decay, kept] =
            [self.lr, self.momentum, self.weight_decay, 1.0 - self.dampening].map(T::from_f64);
        if self.momentum == 0.0 {
            return tensor.move_each(|p, g, []| (p - lr * (g + decay * p), []));
        }
        let (is_first, nesterov) = (step == 1, self.nesterov);
        tensor.move_each(|p, g, [b]| {
            let g = g + decay * p;
            let b = if is_first { g } else { momentum * b + kept * g };
            (p - lr * if nesterov { g + momentum * b } else { b }, [b])
        })
    }
}

impl Adam {
    fn step<T: Real>(&self, step: u64, tensor: TensorState<'_, T>) -> bool {
        let [beta_1, beta_2] = self.betas;
        let [correction_1, correction_2] = [beta_1, beta_2].map(|beta| 1.0 - beta.powf(step as f64));
        let [decay, shrunk, new_1, old_2, new_2] =
            [self.weight_decay, 1.0 - self.lr * self.weight_decay, 1.0 - beta_1, beta_2, 1.0 - beta_2]
                .map(T::from_f64);
        let [rate, correction, eps] =
            [self.lr / correction_1, correction_2.sqrt(), self.eps].map(T::from_f64);
        let is_decoupled = self.decoupled_weight_decay;
        let means = |p: T, g: T, m: T, v: T| {
            let (p, g) = if is_decoupled { (p * shrunk, g) } else { (p, g + decay * p) };
            (p, m + new_1 * (g - m), old_2 * v + new_2 * g * g)
        };
        let moved = |p: T, m: T, v: T| p - rate * (m / (v.sqrt() / correction + eps));
        if self.amsgrad {
            return tensor.move_each(|p, g, [m, v, largest]| {
                let (p, m, v) = means(p, g, m, v);
                let largest = largest.max(v);
                (moved(p, m, largest), [m, v, largest])
            });
        }
        tensor.move_each(|p, g, [m, v]| {
            let (p, m, v) = means(p, g, m, v);
            (moved(p, m, v), [m, v])
        })
    }
}

impl RmsProp {
    fn step<T: Real>(&self, tensor: TensorState<'_, T>) -> bool {
        let [lr, alpha, rest, decay, momentum, eps] =
            [self.lr, self.alpha, 1.0 - self.alpha, self.weight_decay, self.momentum, self.eps]
                .map(T::from_f64);
        let mean_square = |p: T, g: T, v: T| {
            let g = g + decay * p;
            (g, alpha * v + rest * g * g)
        };
        let centre = |g: T, v: T, mean: T| {
            let mean = mean + rest * (g - mean);
            (mean, v - mean * mean)
        };
        let direction = |g: T, square: T| g / (square.sqrt() + eps);
        match (self.centered, self.momentum == 0.0) {
            (false, true) => tensor.move_each(|p, g, [v]| {
                let (g, v) = mean_square(p, g, v);
                (p - lr * direction(g, v), [v])
            }),
            (false, false) => tensor.move_each(|p, g, [v, b]| {
                let (g, v) = mean_square(p, g, v);
                let b = momentum * b + direction(g, v);
                (p - lr * b, [v, b])
            }),
            (true, true) => tensor.move_each(|p, g, [v, mean]| {
                let (g, v) = mean_square(p, g, v);
                let (mean, square) = centre(g, v, mean);
                (p - lr * direction(g, square), [v, mean])
            }),
            (true, false) => tensor.move_each(|p, g, [v, mean, b]| {
                let (g, v) = mean_square(p, g, v);
                let (mean, square) = centre(g, v, mean);
                let b = momentum * b + direction(g, square);
                (p - lr * b, [v, mean, b])
            }),
        }
    }
}

impl Adagrad {
    fn step<T: Real>(&self, step: u64, tensor: TensorState<'_, T>) -> bool {
        let lr = self.lr / (1.0 + (step - 1) as f64 * self.lr_decay);
        let [lr, decay, eps] = [lr, self.weight_decay, self.eps].map(T::from_f64);
        tensor.move_each(|p, g, [sum]| {
            let g = g + decay * p;
            let sum = sum + g * g;
            (p - lr * (g / (sum.sqrt() + eps)), [sum])
        })
    }
}
