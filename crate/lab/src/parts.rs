use ndarray::{ArrayD, ArrayViewD};
use serde::Serialize;
use thiserror::Error;

use super::printed;
use nn::cost::{Count, LIMIT_BYTES, Refusal};
use nn::gru::sequence::{row_major, shaped};
use nn::gru::{Options, Recurrent, RecurrentError};
use nn::packed::PackedError;
use nn::rnn::CellError;
use rng::TorchGenerator;

/// Why a room cannot compute what was set: a caller's misuse, for the page keeps within the bounds.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LabError {
    /// A size of 0, or one beyond a room's bound.
    #[error("{name} must be in [1, {most}], got {got}")]
    Size {
        /// Its name.
        name: &'static str,
        /// The largest one.
        most: u64,
        /// The one given.
        got: u64,
    },
    /// A factor or bias that is not a number.
    #[error("{name} must be a finite number")]
    NotANumber {
        /// Its name.
        name: &'static str,
    },
    /// What is wrong with a module or its call, or too large.
    #[error(transparent)]
    Module(#[from] RecurrentError),
    /// The same of a single cell.
    #[error(transparent)]
    Cell(#[from] CellError),
    /// What packing could not do.
    #[error(transparent)]
    Packed(#[from] PackedError),
    /// More memory than a room may take.
    #[error(transparent)]
    TooLarge(#[from] Refusal),
}

/// A tensor as a room lists it: its name, its shape and its first numbers as `PyTorch` prints them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct NamedTensor {
    /// `weight_ih_l0`, `out`.
    pub name: String,
    /// The shape.
    pub shape: Vec<u32>,
    /// `print(tensor.flatten()[:3])`.
    pub first: String,
}

/// How many numbers of a tensor are listed.
pub(crate) const FIRST: usize = 3;

impl NamedTensor {
    pub(super) fn of(name: impl Into<String>, tensor: &ArrayViewD<'_, f32>) -> Self {
        let first: Vec<f32> = tensor.iter().copied().take(FIRST).collect();
        let shape = tensor.shape().iter().map(|&size| size as u32).collect();
        NamedTensor { name: name.into(), shape, first: printed::floats(&first) }
    }
}

/// Refuses a size that is not in [1, most].
pub(super) fn check_size(name: &'static str, got: u64, most: u64) -> Result<(), LabError> {
    if (1..=most).contains(&got) { Ok(()) } else { Err(LabError::Size { name, most, got }) }
}

/// Refuses more memory than a room may take.
pub(super) fn check_bytes(bytes: Count) -> Result<(), LabError> {
    Ok(bytes.within(LIMIT_BYTES)?)
}

/// `torch.randn(shape)`.
pub(super) fn randn(shape: &[usize], generator: &mut TorchGenerator) -> ArrayD<f32> {
    generator.randn(shape)
}

/// `(a - b).abs().max()`.
pub(super) fn largest_difference<'a>(
    a: impl IntoIterator<Item = &'a f32>,
    b: impl IntoIterator<Item = &'a f32>,
) -> f64 {
    a.into_iter().zip(b).map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max)
}

/// `tensor.norm()`, summed in double.
pub(super) fn norm<'a>(elements: impl IntoIterator<Item = &'a f32>) -> f64 {
    elements.into_iter().map(|&element| f64::from(element).powi(2)).sum::<f64>().sqrt()
}

/// Changes parameters in place, by name.
pub(super) trait Parameters {
    fn change(&mut self, change: impl FnMut(&str, &mut [f32])) -> Result<(), RecurrentError>;
}

/// `parameters` with every one changed.
fn changed<'a>(
    parameters: impl Iterator<Item = (String, ArrayViewD<'a, f32>)>,
    mut change: impl FnMut(&str, &mut [f32]),
) -> Vec<(String, ArrayD<f32>)> {
    let change = |(name, tensor): (String, ArrayViewD<'a, f32>)| {
        let mut elements = row_major(&tensor);
        change(&name, &mut elements);
        (name, shaped(tensor.shape().to_vec(), elements))
    };
    parameters.map(change).collect()
}

fn views(parameters: &[(String, ArrayD<f32>)]) -> impl Iterator<Item = (String, ArrayViewD<'_, f32>)> {
    parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()))
}

impl<C: Options> Parameters for Recurrent<f32, C> {
    fn change(&mut self, change: impl FnMut(&str, &mut [f32])) -> Result<(), RecurrentError> {
        let parameters = changed(self.state_dict(), change);
        self.load_state_dict(views(&parameters))
    }
}
