use std::iter;

use ndarray::{ArrayD, ArrayView1, ArrayViewD, CowArray, IxDyn};
use serde::{Deserialize, Serialize};

use super::{Embedding, Linear, LinearGradients, TrainError};
use crate::cost::{Cost, Count, LIMIT_BYTES};
use crate::gru::forward::contiguous;
use crate::gru::sequence::{Layout, Sequence, row_major, shaped};
use crate::gru::{
    BackwardRun, DropoutMask, ForwardRun, Gru, GruConfig, GruError, Real, ShapeMismatch, StateDictError,
    Trace, Upstream,
};
use crate::rng::{Generator, init};

/// The options of a [`Model`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ModelConfig {
    /// `nn.Embedding(num_embeddings, gru.input_size, padding_idx)`, if the model reads tokens.
    #[serde(default)]
    pub embedding: Option<EmbeddingConfig>,
    /// The options of `nn.GRU`.
    pub gru: GruConfig,
    /// What the head, `nn.Linear(D * hidden_size, out_features)`, gives for each sample; at least 1.
    pub out_features: u64,
}

/// The options of `nn.Embedding` but its dimension, which is the GRU's `input_size`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct EmbeddingConfig {
    /// How many tokens there are; at least 1.
    pub num_embeddings: u64,
    /// The token whose row is never learnt.
    #[serde(default)]
    pub padding_idx: Option<u64>,
}

/// What a model reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<T> {
    /// For one without an embedding: (L, N, `H_in`), (N, L, `H_in`) or (L, `H_in`).
    Features(ArrayD<T>),
    /// For one with an embedding: (L, N), (N, L) or (L).
    Tokens {
        /// The shape.
        shape: Vec<usize>,
        /// The tokens, row-major, each less than `num_embeddings`.
        tokens: Vec<usize>,
    },
}

/// An optional embedding, `nn.GRU` and a linear head on its last step: `fc(gru(embedding(x))[0][:, -1])`, or `[-1]`
/// if not `batch_first`.
///
/// Its state dict has the names `embedding.weight`, `gru.weight_ih_l0` ..., `fc.weight`, `fc.bias`.
#[derive(Debug, Clone, PartialEq)]
pub struct Model<T> {
    embedding: Option<Embedding<T>>,
    gru: Gru<T>,
    fc: Linear<T>,
}

/// What a pass of a [`Model`] gave and what its backward pass needs.
#[derive(Debug)]
pub struct Pass<T> {
    /// What the head gave: (N, `out_features`), row-major; N is 1 for unbatched input.
    pub predictions: Vec<T>,
    /// What the head read: (N, D*H).
    last: Vec<T>,
    trace: Trace<T>,
}

impl ModelConfig {
    /// Whether a model can be built.
    ///
    /// # Errors
    /// As [`GruConfig::validate`], for the other sizes too; [`TrainError::PaddingIdx`].
    pub fn validate(&self) -> Result<(), TrainError> {
        self.gru.validate()?;
        if self.out_features == 0 {
            return Err(GruError::NotPositive { option: "out_features" }.into());
        }
        match &self.embedding {
            Some(embedding) if embedding.num_embeddings == 0 => {
                Err(GruError::NotPositive { option: "num_embeddings" }.into())
            }
            Some(embedding) if embedding.padding_idx.is_some_and(|row| row >= embedding.num_embeddings) => {
                Err(TrainError::PaddingIdx)
            }
            _ => Ok(()),
        }
    }

    /// Numbers in all parameters.
    pub fn parameters(&self) -> Count {
        let [tokens, out] =
            [self.embedding.as_ref().map_or(0, |embedding| embedding.num_embeddings), self.out_features];
        let embedding = Count::from(tokens) * Count::from(self.gru.input_size);
        let features = Count::from(self.gru.directions()) * Count::from(self.gru.hidden_size);
        let fc = Count::from(out) * (features + Count::from(1_u64));
        embedding + Cost::of(&self.gru, 0, 0, 1).parameters + fc
    }

    /// What training on one batch holds at once, in bytes: parameters, their gradients, three running numbers of each,
    /// a pass and its backward pass.
    pub fn training_bytes(&self, seq_len: u64, batch: u64, element_bytes: u64) -> Count {
        let sizes = PassSizes { seq_len, batch, out_features: self.out_features, element_bytes };
        sizes.bytes(&self.gru, self.parameters() * Count::from(1 + OPTIMIZER_COPIES))
    }

