use ndarray::{ArrayD, Axis};

use super::{BrokenAt, Fate, GradientsSetup, KeepingGate, ModuleGradients, ModuleKind, ParameterGradient};
use crate::parts::{Parameters, norm};
use crate::{LabError, NamedTensor};
use nn::gru::{BackwardRun, CallOptions, ForwardRun, Module, Options, Quantity, Recurrent, Trace, Upstream};
use nn::rnn::{Mode, RnnConfig};
use rng::TorchGenerator;

/// A module unrolled by hand: one call for each step, as the code shown does.
#[derive(Debug)]
pub(super) struct Unrolled {
    module: Module<f32>,
    hidden: usize,
    steps: usize,
    steps_done: usize,
    /// The state before every step and after the last: (1, N, H) each.
    h: Vec<ArrayD<f32>>,
    /// The same of an LSTM's cell state.
    c: Vec<ArrayD<f32>>,
    traces: Vec<Trace<f32>>,
    loss: f64,
    /// By the state after the current step, by way of the steps after it.
    grad_h: ArrayD<f32>,
    grad_c: ArrayD<f32>,
    /// What came back by the gate alone, and the gate's product.
    carried: Vec<f64>,
    product: Vec<f64>,
    parameters: Vec<(String, ArrayD<f32>)>,
    found: Found,
}

/// Norms of every step, filled from the last to the first.
#[derive(Debug, Default)]
struct Found {
    grad_h: Vec<f64>,
    grad_x: Vec<f64>,
    grad_c: Vec<f64>,
    units: Vec<f32>,
    mean: Vec<f64>,
    product: Vec<f64>,
    carried: Vec<f64>,
    trouble: Option<BrokenAt>,
}

impl Unrolled {
    pub(super) fn new(
        kind: ModuleKind,
        setup: &GradientsSetup,
        mut generator: TorchGenerator,
    ) -> Result<Self, LabError> {
        let (gain, bias) = (setup.gain as f32, setup.gate_bias as f32);
        let (hidden, batch) = (setup.hidden_size as usize, setup.batch as usize);
        let has_gate = matches!(kind, ModuleKind::Lstm | ModuleKind::Gru);
        let change = |name: &str, elements: &mut [f32]| match name {
            "weight_hh_l0" => elements.iter_mut().for_each(|weight| *weight *= gain),
            // The second of the gates is the one that keeps: z of r, z, n, and f of i, f, g, o.
            "bias_ih_l0" if has_gate => elements[hidden..2 * hidden].iter_mut().for_each(|b| *b += bias),
            _ => {}
        };
        let rnn = |mode| RnnConfig { mode, base: setup.base(), proj_size: 0 };
        let module = match kind {
            ModuleKind::RnnTanh => changed_module(rnn(Mode::Tanh), &mut generator, change)?,
            ModuleKind::RnnRelu => changed_module(rnn(Mode::Relu), &mut generator, change)?,
            ModuleKind::Lstm => changed_module(rnn(Mode::Lstm), &mut generator, change)?,
            ModuleKind::Gru => changed_module(setup.base(), &mut generator, change)?,
        };
        let state = ArrayD::zeros(vec![1, batch, hidden]);
        Ok(Unrolled {
            module,
            hidden,
            steps: setup.seq_len as usize,
            steps_done: 0,
            h: vec![state.clone()],
            c: if kind == ModuleKind::Lstm { vec![state.clone()] } else { Vec::new() },
            traces: Vec::new(),
            loss: 0.0,
            grad_h: state.clone(),
            grad_c: state,
            carried: vec![0.0; batch * hidden],
            product: vec![1.0; batch * hidden],
            parameters: Vec::new(),
            found: Found::default(),
        })
    }

    /// Steps taken, there and back.
    pub(super) fn steps_done(&self) -> usize {
        self.steps_done
    }

    /// Takes one step, forward or backward; whether it was the last.
    pub(super) fn step(&mut self, x: &ArrayD<f32>, weights: Option<&ArrayD<f32>>) -> Result<bool, LabError> {
        match self.steps_done {
            done if done < self.steps => self.forward(done, x)?,
            done => self.backward(2 * self.steps - 1 - done, x, weights)?,
        }
        self.steps_done += 1;
        Ok(self.steps_done == 2 * self.steps)
    }

    fn forward(&mut self, t: usize, x: &ArrayD<f32>) -> Result<(), LabError> {
        let x = x.view().slice_axis_move(Axis(0), (t..t + 1).into());
        let output = ForwardRun::new(&self.module, x, self.states(t).traced())?.finish();
        self.note_trouble(&output.h_n, true, t);
        self.h.push(output.h_n);
        self.c.extend(output.c_n);
        self.traces.extend(output.trace);
        Ok(())
    }

