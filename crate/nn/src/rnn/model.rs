use ndarray::ArrayViewD;
use num::Real;

use super::RnnConfig;
use crate::error::RecurrentError;
use crate::module::Recurrent;
use crate::run::{CallOptions, Gradients, Output, Upstream};
use crate::trace::Trace;

/// `nn.RNN` or `nn.LSTM`, its parameters held as T.
pub type Rnn<T> = Recurrent<T, RnnConfig>;

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
        self.call(input, CallOptions { c_0, ..CallOptions::of(h_0) })
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
        self.call(input, CallOptions { c_0, ..CallOptions::of(h_0).traced() })
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states: backpropagation through time
    /// over a call of [`Rnn::forward_traced`] with the same arguments.
    ///
    /// # Errors
    /// As [`Rnn::forward`]; [`RecurrentError::GradientShape`] and [`RecurrentError::TraceShape`].
    pub fn backward(
        &self,
        input: ArrayViewD<'_, T>,
        (h_0, c_0): (Option<ArrayViewD<'_, T>>, Option<ArrayViewD<'_, T>>),
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, RecurrentError> {
        self.backward_call(input, CallOptions { c_0, ..CallOptions::of(h_0) }, trace, upstream)
    }
}
