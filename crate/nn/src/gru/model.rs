use ndarray::ArrayViewD;

use super::{
    BackwardRun, CallOptions, DropoutMask, ForwardRun, Gradients, GruConfig, Output, Real, RecurrentError,
    Trace, Upstream, Variant,
};
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
        Ok(ForwardRun::new(self, input, CallOptions::of(h_0))?.finish())
    }

    /// [`Gru::forward`] in training mode: every layer but the last has its output multiplied by the mask before
    /// the next one reads it. `h_n` and a trace hold what the layers computed, not what was dropped.
    ///
    /// # Errors
    /// As [`Gru::forward`]; [`RecurrentError::MaskShape`] for the mask of another call.
    pub fn forward_training(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Output<T>, RecurrentError> {
        Ok(ForwardRun::new(self, input, CallOptions::of(h_0).training(mask))?.finish())
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
        Ok(ForwardRun::new(self, input, CallOptions::of(h_0).traced())?.finish())
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
        Ok(BackwardRun::new(self, input, CallOptions::of(h_0), trace, upstream)?.finish())
    }

    /// [`Gru::backward`] over a call in training mode, with its trace and mask.
    ///
    /// # Errors
    /// As [`Gru::backward`]; [`RecurrentError::MaskShape`] for the mask of another call.
    pub fn backward_training(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        (trace, mask): (Trace<T>, &DropoutMask<T>),
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, RecurrentError> {
        let options = CallOptions::of(h_0).training(mask);
        Ok(BackwardRun::new(self, input, options, trace, upstream)?.finish())
    }
}
