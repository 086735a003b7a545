//! Records of kind `variants`: GRUs of Keras and ONNX, their weights in that framework's layout.

use gru_playground::gru::{CallOptions, ForwardRun, Gru, GruConfig, Reset, Update, Variant, layout};
use ndarray::{Array1, ArrayD, Axis};
use serde::Deserialize;

use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A call of a GRU of another framework.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Variants {
    /// A Keras layer.
    Keras(Box<Keras>),
    /// An ONNX node.
    Onnx(Box<Onnx>),
}

/// A Keras layer, gates z, r, h in columns, (N, L, I).
#[derive(Debug, Deserialize)]
pub struct Keras {
    config: KerasOptions,
    x: Tensor,
    initial_state: Option<Tensor>,
    kernel: Tensor,
    recurrent_kernel: Tensor,
    bias: Option<Tensor>,
    y: Tensor,
    state: Tensor,
}

#[derive(Debug, Deserialize)]
struct KerasOptions {
    units: u64,
    input_dim: u64,
    reset_after: bool,
    #[serde(default)]
    go_backwards: bool,
    activation: Option<String>,
    recurrent_activation: Option<String>,
}

/// An ONNX node, gates z, r, h in rows, (L, N, I).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Onnx {
    #[serde(rename = "config")]
    config: OnnxOptions,
    x: Tensor,
    w: Tensor,
    r: Tensor,
    b: Option<Tensor>,
    #[serde(rename = "initial_h")]
    initial_h: Option<Tensor>,
    #[serde(rename = "sequence_lens")]
    sequence_lens: Option<Vec<usize>>,
    y: Tensor,
    #[serde(rename = "Y_h")]
    y_h: Tensor,
}

#[derive(Debug, Deserialize)]
struct OnnxOptions {
    input_size: u64,
    hidden_size: u64,
    linear_before_reset: u64,
    direction: String,
}

impl Variants {
    /// Whether it can be checked.
    ///
    /// # Errors
    /// The option that is not supported.
    pub fn validate(&self) -> Result<(), String> {
        match self {
            Variants::Keras(keras) => {
                let of = |activation: &Option<String>, known| {
                    activation.as_deref().is_none_or(|name| name == known)
                };
                let known =
                    of(&keras.config.activation, "tanh") && of(&keras.config.recurrent_activation, "sigmoid");
                if known { Ok(()) } else { Err("other activations are not supported".to_owned()) }
            }
            Variants::Onnx(onnx) => match onnx.config.direction.as_str() {
                "forward" | "reverse" | "bidirectional" => Ok(()),
                other => Err(format!("direction {other} is not supported")),
            },
        }
    }

    /// What the framework answered.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let answers = match self {
            Variants::Keras(keras) => [("y", &keras.y), ("state", &keras.state)],
            Variants::Onnx(onnx) => [("Y", &onnx.y), ("Y_h", &onnx.y_h)],
        };
        let tolerance = Tolerance::Absolute(1e-5);
        answers.map(|(name, tensor)| Expected { name: name.to_owned(), tensor, tolerance }).into()
    }

    /// What the core answers in f32.
    ///
    /// # Errors
    /// What it says instead.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        match self {
            Variants::Keras(keras) => keras.answer(),
            Variants::Onnx(onnx) => onnx.answer(),
        }
    }
}

