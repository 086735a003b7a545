//! Records of kind `backward`: a call, a loss that weighs what it gave, and the gradients.

use std::collections::BTreeMap;

use gru_playground::gru::{Gru, GruConfig, Upstream};
use serde::{Deserialize, Deserializer};

use super::compare::{Expected, Tolerance};
use super::native::{array, tensor};
use super::record::Tensor;

/// A call of `nn.GRU` and `loss.backward()`, loss being `sum(out * R)`, plus `sum(h_n * R_h_n)` if that is given.
#[derive(Debug, Deserialize)]
pub struct Backward {
    /// The class: only GRU is checked.
    pub module: String,
    /// The module's options.
    pub config: GruConfig,
    /// Whether dropout drops.
    #[serde(default)]
    pub training: bool,
    /// The input.
    pub input: Tensor,
    /// The initial state, if given.
    pub h_0: Option<Tensor>,
    /// The parameters.
    pub state_dict: BTreeMap<String, Tensor>,
    /// The weights of `out`.
    #[serde(rename = "R")]
    pub r: Tensor,
    /// The weights of `h_n`, if it counts.
    #[serde(rename = "R_h_n")]
    pub r_h_n: Option<Tensor>,
    /// The output.
    pub out: Tensor,
    /// The last states.
    pub h_n: Tensor,
    /// The loss.
    #[serde(deserialize_with = "scalar")]
    pub loss: Tensor,
    /// The gradients by the parameters.
    pub grads: BTreeMap<String, Tensor>,
    /// The gradient by the input.
    pub grad_input: Tensor,
    /// The gradient by `h_0`, if that was given.
    pub grad_h_0: Option<Tensor>,
}

fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tensor, D::Error> {
    Ok(Tensor { shape: Vec::new(), data: vec![f64::deserialize(deserializer)?] })
}

impl Backward {
    /// Whether it can be checked.
    pub fn validate(&self) -> Result<(), String> {
        if self.module != "GRU" {
            return Err(format!("module {} is not supported", self.module));
        }
        if self.training && self.config.dropout > 0.0 && self.config.num_layers > 1 {
            return Err("dropout while training is not supported".to_owned());
        }
        Ok(())
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
        expected.extend(self.grad_h_0.iter().map(|tensor| gradient("grad_h_0", tensor)));
        expected.extend(self.grads.iter().map(|(name, tensor)| gradient(&format!("grad {name}"), tensor)));
        expected
    }

    /// What the core answers in f32.
    pub fn answer(&self) -> Result<Vec<(String, Tensor)>, String> {
        let mut state_dict = BTreeMap::new();
        for (name, tensor) in &self.state_dict {
            state_dict.insert(name.clone(), array::<f32>(tensor)?);
        }
        let tensors = state_dict.iter().map(|(name, tensor)| (name.clone(), tensor.view()));
        let gru = Gru::from_state_dict(self.config.clone(), tensors).map_err(|error| error.to_string())?;
        let input = array::<f32>(&self.input)?;
        let h_0 = self.h_0.as_ref().map(array::<f32>).transpose()?;
        let [r, r_h_n] = [Some(&self.r), self.r_h_n.as_ref()].map(|r| r.map(array::<f32>).transpose());
        let (r, r_h_n) = (r?, r_h_n?);

        let (x, h) = (input.view(), h_0.as_ref().map(|h_0| h_0.view()));
        let output = gru.forward_traced(x.clone(), h.clone()).map_err(|error| error.to_string())?;
        let mut answers = vec![
            ("out".to_owned(), tensor(&output.output.view())),
            ("h_n".to_owned(), tensor(&output.h_n.view())),
        ];
        let weighed = [(&answers[0].1, Some(&self.r)), (&answers[1].1, self.r_h_n.as_ref())];
        let loss =
            weighed.iter().flat_map(|(tensor, r)| tensor.data.iter().zip(r.iter().flat_map(|r| &r.data)));
        let loss = loss.map(|(element, r)| element * r).sum();

        let upstream =
            Upstream { output: r.as_ref().map(|r| r.view()), h_n: r_h_n.as_ref().map(|r| r.view()) };
        let trace = output.trace.ok_or("no trace")?;
        let gradients = gru.backward(x, h, trace, upstream).map_err(|error| error.to_string())?;
        answers.push(("loss".to_owned(), Tensor { shape: Vec::new(), data: vec![loss] }));
        answers.push(("grad_input".to_owned(), tensor(&gradients.input.view())));
        answers.push(("grad_h_0".to_owned(), tensor(&gradients.h_0.view())));
        for (name, gradient) in &gradients.parameters {
            answers.push((format!("grad {name}"), tensor(&gradient.view())));
        }
        Ok(answers)
    }
}
