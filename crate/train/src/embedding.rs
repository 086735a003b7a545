use ndarray::{ArrayD, ArrayViewD};
use nn::gru::sequence::{fill_zeros, shaped};
use nn::gru::{Real, RecurrentError};
use rng::{Generator, init};
use serde::Deserialize;

use super::linear::{within_limit, zeros};
use super::{TrainError, view};

/// The options of `nn.Embedding` under `PyTorch`'s names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct EmbeddingOptions {
    /// How many tokens there are.
    pub num_embeddings: usize,
    /// The features of each.
    pub embedding_dim: usize,
    /// The token whose row is zero.
    #[cfg_attr(feature = "types", ts(optional = nullable))]
    pub padding_idx: Option<usize>,
}

/// `nn.Embedding`: `y = W[token]`.
///
/// ```
/// use gru_playground_train::Embedding;
///
/// let embedding = Embedding::new(2, None, vec![1.0_f32, 2.0, 3.0, 4.0]);
/// assert_eq!(embedding.forward(&[1, 0]), Some(vec![3.0, 4.0, 1.0, 2.0]));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding<T> {
    dim: usize,
    /// The row that is never learnt.
    padding_idx: Option<usize>,
    /// W, shape (`num_embeddings`, `embedding_dim`).
    weight: Vec<T>,
}

impl<T: Real> Embedding<T> {
    /// `nn.Embedding(...)`, weights drawn as `PyTorch` draws them.
    ///
    /// # Errors
    /// [`RecurrentError::NotPositive`] for a size of 0, [`TrainError::PaddingIdx`] for a padding row that is none,
    /// [`RecurrentError::TooLarge`] beyond the memory limit.
    pub fn drawn(options: &EmbeddingOptions, generator: &mut impl Generator<T>) -> Result<Self, TrainError> {
        let EmbeddingOptions { num_embeddings, embedding_dim, padding_idx } = *options;
        for (option, size) in [("num_embeddings", num_embeddings), ("embedding_dim", embedding_dim)] {
            if size == 0 {
                return Err(RecurrentError::NotPositive { option }.into());
            }
        }
        if padding_idx.is_some_and(|row| row >= num_embeddings) {
            return Err(TrainError::PaddingIdx);
        }
        let mut weight = zeros([num_embeddings, embedding_dim])?;
        init::embedding(embedding_dim, padding_idx, generator, &mut weight);
        Ok(Embedding::new(embedding_dim, padding_idx, weight))
    }

    /// From W, row-major.
    ///
    /// # Panics
    /// If W has not `embedding_dim` columns.
    pub fn new(embedding_dim: usize, padding_idx: Option<usize>, weight: Vec<T>) -> Self {
        assert_eq!(weight.len() % embedding_dim, 0, "W is (num_embeddings, embedding_dim)");
        Embedding { dim: embedding_dim, padding_idx, weight }
    }

    /// How many tokens there are.
    pub fn num_embeddings(&self) -> usize {
        self.weight.len() / self.dim
    }

    /// W.
    pub fn weight(&self) -> &[T] {
        &self.weight
    }

    /// `weight` by name.
    pub fn state_dict(&self) -> [(String, ArrayViewD<'_, T>); 1] {
        [("weight".to_owned(), view(vec![self.num_embeddings(), self.dim], &self.weight))]
    }

    /// W, to be changed.
    pub fn weight_mut(&mut self) -> &mut [T] {
        &mut self.weight
    }

    /// The rows of the tokens: (number of tokens, `embedding_dim`).
    ///
    /// # Errors
    /// [`TrainError::Token`] for what is no token, [`RecurrentError::TooLarge`] beyond the memory limit.
    pub fn call(&self, tokens: &[i64]) -> Result<ArrayD<T>, TrainError> {
        let shape = vec![tokens.len(), self.dim];
        within_limit::<T>(&shape)?;
        let rows = as_tokens(tokens).and_then(|tokens| self.forward(&tokens));
        Ok(shaped(shape, rows.ok_or(TrainError::Token)?))
    }

    /// The rows of the tokens, or none if there is no such token.
    pub fn forward(&self, tokens: &[usize]) -> Option<Vec<T>> {
        let mut y = Vec::with_capacity(tokens.len() * self.dim);
        self.forward_into(tokens, &mut y)?;
        Some(y)
    }

    /// The same, at the end of a vector.
    pub(super) fn forward_into(&self, tokens: &[usize], y: &mut Vec<T>) -> Option<()> {
        for &token in tokens {
            y.extend_from_slice(self.weight.chunks_exact(self.dim).nth(token)?);
        }
        Some(())
    }

    /// The gradient by W from that by the rows; zero for the padding row.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn backward(&self, tokens: &[usize], grad_y: &[T]) -> Vec<T> {
        let mut grad_weight = Vec::new();
        self.backward_into(tokens, grad_y, &mut grad_weight);
        grad_weight
    }

    /// The same, in the memory of an earlier gradient.
    pub(super) fn backward_into(&self, tokens: &[usize], grad_y: &[T], grad_weight: &mut Vec<T>) {
        fill_zeros(grad_weight, self.weight.len());
        for (&token, grad_y) in tokens.iter().zip(grad_y.chunks_exact(self.dim)) {
            if Some(token) != self.padding_idx {
                // y = W[token]
                let row = &mut grad_weight[token * self.dim..][..self.dim];
                for (grad_w, &grad_y) in row.iter_mut().zip(grad_y) {
                    *grad_w += grad_y;
                }
            }
        }
    }
}

/// The same numbers, unless one of them is negative.
pub fn as_tokens(numbers: &[i64]) -> Option<Vec<usize>> {
    numbers.iter().map(|&number| usize::try_from(number).ok()).collect()
}
