//! Records of kind `train`: the losses of some steps of training, and what they left.

use std::collections::BTreeMap;

use gru_playground::gru::GruConfig;
use gru_playground::rng::TorchGenerator;
use gru_playground::train::{
    Adagrad, Adam, Criterion, EmbeddingConfig, Input, Model, ModelConfig, Optimizer, RmsProp, Sgd,
    TrainOptions, TrainRun,
};
use ndarray::ArrayD;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A model, an optimiser, and what came of training on one batch.
#[derive(Debug, Deserialize)]
pub struct Train {
    /// Set just before the model was made, if it is known.
    pub init_seed: Option<u64>,
    /// The options of the embedding, if the model reads tokens.
    pub embedding: Option<EmbeddingConfig>,
    /// The options of the GRU.
    pub gru: GruConfig,
    /// What the head reads and gives.
    pub fc: [u64; 2],
    /// The loss: its name in `nn.functional`.
    pub loss: String,
    /// The optimiser: its name in `torch.optim`.
    pub optimizer: String,
    /// Its options.
    pub opt_kwargs: Map<String, Value>,
    /// `max_norm`, if gradients are clipped.
    pub clip_grad_norm: Option<f64>,
    /// Set just before the first step; only dropout draws.
    pub seed: Option<u64>,
    /// The input: features, or tokens.
    pub x: Tensor,
    /// The targets: a list of classes, or of rows.
    pub y: Value,
    /// The parameters before.
    pub initial: BTreeMap<String, Tensor>,
    /// The loss before each step.
    #[serde(deserialize_with = "list")]
    pub losses: Tensor,
    /// The norm of the gradients in each step, if they are clipped.
    #[serde(deserialize_with = "list")]
    pub grad_norms: Tensor,
    /// The parameters after.
    #[serde(rename = "final")]
    pub last: BTreeMap<String, Tensor>,
}

/// A list of numbers as a tensor.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tensor, D::Error> {
    Ok(vector(Vec::deserialize(deserializer)?))
}

fn vector(data: Vec<f64>) -> Tensor {
    Tensor { shape: vec![data.len()], data }
}

impl Train {
    /// Whether it can be checked.
    pub fn validate(&self) -> Result<(), String> {
        if self.gru.dropout > 0.0 && self.gru.num_layers > 1 && self.seed.is_none() {
            return Err("dropout needs a seed".to_owned());
        }
        match self.grad_norms.data.len() {
            0 => Ok(()),
            norms if self.clip_grad_norm.is_some() && norms == self.losses.data.len() => Ok(()),
            _ => Err("there is one norm for each loss, if gradients are clipped".to_owned()),
        }
    }

