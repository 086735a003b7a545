//! `nn.Linear`.

use ndarray::ArrayViewD;

use crate::fault::Fault;
use crate::generator::{Init, SharedStream};
use crate::read::{Readable, read};
use crate::tensor::{TensorData, TypedArray};
use gru_playground::train::{self, LinearOptions};

/// `nn.Linear`.
pub struct LinearLayer {
    linear: train::Linear<f32>,
    has_bias: bool,
}

/// Its options.
///
/// # Errors
/// `ArgumentError` for options that are none.
pub fn config(options: impl Readable) -> Result<LinearOptions, Fault> {
    read("options", options)
}

/// `nn.Linear(...)`, weights drawn as `PyTorch` draws them.
///
/// # Errors
/// `ConfigError` for a size of 0, `TooLargeError` beyond 512 MB.
#[allow(clippy::needless_pass_by_value, reason = "as all modules are drawn")]
pub fn drawn(config: LinearOptions, init: Init<impl Into<SharedStream>>) -> Result<LinearLayer, Fault> {
    let linear = train::Linear::drawn(&config, &mut *init.stream().borrow())?;
    Ok(LinearLayer { linear, has_bias: config.bias })
}

impl LinearLayer {
    /// `weight` and `bias`.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, f32>)> {
        self.linear.state_dict().into_iter().take(1 + usize::from(self.has_bias))
    }

    /// `input W^T + b`: (*, `in_features`) to (*, `out_features`).
    ///
    /// # Errors
    /// `ShapeError` for another last axis, `TooLargeError` beyond 512 MB, `ArgumentError`.
    pub fn forward<A: TypedArray<f32>>(&self, input: &TensorData<A>) -> Result<TensorData<A>, Fault> {
        let input = input.to_array("input")?;
        if input.ndim() == 0 {
            return Err(Fault::argument("input", "has no axis"));
        }
        Ok(TensorData::of(&self.linear.call(&input.view())?.view()))
    }
}
