//! Records of kind `packed`: sequences packed, run and padded again.

use std::collections::BTreeMap;

use gru_playground::gru::{Gru, Real};
use gru_playground::packed::{PackedSequence, pack_padded_sequence, pad_packed_sequence};
use gru_playground::rnn::Rnn;
use serde::Deserialize;

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
    batch_sizes: Vec<usize>,
    sorted_indices: Option<Vec<usize>>,
    unsorted_indices: Option<Vec<usize>>,
    #[serde(rename = "packed_out_data")]
    out_data: Tensor,
    h_n: Tensor,
    c_n: Option<Tensor>,
    padded_out: Tensor,
    padded_lengths: Vec<usize>,
}

impl Packed {
    /// What `PyTorch` answered; what is packed is only moved, and written in decimals of f32.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let near = Tolerance::Absolute(5e-6);
        let answers = [
            ("packed_data", Some(&self.data), Tolerance::UlpF32),
            ("packed_out_data", Some(&self.out_data), near),
            ("h_n", Some(&self.h_n), near),
            ("c_n", self.c_n.as_ref(), near),
            ("padded_out", Some(&self.padded_out), near),
        ];
        let answers = answers.into_iter().filter_map(|(name, tensor, tolerance)| {
            tensor.map(|tensor| Expected { name: name.to_owned(), tensor, tolerance })
        });
        answers.collect()
    }

    /// What the core answers in f32; the indices and lengths must be equal.
    ///
    /// # Errors
    /// What it says instead, or which of them differs.
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
        self.check_indices(&packed, &lengths)?;
        let mut answers = vec![
            ("packed_data".to_owned(), tensor(&packed.data.view())),
            ("packed_out_data".to_owned(), tensor(&result.output.data.view())),
            ("h_n".to_owned(), tensor(&result.h_n.view())),
            ("padded_out".to_owned(), tensor(&padded.view())),
        ];
        answers.extend(result.c_n.iter().map(|c_n| ("c_n".to_owned(), tensor(&c_n.view()))));
        Ok(answers)
    }

    fn check_indices<T: Real>(&self, packed: &PackedSequence<T>, lengths: &[usize]) -> Result<(), String> {
        let indices = [
            ("batch_sizes", Some(&self.batch_sizes), Some(&packed.batch_sizes)),
            ("sorted_indices", self.sorted_indices.as_ref(), packed.sorted_indices.as_ref()),
            ("unsorted_indices", self.unsorted_indices.as_ref(), packed.unsorted_indices.as_ref()),
            ("padded_lengths", Some(&self.padded_lengths), Some(&lengths.to_vec())),
        ];
        match indices.into_iter().find(|(_, expected, got)| expected != got) {
            Some((name, expected, got)) => Err(format!("{name}: expected {expected:?}, got {got:?}")),
            None => Ok(()),
        }
    }
}
