mod cell;
mod over_time;
mod passes;
mod read_on;

pub(crate) use cell::GatePlace;
pub use cell::{CellName, RecurrentOptions};
pub(crate) use over_time::OverTime;
pub use passes::ModelPass;
pub(super) use passes::Workspace;
pub use read_on::ReadOn;

use std::iter;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD};
use serde::{Deserialize, Serialize};

use super::{Embedding, EmbeddingOptions, Linear, LinearOptions, Optimizer, TrainError};
use nn::cost::{Cost, Count, LIMIT_BYTES};
use nn::gru::sequence::{Layout, row_major};
use nn::gru::{GruConfig, KernelBytes, Options, Real, Recurrent, RecurrentError, fitting_tensors};
use rng::Generator;

/// The options of a [`Model`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ModelConfig {
    /// `nn.Embedding(num_embeddings, gru.input_size, padding_idx)`, if the model reads tokens.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional = nullable))]
    pub embedding: Option<EmbeddingConfig>,
    /// The recurrent module; by default `nn.GRU`.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub cell: CellName,
    /// What is added, once all is drawn, to the bias of the gate that keeps the old state: a GRU's z, an LSTM's f; taken
    /// from that of a minGRU's z, which keeps where it is near 0. An RNN has no such gate, and does not use it.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub gate_bias: f64,
    /// The options of `nn.GRU`, or of the module in its stead.
    pub gru: GruConfig,
    /// What the head, `nn.Linear(D * hidden_size, out_features)`, gives for each sample; at least 1.
    pub out_features: u64,
    /// Whether the head reads every step, not the last alone: then there are N * L predictions, sample by sample. JavaScript cannot
    /// ask for it.
    #[serde(skip)]
    pub every_step: bool,
}

/// The options of `nn.Embedding` but its dimension, which is the GRU's `input_size`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct EmbeddingConfig {
    /// How many tokens there are; at least 1.
    pub num_embeddings: u64,
    /// The token whose row is never learnt.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional = nullable))]
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

/// An optional embedding, `nn.GRU` or another recurrent module, and a linear head on its last step:
/// `fc(gru(embedding(x))[0][:, -1])`, or `[-1]` if not `batch_first`; with `every_step` on all of them.
///
/// Its state dict has the names `embedding.weight`, `gru.weight_ih_l0` ..., `fc.weight`, `fc.bias`; with another cell
/// `rnn.`, `lstm.` or `min_gru.` in place of `gru.`.
///
/// ```
/// use gru_playground_train::{EmbeddingConfig, Input, Model, ModelConfig, TrainError};
/// use nn::gru::GruConfig;
/// use rng::TorchGenerator;
///
/// let embedding = Some(EmbeddingConfig { num_embeddings: 8, padding_idx: None });
/// let config = ModelConfig { embedding, ..ModelConfig::new(GruConfig::new(4, 16), 2) };
/// let model = Model::<f32>::new(&config, &mut TorchGenerator::new(0))?;
/// // Three tokens of two sequences, (L, N).
/// let input = Input::Tokens { shape: vec![3, 2], tokens: vec![0, 1, 2, 3, 4, 5] };
/// assert_eq!(model.forward(&input, None)?.predictions.len(), 2 * 2);
/// # Ok::<(), TrainError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Model<T> {
    embedding: Option<Embedding<T>>,
    recurrent: Recurrent<T, RecurrentOptions>,
    fc: Linear<T>,
    every_step: bool,
}

impl ModelConfig {
    /// `nn.GRU` with these options and a head, reading features.
    pub const fn new(gru: GruConfig, out_features: u64) -> Self {
        let (cell, gate_bias, every_step) = (CellName::GRU, 0.0, false);
        ModelConfig { embedding: None, cell, gate_bias, gru, out_features, every_step }
    }

    /// The options of the recurrent module.
    pub fn recurrent(&self) -> RecurrentOptions {
        RecurrentOptions { cell: self.cell, base: self.gru.clone() }
    }

