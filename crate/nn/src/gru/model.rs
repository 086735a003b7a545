use ndarray::ArrayViewD;

use super::{CallOptions, Gradients, GruConfig, Output, Real, RecurrentError, Trace, Upstream, Variant};
use crate::cells::Equations;
use crate::module::Recurrent;

/// `nn.GRU`, its parameters held as T.
pub type Gru<T> = Recurrent<T, GruConfig>;

impl<T: Real> Gru<T> {
    /// The same parameters in another GRU than `PyTorch`'s.
    #[must_use]
    pub fn with_variant(self, variant: Variant) -> Self {
        self.with_equations(Equations::Gru(variant))
    }

    /// Which GRU it is.
    pub fn variant(&self) -> Variant {
        match self.equations() {
            Equations::Gru(variant) => variant,
            Equations::Of(_) => Variant::default(),
        }
    }

    /// `output, h_n = gru(input, h_0)`; an absent `h_0` is zero.
    ///
    /// | tensor | batched | `batch_first` | unbatched |
    /// |---|---|---|---|
    /// | `input` | (L, N, `H_in`) | (N, L, `H_in`) | (L, `H_in`) |
    /// | `h_0`, `h_n` | (D*`num_layers`, N, `H_out`) | the same | (D*`num_layers`, `H_out`) |
    /// | `output` | (L, N, D*`H_out`) | (N, L, D*`H_out`) | (L, D*`H_out`) |
    ///
    /// # Errors
    /// A [`RecurrentError`] for shapes that do not fit, an empty sequence, or more memory than
    /// [`LIMIT_BYTES`](crate::cost::LIMIT_BYTES).
    pub fn forward(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Output<T>, RecurrentError> {
        self.call(input, CallOptions::of(h_0))
    }

    /// [`Gru::forward`] that keeps every gate: the output's `trace` is there.
    ///
    /// # Errors
    /// As [`Gru::forward`]; the trace counts against the limit.
    pub fn forward_traced(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Output<T>, RecurrentError> {
        self.call(input, CallOptions::of(h_0).traced())
    }

    /// What `loss.backward()` leaves in the parameters, the input and `h_0`: backpropagation through time over
    /// a call of [`Gru::forward_traced`] with the same arguments.
    ///
    /// # Errors
    /// As [`Gru::forward`]; [`RecurrentError::GradientShape`] and [`RecurrentError::TraceShape`].
    pub fn backward(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, RecurrentError> {
        self.backward_call(input, CallOptions::of(h_0), trace, upstream)
    }
}
