//! What a file holds, without a module to hold it against.

use super::explain::{call_text, reparametrized};
use super::{Fitting, FoundModule, infer, reading};
use crate::{RnnEquations, WeightFile};

/// The modules of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Every module whose weights are all there; for an ONNX model one for each recurrent node.
    pub found: Vec<FoundModule>,
    /// Which GRU the nodes of an ONNX model compute.
    pub equations: Option<RnnEquations>,
    /// What is to be said of it, a few sentences.
    pub says: String,
}

/// Which GRU the nodes of an ONNX model compute, or the one of a name: `PyTorch`'s only if all of them do.
pub(super) fn equations(file: &WeightFile<'_>, name: &str) -> Option<RnnEquations> {
    let nodes = file.nodes.iter().filter(|node| name.is_empty() || node.name == name);
    let mut all = nodes.filter_map(crate::OnnxNode::equations);
    let first = all.next()?;
    Some(if all.any(|other| other == RnnEquations::ResetFirst) { RnnEquations::ResetFirst } else { first })
}

/// Lists the modules of a file.
///
/// ```
/// use gru_playground_weights::{FileError, open, survey, to_safetensors};
/// use nn::gru::{Gru, GruConfig};
/// use rng::TorchGenerator;
///
/// let gru = Gru::<f32>::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
/// let bytes = to_safetensors(gru.state_dict());
/// let found = survey(&open(&bytes)?).found;
/// assert_eq!((found[0].module, found[0].input_size, found[0].hidden_size), ("GRU", 3, 2));
/// # Ok::<(), FileError>(())
/// ```
pub fn survey(file: &WeightFile<'_>) -> Survey {
    let readings = reading::readings(file);
    let mut found: Vec<FoundModule> = Vec::new();
    let mut says: Vec<String> = Vec::new();
    if file.nodes.is_empty() {
        for reading in &readings {
            match infer::found(reading, reading.at(file)) {
                Some(module) => found.push(module),
                None => says.extend(incomplete(file, reading)),
            }
        }
    } else {
        found.extend(file.nodes.iter().filter_map(|node| of_node(file, node)));
    }
    let mut first: Vec<String> = found.iter().map(described).collect();
    if first.is_empty() && says.is_empty() {
        first.push("No recurrent module is complete in it".to_owned());
    }
    let of_found = readings.iter().filter(|_| !found.is_empty());
    for reading in of_found.filter(|reading| reading.prefix.is_empty() && !reading.is_reordered()) {
        let others = file.groups.get(reading.group).map(|group| group.others.as_slice()).unwrap_or_default();
        let named: Vec<String> = others.iter().take(64).map(|other| format!("\"{}\"", other.name)).collect();
        if !named.is_empty() {
            says.push(format!(
                "load_state_dict of the whole dict raises: Unexpected key(s) in state_dict: {}; the module's own \
                 names fit",
                named.join(", ")
            ));
        }
    }
    if readings.iter().any(|reading| reading.style == reading::Style::KerasBefore) {
        says.push(
            "Its bias has one row: a Keras GRU with reset_after=False, another GRU than nn.GRU".to_owned(),
        );
    }
    says.extend(of_nodes(file));
    if !file.refused.is_empty() {
        says.push(format!(
            "It names {}, which torch.load(weights_only=True) refuses; nothing of it was executed",
            file.refused.join(", ")
        ));
    }
    says.extend(file.notes.iter().cloned());
    first.append(&mut says);
    let says: Vec<String> =
        first.into_iter().map(|sentence| format!("{}.", sentence.trim_end_matches('.'))).collect();
    Survey { found, equations: equations(file, ""), says: says.join(" ") }
}

/// `nn.GRU(4, 3) at model.net`.
fn described(module: &FoundModule) -> String {
    let proposed = if module.proposed { ", as names and shapes suggest" } else { "" };
    let mut text = format!("nn.{}({}, {}", module.module, module.input_size, module.hidden_size);
    if module.num_layers > 1 {
        text.extend([", num_layers=", &module.num_layers.to_string()]);
    }
    if !module.bias {
        text += ", bias=False";
    }
    if module.bidirectional {
        text += ", bidirectional=True";
    }
    if let Some(size) = module.proj_size {
        text.extend([", proj_size=", &size.to_string()]);
    }
    let at = if module.at.is_empty() { String::new() } else { format!(" at {}", module.at) };
    format!("{text}){at}{proposed}")
}