    /// Whether a model can be built.
    ///
    /// # Errors
    /// As [`Options::validate`], for the other sizes too; [`TrainError::PaddingIdx`].
    pub fn validate(&self) -> Result<(), TrainError> {
        self.gru.validate()?;
        if self.out_features == 0 {
            return Err(RecurrentError::NotPositive { option: "out_features" }.into());
        }
        match &self.embedding {
            Some(embedding) if embedding.num_embeddings == 0 => {
                Err(RecurrentError::NotPositive { option: "num_embeddings" }.into())
            }
            Some(embedding) if embedding.padding_idx.is_some_and(|row| row >= embedding.num_embeddings) => {
                Err(TrainError::PaddingIdx)
            }
            _ => Ok(()),
        }
    }

    /// Numbers in all parameters.
    pub fn parameters(&self) -> Count {
        let others = others(&self.gru, self.num_embeddings(), self.out_features);
        Cost::of(&self.recurrent(), 0, 0, 1).parameters + others
    }

    /// What training on one batch holds at once, in bytes: parameters, their gradients, what the optimiser keeps of
    /// each, a pass, its backward pass and the kernels.
    pub fn training_bytes(
        &self,
        optimizer: &Optimizer,
        seq_len: u64,
        batch: u64,
        element_bytes: u64,
    ) -> Count {
        let (num_embeddings, out_features) = (self.num_embeddings(), self.out_features);
        let judged = if self.every_step { seq_len } else { 1 };
        let sizes = PassSizes { seq_len, batch, judged, num_embeddings, out_features, element_bytes };
        sizes.training_bytes(&self.recurrent(), optimizer)
    }

    fn num_embeddings(&self) -> u64 {
        self.embedding.as_ref().map_or(0, |embedding| embedding.num_embeddings)
    }

    fn check(&self, element_bytes: u64) -> Result<(), TrainError> {
        self.validate()?;
        let bytes = self.parameters() * Count::from(element_bytes);
        bytes.within(LIMIT_BYTES).map_err(RecurrentError::from)?;
        Ok(())
    }

    /// Every parameter's name and shape, in the order of the state dict.
    fn shapes(&self) -> impl Iterator<Item = (String, Vec<usize>)> {
        let [input_size, out] = [self.gru.input_size, self.out_features].map(|size| size as usize);
        let features = (self.gru.directions() * self.gru.hidden_size) as usize;
        let embedding = self.embedding.iter().map(move |embedding| {
            ("embedding.weight".to_owned(), vec![embedding.num_embeddings as usize, input_size])
        });
        let recurrent = self.recurrent().plan().parameters().map(|spec| {
            let shape = spec.shape().into_iter().map(|size| size as usize).collect();
            (format!("{}.{}", self.cell.attribute(), spec.name()), shape)
        });
        let fc = [("fc.weight".to_owned(), vec![out, features]), ("fc.bias".to_owned(), vec![out])];
        embedding.chain(recurrent).chain(fc)
    }
}

impl<T: Real> Model<T> {
    /// A model whose parameters are drawn as `PyTorch` draws those of an embedding, a recurrent module and a linear
    /// layer, made in this order; after that its gate is given its bias.
    ///
    /// # Errors
    /// As [`ModelConfig::validate`]; [`RecurrentError::TooLarge`] when the parameters exceed [`LIMIT_BYTES`].
    pub fn new(config: &ModelConfig, generator: &mut impl Generator<T>) -> Result<Self, TrainError> {
        config.check(T::BYTES)?;
        let embedding = config.embedding.as_ref().map(|embedding| {
            let options = EmbeddingOptions {
                num_embeddings: embedding.num_embeddings as usize,
                embedding_dim: config.gru.input_size as usize,
                padding_idx: embedding.padding_idx.map(|row| row as usize),
            };
            Embedding::drawn(&options, generator)
        });
        let embedding = embedding.transpose()?;
        let mut recurrent = Recurrent::new(config.recurrent(), generator)?;
        let features = config.gru.directions() * config.gru.hidden_size;
        let [in_features, out_features] = [features, config.out_features].map(|size| size as usize);
        let fc = Linear::drawn(&LinearOptions { in_features, out_features, bias: true }, generator)?;
        cell::open_gate(&mut recurrent, config.gate_bias);
        Ok(Model { embedding, recurrent, fc, every_step: config.every_step })
    }

