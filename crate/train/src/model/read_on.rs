use ndarray::ArrayD;

use super::{Input, Model};
use crate::TrainError;
use nn::gru::memory::Memory;
use nn::gru::{CallOptions, Real};

/// What a model says after some tokens, and the state in which it goes on reading.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadOn<T> {
    /// What the head gives after the last of them: (`out_features`).
    pub prediction: Vec<T>,
    /// The state after them: (layers, 1, H).
    pub state: ArrayD<T>,
}

impl<T: Real> Model<T> {
    /// Reads the tokens of one sequence, going on from a state, or from the beginning: `out, h = gru(embedding(tokens), h)`, then
    /// `fc(out[:, -1])`; of a `batch_first` model in one direction whose cell has no second state.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn read_on(&self, tokens: &[usize], state: Option<&ArrayD<T>>) -> Result<ReadOn<T>, TrainError> {
        let input = Input::Tokens { shape: vec![1, tokens.len()], tokens: tokens.to_vec() };
        let (x, _) = self.embedded(&mut Memory::default(), &input)?;
        let output = self.recurrent.call(x.view(), CallOptions::of(state.map(|h| h.view())))?;
        let hidden = self.recurrent.config().base.hidden_size as usize;
        let all: Vec<T> = output.h_n.iter().copied().collect();
        // The last layer's stands last.
        let prediction = self.fc.forward(&all[all.len() - hidden..]);
        Ok(ReadOn { prediction, state: output.h_n })
    }
}
