use ndarray::{ArrayD, ArrayViewD};

use super::cell::Cell;
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
            ArrayD::from_shape_simple_fn(dimensions(&spec), || generator.uniform(low, high))
        };
        StateDict::new(config, config.parameters().map(draw).collect())
    }

    /// Copies every parameter from tensors by name; of two with one name the later counts.
    pub fn copied<'a>(
        config: &GruConfig,
        offered: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, StateDictError> {
        let offered: Vec<_> = offered.into_iter().collect();
        // Looked up by name in a sorted list: a map would weigh 3 KB more in wasm.
        let mut by_name: Vec<usize> = (0..offered.len()).collect();
        by_name.sort_unstable_by(|&a, &b| (&offered[a].0, a).cmp(&(&offered[b].0, b)));
        let find = |name: &str| {
            let after = by_name.partition_point(|&index| offered[index].0.as_str() <= name);
            let last = *by_name.get(after.checked_sub(1)?)?;
            (offered[last].0 == name).then_some(last)
        };
        let mut error = StateDictError::default();
        let mut tensors = Vec::new();
        let mut expected_ones = vec![false; offered.len()];
        for spec in config.parameters() {
            let (name, expected) = (spec.name(), dimensions(&spec));
            let Some(index) = find(&name) else {
                error.missing.push(name);
                continue;
            };
            expected_ones[index] = true;
            let tensor = &offered[index].1;
            if tensor.shape() == expected {
                tensors.push(tensor.as_standard_layout().into_owned());
            } else {
                error.mismatched.push(ShapeMismatch { name, expected, got: tensor.shape().to_vec() });
            }
        }
        for (index, (name, _)) in offered.iter().enumerate() {
            // Of one name only the last counts, so only the last can be unexpected.
            if !expected_ones[index] && find(name) == Some(index) {
                error.unexpected.push(name.clone());
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
}

/// The shape of a parameter of a module that is known to fit.
fn dimensions(spec: &ParameterSpec) -> Vec<usize> {
    spec.shape().into_iter().map(|size| size as usize).collect()
}
