//! `nn.GRU` as an ONNX model: a GRU operator for each layer, and what stands between them.
//!
//! ONNX packs the gates z, r, h; its operator gives (L, D, N, H) for a layer, where `PyTorch` gives (L, N, D*H).

use super::protobuf::ProtoMessage;
use nn::gru::{Gru, GruConfig, ParameterKind};

/// What is exported beside the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Whether the input has a batch axis.
    pub batched: bool,
    /// Whether `h_0` is an input; else it is zero.
    pub h_0: bool,
}

/// The version of ONNX that the file needs, and of its operators; both of 2022, which every runtime of today reads.
const IR_VERSION: i64 = 8;
const OPSET: i64 = 17;

/// An ONNX model that computes what `output, h_n = gru(input, h_0)` does in evaluation mode.
///
/// | tensor | shape |
/// |---|---|
/// | `input` | (`seq_len`, `batch`, `H_in`), with `batch_first` (`batch`, `seq_len`, `H_in`), unbatched (`seq_len`, `H_in`) |
/// | `h_0` | as in `PyTorch`, an input only where the signature has it |
/// | `output`, `h_n` | as in `PyTorch` |
///
/// `seq_len` and `batch` are free. Dropout is left out: in evaluation mode it does nothing.
///
/// ```
/// use gru_playground_weights::{Signature, onnx};
/// use nn::gru::{Gru, GruConfig};
/// use rng::TorchGenerator;
///
/// let gru = Gru::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
/// let bytes = onnx(&gru, Signature { batched: true, h_0: false });
/// assert!(!bytes.is_empty()); // std::fs::write("gru.onnx", bytes)
/// ```
pub fn onnx(gru: &Gru<f32>, signature: Signature) -> Vec<u8> {
    let config = gru.config();
    let mut graph = Graph::default();
    let mut x = graph.steps_first(config, signature);
    let states = graph.states(config, signature);
    let mut last = Vec::new();
    for layer in 0..config.num_layers as usize {
        graph.parameters(gru, layer);
        let name = |what: &str| format!("{what}_l{layer}");
        let (w, r) = (name("W"), name("R"));
        let b = if config.bias { name("B") } else { String::new() };
        let h_0 = states.get(layer).cloned().unwrap_or_default();
        let (y, y_h) = (name("Y"), name("Y_h"));
        // Where there is none, an input has an empty name; those at the end may be left out.
        let mut inputs = vec![x.as_str(), &w, &r, &b, "", &h_0];
        while inputs.last().is_some_and(|input| input.is_empty()) {
            inputs.pop();
        }
        let direction = if config.bidirectional { "bidirectional" } else { "forward" };
        let attributes = [
            text_attribute("direction", direction),
            int_attribute("hidden_size", config.hidden_size as i64),
            int_attribute("linear_before_reset", 1),
        ];
        graph.node("GRU", &inputs, &[&y, &y_h], &attributes);
        let swapped = name("swapped");
        graph.node("Transpose", &[&y], &[&swapped], &[ints_attribute("perm", &[0, 2, 1, 3])]);
        x = name("output");
        graph.node("Reshape", &[&swapped, "side_by_side"], &[&x], &[]);
        last.push(y_h);
    }
    let features = (config.directions() * config.hidden_size) as i64;
    // 0 keeps the size of the input's axis.
    graph.constant("side_by_side", &[0, 0, features]);
    graph.results(config, signature, &x, &last);
    model(&graph.end(config, signature))
}

/// A graph being written: its nodes and its constants.
#[derive(Default)]
struct Graph {
    nodes: Vec<ProtoMessage>,
    constants: Vec<ProtoMessage>,
}

impl Graph {
    fn node(&mut self, operator: &str, inputs: &[&str], outputs: &[&str], attributes: &[ProtoMessage]) {
        let mut node = ProtoMessage::new();
        for input in inputs {
            node = node.text(1, input);
        }
        for output in outputs {
            node = node.text(2, output);
        }
        // Every node has one output at least; it names the node too.
        node = node.text(3, &format!("{operator}:{}", outputs[0])).text(4, operator);
        for attribute in attributes {
            node = node.message(5, attribute);
        }
        self.nodes.push(node);
    }

