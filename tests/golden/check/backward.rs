//! Records of kind `backward`: a call, a loss that weighs what it gave, and the gradients.

use std::collections::BTreeMap;

use gru_playground::gru::{CallOptions, DropoutMask, ForwardRun, Gradients, Gru, GruConfig, Keep, Upstream};
use gru_playground::rng::TorchGenerator;
use gru_playground::rnn::{Mode, Rnn, RnnConfig, RnnGradients, RnnRun, RnnUpstream};
use ndarray::ArrayD;
use serde::{Deserialize, Deserializer};

use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A call of a module and `loss.backward()`, loss being `sum(out * R)`, plus `sum(h_n * R_h_n)` and
/// `sum(c_n * R_c_n)` if those are given.
#[derive(Debug, Deserialize)]
pub struct Backward {
    /// The class: GRU, RNN or LSTM.
    pub module: String,
    /// The module's options.
    pub config: Options,
    /// Whether dropout drops.
    #[serde(default)]
    pub training: bool,
    /// Set just before the call; only dropout draws.
    pub seed: Option<u64>,
    /// The input.
    pub input: Tensor,
    /// The initial state, if given.
    pub h_0: Option<Tensor>,
    /// An LSTM's initial cell state, if given.
    pub c_0: Option<Tensor>,
    /// The parameters.
    pub state_dict: BTreeMap<String, Tensor>,
    /// The weights of `out`.
    #[serde(rename = "R")]
    pub r: Tensor,
    /// The weights of `h_n`, if it counts.
    #[serde(rename = "R_h_n")]
    pub r_h_n: Option<Tensor>,
    /// The weights of `c_n`, if it counts.
    #[serde(rename = "R_c_n")]
    pub r_c_n: Option<Tensor>,
    /// The output.
    pub out: Tensor,
    /// The last states.
    pub h_n: Tensor,
    /// An LSTM's last cell states.
    pub c_n: Option<Tensor>,
    /// The loss.
    #[serde(deserialize_with = "scalar")]
    pub loss: Tensor,
    /// The gradients by the parameters.
    pub grads: BTreeMap<String, Tensor>,
    /// The gradient by the input.
    pub grad_input: Tensor,
    /// The gradient by `h_0`, if that was given.
    pub grad_h_0: Option<Tensor>,
    /// The gradient by `c_0`, if that was given.
    pub grad_c_0: Option<Tensor>,
}

/// The options of any of the modules.
#[derive(Debug, Deserialize)]
pub struct Options {
    /// Those that all have.
    #[serde(flatten)]
    pub base: GruConfig,
    /// An LSTM's.
    #[serde(default)]
    pub proj_size: u64,
    /// An RNN's: tanh if absent.
    pub nonlinearity: Option<String>,
}

