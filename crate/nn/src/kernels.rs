//! What computes a pass, chosen here alone and by the number type: `nn.GRU` in float32 by the kernels of the room
//! `kernel`, in a build that has them; all else unit by unit, as the equations stand.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, OnceLock};

use crate::dropout::DropoutMask;
use crate::module::Module;
use crate::parameters::{Plan, StateDict};
use crate::sequence::{Layout, Order, Sequence};
use crate::trace::Trace;
use kernel::gru::{
    BackwardCall, BackwardPanels, BackwardPass, CellTrace, ForwardCall, ForwardPass, GruGradients,
    GruWeights, Panels,
};
use num::{Family, Real};

pub use kernel::gru::{Piece, Sizes};

/// The kernels' forward pass of `nn.GRU` with nothing done, if there is one for this type of numbers.
pub fn forward_kernel<T: Real>(sizes: Sizes) -> Option<Box<ForwardKernel<T>>> {
    struct Forwards;
    impl Family for Forwards {
        type Of<T: Real> = Box<ForwardKernel<T>>;
    }
    let make = || -> Box<ForwardKernel<f32>> { Box::new(ForwardPass::new(sizes)) };
    if cfg!(feature = "kernels") { T::if_single::<Forwards>(make) } else { None }
}

/// Their backward pass likewise.
pub fn backward_kernel<T: Real>(sizes: Sizes) -> Option<Box<BackwardKernel<T>>> {
    struct Backwards;
    impl Family for Backwards {
        type Of<T: Real> = Box<BackwardKernel<T>>;
    }
    let make = || -> Box<BackwardKernel<f32>> { Box::new(BackwardPass::new(sizes)) };
    if cfg!(feature = "kernels") { T::if_single::<Backwards>(make) } else { None }
}

/// What does the work of a run.
#[derive(Debug)]
pub enum Pass<K: ?Sized> {
    /// Each unit by its equations.
    Equations,
    /// The kernels, where they are.
    Kernels(Box<K>),
}

impl<K: ?Sized> Pass<K> {
    /// The kernels, if it is these.
    pub fn into_kernels(self) -> Option<Box<K>> {
        match self {
            Pass::Equations => None,
            Pass::Kernels(kernels) => Some(kernels),
        }
    }
}

impl<K: ?Sized> From<Option<Box<K>>> for Pass<K> {
    fn from(kernels: Option<Box<K>>) -> Self {
        kernels.map_or(Pass::Equations, Pass::Kernels)
    }
}

/// What a piece of a forward pass reads and writes.
pub struct Forward<'a, T> {
    pub module: &'a Module<T>,
    /// What the current layer reads.
    pub input: &'a Sequence<T>,
    /// What it writes.
    pub output: &'a mut Sequence<T>,
    /// `h_0`, overwritten by `h_n`.
    pub state: &'a mut [T],
    pub trace: Option<&'a mut Trace<T>>,
}

/// What a piece of a backward pass reads and writes.
pub struct Backward<'a, T> {
    pub module: &'a Module<T>,
    pub input: &'a Sequence<T>,
    pub h_0: &'a [T],
    pub trace: &'a Trace<T>,
    pub mask: Option<&'a DropoutMask<T>>,
    /// By what the current layer wrote.
    pub grad_output: &'a Sequence<T>,
    /// By what it read, added to.
    pub grad_input: &'a mut Sequence<T>,
    /// Whether anyone asks for that by the input of the first layer.
    pub wants_input: bool,
    /// By `h_n`, overwritten by that by `h_0`.
    pub grad_state: &'a mut [T],
    /// Added to.
    pub grad_parameters: &'a mut StateDict<T>,
}

/// A pass by kernels; C is what a piece of it reads and writes.
pub trait Kernel<C>: Debug + Send + Sync {
    /// Makes of a pass that is over one with nothing done.
    fn restart(&mut self);

    /// The current layer.
    fn layer(&self) -> usize;

    /// Does about so many multiply-adds.
    fn advance(&mut self, multiply_adds: u64, call: C) -> Piece;
}

/// A forward pass by kernels.
pub type ForwardKernel<T> = dyn for<'a> Kernel<Forward<'a, T>>;

/// A backward pass by kernels.
pub type BackwardKernel<T> = dyn for<'a> Kernel<Backward<'a, T>>;