    /// The input as (L, N, `H_in`).
    fn steps_first(&mut self, config: &GruConfig, signature: Signature) -> String {
        if !signature.batched {
            self.constant("batch_axis", &[1]);
            self.node("Unsqueeze", &["input", "batch_axis"], &["steps"], &[]);
            "steps".to_owned()
        } else if config.batch_first {
            self.node("Transpose", &["input"], &["steps"], &[ints_attribute("perm", &[1, 0, 2])]);
            "steps".to_owned()
        } else {
            "input".to_owned()
        }
    }

    /// `h_0` of each layer, (D, N, H); none where it is zero.
    fn states(&mut self, config: &GruConfig, signature: Signature) -> Vec<String> {
        if !signature.h_0 {
            return Vec::new();
        }
        let mut whole = "h_0";
        if !signature.batched {
            self.node("Unsqueeze", &["h_0", "batch_axis"], &["h_0_batched"], &[]);
            whole = "h_0_batched";
        }
        if config.num_layers == 1 {
            return vec![whole.to_owned()];
        }
        let layers = config.num_layers as usize;
        let parts: Vec<String> = (0..layers).map(|layer| format!("h_0_l{layer}")).collect();
        self.constant("states_of_a_layer", &vec![config.directions() as i64; layers]);
        let names: Vec<&str> = parts.iter().map(String::as_str).collect();
        self.node("Split", &[whole, "states_of_a_layer"], &names, &[int_attribute("axis", 0)]);
        parts
    }

    /// `output` and `h_n` of what the last layer gave, and every layer's last states.
    fn results(&mut self, config: &GruConfig, signature: Signature, x: &str, last: &[String]) {
        let last: Vec<&str> = last.iter().map(String::as_str).collect();
        let axis = [int_attribute("axis", 0)];
        if signature.batched {
            if config.batch_first {
                self.node("Transpose", &[x], &["output"], &[ints_attribute("perm", &[1, 0, 2])]);
            } else {
                self.node("Identity", &[x], &["output"], &[]);
            }
            self.node("Concat", &last, &["h_n"], &axis);
        } else {
            self.node("Squeeze", &[x, "batch_axis"], &["output"], &[]);
            self.node("Concat", &last, &["h_n_batched"], &axis);
            self.node("Squeeze", &["h_n_batched", "batch_axis"], &["h_n"], &[]);
        }
    }

    /// W (D, 3H, I), R (D, 3H, H) and B (D, 6H) of a layer.
    fn parameters(&mut self, gru: &Gru<f32>, layer: usize) {
        let config = gru.config();
        let (hidden, directions) = (config.hidden_size, config.directions());
        let of_kind = |kind: ParameterKind| -> Vec<Vec<f32>> {
            let specs = config.parameters().zip(gru.state_dict());
            let of_layer = specs.filter(|(spec, _)| spec.layer == layer as u64 && spec.kind == kind);
            of_layer.map(|(_, (_, tensor))| z_r_h(tensor.as_slice().unwrap_or_default())).collect()
        };
        let mut add = |name: &str, last: &[u64], parts: Vec<Vec<f32>>| {
            let dims: Vec<i64> = [directions].iter().chain(last).map(|&size| size as i64).collect();
            self.floats(&format!("{name}_l{layer}"), &dims, &parts.concat());
        };
        let input = config.layer_input_size(layer as u64) as u64;
        add("W", &[3 * hidden, input], of_kind(ParameterKind::WeightIh));
        add("R", &[3 * hidden, hidden], of_kind(ParameterKind::WeightHh));
        if config.bias {
            let both = of_kind(ParameterKind::BiasIh).into_iter().zip(of_kind(ParameterKind::BiasHh));
            add("B", &[6 * hidden], both.map(|(ih, hh)| [ih, hh].concat()).collect());
        }
    }

    fn floats(&mut self, name: &str, dims: &[i64], numbers: &[f32]) {
        const FLOAT: i64 = 1;
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.constants.push(tensor(FLOAT, name, dims, &bytes));
    }