/// An output by name, with its weights in the loss.
type Weighed = (&'static str, ArrayD<f32>, Option<ArrayD<f32>>);

/// What the core answered.
struct Answer {
    /// The outputs.
    outputs: Vec<Weighed>,
    /// The gradients by name.
    gradients: Vec<(String, ArrayD<f32>)>,
}

fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tensor, D::Error> {
    Ok(Tensor { shape: Vec::new(), data: vec![f64::deserialize(deserializer)?] })
}

/// The equations of an RNN or LSTM, or none for a GRU.
pub(super) fn mode(module: &str, options: &Options) -> Result<Option<Mode>, String> {
    match (module, options.nonlinearity.as_deref()) {
        ("GRU", _) => Ok(None),
        ("LSTM", _) => Ok(Some(Mode::Lstm)),
        ("RNN", None | Some("tanh")) => Ok(Some(Mode::Tanh)),
        ("RNN", Some("relu")) => Ok(Some(Mode::Relu)),
        ("RNN", Some(other)) => Err(format!("nonlinearity {other} is not supported")),
        (other, _) => Err(format!("module {other} is not supported")),
    }
}

impl Backward {
    /// Whether it can be checked.
    pub fn validate(&self) -> Result<(), String> {
        mode(&self.module, &self.config)?;
        if self.drops() && self.seed.is_none() {
            return Err("dropout while training needs a seed".to_owned());
        }
        Ok(())
    }

    fn drops(&self) -> bool {
        self.training && self.config.base.dropout > 0.0 && self.config.base.num_layers > 1
    }

    /// What `PyTorch` answered; gradients and the loss may be off by 1e-5 of their scale.
    pub fn expected(&self) -> Vec<Expected<'_>> {
        let scaled = |tensor: &Tensor| {
            let largest = tensor.data.iter().fold(1.0_f64, |largest, element| largest.max(element.abs()));
            Tolerance::Absolute(1e-5 * largest)
        };
        let gradient =
            |name: &str, tensor| Expected { name: name.to_owned(), tensor, tolerance: scaled(tensor) };
        let output = |name: &str, tensor| Expected {
            name: name.to_owned(),
            tensor,
            tolerance: Tolerance::Absolute(5e-6),
        };
        let mut expected = vec![
            output("out", &self.out),
            output("h_n", &self.h_n),
            gradient("loss", &self.loss),
            gradient("grad_input", &self.grad_input),
        ];
        expected.extend(self.c_n.iter().map(|tensor| output("c_n", tensor)));
        expected.extend(self.grad_c_0.iter().map(|tensor| gradient("grad_c_0", tensor)));
        expected.extend(self.grad_h_0.iter().map(|tensor| gradient("grad_h_0", tensor)));
        expected.extend(self.grads.iter().map(|(name, tensor)| gradient(&format!("grad {name}"), tensor)));
        expected
    }

    /// What the core answers in f32.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let Answer { outputs, gradients } = match mode(&self.module, &self.config)? {
            None => self.gru()?,
            Some(mode) => self.rnn(mode)?,
        };
        let mut loss = 0.0;
        let mut answers = Vec::new();
        for (name, output, weights) in outputs {
            let weighed = weights.iter().flat_map(|weights| output.iter().zip(weights));
            loss += weighed.map(|(&element, &r)| f64::from(element) * f64::from(r)).sum::<f64>();
            answers.push((name.to_owned(), tensor(&output.view())));
        }
        answers.push(("loss".to_owned(), Tensor { shape: Vec::new(), data: vec![loss] }));
        answers.extend(gradients.into_iter().map(|(name, gradient)| (name, tensor(&gradient.view()))));
        Ok(answers)
    }

    fn gru(&self) -> Result<Answer, String> {
        let state_dict = self.state_dict()?;
        let tensors = state_dict.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let gru =
            Gru::from_state_dict(self.config.base.clone(), tensors).map_err(|error| error.to_string())?;
        let (input, h_0) = (array::<f32>(&self.input)?, optional(self.h_0.as_ref())?);
        let (r, r_h_n) = (optional(Some(&self.r))?, optional(self.r_h_n.as_ref())?);
        let h_0 = h_0.as_ref().map(|h_0| h_0.view());
        let mut generator = TorchGenerator::new(self.seed.unwrap_or_default());
        let mask = self.drops().then(|| DropoutMask::draw(gru.config(), input.shape(), &mut generator));
        let mask = mask.transpose().map_err(|error| error.to_string())?;
        let run = match &mask {
            Some(mask) => {
                ForwardRun::new(&gru, input.view(), CallOptions::of(h_0.clone()).traced().training(mask))
            }
            None => ForwardRun::new(&gru, input.view(), CallOptions::of(h_0.clone()).traced()),
        };
        let output = run.map_err(|error| error.to_string())?.finish();
        let upstream = Upstream {
            output: r.as_ref().map(|r| r.view()),
            h_n: r_h_n.as_ref().map(|r| r.view()),
            c_n: None,
        };
        let trace = output.trace.ok_or("no trace")?;
        let gradients = match &mask {
            Some(mask) => {
                gru.backward_call(input.view(), CallOptions::of(h_0).training(mask), trace, upstream)
            }
            None => gru.backward(input.view(), h_0, trace, upstream),
        };
        let Gradients { parameters, input, h_0, .. } = gradients.map_err(|error| error.to_string())?;
        Ok(Answer {
            outputs: vec![("out", output.output, r), ("h_n", output.h_n, r_h_n)],
            gradients: named(parameters, [("grad_input", Some(input)), ("grad_h_0", Some(h_0))]),
        })
    }

    fn rnn(&self, mode: Mode) -> Result<Answer, String> {
        let state_dict = self.state_dict()?;
        let tensors = state_dict.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let Options { base, proj_size, .. } = &self.config;
        let config = RnnConfig { mode, base: base.clone(), proj_size: *proj_size };
        let rnn = Rnn::from_state_dict(config, tensors).map_err(|error| error.to_string())?;
        let input = array::<f32>(&self.input)?;
        let (h_0, c_0) = (optional(self.h_0.as_ref())?, optional(self.c_0.as_ref())?);
        let (r, r_h_n) = (optional(Some(&self.r))?, optional(self.r_h_n.as_ref())?);
        let r_c_n = optional(self.r_c_n.as_ref())?;
        let [h_0, c_0] = [&h_0, &c_0].map(|state| state.as_ref().map(|state| state.view()));
        let mut generator = TorchGenerator::new(self.seed.unwrap_or_default());
        let mask = self.drops().then(|| DropoutMask::draw(rnn.config(), input.shape(), &mut generator));
        let mask = mask.transpose().map_err(|error| error.to_string())?;
        let run = match &mask {
            Some(mask) => RnnRun::new(
                &rnn,
                input.view(),
                CallOptions {
                    h_0: h_0.clone(),
                    c_0: c_0.clone(),
                    keep: Keep::Every,
                    mask: Some(mask),
                    ..CallOptions::default()
                },
            ),
            None => RnnRun::new(
                &rnn,
                input.view(),
                CallOptions {
                    h_0: h_0.clone(),
                    c_0: c_0.clone(),
                    keep: Keep::Every,
                    ..CallOptions::default()
                },
            ),
        };
        let output = run.map_err(|error| error.to_string())?.finish();
        let upstream = RnnUpstream {
            output: r.as_ref().map(|r| r.view()),
            h_n: r_h_n.as_ref().map(|r| r.view()),
            c_n: r_c_n.as_ref().map(|r| r.view()),
        };
        let trace = output.trace.ok_or("no trace")?;
        let gradients = match &mask {
            Some(mask) => {
                let options = CallOptions { c_0, ..CallOptions::of(h_0).training(mask) };
                rnn.backward_call(input.view(), options, trace, upstream)
            }
            None => rnn.backward(input.view(), (h_0, c_0), trace, upstream),
        };
        let RnnGradients { parameters, input, h_0, c_0 } = gradients.map_err(|error| error.to_string())?;
        let mut outputs = vec![("out", output.output, r), ("h_n", output.h_n, r_h_n)];
        outputs.extend(output.c_n.map(|c_n| ("c_n", c_n, r_c_n)));
        let states = [("grad_input", Some(input)), ("grad_h_0", Some(h_0)), ("grad_c_0", c_0)];
        Ok(Answer { outputs, gradients: named(parameters, states) })
    }

    fn state_dict(&self) -> Result<BTreeMap<String, ArrayD<f32>>, String> {
        self.state_dict.iter().map(|(name, tensor)| Ok((name.clone(), array(tensor)?))).collect()
    }
}

fn optional(tensor: Option<&Tensor>) -> Result<Option<ArrayD<f32>>, String> {
    tensor.map(array).transpose()
}

/// Every gradient by the name of its record's field.
fn named<const N: usize>(
    parameters: Vec<(String, ArrayD<f32>)>,
    others: [(&str, Option<ArrayD<f32>>); N],
) -> Vec<(String, ArrayD<f32>)> {
    let parameters = parameters.into_iter().map(|(name, gradient)| (format!("grad {name}"), gradient));
    let others = others.into_iter().filter_map(|(name, gradient)| Some((name.to_owned(), gradient?)));
    parameters.chain(others).collect()
}