impl Kernel<Forward<'_, f32>> for ForwardPass {
    fn restart(&mut self) {
        ForwardPass::restart(self);
    }

    fn layer(&self) -> usize {
        self.cell()[0]
    }

    fn advance(&mut self, multiply_adds: u64, call: Forward<'_, f32>) -> Piece {
        let Forward { module, input, output, state, trace } = call;
        let cell = self.cell();
        let trace = trace.and_then(|trace| {
            let (first, samples) = (trace.first().sample, trace.values().dim().4);
            trace.cell_elements_mut(cell).map(|values| CellTrace { values, first, samples })
        });
        let mut call = ForwardCall {
            panels: module.packed().forward(module.parameters()),
            input: input.elements(),
            output: output.elements_mut(),
            state,
            trace,
        };
        ForwardPass::advance(self, multiply_adds, &mut call)
    }
}

impl Kernel<Backward<'_, f32>> for BackwardPass {
    fn restart(&mut self) {
        BackwardPass::restart(self);
    }

    fn layer(&self) -> usize {
        self.cell()[0]
    }

    fn advance(&mut self, multiply_adds: u64, call: Backward<'_, f32>) -> Piece {
        let module = call.module;
        let [layer, direction] = self.cell();
        let index = layer * module.plan().directions as usize + direction;
        let gradients = call.grad_parameters.weights_mut(index);
        let mut call = BackwardCall {
            panels: module.packed().backward(module.parameters()),
            input: call.input.elements(),
            h_0: call.h_0,
            trace: call.trace.elements(),
            mask: call.mask.map(DropoutMask::values),
            grad_output: call.grad_output.elements(),
            grad_input: call.grad_input.elements_mut(),
            wants_input: call.wants_input,
            grad_state: call.grad_state,
            grad_weights: GruGradients {
                weight_ih: gradients.weight_ih,
                weight_hh: gradients.weight_hh,
                biases: gradients.bias_ih.zip(gradients.bias_hh),
            },
        };
        BackwardPass::advance(self, multiply_adds, &mut call)
    }
}

/// The sizes as the kernels take them.
pub fn sizes(plan: &Plan, layout: Layout) -> Sizes {
    let [input, hidden, layers, directions] =
        [plan.input_size, plan.hidden_size, plan.num_layers, plan.directions].map(|size| size as usize);
    let Layout { steps, batch, order } = layout;
    Sizes { input, hidden, layers, directions, steps, batch, batch_first: order == Order::BatchFirst }
}

/// A module's panels, made when they are first needed; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    forward: Arc<Lazy<Panels>>,
    backward: Arc<Lazy<BackwardPanels>>,
}

impl Packed {
    /// Those of a forward pass.
    fn forward(&self, parameters: &StateDict<f32>) -> &Panels {
        let hidden = parameters.plan().hidden_size as usize;
        self.forward.get(|panels| panels.pack(hidden, weights(parameters)))
    }

    /// Those of a backward pass.
    fn backward(&self, parameters: &StateDict<f32>) -> &BackwardPanels {
        let hidden = parameters.plan().hidden_size as usize;
        self.backward.get(|panels| panels.pack(hidden, weights(parameters)))
    }

    /// Tells that the weights change; clones keep what they have.
    pub fn outdate(&mut self) {
        Lazy::outdate(&mut self.forward);
        Lazy::outdate(&mut self.backward);
    }
}

/// The weights of every layer and direction.
fn weights(parameters: &StateDict<f32>) -> impl ExactSizeIterator<Item = GruWeights<'_>> {
    (0..parameters.plan().cells()).map(|index| {
        let weights = parameters.weights(index);
        GruWeights {
            weight_ih: weights.weight_ih,
            weight_hh: weights.weight_hh,
            biases: weights.bias_ih.zip(weights.bias_hh),
        }
    })
}

/// What is made when it is first needed, in the memory of what has become outdated.
#[derive(Debug, Default)]
struct Lazy<P> {
    made: OnceLock<P>,
    outdated: Mutex<Option<P>>,
}

impl<P: Default> Lazy<P> {
    fn get(&self, make: impl FnOnce(&mut P)) -> &P {
        self.made.get_or_init(|| {
            let outdated = self.outdated.lock().ok().and_then(|mut outdated| outdated.take());
            let mut made = outdated.unwrap_or_default();
            make(&mut made);
            made
        })
    }

    fn outdate(shared: &mut Arc<Self>) {
        let Some(lazy) = Arc::get_mut(shared) else {
            *shared = Arc::default();
            return;
        };
        if let Some(made) = lazy.made.take() {
            lazy.outdated = Mutex::new(Some(made));
        }
    }
}

impl PartialEq for Packed {
    /// Whether they are made tells nothing of a module.
    fn eq(&self, _: &Packed) -> bool {
        true
    }
}
