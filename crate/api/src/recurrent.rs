//! `nn.GRU` and the GRUs of others, in their own layouts of weights too; `nn.RNN`, `nn.LSTM` and minGRU: options and calls.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::generator::{Init, Seed, SharedStream};
use crate::packed::{PackedData, refuse_too_large};
use crate::read::{Readable, read, read_beside};
use crate::recorded::{Callee, Recorded};
use crate::tensor::{
    NamedArrays, States, TensorData, TypedArray, filled, optional_array, optional_tensor, view, views,
};
use gru_playground::call::Config;
use gru_playground::gru::layout::{Named, from_keras, from_onnx};
use gru_playground::gru::{
    self, DropoutMask, ForwardRun, Gru, GruConfig, Keep, Options, Recurrent, Reset, Variant,
};
use gru_playground::packed::PackedOutput;
use gru_playground::rnn::{Mode, RnnConfig};

/// Where the weights of a GRU are drawn from, and which GRU it is: `PyTorch`'s by default.
#[derive(Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields, concrete(G = crate::tests::Generator)))]
pub struct GruInit<G> {
    /// The seed of a new stream.
    pub seed: Option<Seed>,
    /// A stream that is there.
    pub generator: Option<G>,
    /// Which GRU it is.
    #[cfg_attr(test, ts(optional, type = "Partial<Variant>"))]
    pub variant: Option<Variant>,
}

impl<G> Default for GruInit<G> {
    fn default() -> Self {
        GruInit { seed: None, generator: None, variant: None }
    }
}

/// Which GRU it is: `PyTorch`'s by default.
#[derive(Default, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct VariantInit {
    /// Where it differs from `PyTorch`'s.
    #[cfg_attr(test, ts(optional, type = "Partial<Variant>"))]
    pub variant: Option<Variant>,
}

/// The weights of a Keras `GRU` layer, gates z, r, h in columns.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields = nullable, concrete(A = crate::tests::Float32Array)))]
pub struct KerasWeights<A> {
    /// (I, 3H).
    pub kernel: TensorData<A>,
    /// (H, 3H).
    pub recurrent_kernel: TensorData<A>,
    /// (2, 3H) with `reset_after`, else (3H).
    pub bias: Option<TensorData<A>>,
    /// Keras's own default is true.
    pub reset_after: Option<bool>,
}

/// The inputs of an ONNX `GRU` node, gates z, r, h in rows.
#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields = nullable, concrete(A = crate::tests::Float32Array)))]
pub struct OnnxWeights<A> {
    /// (D, 3H, I).
    pub w: TensorData<A>,
    /// (D, 3H, H).
    pub r: TensorData<A>,
    /// (D, 6H).
    pub b: Option<TensorData<A>>,
    /// ONNX's own default is 0.
    #[serde(rename = "linear_before_reset")]
    pub linear_before_reset: Option<f64>,
}

/// What an RNN applies to its sums.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Nonlinearity {
    /// The hyperbolic tangent.
    #[default]
    Tanh,
    /// `max(0, x)`.
    Relu,
}

/// The option that only `nn.RNN` has.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RnnOption {
    /// tanh by default.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub nonlinearity: Nonlinearity,
}

/// The option that only `nn.LSTM` has.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LstmOption {
    /// R of an LSTM that projects its hidden state, less than `hidden_size`; 0, the default, for none.
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub proj_size: u64,
}

/// The options of `nn.RNN`.
///
/// # Errors
/// `ArgumentError` for options that are none.
pub fn rnn_config(options: impl Readable + Clone) -> Result<RnnConfig, Fault> {
    let RnnOption { nonlinearity } = read_beside("options", options.clone(), &Config::OPTIONS)?;
    let mode = match nonlinearity {
        Nonlinearity::Tanh => Mode::Tanh,
        Nonlinearity::Relu => Mode::Relu,
    };
    let base: GruConfig = read_beside("options", options, &["nonlinearity"])?;
    Ok(RnnConfig { mode, base, proj_size: 0 })
}

/// The options of `nn.LSTM`.
///
/// # Errors
/// As [`rnn_config`].
pub fn lstm_config(options: impl Readable + Clone) -> Result<RnnConfig, Fault> {
    let LstmOption { proj_size } = read_beside("options", options.clone(), &Config::OPTIONS)?;
    let base: GruConfig = read_beside("options", options, &["proj_size"])?;
    Ok(RnnConfig { mode: Mode::Lstm, base, proj_size })
}

/// The options of a minGRU.
///
/// # Errors
/// As [`rnn_config`].
pub fn min_gru_config(options: impl Readable + Clone) -> Result<RnnConfig, Fault> {
    Ok(RnnConfig { mode: Mode::MinGru, base: read("options", options)?, proj_size: 0 })
}