    /// A model with the given parameters, by name; of two with one name the later counts. Its `gate_bias` is in them.
    ///
    /// # Errors
    /// As [`Model::new`]; [`RecurrentError::StateDict`] names what is missing, unexpected or of another shape.
    pub fn from_state_dict<'a>(
        config: &ModelConfig,
        tensors: impl IntoIterator<Item = (String, ArrayViewD<'a, T>)>,
    ) -> Result<Self, TrainError> {
        config.check(T::BYTES)?;
        let names: Vec<String> = config.shapes().map(|(name, _)| name).collect();
        let place = |name: &str| names.iter().position(|of_model| of_model == name);
        let tensors =
            fitting_tensors("Model", config.shapes(), place, tensors).map_err(RecurrentError::from)?;

        let embedding = config.embedding.as_ref().map(|embedding| {
            let padding_idx = embedding.padding_idx.map(|row| row as usize);
            Embedding::new(config.gru.input_size as usize, padding_idx, row_major(&tensors[0]))
        });
        let [weight, bias] = [2, 1].map(|from_end| row_major(&tensors[tensors.len() - from_end]));
        let features = (config.gru.directions() * config.gru.hidden_size) as usize;
        let attribute = config.cell.attribute();
        let of_recurrent = names.iter().zip(tensors).filter_map(|(name, tensor)| {
            let name = name.strip_prefix(attribute)?.strip_prefix('.')?;
            Some((name.to_owned(), tensor))
        });
        let recurrent = Recurrent::from_state_dict(config.recurrent(), of_recurrent)?;
        let fc = Linear::new(features, weight, bias);
        Ok(Model { embedding, recurrent, fc, every_step: config.every_step })
    }

    /// The parameters by name, in `PyTorch`'s order.
    pub fn state_dict(&self) -> impl Iterator<Item = (String, ArrayViewD<'_, T>)> {
        let of = |module: &str, (name, tensor)| (format!("{module}.{name}"), tensor);
        let embedding = self.embedding.iter().flat_map(Embedding::state_dict);
        let embedding = embedding.map(move |parameter| of("embedding", parameter));
        embedding
            .chain(cell::named(&self.recurrent))
            .chain(self.fc.state_dict().map(|parameter| of("fc", parameter)))
    }