    fn check(&self, element_bytes: u64) -> Result<(), TrainError> {
        self.validate()?;
        let bytes = self.parameters() * Count::from(element_bytes);
        bytes.within(LIMIT_BYTES).map_err(GruError::from)?;
        Ok(())
    }

    /// Every parameter's name and shape, in the order of the state dict.
    fn shapes(&self) -> impl Iterator<Item = (String, Vec<usize>)> {
        let [input_size, out] = [self.gru.input_size, self.out_features].map(|size| size as usize);
        let features = (self.gru.directions() * self.gru.hidden_size) as usize;
        let embedding = self.embedding.iter().map(move |embedding| {
            ("embedding.weight".to_owned(), vec![embedding.num_embeddings as usize, input_size])
        });
        let gru = self.gru.parameters().map(|spec| {
            let shape = spec.shape().into_iter().map(|size| size as usize).collect();
            (format!("gru.{}", spec.name()), shape)
        });
        let fc = [("fc.weight".to_owned(), vec![out, features]), ("fc.bias".to_owned(), vec![out])];
        embedding.chain(gru).chain(fc)
    }
}

impl<T: Real> Model<T> {
    /// A model whose parameters are drawn as `PyTorch` draws those of an embedding, a GRU and a linear layer, made
    /// in this order.
    ///
    /// # Errors
    /// As [`ModelConfig::validate`]; [`GruError::TooLarge`] when the parameters exceed [`LIMIT_BYTES`].
    pub fn new(config: &ModelConfig, generator: &mut impl Generator<T>) -> Result<Self, TrainError> {
        config.check(T::BYTES)?;
        let zeros = |len: usize| vec![T::zero(); len];
        let input_size = config.gru.input_size as usize;
        let embedding = config.embedding.as_ref().map(|embedding| {
            let padding_idx = embedding.padding_idx.map(|row| row as usize);
            let mut weight = zeros(embedding.num_embeddings as usize * input_size);
            init::embedding(input_size, padding_idx, generator, &mut weight);
            Embedding::new(input_size, padding_idx, weight)
        });
        let gru = Gru::new(config.gru.clone(), generator)?;
        let features = config.gru.directions() * config.gru.hidden_size;
        let mut weight = zeros((features * config.out_features) as usize);
        let mut bias = zeros(config.out_features as usize);
        init::linear(features, generator, &mut weight, Some(&mut bias));
        Ok(Model { embedding, gru, fc: Linear::new(features as usize, weight, bias) })
    }

    /// A model with the given parameters, by name; of two with one name the later counts.
    ///
    /// # Errors
    /// As [`Model::new`]; [`GruError::StateDict`] names what is missing, unexpected or of another shape.
    pub fn from_state_dict<'a>(
        config: &ModelConfig,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, TrainError> {
        config.check(T::BYTES)?;
        let specs: Vec<_> = config.shapes().collect();
        let mut found: Vec<Option<ArrayViewD<'a, T>>> = specs.iter().map(|_| None).collect();
        let mut error = StateDictError { module: "Model", ..StateDictError::default() };
        for (name, tensor) in tensors {
            match specs.iter().position(|(of_model, _)| *of_model == name) {
                Some(place) => found[place] = Some(tensor),
                None => error.unexpected.push(name),
            }
        }
        let mut fitting = Vec::new();
        for ((name, expected), tensor) in specs.into_iter().zip(found) {
            match tensor {
                None => error.missing.push(name),
                Some(tensor) if tensor.shape() == expected => fitting.push((name, tensor)),
                Some(tensor) => {
                    error.mismatched.push(ShapeMismatch { name, expected, got: tensor.shape().to_vec() });
                }
            }
        }
        if !error.is_empty() {
            return Err(GruError::from(error).into());
        }

        let mut weights =
            |count: usize| fitting.drain(..count).map(|(_, tensor)| row_major(&tensor)).collect();
        let embedding: Vec<Vec<T>> = weights(usize::from(config.embedding.is_some()));
        let padding_idx = config.embedding.as_ref().and_then(|embedding| embedding.padding_idx);
        let embedding = embedding.into_iter().next().map(|weight| {
            Embedding::new(config.gru.input_size as usize, padding_idx.map(|row| row as usize), weight)
        });
        let [weight, bias] = [2, 1].map(|from_end| row_major(&fitting[fitting.len() - from_end].1));
        let features = (config.gru.directions() * config.gru.hidden_size) as usize;
        let of_gru = fitting
            .into_iter()
            .filter_map(|(name, tensor)| Some((name.strip_prefix("gru.")?.to_owned(), tensor)));
        let gru = Gru::from_state_dict(config.gru.clone(), of_gru)?;
        Ok(Model { embedding, gru, fc: Linear::new(features, weight, bias) })
    }

