//! Records of kind `packed`: sequences packed, run and padded again.

use std::collections::BTreeMap;

use gru_playground::gru::Gru;
use gru_playground::packed::{pack_padded_sequence, pad_packed_sequence};
use gru_playground::rnn::Rnn;
use serde::{Deserialize, Deserializer};

use super::cells::{Options, parameters};
use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// `pack_padded_sequence`, a module in evaluation mode, `pad_packed_sequence`.
#[derive(Debug, Deserialize)]
pub struct Packed {
    module: String,
    config: Options,
    lengths: Vec<i64>,
    enforce_sorted: bool,
    input: Tensor,
    h_0: Option<Tensor>,
    c_0: Option<Tensor>,
    state_dict: BTreeMap<String, Tensor>,
    #[serde(rename = "packed_data")]
    data: Tensor,
    #[serde(deserialize_with = "list")]
    batch_sizes: Tensor,
    #[serde(deserialize_with = "list")]
    sorted_indices: Tensor,
    #[serde(deserialize_with = "list")]
    unsorted_indices: Tensor,
    #[serde(rename = "packed_out_data")]
    out_data: Tensor,
    h_n: Tensor,
    c_n: Option<Tensor>,
    padded_out: Tensor,
    #[serde(deserialize_with = "list")]
    padded_lengths: Tensor,
}

/// A list of whole numbers as a tensor; an absent one is empty.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tensor, D::Error> {
    Ok(whole(&Option::<Vec<usize>>::deserialize(deserializer)?.unwrap_or_default()))
}

fn whole(list: &[usize]) -> Tensor {
    Tensor { shape: vec![list.len()], data: list.iter().map(|&element| element as f64).collect() }
}

impl Packed {
    /// What `PyTorch` answered; what is packed is only moved.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let near = Tolerance::Absolute(5e-6);
        let answers = [
            ("packed_data", Some(&self.data), Tolerance::SameF32),
            ("packed_out_data", Some(&self.out_data), near),
            ("h_n", Some(&self.h_n), near),
            ("c_n", self.c_n.as_ref(), near),
            ("padded_out", Some(&self.padded_out), near),
            ("batch_sizes", Some(&self.batch_sizes), Tolerance::Exact),
            ("sorted_indices", Some(&self.sorted_indices), Tolerance::Exact),
            ("unsorted_indices", Some(&self.unsorted_indices), Tolerance::Exact),
            ("padded_lengths", Some(&self.padded_lengths), Tolerance::Exact),
        ];
        let answers = answers.into_iter().filter_map(|(name, tensor, tolerance)| {
            tensor.map(|tensor| Expected { name: name.to_owned(), tensor, tolerance })
        });
        answers.collect()
    }

    /// What the core answers in f32.
    ///
    /// # Errors
    /// What it says instead.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let (input, parameters) = (array::<f32>(&self.input)?, parameters::<f32>(&self.state_dict)?);
        let tensors = parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let base = self.config.base();
        let packed = pack_padded_sequence(input.view(), &self.lengths, base.batch_first, self.enforce_sorted);
        let packed = packed.map_err(|error| error.to_string())?;
        let [h_0, c_0] = [&self.h_0, &self.c_0].map(|state| state.as_ref().map(array::<f32>).transpose());
        let (h_0, c_0) = (h_0?, c_0?);
        let (h_0, c_0) = (h_0.as_ref().map(|state| state.view()), c_0.as_ref().map(|state| state.view()));
        let result = if self.module == "GRU" {
            let gru = Gru::from_state_dict(base.clone(), tensors).map_err(|error| error.to_string())?;
            gru.forward_packed(&packed, h_0)
        } else {
            let rnn = Rnn::from_state_dict(self.config.of_module(&self.module)?, tensors);
            rnn.map_err(|error| error.to_string())?.forward_packed(&packed, h_0, c_0)
        };
        let result = result.map_err(|error| error.to_string())?;
        let padded = pad_packed_sequence(&result.output, base.batch_first, 0.0, None);
        let (padded, lengths) = padded.map_err(|error| error.to_string())?;
        let mut answers = vec![
            ("packed_data".to_owned(), tensor(&packed.data.view())),
            ("packed_out_data".to_owned(), tensor(&result.output.data.view())),
            ("h_n".to_owned(), tensor(&result.h_n.view())),
            ("padded_out".to_owned(), tensor(&padded.view())),
        ];
        let indices = |indices: &Option<Vec<usize>>| whole(indices.as_deref().unwrap_or_default());
        answers.extend([
            ("batch_sizes".to_owned(), whole(&packed.batch_sizes)),
            ("sorted_indices".to_owned(), indices(&packed.sorted_indices)),
            ("unsorted_indices".to_owned(), indices(&packed.unsorted_indices)),
            ("padded_lengths".to_owned(), whole(&lengths)),
        ]);
        answers.extend(result.c_n.iter().map(|c_n| ("c_n".to_owned(), tensor(&c_n.view()))));
        Ok(answers)
    }
}