/// What `load_state_dict` says of a module that is not all there, as far as what is left tells its sizes.
fn incomplete(file: &WeightFile<'_>, reading: &reading::ModuleReading<'_>) -> Vec<String> {
    let at = reading.at(file);
    let at = if at.is_empty() { String::new() } else { format!(" at {at}") };
    let no_floats = reading.locals.iter().filter(|local| !local.is_float());
    let no_floats: Vec<String> =
        no_floats.take(3).map(|local| format!("{} is {}", local.source(), local.dtype())).collect();
    if !no_floats.is_empty() {
        return vec![format!("No module is read{at}: {}", no_floats.join(", "))];
    }
    let Some(config) = infer::remains(file, reading).filter(super::can_be_held) else {
        return vec![format!("What is there{at} is no whole module of any size")];
    };
    if infer::saved(reading, &config) == infer::Saved::Transposed {
        return vec![format!("The axes of the weights{at} are swapped: nn.GRU has (3 * hidden_size, ...)")];
    }
    let error = Fitting::new(&config, file, reading).error;
    let mut says = vec![format!("{}{at}: {}", call_text(&config), error.to_string().trim_end())];
    says.extend(
        reparametrized(file, reading, &error).map(|(why, fix)| {
            format!("{why} In Python, {}: {}", fix.statement, fix.code.replace('\n', "; "))
        }),
    );
    says
}

/// The module that a node is, if its tensors are in the file.
fn of_node(file: &WeightFile<'_>, node: &crate::OnnxNode) -> Option<FoundModule> {
    let shape = |place: usize| {
        let tensor = node.tensors[place].and_then(|place| file.tensors.get(place));
        tensor.filter(|tensor| tensor.kind.is_float()).map(|tensor| tensor.shape.as_slice())
    };
    let (&[directions, rows, input_size], &[also, also_rows, hidden_size]) = (shape(0)?, shape(1)?) else {
        return None;
    };
    let gates = match node.operator {
        "GRU" => 3,
        "LSTM" => 4,
        _ => 1,
    };
    let is_whole = directions == also
        && rows == also_rows
        && hidden_size.checked_mul(gates) == Some(rows)
        && directions == if node.direction == "bidirectional" { 2 } else { 1 }
        && rows > 0
        && match (node.has_bias, shape(2)) {
            (false, _) => true,
            (true, Some(&[of, both])) => of == directions && rows.checked_mul(2) == Some(both),
            (true, _) => false,
        };
    is_whole.then(|| FoundModule {
        at: node.name.clone(),
        module: node.operator,
        input_size,
        hidden_size,
        num_layers: 1,
        bidirectional: directions == 2,
        bias: node.has_bias,
        proj_size: None,
        proposed: false,
    })
}

/// How the recurrent nodes of a model differ from `PyTorch`'s modules.
pub(super) fn of_nodes(file: &WeightFile<'_>) -> Vec<String> {
    let mut says = Vec::new();
    for node in &file.nodes {
        let name = if node.name.is_empty() { node.operator } else { &node.name };
        if node.operator == "GRU" {
            says.push(if node.linear_before_reset {
                format!("{name} has the gates in the order z, r, h, both biases in B, and linear_before_reset=1: nn.GRU's equations")
            } else {
                format!(
                    "{name} has the gates in the order z, r, h, both biases in B, and linear_before_reset=0: the reset gate \
                     acts before the product, n = tanh(W_in x + b_in + W_hn (r * h) + b_hn), another GRU than nn.GRU"
                )
            });
        }
        if let Some(activations) = &node.activations {
            says.push(format!(
                "{name} has the activations {}, which its module of PyTorch has not",
                activations.join(", ")
            ));
        }
        if node.has_clip {
            says.push(format!("{name} cuts sums off at a limit, which no module of PyTorch does"));
        }
        if node.direction == "reverse" {
            says.push(format!("{name} reads from the end alone"));
        }
        if node.tensors[0].is_none() || node.tensors[1].is_none() {
            says.push(format!("The weights of {name} are no tensors in the file"));
        }
    }
    let external =
        file.groups.iter().flat_map(|group| &group.others).find(|other| other.what.contains("another file"));
    if let Some(other) = external {
        says.push(format!("{} is {}: save the model in one file", other.name, other.what));
    }
    says
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::gru::GruConfig;

    #[test]
    fn a_module_is_described_as_it_is_built() {
        let module = FoundModule {
            at: "a.b".to_owned(),
            module: "GRU",
            input_size: 4,
            hidden_size: 3,
            num_layers: 2,
            bidirectional: true,
            bias: false,
            proj_size: None,
            proposed: false,
        };
        assert_eq!(described(&module), "nn.GRU(4, 3, num_layers=2, bias=False, bidirectional=True) at a.b");
        assert_eq!(call_text(&GruConfig::new(4, 3)), "nn.GRU(4, 3)");
    }
}