    /// The parameters by name, in `PyTorch`'s order.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
        let input_size = self.gru.config().input_size as usize;
        let embedding = self.embedding.iter().map(move |embedding| {
            (
                "embedding.weight".to_owned(),
                view(vec![embedding.num_embeddings(), input_size], embedding.weight()),
            )
        });
        let gru = self.gru.state_dict().map(|(name, tensor)| (format!("gru.{name}"), tensor));
        let [weight, bias] = self.fc.parameters();
        let shape = vec![bias.len(), weight.len() / bias.len()];
        let fc = [
            ("fc.weight".to_owned(), view(shape, weight)),
            ("fc.bias".to_owned(), view(vec![bias.len()], bias)),
        ];
        embedding.chain(gru).chain(fc)
    }

    /// The elements of every parameter, row-major, in the order of the state dict, to be changed.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let embedding = self.embedding.iter_mut().map(Embedding::weight_mut);
        embedding.chain(self.gru.parameters_mut()).chain(self.fc.parameters_mut())
    }

    /// The GRU within.
    pub fn gru(&self) -> &Gru<T> {
        &self.gru
    }

    /// What the head gives for one sample.
    pub fn out_features(&self) -> usize {
        self.fc.parameters()[1].len()
    }

    /// `model(input)`, in training mode if there is a mask.
    ///
    /// # Errors
    /// A [`TrainError`] for an input that does not fit, an empty sequence, or more memory than [`LIMIT_BYTES`].
    pub fn forward(&self, input: &Input<T>, mask: Option<&DropoutMask<T>>) -> Result<Pass<T>, TrainError> {
        let (x, layout) = self.embedded(input)?;
        let run = match mask {
            Some(mask) => ForwardRun::training_traced(&self.gru, x, None, mask),
            None => ForwardRun::traced(&self.gru, x, None),
        };
        let output = run?.finish();
        let features = self.features();
        let sequence = Sequence::new(layout, features, contiguous(output.output.into()));
        let mut last = Vec::with_capacity(layout.batch * features);
        for b in 0..layout.batch {
            last.extend_from_slice(sequence.row(layout.steps - 1, b));
        }
        let Some(trace) = output.trace else { unreachable!("a traced run keeps its trace") };
        Ok(Pass { predictions: self.fc.forward(&last), last, trace })
    }

    /// The gradient of a loss by every parameter, in the order of the state dict, from that by the predictions of a
    /// pass over the same input with the same mask.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn backward(
        &self,
        input: &Input<T>,
        mask: Option<&DropoutMask<T>>,
        pass: Pass<T>,
        grad_predictions: &[T],
    ) -> Result<Vec<Vec<T>>, TrainError> {
        // predictions = last W^T + b
        let LinearGradients { weight, bias, x: grad_last } = self.fc.backward(&pass.last, grad_predictions);
        // last = output[:, -1]
        let (x, layout) = self.embedded(input)?;
        let features = self.features();
        let mut grad_output = Sequence::zeros(layout, features);
        for (b, grad_last) in grad_last.chunks_exact(features).enumerate() {
            grad_output.row_mut(layout.steps - 1, b).copy_from_slice(grad_last);
        }
        // output, h_n = gru(x)
        let grad_output = grad_output.into_array();
        let upstream = Upstream { output: Some(grad_output.view()), h_n: None };
        let run = match mask {
            Some(mask) => BackwardRun::training(&self.gru, x, None, (pass.trace, mask), upstream),
            None => BackwardRun::new(&self.gru, x, None, pass.trace, upstream),
        };
        let gradients = run?.finish();
        // x = embedding(tokens)
        let embedding = match (&self.embedding, input) {
            (Some(embedding), Input::Tokens { tokens, .. }) => {
                Some(embedding.backward(tokens, &contiguous(gradients.input.into())))
            }
            _ => None,
        };
        let of_gru = gradients.parameters.into_iter().map(|(_, gradient)| contiguous(gradient.into()));
        Ok(embedding.into_iter().chain(of_gru).chain([weight, bias]).collect())
    }

    /// The shape and layout of what the GRU reads, once it is known that a pass and its backward pass fit, with
    /// `copies` more numbers for each parameter.
    pub(super) fn check(&self, input: &Input<T>, copies: u64) -> Result<(Vec<usize>, Layout), TrainError> {
        let config = self.gru.config();
        let shape = match (&self.embedding, input) {
            (None, Input::Features(features)) => features.shape().to_vec(),
            (Some(embedding), Input::Tokens { shape, tokens }) => {
                if shape.iter().try_fold(1_usize, |len, &size| len.checked_mul(size)) != Some(tokens.len()) {
                    return Err(TrainError::TokensShape { shape: shape.clone(), tokens: tokens.len() });
                }
                if tokens.iter().any(|&token| token >= embedding.num_embeddings()) {
                    return Err(TrainError::Token);
                }
                shape.iter().copied().chain(iter::once(config.input_size as usize)).collect()
            }
            _ => return Err(TrainError::Input),
        };
        let layout = Layout::of_input(config, &shape)?;
        if layout.steps == 0 {
            return Err(GruError::EmptySequence.into());
        }
        let count = |size: usize| Count::from(size as u64);
        let parameters = self.state_dict().fold(Count::ZERO, |sum, (_, tensor)| sum + count(tensor.len()));
        let sizes = PassSizes {
            seq_len: layout.steps as u64,
            batch: layout.batch as u64,
            out_features: self.out_features() as u64,
            element_bytes: T::BYTES,
        };
        let bytes = sizes.bytes(config, parameters * Count::from(1 + copies));
        bytes.within(LIMIT_BYTES).map_err(GruError::from)?;
        Ok((shape, layout))
    }

    /// What the GRU reads.
    fn embedded<'a>(&self, input: &'a Input<T>) -> Result<(CowArray<'a, T, IxDyn>, Layout), TrainError> {
        let (shape, layout) = self.check(input, 0)?;
        match (&self.embedding, input) {
            (Some(embedding), Input::Tokens { tokens, .. }) => {
                let rows = embedding.forward(tokens).ok_or(TrainError::Token)?;
                Ok((shaped(shape, rows).into(), layout))
            }
            (None, Input::Features(features)) => Ok((features.view().into(), layout)),
            _ => Err(TrainError::Input),
        }
    }

    /// D*H.
    fn features(&self) -> usize {
        let config = self.gru.config();
        (config.directions() * config.hidden_size) as usize
    }
}

