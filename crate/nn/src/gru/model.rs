use std::sync::Arc;

use ndarray::ArrayViewD;

use super::kernels::Packed;
use super::state_dict::StateDict;
use super::{
    BackwardRun, DropoutMask, ForwardRun, Gradients, GruConfig, GruError, Output, Real, Trace, Upstream,
    Variant,
};
use crate::cost::{Cost, LIMIT_BYTES};
use rng::Generator;

/// `nn.GRU`, its parameters held as T.
///
/// A clone shares the parameters until those of either change.
#[derive(Debug, Clone, PartialEq)]
pub struct Gru<T> {
    config: GruConfig,
    variant: Variant,
    parameters: Arc<StateDict<T>>,
    /// The parameters as the kernels read them; none are made before they are needed.
    packed: Packed,
}

impl<T: Real> Gru<T> {
    /// A module whose parameters are drawn uniformly from ±1/sqrt(`hidden_size`), in `PyTorch`'s order.
    ///
    /// # Errors
    /// As [`GruConfig::validate`]; [`GruError::TooLarge`] when the parameters exceed [`LIMIT_BYTES`].
    pub fn new(config: GruConfig, generator: &mut impl Generator<T>) -> Result<Self, GruError> {
        check(&config, T::BYTES)?;
        let parameters = StateDict::random(&config.plan(), generator);
        Ok(Gru::over(config, parameters))
    }

    /// A module with the given parameters, by their names in `PyTorch`'s state dict.
    ///
    /// # Errors
    /// As [`Gru::new`] and [`Gru::load_state_dict`].
    pub fn from_state_dict<'a>(
        config: GruConfig,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, GruError> {
        check(&config, T::BYTES)?;
        let parameters = StateDict::copied(&config.plan(), tensors)?;
        Ok(Gru::over(config, parameters))
    }

    /// A module over parameters of its shapes, whatever their names.
    pub fn over(config: GruConfig, parameters: StateDict<T>) -> Self {
        Gru {
            config,
            variant: Variant::default(),
            parameters: Arc::new(parameters),
            packed: Packed::default(),
        }
    }

    /// The same parameters in another GRU than `PyTorch`'s; it has no backward pass.
    #[must_use]
    pub fn with_variant(self, variant: Variant) -> Self {
        Gru { variant, ..self }
    }

    /// Which GRU it is.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// The module's options.
    pub fn config(&self) -> &GruConfig {
        &self.config
    }

    /// The parameters by name, in `PyTorch`'s order.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
        self.parameters.named()
    }

    /// The elements of every parameter, row-major, in the order of the state dict, to be changed; clones keep
    /// theirs.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        self.packed.outdate();
        Arc::make_mut(&mut self.parameters).all_mut()
    }

    /// Replaces every parameter, or, on an error, none.
    ///
    /// # Errors
    /// [`GruError::StateDict`] names what is missing, unexpected or of another shape.
    pub fn load_state_dict<'a>(
        &mut self,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<(), GruError> {
        self.parameters = Arc::new(StateDict::copied(&self.config.plan(), tensors)?);
        self.packed.outdate();
        Ok(())
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
    /// A [`GruError`] for shapes that do not fit, an empty sequence, or more memory than [`LIMIT_BYTES`].
    pub fn forward(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Output<T>, GruError> {
        Ok(ForwardRun::new(self, input, h_0)?.finish())
    }

    /// [`Gru::forward`] in training mode: every layer but the last has its output multiplied by the mask before
    /// the next one reads it. `h_n` and a trace hold what the layers computed, not what was dropped.
    ///
    /// # Errors
    /// As [`Gru::forward`]; [`GruError::MaskShape`] for the mask of another call.
    pub fn forward_training(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<Output<T>, GruError> {
        Ok(ForwardRun::training(self, input, h_0, mask)?.finish())
    }

    /// [`Gru::forward`] that keeps every gate: the output's `trace` is there.
    ///
    /// # Errors
    /// As [`Gru::forward`]; the trace counts against the limit.
    pub fn forward_traced(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<Output<T>, GruError> {
        Ok(ForwardRun::traced(self, input, h_0)?.finish())
    }

    /// What `loss.backward()` leaves in the parameters, the input and `h_0`: backpropagation through time over
    /// a call of [`Gru::forward_traced`] with the same arguments.
    ///
    /// # Errors
    /// As [`Gru::forward`]; [`GruError::GradientShape`] and [`GruError::TraceShape`].
    pub fn backward(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, GruError> {
        Ok(BackwardRun::new(self, input, h_0, trace, upstream)?.finish())
    }

    /// [`Gru::backward`] over a call in training mode, [`ForwardRun::training_traced`], with its trace and mask.
    ///
    /// # Errors
    /// As [`Gru::backward`]; [`GruError::MaskShape`] for the mask of another call.
    pub fn backward_training(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        of_call: (Trace<T>, &DropoutMask<T>),
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, GruError> {
        Ok(BackwardRun::training(self, input, h_0, of_call, upstream)?.finish())
    }

    pub(super) fn packed(&self) -> &Packed {
        &self.packed
    }

    /// The elements of every parameter, in the order of the state dict.
    pub fn elements(&self) -> impl Iterator<Item = &[T]> {
        self.parameters.all()
    }

    pub(super) fn parameters(&self) -> &StateDict<T> {
        &self.parameters
    }
}

/// Whether a module of this configuration can be built.
fn check(config: &GruConfig, element_bytes: u64) -> Result<(), GruError> {
    config.validate()?;
    Cost::of(config, 0, 0, element_bytes).parameter_bytes.within(LIMIT_BYTES)?;
    Ok(())
}