    /// What `PyTorch` answered; losses and norms may be off by 1e-4 of themselves, the last parameters by 1e-4, or
    /// 1e-4 of the largest if that is above 1; the first ones not at all.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let expected = |name: String, tensor, tolerance| Expected { name, tensor, tolerance };
        let relative = Tolerance::Relative(1e-4);
        let mut all = vec![expected("losses".to_owned(), &self.losses, relative)];
        if !self.grad_norms.data.is_empty() {
            all.push(expected("grad_norms".to_owned(), &self.grad_norms, relative));
        }
        for (name, tensor) in &self.last {
            let largest = tensor.data.iter().fold(1.0_f64, |largest, element| largest.max(element.abs()));
            all.push(expected(format!("final {name}"), tensor, Tolerance::Absolute(1e-4 * largest)));
        }
        if self.init_seed.is_some() {
            let exact = |(name, tensor)| expected(format!("initial {name}"), tensor, Tolerance::SameF32);
            all.extend(self.initial.iter().map(exact));
        }
        all
    }

    /// What the core answers in f32.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let config = self.config()?;
        let initial: Result<BTreeMap<String, ArrayD<f32>>, String> =
            self.initial.iter().map(|(name, tensor)| Ok((name.clone(), array(tensor)?))).collect();
        let initial = initial?;
        let tensors = initial.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let model = Model::from_state_dict(&config, tensors).map_err(|error| error.to_string())?;

        let options = TrainOptions {
            criterion: self.criterion()?,
            optimizer: self.optimizer()?,
            clip_grad_norm: self.clip_grad_norm,
            steps: self.losses.data.len() as u64,
        };
        let generator = TorchGenerator::new(self.seed.unwrap_or_default());
        let run = TrainRun::new(model, self.input()?, options, generator);
        let mut run = run.map_err(|error| error.to_string())?;
        let (mut losses, mut grad_norms) = (Vec::new(), Vec::new());
        while let Some(step) = run.step().map_err(|error| error.to_string())? {
            losses.push(step.loss.into());
            grad_norms.push(step.grad_norm.into());
        }

        let mut answers =
            vec![("losses".to_owned(), vector(losses)), ("grad_norms".to_owned(), vector(grad_norms))];
        answers.extend(parameters("final", run.model()));
        if let Some(seed) = self.init_seed {
            let drawn = Model::new(&config, &mut TorchGenerator::new(seed));
            answers.extend(parameters("initial", &drawn.map_err(|error| error.to_string())?));
        }
        Ok(answers)
    }

    fn config(&self) -> Result<ModelConfig, String> {
        let [features, out_features] = self.fc;
        if features != self.gru.directions() * self.gru.hidden_size {
            return Err(format!("a head that reads {features} features is not supported"));
        }
        let embedding = self.embedding.clone();
        Ok(ModelConfig { embedding, ..ModelConfig::new(self.gru.clone(), out_features) })
    }

    fn input(&self) -> Result<Input<f32>, String> {
        if self.embedding.is_none() {
            return Ok(Input::Features(array(&self.x)?));
        }
        let tokens = self.x.data.iter().map(|&token| token as usize).collect();
        Ok(Input::Tokens { shape: self.x.shape.clone(), tokens })
    }

    fn criterion(&self) -> Result<Criterion<f32>, String> {
        let read = |error| format!("y: {error}");
        if self.loss == "cross_entropy" {
            return serde_json::from_value(self.y.clone()).map(Criterion::CrossEntropy).map_err(read);
        }
        let rows: Vec<Vec<f64>> = serde_json::from_value(self.y.clone()).map_err(read)?;
        let targets = rows.into_iter().flatten().map(|y| y as f32).collect();
        match self.loss.as_str() {
            "mse_loss" => Ok(Criterion::Mse(targets)),
            "binary_cross_entropy_with_logits" => Ok(Criterion::BceWithLogits(targets)),
            other => Err(format!("loss {other} is not supported")),
        }
    }

    fn optimizer(&self) -> Result<Optimizer, String> {
        let mut options = self.opt_kwargs.clone();
        if self.optimizer == "AdamW" {
            options.entry("weight_decay").or_insert(Adam::adamw().weight_decay.into());
            options.insert("decoupled_weight_decay".to_owned(), true.into());
        }
        let options = Value::Object(options);
        let optimizer = match self.optimizer.as_str() {
            "SGD" => serde_json::from_value::<Sgd>(options).map(Optimizer::Sgd),
            "Adam" | "AdamW" => serde_json::from_value::<Adam>(options).map(Optimizer::Adam),
            "RMSprop" => serde_json::from_value::<RmsProp>(options).map(Optimizer::RmsProp),
            "Adagrad" => serde_json::from_value::<Adagrad>(options).map(Optimizer::Adagrad),
            other => return Err(format!("optimizer {other} is not supported")),
        };
        optimizer.map_err(|error| format!("opt_kwargs: {error}"))
    }
}

/// The parameters of a model, each by its name after that of a field.
fn parameters(field: &str, model: &Model<f32>) -> Vec<(String, Tensor)> {
    model.state_dict().map(|(name, array)| (format!("{field} {name}"), tensor(&array))).collect()
}