    /// The states that step `t` reads.
    fn states(&self, t: usize) -> CallOptions<'_, f32> {
        let c_0 = self.c.get(t).map(|c| c.view());
        CallOptions { c_0, ..CallOptions::of(Some(self.h[t].view())) }
    }

    /// Step `t`, from the last to the first.
    fn backward(&mut self, t: usize, x: &ArrayD<f32>, weights: Option<&ArrayD<f32>>) -> Result<(), LabError> {
        let x = x.view().slice_axis_move(Axis(0), (t..t + 1).into());
        let upstream = match weights {
            Some(weights) => weights.index_axis(Axis(0), t).insert_axis(Axis(0)).to_owned(),
            None if t + 1 == self.steps => ArrayD::ones(self.grad_h.shape()),
            None => ArrayD::zeros(self.grad_h.shape()),
        };
        let weighed = self.h[t + 1].iter().zip(&upstream);
        // An infinite state that does not count must not make the loss NaN.
        let terms = weighed.filter(|&(_, &weight)| weight != 0.0);
        self.loss += terms.map(|(&h, &weight)| f64::from(h) * f64::from(weight)).sum::<f64>();
        let grad_h = &self.grad_h + &upstream;
        self.note_trouble(&grad_h, false, t);
        self.found.grad_h.push(norm(&grad_h));
        let units: Vec<f32> = grad_h.iter().copied().take(self.hidden).collect();
        self.found.units.extend(units.into_iter().rev());
        if !self.c.is_empty() {
            self.found.grad_c.push(norm(&self.grad_c));
        }
        let Some(trace) = self.traces.pop() else { return Ok(()) };
        self.follow_gate(&trace, &upstream);

        let c_n = (!self.c.is_empty()).then(|| self.grad_c.view());
        let given = Upstream { output: None, h_n: Some(grad_h.view()), c_n };
        let gradients = BackwardRun::new(&self.module, x, self.states(t), trace, given)?.finish();
        self.grad_h = gradients.h_0;
        if let Some(grad_c) = gradients.c_0 {
            self.grad_c = grad_c;
        }
        self.found.grad_x.push(norm(&gradients.input));
        if self.parameters.is_empty() {
            self.parameters = gradients.parameters;
        } else {
            for ((_, sum), (_, gradient)) in self.parameters.iter_mut().zip(&gradients.parameters) {
                *sum += gradient;
            }
        }
        Ok(())
    }

    /// Follows the gradient that came by the gate alone over one more step.
    fn follow_gate(&mut self, trace: &Trace<f32>, upstream: &ArrayD<f32>) {
        let of_trace = |quantity| {
            let values = trace.get(0, false, quantity)?;
            Some(values.iter().copied().map(f64::from).collect::<Vec<_>>())
        };
        let upstream = upstream.iter().copied().map(f64::from);
        let gate = if let Some(z) = of_trace(Quantity::Z) {
            // dL/dh_t is what the steps after it say and what the loss says.
            for (carried, upstream) in self.carried.iter_mut().zip(upstream) {
                *carried += upstream;
            }
            self.found.carried.push(euclidean(&self.carried));
            z
        } else {
            let of_lstm = [Quantity::F, Quantity::O, Quantity::TanhC].map(of_trace);
            let [Some(f), Some(o), Some(tanh_c)] = of_lstm else { return };
            // c.grad is what the steps after it say; what the loss says comes by h = o * tanh(c).
            self.found.carried.push(euclidean(&self.carried));
            let by_h = upstream.zip(o.iter().zip(&tanh_c));
            for (carried, (upstream, (o, tanh_c))) in self.carried.iter_mut().zip(by_h) {
                *carried += upstream * o * (1.0 - tanh_c * tanh_c);
            }
            f
        };
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        self.found.mean.push(mean(&gate));
        self.found.product.push(mean(&self.product));
        for ((carried, product), gate) in self.carried.iter_mut().zip(&mut self.product).zip(&gate) {
            *carried *= gate;
            *product *= gate;
        }
    }

    fn note_trouble(&mut self, tensor: &ArrayD<f32>, forward: bool, t: usize) {
        if self.found.trouble.is_none() && tensor.iter().any(|element| !element.is_finite()) {
            self.found.trouble = Some(BrokenAt { forward, step: t as u32 });
        }
    }

    pub(super) fn finish(self, module: ModuleKind) -> ModuleGradients {
        let mut found = self.found;
        for steps in [
            &mut found.grad_h,
            &mut found.grad_x,
            &mut found.grad_c,
            &mut found.mean,
            &mut found.product,
            &mut found.carried,
        ] {
            steps.reverse();
        }
        found.units.reverse();
        let has_gate = !found.mean.is_empty();
        let gate = KeepingGate { mean: found.mean, product: found.product, carried: found.carried };
        let parameters: Vec<ParameterGradient> = self
            .parameters
            .iter()
            .map(|(name, gradient)| ParameterGradient {
                tensor: NamedTensor::of(name.as_str(), &gradient.view()),
                norm: norm(gradient),
            })
            .collect();
        let (first, last) = (found.grad_h[0], found.grad_h[self.steps - 1]);
        let ratio = first / last;
        ModuleGradients {
            module,
            loss: self.loss,
            grad_c: (!self.c.is_empty()).then_some(found.grad_c),
            gate: has_gate.then_some(gate),
            total_norm: norm_of_norms(&parameters),
            parameters,
            rate: (self.steps > 1 && ratio > 0.0 && ratio.is_finite())
                .then(|| ratio.powf(1.0 / (self.steps - 1) as f64)),
            remains: ratio.is_finite().then_some(ratio),
            fate: match ratio {
                _ if found.trouble.is_some() => Fate::Broken,
                ratio if ratio < 1e-3 => Fate::Vanishes,
                ratio if ratio > 1e3 => Fate::Explodes,
                _ => Fate::Holds,
            },
            grad_h: found.grad_h,
            grad_x: found.grad_x,
            units: found.units,
            trouble: found.trouble,
        }
    }
}

/// A module as it is drawn, and then changed.
fn changed_module<C: Options>(
    config: C,
    generator: &mut TorchGenerator,
    change: impl FnMut(&str, &mut [f32]),
) -> Result<Module<f32>, LabError> {
    let mut module = Recurrent::new(config, generator)?;
    module.change(change)?;
    Ok(module.as_ref().clone())
}

fn euclidean(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>().sqrt()
}

fn norm_of_norms(parameters: &[ParameterGradient]) -> f64 {
    parameters.iter().map(|parameter| parameter.norm.powi(2)).sum::<f64>().sqrt()
}
