//! The training of the model, from a seed.

use nn::gru::GruConfig;
use rng::TorchGenerator;
use train::{Adam, EmbeddingConfig, Model, ModelConfig, Optimizer, TrainError, TrainOptions, TrainRun};

use crate::draw::Sentences;
use crate::words::vocabulary;

/// The features of a word.
pub const EMBEDDING_DIM: u64 = 8;
/// H, the units of the state.
pub const HIDDEN_SIZE: u64 = 12;
/// `torch.manual_seed(SEED)` comes before all that is drawn.
pub const SEED: u64 = 0;
/// How many steps are taken.
pub const STEPS: u64 = 2500;

/// The sentences of a step.
const BATCH: usize = 64;
/// The longest of them.
const LONGEST_DRAWN: usize = 40;
/// What the update gate's input bias begins with: at first, half of what is remembered is left after 14 words.
const UPDATE_BIAS: f32 = 3.0;

/// A model that reads sentences.
pub type SentenceModel = Model<f32>;

/// The options of the model: an embedding, a GRU of one layer, a head of three classes.
pub fn model_config() -> ModelConfig {
    let gru = GruConfig { batch_first: true, ..GruConfig::new(EMBEDDING_DIM, HIDDEN_SIZE) };
    let embedding = EmbeddingConfig { num_embeddings: vocabulary() as u64, padding_idx: None };
    ModelConfig { embedding: Some(embedding), ..ModelConfig::new(gru, 3) }
}

/// The model after so many steps: Adam at a learning rate of 0.01, and of 0.003 for the last third, on 64 new sentences of one
/// length, 1 to 40, in each step.
///
/// # Errors
/// A [`TrainError`] if a number becomes infinite or NaN.
///
/// # Panics
/// Never: the GRU has biases, and 1 to 40 is a range.
pub fn train_model(seed: u64, steps: u64) -> Result<SentenceModel, TrainError> {
    let mut generator = TorchGenerator::new(seed);
    let mut model = Model::new(&model_config(), &mut generator)?;
    let names: Vec<String> = model.state_dict().map(|(name, _)| name).collect();
    let of_gates = model.parameters_mut().zip(&names).find(|(_, name)| *name == "gru.bias_ih_l0");
    let hidden = HIDDEN_SIZE as usize;
    for bias in &mut of_gates.expect("the GRU has biases").0[hidden..2 * hidden] {
        *bias = UPDATE_BIAS;
    }
    for (lr, steps) in [(0.01, steps - steps / 3), (0.003, steps / 3)] {
        let (input, criterion) = Sentences::draw(1, 1, &mut generator).batch();
        let optimizer = Optimizer::Adam(Adam { lr, ..Adam::default() });
        let options = TrainOptions { criterion, optimizer, clip_grad_norm: Some(1.0), steps };
        let mut run = TrainRun::new(model, input, options, generator)?;
        for _ in 0..steps {
            run.draw_batch(|generator| {
                let mut seq_len = [0];
                generator.fill_randint(1, LONGEST_DRAWN as i64 + 1, &mut seq_len).expect("1 to 40");
                Sentences::draw(BATCH, seq_len[0] as usize, generator).batch()
            })?;
            run.step()?;
        }
        generator = run.generator_mut().clone();
        model = run.into_model();
    }
    Ok(model)
}

/// A model as a file of safetensors.
pub fn weights_file(model: &SentenceModel) -> Vec<u8> {
    weights::to_safetensors(model.state_dict())
}
