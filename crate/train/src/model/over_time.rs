use ndarray::{ArrayD, ArrayViewD, Axis, Slice};

use super::{Input, Model};
use crate::{Criterion, TrainError, to_f64};
use nn::gru::memory::Memory;
use nn::gru::{CallOptions, Options, Quantity, RecurrentError, Trace, Upstream};

/// What a model of one layer keeps over the steps of a sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct OverTime {
    /// The state after each step of the first sample, (L, H): an LSTM's cell state, else the hidden state.
    pub states: Vec<f32>,
    /// The norm of the loss's gradient by that state of all samples, after each step: (L).
    pub gradient: Vec<f64>,
    /// What the head gives for the first sample: (`out_features`).
    pub answer: Vec<f32>,
}

impl Model<f32> {
    /// What becomes of the state and of the loss's gradient by it; of a `batch_first` model of one layer in one direction.
    ///
    /// `dL/dh_t` is the gradient by `h_0` of a call over the steps after t that begins with `h_t`. An LSTM's `dL/dc_t` has that
    /// by `h_t` in it, which is `o_t tanh(c_t)`.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub(crate) fn over_time(
        &self,
        input: &Input<f32>,
        criterion: &Criterion<f32>,
    ) -> Result<OverTime, TrainError> {
        let (x, layout) = self.embedded(&mut Memory::default(), input)?;
        let x = x.into_owned();
        let module = &self.recurrent;
        let hidden = module.config().base.hidden_size as usize;
        let has_cell = module.config().plan().equations.has_cell_state();
        let output = module.call(x.view(), CallOptions::default().traced())?;
        let trace = output.trace.ok_or(TrainError::Input)?;
        let last: Vec<f32> = output.h_n.iter().copied().collect();
        let predictions = self.fc.forward(&last);
        let loss = criterion.judge_predictions(&predictions, self.out_features())?;
        let shape = vec![1, layout.batch, hidden];
        let grad_last = array(shape.clone(), self.fc.backward(&last, &loss.gradient).x)?;

        let of = |quantity, t| at(&trace, quantity, t).and_then(|state| array(shape.clone(), state));
        let kept = if has_cell { Quantity::C } else { Quantity::H };
        let (mut states, mut gradient) = (Vec::new(), Vec::new());
        for t in 0..layout.steps {
            states.extend(at(&trace, kept, t)?.into_iter().take(hidden));
            let (mut by_h, mut by_c) = (grad_last.clone(), None);
            if t + 1 < layout.steps {
                let rest = x.slice_axis(Axis(1), Slice::from(t + 1..));
                let h = of(Quantity::H, t)?;
                let c = if has_cell { Some(of(Quantity::C, t)?) } else { None };
                let options = || CallOptions {
                    h_0: Some(h.view()),
                    c_0: c.as_ref().map(|c| c.view()),
                    ..CallOptions::default()
                };
                let traced = module.call(rest.view(), options().traced())?.trace.ok_or(TrainError::Input)?;
                let upstream = Upstream { h_n: Some(grad_last.view()), ..Upstream::default() };
                let gradients = module.backward_call(rest.view(), options(), traced, upstream)?;
                (by_h, by_c) = (gradients.h_0, gradients.c_0);
            }
            if has_cell {
                // h_t = o_t tanh(c_t)
                let (o, tanh_c) = (of(Quantity::O, t)?, of(Quantity::TanhC, t)?);
                let through_h = by_h * o * tanh_c.mapv(|tanh_c| 1.0 - tanh_c * tanh_c);
                by_h = by_c.map_or(through_h.clone(), |by_c| by_c + through_h);
            }
            gradient.push(norm(&by_h.view()));
        }
        let answer = predictions[..self.out_features()].to_vec();
        Ok(OverTime { states, gradient, answer })
    }
}

/// One quantity of all samples after a step: (N, H), row-major.
fn at(trace: &Trace<f32>, quantity: Quantity, t: usize) -> Result<Vec<f32>, TrainError> {
    let values = trace.get(0, false, quantity).ok_or(TrainError::Input)?;
    Ok(values.index_axis(Axis(0), t).iter().copied().collect())
}

fn array(shape: Vec<usize>, elements: Vec<f32>) -> Result<ArrayD<f32>, TrainError> {
    ArrayD::from_shape_vec(shape, elements).map_err(|_| TrainError::Gru(RecurrentError::NoPlace))
}

fn norm(of: &ArrayViewD<'_, f32>) -> f64 {
    of.iter().map(|&number| to_f64(number).powi(2)).sum::<f64>().sqrt()
}
