use ndarray::{ArrayD, ArrayViewD};

use super::cell::{Cell, CellGradients};
use super::sequence::{row_major, shaped};
use super::{GruConfig, ParameterSpec, Real, ShapeMismatch, StateDictError};
use crate::rng::Generator;

/// The values of a module's parameters, in the order of [`GruConfig::parameters`], each contiguous.
#[derive(Debug, PartialEq)]
pub(super) struct StateDict<T> {
    tensors: Vec<ArrayD<T>>,
    hidden_size: usize,
    tensors_per_cell: usize,
}

impl<T: Real> StateDict<T> {
    /// Draws every parameter uniformly from ±1/sqrt(H), in `PyTorch`'s order.
    pub fn random(config: &GruConfig, generator: &mut impl Generator<T>) -> Self {
        let bound = 1.0 / (config.hidden_size as f64).sqrt();
        let (low, high) = (T::from_f64(-bound), T::from_f64(bound));
        let draw = |spec: ParameterSpec| {
            let shape = dimensions(&spec);
            let size = shape.iter().product();
            shaped(shape, (0..size).map(|_| generator.uniform(low, high)).collect())
        };
        StateDict::new(config, config.parameters().map(draw).collect())
    }

    /// Copies every parameter from tensors by name; of two with one name the later counts.
    pub fn copied<'a>(
        config: &GruConfig,
        offered: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, StateDictError> {
        let mut error = StateDictError::default();
        let mut found: Vec<Option<ArrayViewD<'a, T>>> = config.parameters().map(|_| None).collect();
        for (name, tensor) in offered {
            match config.place(&name) {
                Some(place) => found[place] = Some(tensor),
                None => error.unexpected.push(name),
            }
        }
        let mut tensors = Vec::new();
        for (spec, tensor) in config.parameters().zip(found) {
            let (name, expected) = (spec.name(), dimensions(&spec));
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
        if error.is_empty() { Ok(StateDict::new(config, tensors)) } else { Err(error) }
    }

    fn new(config: &GruConfig, tensors: Vec<ArrayD<T>>) -> Self {
        StateDict {
            tensors,
            hidden_size: config.hidden_size as usize,
            tensors_per_cell: config.tensors_per_cell(),
        }
    }

    /// Every parameter zero.
    pub fn zeros(config: &GruConfig) -> Self {
        let zeros = |spec: ParameterSpec| {
            let shape = dimensions(&spec);
            let size = shape.iter().product();
            shaped(shape, vec![T::zero(); size])
        };
        StateDict::new(config, config.parameters().map(zeros).collect())
    }

    pub fn tensors(&self) -> impl Iterator<Item = ArrayViewD<'_, T>> {
        self.tensors.iter().map(|tensor| tensor.view())
    }

    /// The parameters of one layer and direction; `index` is layer * D + direction.
    pub fn cell(&self, index: usize) -> Cell<'_, T> {
        let first = index * self.tensors_per_cell;
        let slice = |offset: usize| {
            self.tensors[first + offset].as_slice().expect("every tensor is made in standard layout")
        };
        let biases = (self.tensors_per_cell == 4).then(|| (slice(2), slice(3)));
        Cell::new(self.hidden_size, slice(0), slice(1), biases)
    }

    /// The same, to be added to.
    pub fn cell_mut(&mut self, index: usize) -> CellGradients<'_, T> {
        let first = index * self.tensors_per_cell;
        let mut slices = self.tensors[first..][..self.tensors_per_cell]
            .iter_mut()
            .map(|tensor| tensor.as_slice_mut().expect("every tensor is made in standard layout"));
        let mut next = || slices.next().expect("two or four tensors");
        let (weight_ih, weight_hh) = (next(), next());
        let biases = (self.tensors_per_cell == 4).then(|| (next(), next()));
        CellGradients { weight_ih, weight_hh, biases }
    }

    pub fn into_tensors(self) -> Vec<ArrayD<T>> {
        self.tensors
    }
}

/// The shape of a parameter of a module that is known to fit.
fn dimensions(spec: &ParameterSpec) -> Vec<usize> {
    spec.shape().into_iter().map(|size| size as usize).collect()
}
