//! Records of kind `dropout`: a call in training mode after `manual_seed`, and a `rand(1)` after it.

use std::collections::BTreeMap;

use gru_playground::gru::{DropoutMask, Gru, GruConfig};
use gru_playground::rng::{Generator, TorchGenerator};
use ndarray::ArrayD;
use serde::{Deserialize, Deserializer};

use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A call of `nn.GRU` in training mode.
#[derive(Debug, Deserialize)]
pub struct Dropout {
    /// The class: only GRU is checked.
    pub module: String,
    /// The module's options.
    pub config: GruConfig,
    /// Given to `manual_seed` before the call.
    pub seed: i64,
    /// The input.
    pub input: Tensor,
    /// The initial state, if given.
    pub h_0: Option<Tensor>,
    /// The parameters.
    pub state_dict: BTreeMap<String, Tensor>,
    /// The output.
    pub out: Tensor,
    /// The last states.
    pub h_n: Tensor,
    /// `rand(1)` after the call, which tells how many words it drew.
    #[serde(deserialize_with = "one_number")]
    pub next_rand: Tensor,
}

/// A bare number as a tensor of one element.
fn one_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tensor, D::Error> {
    Ok(Tensor { shape: vec![1], data: vec![f64::deserialize(deserializer)?] })
}

impl Dropout {
    /// Whether it can be checked.
    pub fn validate(&self) -> Result<(), String> {
        if self.module == "GRU" { Ok(()) } else { Err(format!("module {} is not supported", self.module)) }
    }

    /// What `PyTorch` answered; the number drawn afterwards must agree to the last bit.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let tensors =
            [("out", &self.out, 5e-6), ("h_n", &self.h_n, 5e-6), ("next_rand", &self.next_rand, 0.0)];
        let expected = |(name, tensor, tolerance): (&str, _, f64)| Expected {
            name: name.to_owned(),
            tensor,
            tolerance: Tolerance::Absolute(tolerance),
        };
        tensors.map(expected).into()
    }

    /// The stream as the call found it: after `manual_seed`, and, if the module and the input were drawn after
    /// that too, after these.
    fn generator(&self, gru: &Gru<f32>, input: &ArrayD<f32>) -> Result<TorchGenerator, String> {
        let mut generator = TorchGenerator::new(self.seed as u64);
        let fresh = generator.clone();
        let drawn = Gru::new(self.config.clone(), &mut generator).map_err(|error| error.to_string())?;
        let mut numbers = vec![0.0; input.len()];
        generator.fill_normal(&mut numbers);
        Ok(if drawn == *gru && input.iter().eq(&numbers) { generator } else { fresh })
    }

    /// What the core answers in f32.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let mut state_dict = BTreeMap::new();
        for (name, tensor) in &self.state_dict {
            state_dict.insert(name.clone(), array::<f32>(tensor)?);
        }
        let tensors = state_dict.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let gru = Gru::from_state_dict(self.config.clone(), tensors).map_err(|error| error.to_string())?;
        let input = array::<f32>(&self.input)?;
        let h_0 = self.h_0.as_ref().map(array::<f32>).transpose()?;

        let mut generator = self.generator(&gru, &input)?;
        let mask = DropoutMask::draw(&self.config, &self.input.shape, &mut generator);
        let mask = mask.map_err(|error| error.to_string())?;
        let output = gru.forward_training(input.view(), h_0.as_ref().map(|h_0| h_0.view()), &mask);
        let output = output.map_err(|error| error.to_string())?;
        let next: f32 = generator.uniform(0.0, 1.0);
        let next_rand = Tensor { shape: vec![1], data: vec![next.into()] };
        let [out, h_n] = [&output.output, &output.h_n].map(|array| tensor(&array.view()));
        let names = ["out", "h_n", "next_rand"].map(str::to_owned);
        Ok(names.into_iter().zip([out, h_n, next_rand]).collect())
    }
}