    /// A list of whole numbers.
    fn constant(&mut self, name: &str, numbers: &[i64]) {
        const INT64: i64 = 7;
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.constants.push(tensor(INT64, name, &[numbers.len() as i64], &bytes));
    }

    fn end(&self, config: &GruConfig, signature: Signature) -> ProtoMessage {
        let mut graph = ProtoMessage::new();
        for node in &self.nodes {
            graph = graph.message(1, node);
        }
        graph = graph.text(2, "gru");
        for constant in &self.constants {
            graph = graph.message(5, constant);
        }
        let size = |size: u64| OnnxSize::Known(size as i64);
        let states = size(config.num_layers * config.directions());
        let (hidden, features) = (size(config.hidden_size), size(config.directions() * config.hidden_size));
        let sequence = |last: OnnxSize| match (signature.batched, config.batch_first) {
            (false, _) => vec![SEQ_LEN, last],
            (true, false) => vec![SEQ_LEN, BATCH, last],
            (true, true) => vec![BATCH, SEQ_LEN, last],
        };
        let state = if signature.batched { vec![states, BATCH, hidden] } else { vec![states, hidden] };
        graph = graph.message(11, &value("input", &sequence(size(config.input_size))));
        if signature.h_0 {
            graph = graph.message(11, &value("h_0", &state));
        }
        graph.message(12, &value("output", &sequence(features))).message(12, &value("h_n", &state))
    }
}

/// Rows in the order r, z, n as z, r, n.
fn z_r_h(rows: &[f32]) -> Vec<f32> {
    let (r, rest) = rows.split_at(rows.len() / 3);
    let (z, n) = rest.split_at(r.len());
    [z, r, n].concat()
}

/// The size of an axis.
#[derive(Clone, Copy)]
enum OnnxSize {
    Known(i64),
    Free(&'static str),
}

const SEQ_LEN: OnnxSize = OnnxSize::Free("seq_len");
const BATCH: OnnxSize = OnnxSize::Free("batch");

// The numbers below are those of the fields in onnx.proto.

fn model(graph: &ProtoMessage) -> Vec<u8> {
    let opset = ProtoMessage::new().text(1, "").int(2, OPSET);
    let model =
        ProtoMessage::new().int(1, IR_VERSION).text(2, "gru-playground").text(3, env!("CARGO_PKG_VERSION"));
    model.message(7, graph).message(8, &opset).into_bytes()
}

fn tensor(kind: i64, name: &str, dims: &[i64], bytes: &[u8]) -> ProtoMessage {
    let tensor = dims.iter().fold(ProtoMessage::new(), |tensor, &size| tensor.int(1, size));
    tensor.int(2, kind).text(8, name).bytes(9, bytes)
}

fn value(name: &str, sizes: &[OnnxSize]) -> ProtoMessage {
    const FLOAT: i64 = 1;
    let shape = sizes.iter().fold(ProtoMessage::new(), |shape, size| {
        let dimension = match size {
            OnnxSize::Known(size) => ProtoMessage::new().int(1, *size),
            OnnxSize::Free(name) => ProtoMessage::new().text(2, name),
        };
        shape.message(1, &dimension)
    });
    let tensor = ProtoMessage::new().int(1, FLOAT).message(2, &shape);
    ProtoMessage::new().text(1, name).message(2, &ProtoMessage::new().message(1, &tensor))
}

pub(super) fn int_attribute(name: &str, number: i64) -> ProtoMessage {
    const INT: i64 = 2;
    ProtoMessage::new().text(1, name).int(3, number).int(20, INT)
}

fn ints_attribute(name: &str, numbers: &[i64]) -> ProtoMessage {
    const INTS: i64 = 7;
    let attribute = ProtoMessage::new().text(1, name);
    numbers.iter().fold(attribute, |attribute, &number| attribute.int(8, number)).int(20, INTS)
}

fn text_attribute(name: &str, text: &str) -> ProtoMessage {
    const STRING: i64 = 3;
    ProtoMessage::new().text(1, name).text(4, text).int(20, STRING)
}
