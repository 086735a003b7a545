//! The way of the shapes through a legal call.

use super::view::View;
use super::{Role, ShapeTrace, TracedTensor};
use crate::shape::{Axis, AxisMeaning, Dim, Shape};
use nn::gru::{GruConfig, ParameterKind, ParameterSpec, Variant};

/// The module, for options that the constructor accepts.
pub(super) fn module(view: &View) -> Option<GruConfig> {
    let size = |name| u64::try_from(view.int(name)?).ok();
    Some(GruConfig {
        input_size: size("input_size")?,
        hidden_size: size("hidden_size")?,
        num_layers: size("num_layers")?,
        bias: view.is_true("bias"),
        batch_first: view.is_true("batch_first"),
        dropout: view.value("dropout").as_number()?,
        bidirectional: view.is_true("bidirectional"),
    })
}

/// Every tensor of a legal call, from sizes alone: nothing is allocated by them but 33 layers' names.
pub(super) fn trace(view: &View, module: &GruConfig) -> Option<ShapeTrace> {
    let seq_len = u64::try_from(view.steps()?).ok()?;
    let batch = u64::try_from(view.batch()?).ok()?;
    let tracer = Tracer { module, batched: view.rank() == Some(3), seq_len, batch };
    let elided_layers = module.num_layers.saturating_sub(ShapeTrace::LAYERS + 1);
    let mut tensors = vec![
        tracer.over_steps("input", Role::Input, tracer.h_in()),
        tracer.states(if view.h_0().is_some() { "h_0" } else { "h_0 (zeros)" }, Role::H0),
    ];
    let first = 0..module.num_layers.min(ShapeTrace::LAYERS);
    let last = (module.num_layers > ShapeTrace::LAYERS).then(|| module.num_layers - 1);
    for layer in first.chain(last) {
        tracer.layer(layer, &mut tensors);
    }
    tensors.push(tracer.over_steps("output", Role::Output, tracer.both_directions()));
    tensors.push(tracer.states("h_n", Role::HN));
    let equations = Variant::default().equations(module.bias).into();
    Some(ShapeTrace { batched: tracer.batched, seq_len, batch, tensors, equations, elided_layers })
}

/// What the axes of a parameter of `nn.GRU` mean.
pub fn parameter_axes(parameter: &ParameterSpec, bidirectional: bool) -> Vec<AxisMeaning> {
    let columns = match parameter.kind {
        ParameterKind::WeightIh if parameter.layer == 0 => Some(("H_in", "input size")),
        ParameterKind::WeightIh if bidirectional => Some(("2*H_out", "output of both directions below")),
        ParameterKind::BiasIh | ParameterKind::BiasHh => None,
        _ => Some(("H_out", "hidden size")),
    };
    let columns = columns.map(|(letters, words)| {
        let axis = if letters == "H_in" { Axis::HIn } else { Axis::HOut };
        meaning(axis, letters, words)
    });
    [meaning(Axis::HOut, "3*H_out", "rows of r, z and n")].into_iter().chain(columns).collect()
}

pub(super) fn meaning(axis: Axis, letters: &str, words: &str) -> AxisMeaning {
    AxisMeaning { axis, letters: letters.to_owned(), words: words.to_owned() }
}

/// One axis: its size and its meaning.
struct Measure {
    size: i128,
    meaning: AxisMeaning,
}

fn measure(size: impl Into<i128>, axis: Axis, letters: &str, words: &str) -> Measure {
    Measure { size: size.into(), meaning: meaning(axis, letters, words) }
}

struct Tracer<'a> {
    module: &'a GruConfig,
    batched: bool,
    seq_len: u64,
    batch: u64,
}

