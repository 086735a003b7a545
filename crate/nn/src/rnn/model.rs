use std::sync::Arc;

use ndarray::ArrayViewD;

use super::cell::Cell;
use super::{
    RnnArguments, RnnBackwardRun, RnnConfig, RnnGradients, RnnOutput, RnnRun, RnnTrace, RnnUpstream,
};
use crate::cost::LIMIT_BYTES;
use crate::gru::state_dict::StateDict;
use crate::gru::{DropoutMask, GruError, ParameterKind, Real};
use rng::Generator;

/// `nn.RNN` or `nn.LSTM`, its parameters held as T.
///
/// A clone shares the parameters until either loads others.
#[derive(Debug, Clone, PartialEq)]
pub struct Rnn<T> {
    config: RnnConfig,
    parameters: Arc<StateDict<T>>,
}

impl<T: Real> Rnn<T> {
    /// A module whose parameters are drawn uniformly from ±1/sqrt(`hidden_size`), in `PyTorch`'s order.
    ///
    /// # Errors
    /// As [`RnnConfig::validate`]; [`GruError::TooLarge`] when the parameters exceed [`LIMIT_BYTES`].
    pub fn new(config: RnnConfig, generator: &mut impl Generator<T>) -> Result<Self, GruError> {
        check(&config, T::BYTES)?;
        let parameters = StateDict::random(&config.plan(), generator);
        Ok(Rnn::over(config, parameters))
    }

    /// A module with the given parameters, by their names in `PyTorch`'s state dict.
    ///
    /// # Errors
    /// As [`Rnn::new`] and [`Rnn::load_state_dict`].
    pub fn from_state_dict<'a>(
        config: RnnConfig,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, GruError> {
        check(&config, T::BYTES)?;
        let parameters = StateDict::copied(&config.plan(), tensors)?;
        Ok(Rnn::over(config, parameters))
    }

    /// A module over parameters of its shapes, whatever their names.
    pub(super) fn over(config: RnnConfig, parameters: StateDict<T>) -> Self {
        Rnn { config, parameters: Arc::new(parameters) }
    }

    /// The module's options.
    pub fn config(&self) -> &RnnConfig {
        &self.config
    }

    /// The parameters by name, in `PyTorch`'s order.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
        self.parameters.named()
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
        Ok(())
    }

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
    /// A [`GruError`] for shapes that do not fit, a `c_0` for an RNN, an empty sequence, or more memory than
    /// [`LIMIT_BYTES`].
    pub fn forward(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
    ) -> Result<RnnOutput<T>, GruError> {
        Ok(RnnRun::new(self, input, h_0, c_0)?.finish())
    }

    /// [`Rnn::forward`] in training mode: every layer but the last has its output multiplied by the mask before
    /// the next one reads it. The last states and a trace hold what the layers computed, not what was dropped.
    ///
    /// # Errors
    /// As [`Rnn::forward`]; [`GruError::MaskShape`] for the mask of another call.
    pub fn forward_training(
        &self,
        input: ArrayViewD<'_, T>,
        h_0: Option<ArrayViewD<'_, T>>,
        c_0: Option<ArrayViewD<'_, T>>,
        mask: &DropoutMask<T>,
    ) -> Result<RnnOutput<T>, GruError> {
        Ok(RnnRun::training(self, input, h_0, c_0, mask)?.finish())
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
    ) -> Result<RnnOutput<T>, GruError> {
        Ok(RnnRun::traced(self, input, h_0, c_0)?.finish())
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states: backpropagation through time
    /// over a call of [`Rnn::forward_traced`] with the same arguments.
    ///
    /// # Errors
    /// As [`Rnn::forward`]; [`GruError::GradientShape`] and [`GruError::TraceShape`].
    pub fn backward(
        &self,
        arguments: RnnArguments<'_, T>,
        trace: RnnTrace<T>,
        upstream: RnnUpstream<'_, T>,
    ) -> Result<RnnGradients<T>, GruError> {
        Ok(RnnBackwardRun::new(self, arguments, trace, upstream)?.finish())
    }

    /// [`Rnn::backward`] over a call in training mode, [`RnnRun::training_traced`], with its trace and mask.
    ///
    /// # Errors
    /// As [`Rnn::backward`]; [`GruError::MaskShape`] for the mask of another call.
    pub fn backward_training(
        &self,
        arguments: RnnArguments<'_, T>,
        of_call: (RnnTrace<T>, &DropoutMask<T>),
        upstream: RnnUpstream<'_, T>,
    ) -> Result<RnnGradients<T>, GruError> {
        Ok(RnnBackwardRun::training(self, arguments, of_call, upstream)?.finish())
    }

    /// The parameters of one layer and direction; `index` is layer * D + direction.
    pub(super) fn cell(&self, index: usize) -> Cell<'_, T> {
        let get = |kind| self.parameters.get(index, kind);
        let weight = |kind| get(kind).expect("every module has both weights");
        Cell {
            hidden_size: self.config.base.hidden_size as usize,
            weight_ih: weight(ParameterKind::WeightIh),
            weight_hh: weight(ParameterKind::WeightHh),
            biases: get(ParameterKind::BiasIh).zip(get(ParameterKind::BiasHh)),
            weight_hr: get(ParameterKind::WeightHr),
        }
    }
}

/// Whether a module of this configuration can be built.
fn check(config: &RnnConfig, element_bytes: u64) -> Result<(), GruError> {
    config.validate()?;
    config.cost(0, 0, element_bytes).parameter_bytes.within(LIMIT_BYTES)?;
    Ok(())
}