/// Of every parameter training holds a gradient and three running numbers.
pub(super) const OPTIMIZER_COPIES: u64 = 4;

/// What the cost of a pass and its backward pass follows from, beside the GRU's options.
struct PassSizes {
    seq_len: u64,
    batch: u64,
    out_features: u64,
    element_bytes: u64,
}

impl PassSizes {
    /// The bytes, with so many numbers for the parameters and their copies.
    fn bytes(&self, config: &GruConfig, parameters: Count) -> Count {
        let count = |size: u64| Count::from(size);
        let cost = Cost::of(config, self.seq_len, self.batch.max(1), self.element_bytes);
        let embedded = count(self.seq_len) * count(self.batch) * count(config.input_size);
        let features = count(config.directions()) * count(config.hidden_size);
        let ends = count(self.batch) * (features + count(self.out_features)) * count(2);
        let numbers = embedded + ends + parameters;
        let bytes = cost.trained_bytes() + cost.activation_bytes + cost.dropout_bytes();
        bytes + numbers * count(self.element_bytes)
    }
}

fn view<T: Real>(shape: Vec<usize>, elements: &[T]) -> ArrayViewD<'_, T> {
    let view = ArrayView1::from(elements).into_shape_with_order(shape);
    view.unwrap_or_else(|_| unreachable!("a parameter is made with this length"))
}
