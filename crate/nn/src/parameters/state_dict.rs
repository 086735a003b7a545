use std::collections::BTreeMap;

use ndarray::{ArrayD, ArrayViewD};

use super::{ParameterSpec, Plan};
use crate::cells::{ParameterKind, WeightGradients, Weights};
use crate::error::{ShapeMismatch, StateDictError};
use crate::sequence::{row_major, shaped};
use num::Real;
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
        let parameters = plan.parameters().map(|spec| (plan.name(&spec), dimensions(&spec)));
        let tensors = fitting_tensors(plan.module, parameters, |name| plan.place(name), offered)?;
        let copies = tensors.iter().map(|tensor| shaped(tensor.shape().to_vec(), row_major(tensor)));
        Ok(StateDict { plan: *plan, tensors: copies.collect() })
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

    /// The parameters of one layer and direction; `index` is layer * D + direction.
    pub(crate) fn weights(&self, index: usize) -> Weights<'_, T> {
        let get = |kind| self.get(index, kind);
        let weight = |kind| get(kind).unwrap_or_default();
        Weights {
            hidden_size: self.plan.hidden_size as usize,
            weight_ih: weight(ParameterKind::WeightIh),
            weight_hh: weight(ParameterKind::WeightHh),
            bias_ih: get(ParameterKind::BiasIh),
            bias_hh: get(ParameterKind::BiasHh),
            weight_hr: weight(ParameterKind::WeightHr),
        }
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

    /// Those of one layer and direction, to be added to.
    pub(crate) fn weights_mut(&mut self, index: usize) -> WeightGradients<'_, T> {
        let kinds = self.plan.kinds;
        let mut tensors = self.tensors[index * kinds.len()..][..kinds.len()].iter_mut().map(of_array);
        let mut kinds = kinds.iter().peekable();
        // The kinds of a plan are in the order that is asked for here.
        let mut next = |kind| kinds.next_if_eq(&&kind).and_then(|_| tensors.next());
        WeightGradients {
            weight_ih: next(ParameterKind::WeightIh).unwrap_or_default(),
            weight_hh: next(ParameterKind::WeightHh).unwrap_or_default(),
            bias_ih: next(ParameterKind::BiasIh),
            bias_hh: next(ParameterKind::BiasHh),
            weight_hr: next(ParameterKind::WeightHr).unwrap_or_default(),
        }
    }

    /// The parameters themselves, in that order.
    pub fn into_tensors(self) -> Vec<ArrayD<T>> {
        self.tensors
    }
}

/// The tensors of a module's parameters, which have names and shapes, in their order; of two with one name the later
/// counts.
///
/// # Errors
/// A [`StateDictError`] that names what is missing, unexpected or of another shape.
pub fn fitting_tensors<'a, T: Real>(
    module: &'static str,
    parameters: impl Iterator<Item = (String, Vec<usize>)>,
    place: impl Fn(&str) -> Option<usize>,
    offered: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
) -> Result<Vec<ArrayViewD<'a, T>>, StateDictError> {
    let mut error = StateDictError { module, ..StateDictError::default() };
    let mut found = BTreeMap::new();
    for (name, tensor) in offered {
        match place(&name) {
            Some(place) => drop(found.insert(place, tensor)),
            None => error.unexpected.push(name),
        }
    }
    let mut tensors = Vec::new();
    for (index, (name, expected)) in parameters.enumerate() {
        match found.remove(&index) {
            None => error.missing.push(name),
            Some(tensor) if tensor.shape() == expected => tensors.push(tensor),
            Some(tensor) => {
                error.mismatched.push(ShapeMismatch { name, expected, got: tensor.shape().to_vec() });
            }
        }
    }
    if error.is_empty() { Ok(tensors) } else { Err(error) }
}

/// The shape of a parameter of a module that is known to fit.
fn dimensions(spec: &ParameterSpec) -> Vec<usize> {
    spec.shape().into_iter().map(|size| size as usize).collect()
}

fn of_array<T: Real>(tensor: &mut ArrayD<T>) -> &mut [T] {
    tensor.as_slice_mut().expect("every tensor is made in standard layout")
}
