//! The parameters of a module, by name and by place.

use ndarray::{ArrayD, ArrayViewD};

use super::cell::{Cell, CellGradients};
use super::plan::Plan;
use super::sequence::{row_major, shaped};
use super::{ParameterKind, ParameterSpec, Real, ShapeMismatch, StateDictError};
use rng::{Generator, init};

/// The values of a module's parameters, in the order of `PyTorch`'s state dict, each contiguous.
#[derive(Debug, Clone, PartialEq)]
pub struct StateDict<T> {
    plan: Plan,
    tensors: Vec<ArrayD<T>>,
}

impl<T: Real> StateDict<T> {
    /// Draws every parameter uniformly from ±1/sqrt(H), in `PyTorch`'s order.
    pub fn random(plan: &Plan, generator: &mut impl Generator<T>) -> Self {
        let draw = |spec: ParameterSpec| {
            let shape = dimensions(&spec);
            let mut elements = vec![T::zero(); shape.iter().product()];
            init::recurrent(plan.hidden_size, generator, &mut elements);
            shaped(shape, elements)
        };
        StateDict { plan: *plan, tensors: plan.parameters().map(draw).collect() }
    }

    /// Copies every parameter from tensors by name; of two with one name the later counts.
    ///
    /// # Errors
    /// A [`StateDictError`] that names what is missing, unexpected or of another shape.
    pub fn copied<'a>(
        plan: &Plan,
        offered: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, StateDictError> {
        let mut error = StateDictError { module: plan.module, ..StateDictError::default() };
        let mut found: Vec<Option<ArrayViewD<'a, T>>> = plan.parameters().map(|_| None).collect();
        for (name, tensor) in offered {
            match plan.place(&name) {
                Some(place) => found[place] = Some(tensor),
                None => error.unexpected.push(name),
            }
        }
        let mut tensors = Vec::new();
        for (spec, tensor) in plan.parameters().zip(found) {
            let (name, expected) = (plan.name(&spec), dimensions(&spec));
            match tensor {
                None => error.missing.push(name),
                Some(tensor) if tensor.shape() == expected => {
                    tensors.push(shaped(expected, row_major(&tensor)));
                }
                Some(tensor) => {
                    error.mismatched.push(ShapeMismatch { name, expected, got: tensor.shape().to_vec() });
                }
            }
        }
        if error.is_empty() { Ok(StateDict { plan: *plan, tensors }) } else { Err(error) }
    }

    /// Every parameter zero.
    pub fn zeros(plan: &Plan) -> Self {
        let zeros = |spec: ParameterSpec| {
            let shape = dimensions(&spec);
            let size = shape.iter().product();
            shaped(shape, vec![T::zero(); size])
        };
        StateDict { plan: *plan, tensors: plan.parameters().map(zeros).collect() }
    }

    /// What the names and shapes follow from.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Makes every element zero.
    pub fn clear(&mut self) {
        for tensor in self.all_mut() {
            tensor.fill(T::zero());
        }
    }

    /// The elements of every parameter.
    ///
    /// # Panics
    /// Never: every tensor is made in standard layout.
    pub fn all(&self) -> impl Iterator<Item = &[T]> {
        self.tensors.iter().map(|tensor| tensor.as_slice().expect("every tensor is made in standard layout"))
    }

    /// The parameters, in the order of `PyTorch`'s state dict.
    pub fn tensors(&self) -> impl Iterator<Item = ArrayViewD<'_, T>> {
        self.tensors.iter().map(|tensor| tensor.view())
    }

    /// The parameters by name.
    pub fn named(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
        self.plan.parameters().map(|spec| self.plan.name(&spec)).zip(self.tensors())
    }

    /// The parameters of one layer and direction of a GRU; `index` is layer * D + direction.
    pub(crate) fn cell(&self, index: usize) -> Cell<'_, T> {
        let biases = self.get(index, ParameterKind::BiasIh).zip(self.get(index, ParameterKind::BiasHh));
        let [weight_ih, weight_hh] = [ParameterKind::WeightIh, ParameterKind::WeightHh]
            .map(|kind| self.get(index, kind).expect("every module has both weights"));
        Cell::new(self.plan.hidden_size as usize, weight_ih, weight_hh, biases)
    }

    /// One parameter of one layer and direction, if the module has it.
    pub fn get(&self, index: usize, kind: ParameterKind) -> Option<&[T]> {
        let kinds = self.plan.kinds;
        let place = index * kinds.len() + kinds.iter().position(|&of_module| of_module == kind)?;
        self.tensors[place].as_slice()
    }

    /// Every parameter, to be changed.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        self.tensors.iter_mut().map(of_array)
    }

    /// Those of one layer and direction, in the order of the plan's kinds, to be added to.
    pub fn tensors_mut(&mut self, index: usize) -> impl Iterator<Item = &mut [T]> {
        let of_cell = self.plan.kinds.len();
        let tensors = self.tensors[index * of_cell..][..of_cell].iter_mut();
        tensors.map(of_array)
    }

    /// Those of one layer and direction of a GRU, to be added to.
    pub(crate) fn cell_mut(&mut self, index: usize) -> CellGradients<'_, T> {
        let with_biases = self.plan.kinds.len() == ParameterKind::ALL.len();
        let mut slices = self.tensors_mut(index);
        let mut next = || slices.next().expect("two or four tensors");
        let (weight_ih, weight_hh) = (next(), next());
        let biases = with_biases.then(|| (next(), next()));
        CellGradients { weight_ih, weight_hh, biases }
    }

    /// The parameters themselves, in that order.
    pub fn into_tensors(self) -> Vec<ArrayD<T>> {
        self.tensors
    }
}

/// The shape of a parameter of a module that is known to fit.
fn dimensions(spec: &ParameterSpec) -> Vec<usize> {
    spec.shape().into_iter().map(|size| size as usize).collect()
}

fn of_array<T: Real>(tensor: &mut ArrayD<T>) -> &mut [T] {
    tensor.as_slice_mut().expect("every tensor is made in standard layout")
}
