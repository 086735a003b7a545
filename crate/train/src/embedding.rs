use nn::gru::Real;
use nn::gru::sequence::fill_zeros;

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

    /// W, to be changed.
    pub fn weight_mut(&mut self) -> &mut [T] {
        &mut self.weight
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