/// How a module is called.
#[derive(Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "CallOptions", optional_fields, concrete(G = crate::tests::Generator)))]
pub struct CallOptionsData<G> {
    /// Whether dropout drops; by default it does not.
    pub training: Option<bool>,
    /// What dropout draws from while training.
    pub generator: Option<G>,
}

impl<G> Default for CallOptionsData<G> {
    fn default() -> Self {
        CallOptionsData { training: None, generator: None }
    }
}

/// What a GRU or RNN gives for a packed sequence.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "PackedOutput", concrete(A = crate::tests::Float32Array)))]
pub struct PackedOutputData<A> {
    /// The last layer's hidden states.
    pub output: PackedData<A>,
    /// Every layer's last hidden state, of each sample at its true last step.
    pub h_n: TensorData<A>,
    /// An LSTM's last cell states.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(skip))]
    pub c_n: Option<TensorData<A>>,
}

/// A module whose weights are drawn.
///
/// # Errors
/// `ConfigError` for impossible options, `TooLargeError` beyond 512 MB.
pub fn drawn<C: Options>(config: C, init: Init<impl Into<SharedStream>>) -> Result<Recurrent<f32, C>, Fault> {
    Ok(Recurrent::new(config, &mut *init.stream().borrow())?)
}

/// A module with given parameters.
///
/// # Errors
/// As [`drawn`]; `StateDictError` in `PyTorch`'s words for names or shapes that do not fit.
pub fn from_state_dict<C: Options>(config: C, parameters: &NamedArrays) -> Result<Recurrent<f32, C>, Fault> {
    Ok(Recurrent::from_state_dict(config, views(parameters))?)
}

/// A call, kept for its gates and its backward pass if it is to be traced.
///
/// # Errors
/// `ShapeError` for shapes that do not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
pub fn call<C: Options>(
    module: &Recurrent<f32, C>,
    input: &TensorData<impl TypedArray<f32>>,
    states: States,
    options: CallOptionsData<impl Into<SharedStream>>,
    keep: Keep,
) -> Result<Recorded, Fault> {
    let input = input.to_array("input")?;
    let mask = mask(module.config(), &input, options)?;
    let [h_0, c_0] = states.views();
    let options = gru::CallOptions { h_0, c_0, keep, mask: mask.as_ref(), lengths: None };
    let outcome = ForwardRun::new(module, input.view(), options)?.finish();
    let callee = Callee::Module { module: module.as_ref().clone(), input, mask };
    Ok(Recorded::new(callee, states, outcome))
}

/// A call over a packed sequence.
///
/// # Errors
/// `PackedError` in `PyTorch`'s words, `TooLargeError` beyond 512 MB, `ArgumentError`.
pub fn call_packed<C, A: TypedArray<f32>>(
    module: &Recurrent<f32, C>,
    sequence: PackedData<A>,
    states: &States,
) -> Result<PackedOutputData<A>, Fault> {
    let sequence = sequence.to_sequence()?;
    refuse_too_large(&sequence, sequence.batch_sizes.len())?;
    let [h_0, c_0] = states.views();
    let result = module.call_packed(&sequence, &gru::CallOptions { c_0, ..gru::CallOptions::of(h_0) })?;
    Ok(PackedOutputData {
        output: PackedData::of(&result.output),
        h_n: TensorData::of(&result.h_n.view()),
        c_n: optional_tensor(result.c_n.as_ref()),
    })
}

/// A call over a packed sequence, kept for its gates and its backward pass.
///
/// # Errors
/// As [`call_packed`]; what is kept counts against the limit.
pub fn record_packed<C>(
    module: &Recurrent<f32, C>,
    sequence: PackedData<impl TypedArray<f32>>,
    states: States,
) -> Result<Recorded, Fault> {
    let sequence = sequence.to_sequence()?;
    refuse_too_large(&sequence, sequence.batch_sizes.len())?;
    let [h_0, c_0] = states.views();
    let options = gru::CallOptions { c_0, keep: Keep::Every, ..gru::CallOptions::of(h_0) };
    let PackedOutput { output, h_n, c_n, trace } = module.call_packed(&sequence, &options)?;
    let outcome = gru::Output { output: output.data, h_n, c_n, trace };
    Ok(Recorded::new(Callee::Packed { module: module.as_ref().clone(), sequence }, states, outcome))
}

/// What a call drops: something only while training.
fn mask(
    config: &impl Options,
    input: &ArrayD<f32>,
    CallOptionsData { training, generator }: CallOptionsData<impl Into<SharedStream>>,
) -> Result<Option<DropoutMask<f32>>, Fault> {
    if training != Some(true) || config.dropout() <= 0.0 || config.plan().num_layers < 2 {
        return Ok(None);
    }
    let generator = generator
        .ok_or_else(|| Fault::argument("options.generator", "dropout draws from one while training"))?;
    Ok(Some(DropoutMask::draw(config, input.shape(), &mut generator.into().borrow())?))
}