    /// The elements of every parameter, row-major, in the order of the state dict, to be changed.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let embedding = self.embedding.iter_mut().map(Embedding::weight_mut);
        embedding.chain(self.recurrent.parameters_mut()).chain(self.fc.parameters_mut())
    }

    /// The elements of every parameter, in the order of the state dict.
    pub(super) fn elements(&self) -> impl Iterator<Item = &[T]> {
        let embedding = self.embedding.iter().map(Embedding::weight);
        embedding.chain(self.recurrent.elements()).chain(self.fc.parameters())
    }

    /// The recurrent module within.
    pub fn recurrent(&self) -> &Recurrent<T, RecurrentOptions> {
        &self.recurrent
    }

    /// What the head gives for one sample.
    pub fn out_features(&self) -> usize {
        self.fc.parameters()[1].len()
    }

    /// The steps whose output the head reads.
    pub(super) fn judged_steps(&self, layout: &Layout) -> Range<usize> {
        if self.every_step { 0..layout.steps } else { layout.steps - 1..layout.steps }
    }

    /// The shape and layout of what the recurrent module reads, once it is known that a pass and its backward pass fit, of training
    /// with what the optimiser keeps.
    pub(super) fn check(
        &self,
        input: &Input<T>,
        optimizer: Option<&Optimizer>,
    ) -> Result<(Vec<usize>, Layout), TrainError> {
        let config = self.recurrent.config();
        let shape = match (&self.embedding, input) {
            (None, Input::Features(features)) => features.shape().to_vec(),
            (Some(embedding), Input::Tokens { shape, tokens }) => {
                if shape.iter().try_fold(1_usize, |len, &size| len.checked_mul(size)) != Some(tokens.len()) {
                    return Err(TrainError::TokensShape { shape: shape.clone(), tokens: tokens.len() });
                }
                if tokens.iter().any(|&token| token >= embedding.num_embeddings()) {
                    return Err(TrainError::Token);
                }
                shape.iter().copied().chain(iter::once(config.base.input_size as usize)).collect()
            }
            _ => return Err(TrainError::Input),
        };
        let layout = Layout::of_input(config, &shape)?;
        if layout.steps == 0 {
            return Err(RecurrentError::EmptySequence.into());
        }
        let sizes = PassSizes {
            seq_len: layout.steps as u64,
            batch: layout.batch as u64,
            judged: self.judged_steps(&layout).len() as u64,
            num_embeddings: self.embedding.as_ref().map_or(0, Embedding::num_embeddings) as u64,
            out_features: self.out_features() as u64,
            element_bytes: T::BYTES,
        };
        let bytes = match optimizer {
            None => sizes.bytes(config, 0),
            Some(optimizer) => sizes.training_bytes(config, optimizer),
        };
        bytes.within(LIMIT_BYTES).map_err(RecurrentError::from)?;
        Ok((shape, layout))
    }
}

/// What the cost of a pass and its backward pass follows from, beside the recurrent module's options.
struct PassSizes {
    seq_len: u64,
    batch: u64,
    /// How many steps of each sample the head reads.
    judged: u64,
    num_embeddings: u64,
    out_features: u64,
    element_bytes: u64,
}

impl PassSizes {
    /// The bytes, with what an optimiser keeps of every parameter.
    fn bytes(&self, options: &RecurrentOptions, running_numbers: u64) -> Count {
        let config = &options.base;
        let count = |size: u64| Count::from(size);
        let (two, batch) = (count(2), count(self.batch));
        let cost = Cost::of(options, self.seq_len, self.batch.max(1), self.element_bytes);
        let embedded = count(self.seq_len) * batch * count(config.input_size);
        let ends = batch * count(self.judged) * (features(config) + count(self.out_features)) * two;
        // Those of the recurrent module and their gradients are counted by its cost.
        let others = others(config, self.num_embeddings, self.out_features);
        let running = (cost.parameters + others) * count(running_numbers);
        let bytes = cost.trained_bytes() + cost.activation_bytes + cost.dropout_bytes();
        bytes + (embedded + ends + others * two + running) * count(self.element_bytes)
    }

    /// The same with what the kernels of `nn.GRU` hold. What is beyond the limit goes without them.
    fn training_bytes(&self, options: &RecurrentOptions, optimizer: &Optimizer) -> Count {
        let bytes = self.bytes(options, optimizer.running_numbers() as u64);
        if options.cell != CellName::GRU
            || self.element_bytes != f32::BYTES
            || bytes.within(LIMIT_BYTES).is_err()
        {
            return bytes;
        }
        let KernelBytes { panels, scratch, backward_panels, backward_scratch } =
            KernelBytes::of(options, self.seq_len as usize, self.batch as usize);
        bytes + Count::from(panels + scratch + backward_panels + backward_scratch)
    }
}

/// D*H.
fn features(config: &GruConfig) -> Count {
    Count::from(config.directions()) * Count::from(config.hidden_size)
}

/// Numbers in the parameters of embedding and head.
fn others(config: &GruConfig, num_embeddings: u64, out_features: u64) -> Count {
    let fc = Count::from(out_features) * (features(config) + Count::from(1_u64));
    Count::from(num_embeddings) * Count::from(config.input_size) + fc
}
