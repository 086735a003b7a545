//! Optimisers against their formulas as they stand, element by element and bit by bit.

use gru_playground::gru::Real;
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::train::{Adagrad, Adam, Optimizer, OptimizerState, RmsProp, Sgd};

/// Tensors with and without a rest after whole vectors.
const LENS: [usize; 4] = [64, 1, 37, 3];

/// What `optimizer` makes of one element, whose running numbers are `[a, b, c]`.
fn plain<T: Real>(optimizer: &Optimizer, step: i32, p: T, g: T, [a, b, c]: &mut [T; 3]) -> T {
    let t = T::from_f64;
    match optimizer {
        Optimizer::Sgd(Sgd { lr, momentum, dampening, weight_decay, nesterov }) => {
            let g = g + t(*weight_decay) * p;
            if *momentum == 0.0 {
                return p - t(*lr) * g;
            }
            *a = if step == 1 { g } else { t(*momentum) * *a + t(1.0 - dampening) * g };
            p - t(*lr) * if *nesterov { g + t(*momentum) * *a } else { *a }
        }
        Optimizer::Adam(adam) => {
            let Adam { lr, betas, eps, weight_decay, amsgrad, decoupled_weight_decay } = adam;
            let (p, g) = if *decoupled_weight_decay {
                (p * t(1.0 - lr * weight_decay), g)
            } else {
                (p, g + t(*weight_decay) * p)
            };
            *a += t(1.0 - betas[0]) * (g - *a);
            *b = t(betas[1]) * *b + t(1.0 - betas[1]) * g * g;
            *c = if *amsgrad { c.max(*b) } else { *b };
            let correction = betas.map(|beta| 1.0 - beta.powf(f64::from(step)));
            p - t(lr / correction[0]) * (*a / (c.sqrt() / t(correction[1].sqrt()) + t(*eps)))
        }
        Optimizer::RmsProp(RmsProp { lr, alpha, eps, weight_decay, momentum, centered }) => {
            let g = g + t(*weight_decay) * p;
            *a = t(*alpha) * *a + t(1.0 - alpha) * g * g;
            let mut square = *a;
            if *centered {
                *b += t(1.0 - alpha) * (g - *b);
                square -= *b * *b;
            }
            *c = t(*momentum) * *c + g / (square.sqrt() + t(*eps));
            p - t(*lr) * *c
        }
        Optimizer::Adagrad(Adagrad { lr, lr_decay, weight_decay, eps, .. }) => {
            let g = g + t(*weight_decay) * p;
            *a += g * g;
            p - t(lr / (1.0 + f64::from(step - 1) * lr_decay)) * (g / (a.sqrt() + t(*eps)))
        }
    }
}

/// Every optimiser with every option on and off, and how many numbers it keeps of an element.
fn optimizers() -> Vec<(Optimizer, usize)> {
    let mut all = Vec::new();
    let flags = [false, true];
    for weight_decay in [0.0, 0.013] {
        for (lr_decay, initial_accumulator_value) in [(0.0, 0.0), (0.07, 0.4)] {
            let base = Adagrad { weight_decay, ..Adagrad::default() };
            all.push((Optimizer::Adagrad(Adagrad { lr_decay, initial_accumulator_value, ..base }), 1));
        }
        for momentum in [0.0, 0.83] {
            let kept = usize::from(momentum > 0.0);
            for dampening in [0.0, 0.21] {
                let base = Sgd { lr: 0.07, ..Sgd::default() };
                all.push((Optimizer::Sgd(Sgd { momentum, dampening, weight_decay, ..base }), kept));
            }
            for centered in flags {
                let rms = RmsProp { weight_decay, momentum, centered, ..RmsProp::default() };
                all.push((Optimizer::RmsProp(rms), 1 + usize::from(centered) + kept));
            }
        }
        let nesterov = Sgd { lr: 0.07, momentum: 0.83, weight_decay, nesterov: true, dampening: 0.0 };
        all.push((Optimizer::Sgd(nesterov), 1));
        for amsgrad in flags {
            for decoupled_weight_decay in flags {
                let adam = Adam { weight_decay, amsgrad, decoupled_weight_decay, ..Adam::default() };
                all.push((Optimizer::Adam(adam), 2 + usize::from(amsgrad)));
            }
        }
    }
    all
}

fn follow<T: Real>(optimizer: &Optimizer)
where
    TorchGenerator: Generator<T>,
{
    let mut generator = TorchGenerator::new(3);
    let mut draw = || {
        let [low, high] = [-1.5, 1.5].map(T::from_f64);
        LENS.map(|len| (0..len).map(|_| generator.uniform(low, high)).collect::<Vec<T>>())
    };
    let mut state = OptimizerState::new(optimizer.clone()).expect("an optimiser");
    let start = match optimizer {
        Optimizer::Adagrad(adagrad) => adagrad.initial_accumulator_value,
        _ => 0.0,
    };
    let mut memory = LENS.map(|len| vec![[T::from_f64(start), T::zero(), T::zero()]; len]);
    let mut parameters = draw();
    let mut expected = parameters.clone();
    for step in 1..=7 {
        let gradients = draw();
        for ((expected, gradient), memory) in expected.iter_mut().zip(&gradients).zip(&mut memory) {
            for ((p, &g), memory) in expected.iter_mut().zip(gradient).zip(memory) {
                *p = plain(optimizer, step, *p, g, memory);
            }
        }
        let mut slices = parameters.each_mut().map(Vec::as_mut_slice);
        state.step(&mut slices, &gradients.each_ref().map(Vec::as_slice));
        for (got, expected) in parameters.iter().flatten().zip(expected.iter().flatten()) {
            let bits = |number: T| number.integer_decode();
            assert_eq!(bits(*got), bits(*expected), "{optimizer:?} step {step}: {got}, not {expected}");
        }
    }
}

#[test]
fn a_step_is_the_formula_to_the_last_bit() {
    for (optimizer, kept) in optimizers() {
        assert_eq!(optimizer.running_numbers(), kept, "{optimizer:?}");
        follow::<f32>(&optimizer);
        follow::<f64>(&optimizer);
    }
}