/// `output, h_n = gru(input, h_0)` over row-major elements: (L, N, `H_in`), or with `batch_first` (N, L, `H_in`);
/// the output is expected to have so many elements.
///
/// # Errors
/// `ArgumentError` for elements of another number, `ShapeError` for an empty sequence, `TooLargeError` beyond 512 MB.
pub fn forward_flat(
    gru: &Gru<f32>,
    input: Vec<f32>,
    [steps, batch]: [usize; 2],
    state: Option<Vec<f32>>,
    expected: usize,
) -> Result<gru::Output<f32>, Fault> {
    let config = gru.config();
    let [outer, inner] = if config.batch_first { [batch, steps] } else { [steps, batch] };
    let cells = (config.directions() * config.num_layers) as usize;
    let x = filled("input", &[outer, inner, config.input_size as usize], input)?;
    let h_0 = state.map(|state| filled("state", &[cells, batch, config.hidden_size as usize], state));
    let h_0 = h_0.transpose()?;
    let run = ForwardRun::new(gru, x, gru::CallOptions::of(view(h_0.as_ref())))?;
    let width = (config.directions() * config.hidden_size) as usize;
    if expected != outer * inner * width {
        let problem = format_args!("{expected} elements do not hold ({outer}, {inner}, {width})");
        return Err(Fault::argument("output", problem));
    }
    Ok(run.finish())
}

/// A GRU whose weights are drawn.
///
/// # Errors
/// As [`drawn`].
pub fn drawn_gru(config: GruConfig, init: GruInit<impl Into<SharedStream>>) -> Result<Gru<f32>, Fault> {
    let GruInit { seed, generator, variant } = init;
    Ok(drawn(config, Init { seed, generator })?.with_variant(variant.unwrap_or_default()))
}

/// The GRU of a Keras layer, which reads (N, L, I) as it does there.
///
/// # Errors
/// `ShapeError` names what does not fit, `TooLargeError` beyond 512 MB, `ArgumentError`.
pub fn keras_gru<A: TypedArray<f32>>(weights: KerasWeights<A>) -> Result<Gru<f32>, Fault> {
    let KerasWeights { kernel, recurrent_kernel, bias, reset_after } = weights;
    let kernel = kernel.to_array("weights.kernel")?;
    let recurrent = recurrent_kernel.to_array("weights.recurrent_kernel")?;
    let bias = optional_array("weights.bias", bias)?;
    let parameters = from_keras(&kernel.view(), &recurrent.view(), view(bias.as_ref()).as_ref())?;
    let config = GruConfig { batch_first: true, ..config_of(&parameters) };
    of_layout(config, &parameters, reset_after.unwrap_or(true))
}

/// The GRU of an ONNX node, bidirectional if D is 2.
///
/// # Errors
/// As [`keras_gru`].
pub fn onnx_gru<A: TypedArray<f32>>(weights: OnnxWeights<A>) -> Result<Gru<f32>, Fault> {
    let OnnxWeights { w, r, b, linear_before_reset } = weights;
    let (w, r, b) = (w.to_array("weights.W")?, r.to_array("weights.R")?, optional_array("weights.B", b)?);
    let parameters = from_onnx(&w.view(), &r.view(), view(b.as_ref()).as_ref())?;
    let reset_after = linear_before_reset.is_some_and(|after| after != 0.0);
    of_layout(config_of(&parameters), &parameters, reset_after)
}

fn of_layout(config: GruConfig, parameters: &Named<f32>, reset_after: bool) -> Result<Gru<f32>, Fault> {
    let reset = if reset_after { Reset::AfterProduct } else { Reset::BeforeProduct };
    let gru = Gru::from_state_dict(config, views(parameters))?;
    Ok(gru.with_variant(Variant { reset, ..Variant::default() }))
}

/// The options that the shapes of these parameters tell.
fn config_of(parameters: &Named<f32>) -> GruConfig {
    let has = |wanted: &str| parameters.iter().any(|(name, _)| name == wanted);
    let columns = |wanted: &str| {
        let found = parameters.iter().find(|(name, _)| name == wanted);
        found.and_then(|(_, tensor)| tensor.shape().last()).map_or(0, |&size| size as u64)
    };
    GruConfig {
        bias: has("bias_ih_l0"),
        bidirectional: has("weight_ih_l0_reverse"),
        ..GruConfig::new(columns("weight_ih_l0"), columns("weight_hh_l0"))
    }
}