impl Keras {
    fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let bias = self.bias.as_ref().map(array::<f32>).transpose()?;
        let bias = bias.as_ref().map(|bias| bias.view());
        let (kernel, recurrent) = (array::<f32>(&self.kernel)?, array::<f32>(&self.recurrent_kernel)?);
        let parameters = layout::from_keras(&kernel.view(), &recurrent.view(), bias.as_ref());
        let options = &self.config;
        let config = GruConfig {
            bias: bias.is_some(),
            batch_first: true,
            ..GruConfig::new(options.input_dim, options.units)
        };
        let gru = module(config, parameters, options.reset_after)?;
        let mut x = array::<f32>(&self.x)?;
        if options.go_backwards {
            x.invert_axis(Axis(1));
        }
        let state = self.initial_state.as_ref().map(array::<f32>).transpose()?;
        let h_0 = state.as_ref().map(|state| state.view().insert_axis(Axis(0)));
        let result = gru.forward(x.view(), h_0).map_err(|error| error.to_string())?;
        let state = tensor(&result.h_n.index_axis(Axis(0), 0));
        // A layer that returns no sequences returns its last step.
        let y = if self.y.shape.len() == 2 { state.clone() } else { tensor(&result.output.view()) };
        Ok(vec![("y".to_owned(), y), ("state".to_owned(), state)])
    }
}

impl Onnx {
    fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let b = self.b.as_ref().map(array::<f32>).transpose()?;
        let b = b.as_ref().map(|b| b.view());
        let (w, r) = (array::<f32>(&self.w)?, array::<f32>(&self.r)?);
        let parameters = layout::from_onnx(&w.view(), &r.view(), b.as_ref());
        let options = &self.config;
        let bidirectional = options.direction == "bidirectional";
        let config = GruConfig {
            bias: b.is_some(),
            bidirectional,
            ..GruConfig::new(options.input_size, options.hidden_size)
        };
        let gru = module(config, parameters, options.linear_before_reset != 0)?;
        let mut x = array::<f32>(&self.x)?;
        let is_reverse = options.direction == "reverse";
        if is_reverse {
            self.reverse(&mut x, 1);
        }
        let h_0 = self.initial_h.as_ref().map(array::<f32>).transpose()?;
        let h_0 = h_0.as_ref().map(|h_0| h_0.view());
        let options = CallOptions { lengths: self.sequence_lens.clone(), ..CallOptions::of(h_0) };
        let run = ForwardRun::new(&gru, x.view(), options).map_err(|error| error.to_string())?;
        let result = run.finish();
        // Y is (L, D, N, H) where PyTorch has (L, N, D*H).
        let (steps, batch) = (x.shape()[0], x.shape()[1]);
        let directions = if bidirectional { 2 } else { 1 };
        let shape = vec![steps, batch, directions, self.config.hidden_size as usize];
        let elements: Array1<f32> = result.output.iter().copied().collect();
        let y: ArrayD<f32> = elements.into_shape_with_order(shape).map_err(|error| error.to_string())?;
        let mut y = y.permuted_axes(vec![0, 2, 1, 3]);
        if is_reverse {
            self.reverse(&mut y, 2);
        }
        Ok(vec![("Y".to_owned(), tensor(&y.view())), ("Y_h".to_owned(), tensor(&result.h_n.view()))])
    }
}

impl Onnx {
    /// Turns the steps round of each sample, whose axis this is, as far as it goes.
    fn reverse(&self, sequence: &mut ArrayD<f32>, samples: usize) {
        for (b, mut sample) in sequence.axis_iter_mut(Axis(samples)).enumerate() {
            let steps = self.sequence_lens.as_ref().map_or(self.x.shape[0], |lengths| lengths[b]);
            sample.slice_axis_inplace(Axis(0), (..steps).into());
            let mut turned = sample.to_owned();
            turned.invert_axis(Axis(0));
            sample.assign(&turned);
        }
    }
}

fn module(
    config: GruConfig,
    parameters: Result<layout::Named<f32>, gru_playground::gru::RecurrentError>,
    reset_after: bool,
) -> Result<Gru<f32>, String> {
    let parameters = parameters.map_err(|error| error.to_string())?;
    let tensors = parameters.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
    let gru = Gru::from_state_dict(config, tensors).map_err(|error| error.to_string())?;
    let reset = if reset_after { Reset::AfterProduct } else { Reset::BeforeProduct };
    Ok(gru.with_variant(Variant { reset, update: Update::KeepsOld }))
}
