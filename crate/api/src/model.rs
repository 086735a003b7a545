//! A model: an optional embedding, a GRU and a linear head on its last step.

use ndarray::ArrayViewD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::generator::{Init, SharedStream};
use crate::read::{Readable, read};
use crate::tensor::{NamedArrays, TensorData, TypedArray, tensor_of, views};
use gru_playground::train::{self, Input, ModelConfig, TrainError, as_tokens};

/// Tokens of shape (L, N), (N, L) or (L), for a model with an embedding.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Tokens {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its elements.
    #[cfg_attr(test, ts(type = "Integers"))]
    pub data: Vec<i64>,
}

/// `fc(gru(embedding(x))[0][:, -1])`, or `[-1]` if not `batch_first`; without an embedding it reads features.
pub struct ConfiguredModel {
    pub(crate) config: ModelConfig,
    pub(crate) model: train::Model<f32>,
}

/// The options of a model.
///
/// # Errors
/// `ArgumentError` for options that are none.
pub fn config(options: impl Readable) -> Result<ModelConfig, Fault> {
    read("options", options)
}

/// A model whose embedding, GRU and head are drawn in this order, as `PyTorch` draws them.
///
/// # Errors
/// `ConfigError` for impossible options, `TooLargeError` beyond 512 MB.
pub fn drawn(config: ModelConfig, init: Init<impl Into<SharedStream>>) -> Result<ConfiguredModel, Fault> {
    let model = train::Model::new(&config, &mut *init.stream().borrow())?;
    Ok(ConfiguredModel { config, model })
}

/// A model with given parameters: `embedding.weight`, `gru.weight_ih_l0` ..., `fc.weight`, `fc.bias`.
///
/// # Errors
/// As [`drawn`]; `StateDictError` for names or shapes that do not fit.
pub fn from_state_dict(config: ModelConfig, parameters: &NamedArrays) -> Result<ConfiguredModel, Fault> {
    let model = train::Model::from_state_dict(&config, views(parameters))?;
    Ok(ConfiguredModel { config, model })
}

impl ConfiguredModel {
    /// The parameters by name.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, f32>)> {
        self.model.state_dict()
    }

    /// `model(x)` in evaluation mode: (N, `out_features`), or (`out_features`) for unbatched input.
    ///
    /// # Errors
    /// `ShapeError` and `InputError` for what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
    pub fn forward<A: TypedArray<f32> + DeserializeOwned>(
        &self,
        x: impl Readable,
    ) -> Result<TensorData<A>, Fault> {
        let input = self.read_input::<A>("x", x)?;
        let pass = self.model.forward(&input, None)?;
        let out = self.model.out_features();
        let unbatched = match &input {
            Input::Features(features) => features.ndim() == 2,
            Input::Tokens { shape, .. } => shape.len() == 1,
        };
        let rows = pass.predictions.len() / out;
        Ok(tensor_of(if unbatched { vec![out] } else { vec![rows, out] }, pass.predictions))
    }

    /// Reads what this model reads.
    pub(crate) fn read_input<A: TypedArray<f32> + DeserializeOwned>(
        &self,
        argument: &str,
        x: impl Readable,
    ) -> Result<Input<f32>, Fault> {
        if self.config.embedding.is_none() {
            return Ok(Input::Features(read::<TensorData<A>>(argument, x)?.to_array(argument)?));
        }
        let Tokens { shape, data } = read(argument, x)?;
        Ok(Input::Tokens { shape, tokens: as_tokens(&data).ok_or(TrainError::Token)? })
    }
}