impl Tracer<'_> {
    fn directions(&self) -> i128 {
        if self.module.bidirectional { 2 } else { 1 }
    }

    fn h_in(&self) -> Measure {
        measure(self.module.input_size, Axis::HIn, "H_in", "input size")
    }

    fn h_out(&self) -> Measure {
        measure(self.module.hidden_size, Axis::HOut, "H_out", "hidden size")
    }

    fn gates(&self) -> Measure {
        let size = 3 * i128::from(self.module.hidden_size);
        measure(size, Axis::HOut, "3*H_out", "the gates r, z and n, hidden size each")
    }

    fn both_directions(&self) -> Measure {
        let size = self.directions() * i128::from(self.module.hidden_size);
        measure(size, Axis::HOut, "D*H_out", "directions times hidden size")
    }

    fn batch_axis(&self) -> Option<Measure> {
        self.batched.then(|| measure(self.batch, Axis::N, "N", "batch size"))
    }

    /// A tensor over all steps, laid out as the call's input is.
    fn over_steps(&self, name: &str, role: Role, features: Measure) -> TracedTensor {
        let steps = measure(self.seq_len, Axis::L, "L", "sequence length");
        let mut axes = vec![steps];
        if let Some(batch) = self.batch_axis() {
            axes.insert(usize::from(!self.module.batch_first), batch);
        }
        axes.push(features);
        tensor(name, role, axes)
    }

    /// A tensor of one step.
    fn of_step(&self, name: &str, role: Role, features: Measure) -> TracedTensor {
        tensor(name, role, self.batch_axis().into_iter().chain([features]).collect())
    }

    /// A state of every layer and direction; never batch-first.
    fn states(&self, name: &str, role: Role) -> TracedTensor {
        let size = self.directions() * i128::from(self.module.num_layers);
        let states = measure(size, Axis::D, "D*num_layers", "directions times layers");
        tensor(name, role, [states].into_iter().chain(self.batch_axis()).chain([self.h_out()]).collect())
    }

    fn layer(&self, layer: u64, tensors: &mut Vec<TracedTensor>) {
        let start = tensors.len();
        let taken = || if layer == 0 { self.h_in() } else { self.both_directions() };
        tensors.push(self.over_steps(&format!("input_l{layer}"), Role::LayerInput, taken()));
        tensors.push(self.of_step("x", Role::StepInput, taken()));
        for reverse in [false, true].into_iter().take(self.directions() as usize) {
            let suffix = format!("l{layer}{}", if reverse { "_reverse" } else { "" });
            let product = |side: &str, factor: &str| {
                let bias = if self.module.bias { format!(" + b_{side}_{suffix}") } else { String::new() };
                format!("W_{side}_{suffix} {factor}{bias}")
            };
            let of_direction = tensors.len();
            tensors.push(self.over_steps(&product("ih", "x"), Role::InputProduct, self.gates()));
            tensors.push(self.of_step(&product("hh", "h"), Role::HiddenProduct, self.gates()));
            for gate in ["r", "z", "n"] {
                tensors.push(self.of_step(gate, Role::Gate, self.h_out()));
            }
            tensors.push(self.over_steps(&format!("h_{suffix}"), Role::DirectionOutput, self.h_out()));
            for tensor in &mut tensors[of_direction..] {
                tensor.reverse = reverse;
            }
        }
        tensors.push(self.over_steps(&format!("output_l{layer}"), Role::LayerOutput, self.both_directions()));
        for tensor in &mut tensors[start..] {
            tensor.layer = Some(layer);
        }
    }
}

fn tensor(name: &str, role: Role, axes: Vec<Measure>) -> TracedTensor {
    TracedTensor {
        name: name.to_owned(),
        role,
        layer: None,
        reverse: false,
        shape: Shape(axes.iter().map(|axis| Dim(axis.size)).collect()),
        axes: axes.into_iter().map(|axis| axis.meaning).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::gru::Options as _;

    #[test]
    fn a_parameter_has_the_axes_of_its_kind_and_layer() {
        let axes = |name: &str, bidirectional| {
            let config = GruConfig { num_layers: 11, bidirectional, ..GruConfig::new(10, 20) };
            let parameter = config.plan().parameters().find(|parameter| parameter.name() == name).unwrap();
            let axes = parameter_axes(&parameter, bidirectional);
            assert_eq!(axes.len(), parameter.shape().len(), "{name}");
            axes.into_iter().map(|axis| axis.letters).collect::<Vec<_>>().join(", ")
        };
        for (name, bidirectional, expected) in [
            ("weight_ih_l0", false, "3*H_out, H_in"),
            ("weight_ih_l0_reverse", true, "3*H_out, H_in"),
            ("weight_hh_l0", false, "3*H_out, H_out"),
            ("weight_ih_l1", false, "3*H_out, H_out"),
            ("weight_ih_l1_reverse", true, "3*H_out, 2*H_out"),
            ("weight_ih_l10", true, "3*H_out, 2*H_out"),
            ("weight_hh_l1_reverse", true, "3*H_out, H_out"),
            ("bias_hh_l0", true, "3*H_out"),
        ] {
            assert_eq!(axes(name, bidirectional), expected, "{name}, bidirectional: {bidirectional}");
        }
    }

    #[test]
    fn a_layer_takes_at_one_step_what_it_takes_but_for_the_steps() {
        for (batch_first, batched) in [(false, true), (true, true), (false, false)] {
            let module =
                GruConfig { num_layers: 2, batch_first, bidirectional: true, ..GruConfig::new(10, 20) };
            let tracer = Tracer { module: &module, batched, seq_len: 5, batch: 3 };
            for layer in 0..2 {
                let mut tensors = Vec::new();
                tracer.layer(layer, &mut tensors);
                let axes = |role: Role| {
                    let found = tensors.iter().find(|tensor| tensor.role == role).unwrap();
                    found
                        .shape
                        .0
                        .iter()
                        .zip(&found.axes)
                        .map(|(size, axis)| (size.0, axis.axis))
                        .collect::<Vec<_>>()
                };
                let mut expected = axes(Role::LayerInput);
                expected.retain(|(_, axis)| *axis != Axis::L);
                assert_eq!(axes(Role::StepInput), expected, "layer {layer}");
            }
        }
    }
}
