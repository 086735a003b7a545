use ndarray::{ArrayViewD, CowArray, IxDyn};
use num::Real;

use super::RnnConfig;
use crate::dropout::DropoutMask;
use crate::error::RecurrentError;
use crate::module::Recurrent;
use crate::run::{BackwardRun, CallOptions, ForwardRun, Gradients, Output, Upstream};
use crate::trace::Trace;

/// `nn.RNN` or `nn.LSTM`, its parameters held as T.
pub type Rnn<T> = Recurrent<T, RnnConfig>;

/// What a call of a module read: `rnn(input, h_0)` or `lstm(input, (h_0, c_0))`.
#[derive(Debug, Clone)]
pub struct RnnArguments<'a, T> {
    /// The input.
    pub input: CowArray<'a, T, IxDyn>,
    /// `h_0`; zero if absent.
    pub h_0: Option<ArrayViewD<'a, T>>,
    /// An LSTM's `c_0`; zero if absent.
    pub c_0: Option<ArrayViewD<'a, T>>,
}

impl<T: Real> Rnn<T> {
    /// `output, h_n = rnn(input, h_0)` or `output, (h_n, c_n) = lstm(input, (h_0, c_0))`; an absent state is
    /// zero.
    ///
    /// | tensor | batched | `batch_first` | unbatched |
    /// |---|---|---|---|
    /// | `input` | (L, N, `H_in`) | (N, L, `H_in`) | (L, `H_in`) |
    /// | `h_0`, `h_n` | (D*`num_layers`, N, R) | the same | (D*`num_layers`, R) |
    /// | `c_0`, `c_n` | (D*`num_layers`, N, H) | the same | (D*`num_layers`, H) |
    /// | `output` | (L, N, D*R) | (N, L, D*R) | (L, D*R) |
    ///
    /// # Errors
    /// A [`RecurrentError`] for shapes that do not fit, a `c_0` for an RNN, an empty sequence, or more memory than
    /// [`LIMIT_BYTES`](crate::cost::LIMIT_BYTES).
    pub fn forward(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Output<T>, RecurrentError> {
        Ok(ForwardRun::new(self, input, CallOptions { c_0, ..CallOptions::of(h_0) })?.finish())
    }

    /// [`Rnn::forward`] in training mode: every layer but the last has its output multiplied by the mask before
    /// the next one reads it. The last states and a trace hold what the layers computed, not what was dropped.
    ///
    /// # Errors
    /// As [`Rnn::forward`]; [`RecurrentError::MaskShape`] for the mask of another call.
    pub fn forward_training(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Output<T>, RecurrentError> {
        let options = CallOptions { c_0, ..CallOptions::of(h_0).training(mask) };
        Ok(ForwardRun::new(self, input, options)?.finish())
    }

    /// [`Rnn::forward`] that keeps every gate and state: the output's `trace` is there.
    ///
    /// # Errors
    /// As [`Rnn::forward`]; the trace counts against the limit.
    pub fn forward_traced(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Output<T>, RecurrentError> {
        let options = CallOptions { c_0, ..CallOptions::of(h_0).traced() };
        Ok(ForwardRun::new(self, input, options)?.finish())
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states: backpropagation through time
    /// over a call of [`Rnn::forward_traced`] with the same arguments.
    ///
    /// # Errors
    /// As [`Rnn::forward`]; [`RecurrentError::GradientShape`] and [`RecurrentError::TraceShape`].
    pub fn backward(
        &self,
        RnnArguments { input, h_0, c_0 }: RnnArguments<'_, T>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, RecurrentError> {
        let options = CallOptions { c_0, ..CallOptions::of(h_0) };
        Ok(BackwardRun::new(self, input, options, trace, upstream)?.finish())
    }

    /// [`Rnn::backward`] over a call in training mode, with its trace and mask.
    ///
    /// # Errors
    /// As [`Rnn::backward`]; [`RecurrentError::MaskShape`] for the mask of another call.
    pub fn backward_training(
        &self,
        RnnArguments { input, h_0, c_0 }: RnnArguments<'_, T>,
        (trace, mask): (Trace<T>, &DropoutMask<T>),
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, RecurrentError> {
        let options = CallOptions { c_0, ..CallOptions::of(h_0).training(mask) };
        Ok(BackwardRun::new(self, input, options, trace, upstream)?.finish())
    }
}
