//! Records of kind `dropout`: a call in training mode after `manual_seed`, and a `rand(1)` after it.

use std::collections::BTreeMap;

use gru_playground::gru::{CallOptions, DropoutMask, Gru};
use gru_playground::rng::{Generator, TorchGenerator};
use gru_playground::rnn::{Rnn, RnnConfig};
use serde::{Deserialize, Deserializer};

use super::backward::{Options, mode};
use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A call of a module in training mode.
#[derive(Debug, Deserialize)]
pub struct Dropout {
    /// The class: GRU, RNN or LSTM.
    pub module: String,
    /// The module's options.
    pub config: Options,
    /// Given to `manual_seed` before the call.
    pub seed: i64,
    /// The input.
    pub input: Tensor,
    /// The initial state, if given.
    pub h_0: Option<Tensor>,
    /// An LSTM's initial cell state, if given.
    pub c_0: Option<Tensor>,
    /// The parameters.
    pub state_dict: BTreeMap<String, Tensor>,
    /// The output.
    pub out: Tensor,
    /// The last states.
    pub h_n: Tensor,
    /// An LSTM's last cell states.
    pub c_n: Option<Tensor>,
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
        mode(&self.module, &self.config).map(|_| ())
    }

    /// What `PyTorch` answered; the number drawn afterwards must agree to the last bit.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let mut tensors =
            vec![("out", &self.out, 5e-6), ("h_n", &self.h_n, 5e-6), ("next_rand", &self.next_rand, 0.0)];
        tensors.extend(self.c_n.iter().map(|c_n| ("c_n", c_n, 5e-6)));
        let expected = |(name, tensor, tolerance): (&str, _, f64)| Expected {
            name: name.to_owned(),
            tensor,
            tolerance: Tolerance::Absolute(tolerance),
        };
        tensors.into_iter().map(expected).collect()
    }

    /// Whether the module and the input are what is drawn from the seed, so that it was set before these.
    ///
    /// # Errors
    /// What is wrong with the module.
    pub fn drew_its_own(&self) -> Result<bool, String> {
        if mode(&self.module, &self.config)?.is_some() {
            return Ok(false);
        }
        let (gru, input) = self.draw(&mut TorchGenerator::new(self.seed as u64))?;
        let same = |numbers: &[f32], tensor: &Tensor| {
            numbers.iter().copied().eq(tensor.data.iter().map(|&element| element as f32))
        };
        let own_weights = gru.state_dict().all(|(name, tensor)| {
            let given = self.state_dict.get(&name);
            given.is_some_and(|given| tensor.as_slice().is_some_and(|numbers| same(numbers, given)))
        });
        Ok(own_weights && same(&input, &self.input))
    }

    /// A GRU and an input of these sizes.
    fn draw(&self, generator: &mut TorchGenerator) -> Result<(Gru<f32>, Vec<f32>), String> {
        let gru = Gru::new(self.config.base.clone(), generator).map_err(|error| error.to_string())?;
        let mut input = vec![0.0; self.input.data.len()];
        generator.fill_normal(&mut input);
        Ok((gru, input))
    }

    /// What the core answers in f32.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let mut state_dict = BTreeMap::new();
        for (name, tensor) in &self.state_dict {
            state_dict.insert(name.clone(), array::<f32>(tensor)?);
        }
        let tensors = state_dict.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let input = array::<f32>(&self.input)?;
        let [h_0, c_0] = [&self.h_0, &self.c_0].map(|state| state.as_ref().map(array::<f32>).transpose());
        let (h_0, c_0) = (h_0?, c_0?);
        let [h_0, c_0] = [&h_0, &c_0].map(|state| state.as_ref().map(|state| state.view()));
        let base = self.config.base.clone();

        let (mut generator, outputs) = match mode(&self.module, &self.config)? {
            None => {
                let gru = Gru::from_state_dict(base, tensors).map_err(|error| error.to_string())?;
                let mut generator = TorchGenerator::new(self.seed as u64);
                if self.drew_its_own()? {
                    self.draw(&mut generator)?;
                }
                let mask = DropoutMask::draw(gru.config(), input.shape(), &mut generator);
                let mask = mask.map_err(|error| error.to_string())?;
                let output = gru.call(input.view(), CallOptions::of(h_0).training(&mask));
                let output = output.map_err(|error| error.to_string())?;
                (generator, vec![("out", output.output), ("h_n", output.h_n)])
            }
            Some(mode) => {
                let config = RnnConfig { mode, base, proj_size: self.config.proj_size };
                let rnn = Rnn::from_state_dict(config, tensors).map_err(|error| error.to_string())?;
                let mut generator = TorchGenerator::new(self.seed as u64);
                let mask = DropoutMask::draw(rnn.config(), input.shape(), &mut generator);
                let mask = mask.map_err(|error| error.to_string())?;
                let output =
                    rnn.call(input.view(), CallOptions { c_0, ..CallOptions::of(h_0).training(&mask) });
                let output = output.map_err(|error| error.to_string())?;
                let c_n = output.c_n.map(|c_n| ("c_n", c_n));
                (generator, [("out", output.output), ("h_n", output.h_n)].into_iter().chain(c_n).collect())
            }
        };
        let next: f32 = generator.uniform(0.0, 1.0);
        let next_rand = ("next_rand".to_owned(), Tensor { shape: vec![1], data: vec![next.into()] });
        let outputs = outputs.into_iter().map(|(name, array)| (name.to_owned(), tensor(&array.view())));
        Ok(outputs.chain([next_rand]).collect())
    }
}
