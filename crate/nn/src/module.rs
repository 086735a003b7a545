use std::sync::Arc;

use ndarray::ArrayViewD;
use num::Real;
use rng::Generator;

use crate::cells::Equations;
use crate::cost::{Cost, Count, KernelBytes, LIMIT_BYTES};
use crate::error::RecurrentError;
use crate::kernels::{Packed, Sizes, sizes};
use crate::parameters::{Options, Plan, StateDict};
use crate::run::{BackwardRun, CallOptions, ForwardRun, Gradients, Output, Upstream};
use crate::sequence::Layout;
use crate::trace::Trace;

/// What the driver knows of a recurrent module: its equations, sizes and parameters.
///
/// A clone shares the parameters until those of either change.
#[derive(Debug, Clone, PartialEq)]
pub struct Module<T> {
    plan: Plan,
    parameters: Arc<StateDict<T>>,
    /// The parameters as the kernels read them; none are made before they are needed.
    packed: Packed,
}

impl<T: Real> Module<T> {
    /// One whose parameters are drawn uniformly from ±1/sqrt(`hidden_size`), in `PyTorch`'s order.
    pub(crate) fn random(plan: Plan, generator: &mut impl Generator<T>) -> Result<Self, RecurrentError> {
        check::<T>(&plan)?;
        Ok(Module::over(StateDict::random(&plan, generator)))
    }

    /// One with the given parameters, by their names.
    pub(crate) fn copied<'a>(
        plan: Plan,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, RecurrentError> {
        check::<T>(&plan)?;
        Ok(Module::over(StateDict::copied(&plan, tensors)?))
    }

    fn over(parameters: StateDict<T>) -> Self {
        Module { plan: *parameters.plan(), parameters: Arc::new(parameters), packed: Packed::default() }
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn parameters(&self) -> &StateDict<T> {
        &self.parameters
    }

    pub(crate) fn packed(&self) -> &Packed {
        &self.packed
    }

    /// The sizes that the kernels take, if they know the equations and what they add to what is needed anyway leaves it
    /// within the limit.
    pub(crate) fn kernels(
        &self,
        layout: Layout,
        needed: Count,
        added: impl Fn(&KernelBytes) -> u128,
    ) -> Option<Sizes> {
        if self.plan.equations != Equations::GRU {
            return None;
        }
        let bytes = KernelBytes::of_plan(&self.plan, layout.steps, layout.batch);
        let fits = (needed + Count::from(added(&bytes))).within(LIMIT_BYTES).is_ok();
        fits.then(|| sizes(&self.plan, layout))
    }
}

/// Whether a module's parameters fit.
fn check<T: Real>(plan: &Plan) -> Result<(), RecurrentError> {
    Ok(Cost::of_plan(plan, 0, 0, T::BYTES).parameter_bytes.within(LIMIT_BYTES)?)
}

/// A recurrent module with its options C, its parameters held as T: `nn.GRU` or one of the others.
///
/// A clone shares the parameters until those of either change.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrent<T, C> {
    config: C,
    module: Module<T>,
}

impl<T> AsRef<Module<T>> for Module<T> {
    fn as_ref(&self) -> &Module<T> {
        self
    }
}

impl<T, C> AsRef<Module<T>> for Recurrent<T, C> {
    fn as_ref(&self) -> &Module<T> {
        &self.module
    }
}

impl<T: Real, C: Options> Recurrent<T, C> {
    /// A module whose parameters are drawn uniformly from ±1/sqrt(`hidden_size`), in `PyTorch`'s order.
    ///
    /// # Errors
    /// As the options' `validate`; [`RecurrentError::TooLarge`] when the parameters exceed [`LIMIT_BYTES`].
    pub fn new(config: C, generator: &mut impl Generator<T>) -> Result<Self, RecurrentError> {
        config.validate()?;
        Ok(Recurrent { module: Module::random(config.plan(), generator)?, config })
    }

    /// A module with the given parameters, by their names in `PyTorch`'s state dict.
    ///
    /// # Errors
    /// As [`Recurrent::new`] and [`Recurrent::load_state_dict`].
    pub fn from_state_dict<'a>(
        config: C,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, RecurrentError> {
        config.validate()?;
        Ok(Recurrent { module: Module::copied(config.plan(), tensors)?, config })
    }

    /// The module's options.
    pub fn config(&self) -> &C {
        &self.config
    }

    /// The parameters by name, in `PyTorch`'s order.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
        self.module.parameters.named()
    }

    /// The elements of every parameter, in the order of the state dict.
    pub fn elements(&self) -> impl Iterator<Item = &[T]> {
        self.module.parameters.all()
    }

    /// The elements of every parameter, row-major, in the order of the state dict, to be changed; clones keep
    /// theirs.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        self.module.packed.outdate();
        Arc::make_mut(&mut self.module.parameters).all_mut()
    }

    /// Replaces every parameter, or, on an error, none.
    ///
    /// # Errors
    /// [`RecurrentError::StateDict`] names what is missing, unexpected or of another shape.
    pub fn load_state_dict<'a>(
        &mut self,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<(), RecurrentError> {
        self.module.parameters = Arc::new(StateDict::copied(self.module.parameters.plan(), tensors)?);
        self.module.packed.outdate();
        Ok(())
    }

    /// A call with all that it may be given: states, a mask, lengths, and what is to be kept.
    ///
    /// # Errors
    /// As [`ForwardRun::new`].
    pub fn call(
        &self,
        input: ArrayViewD<'_, T>,
        options: CallOptions<'_, T>,
    ) -> Result<Output<T>, RecurrentError> {
        Ok(ForwardRun::new(self, input, options)?.finish())
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states: backpropagation through time over a
    /// [`Recurrent::call`] with the same arguments, which left this trace.
    ///
    /// # Errors
    /// As [`BackwardRun::new`].
    pub fn backward_call(
        &self,
        input: ArrayViewD<'_, T>,
        options: CallOptions<'_, T>,
        trace: Trace<T>,
        upstream: Upstream<'_, T>,
    ) -> Result<Gradients<T>, RecurrentError> {
        Ok(BackwardRun::new(self, input, options, trace, upstream)?.finish())
    }

    pub(crate) fn equations(&self) -> Equations {
        self.module.plan.equations
    }

    pub(crate) fn with_equations(mut self, equations: Equations) -> Self {
        self.module.plan.equations = equations;
        self
    }
}
