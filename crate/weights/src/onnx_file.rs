//! ONNX models, read: their recurrent nodes, which equations these compute, and the tensors that they take.
//!
//! The numbers of the fields are those in onnx.proto.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ndarray::ArrayViewD;
use nn::gru::{Gru, RecurrentError, Reset, Variant};
use serde::Serialize;

use crate::file::accepts;
use crate::protobuf::{ProtoError, ProtoField, ProtoMessage, ProtoReader};
use crate::tensor::is_addressable;
use crate::{ElementKind, FileError, FileTensor, Format, MOST_AXES, MOST_TENSORS, OtherEntry, WeightFile};

/// The deepest that graphs stand within nodes.
const DEEPEST: usize = 8;
/// The most nodes of all graphs.
const MOST_NODES: usize = 100_000;
/// The attribute that tells which of two GRUs a node is.
const RESET_LAST: &str = "linear_before_reset";

/// Which GRU a node computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum RnnEquations {
    /// `n = tanh(W_in x + b_in + r * (W_hn h + b_hn))`, as `PyTorch` has it.
    #[serde(rename = "nn.GRU")]
    Torch,
    /// `n = tanh(W_in x + b_in + W_hn (r * h) + b_hn)`: other numbers from the same weights.
    #[serde(rename = "reset before the product")]
    ResetFirst,
}

/// A GRU, LSTM or RNN node of an ONNX model.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an attribute or input that the node has or has not"
)]
pub struct OnnxNode {
    /// Its name; where it has none, that of its first output.
    pub name: String,
    /// `GRU`, `LSTM` or `RNN`.
    pub operator: &'static str,
    /// `forward`, `reverse` or `bidirectional`.
    pub direction: String,
    /// Whether a GRU's reset gate acts after the product.
    pub linear_before_reset: bool,
    /// The activations, where they are not the usual ones.
    pub activations: Option<Vec<String>>,
    /// Whether sums are cut off at a limit, which no module of `PyTorch` does.
    pub has_clip: bool,
    /// Whether the batch axis comes first, as with the attribute `layout`.
    pub is_batch_first: bool,
    /// The places of W, R and B among the file's tensors; none where the node has none or another node computes it.
    pub tensors: [Option<usize>; 3],
    /// Whether it takes a bias, read or not.
    pub has_bias: bool,
}

impl OnnxNode {
    /// Which GRU it computes; none for other cells.
    pub fn equations(&self) -> Option<RnnEquations> {
        let equations = if self.linear_before_reset { RnnEquations::Torch } else { RnnEquations::ResetFirst };
        (self.operator == "GRU").then_some(equations)
    }

    /// Whether a module of `PyTorch` computes it, the place of the reset gate aside.
    pub fn is_plain(&self) -> bool {
        self.activations.is_none() && !self.has_clip
    }
}

/// What a model holds; none for bytes that are no model.
pub(super) fn open(bytes: &[u8]) -> Option<Result<WeightFile<'_>, FileError>> {
    // A safetensors file begins with any eight bytes before its header.
    if bytes.get(8) == Some(&b'{') {
        return None;
    }
    let has_version = matches!(bytes, [0x08, 1..=20, 0x12 | 0x3a | 0x42, ..]);
    let graph = fields(bytes).ok().and_then(|fields| {
        let of = |number: u64| fields.iter().find_map(|field| bytes_of(*field, number));
        of(8).and(of(7))
    });
    match graph {
        Some(graph) => Some(model(bytes, graph)),
        None if has_version => Some(Err(FileError::damaged("the ONNX model has no graph that ends with it"))),
        None => None,
    }
}

fn fields(message: &[u8]) -> Result<Vec<ProtoField<'_>>, ProtoError> {
    ProtoReader::new(message).take(MOST_NODES * 4).collect()
}

fn bytes_of(field: ProtoField<'_>, number: u64) -> Option<&[u8]> {
    match field {
        ProtoField::Bytes(of, bytes) if of == number => Some(bytes),
        _ => None,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(200).collect()
}

fn damaged(_: ProtoError) -> FileError {
    FileError::damaged("a message in the ONNX model contradicts its format")
}

fn model<'a>(bytes: &'a [u8], graph: &'a [u8]) -> Result<WeightFile<'a>, FileError> {
    let mut collected = Collected::default();
    collected.graph(graph, &BTreeMap::new(), 0, [1, 5])?;
    for field in fields(bytes).map_err(damaged)? {
        // A function has its nodes under another number, and no tensors.
        if let Some(function) = bytes_of(field, 25) {
            collected.graph(function, &BTreeMap::new(), 1, [7, 0])?;
        }
    }
    accepts(&collected.tensors)?;
    let Collected { tensors, others, nodes, .. } = collected;
    let mut file = WeightFile::flat(Format::Onnx, tensors, Vec::new());
    file.groups[0].others = others;
    file.nodes = nodes;
    Ok(file)
}

/// What the graphs of a model hold.
#[derive(Default)]
struct Collected<'a> {
    tensors: Vec<FileTensor<'a>>,
    others: Vec<OtherEntry>,
    nodes: Vec<OnnxNode>,
    names: BTreeMap<String, usize>,
    count: usize,
}

/// The tensors of a scope by the names that nodes use.
type GraphScope<'a> = BTreeMap<&'a [u8], usize>;

impl<'a> Collected<'a> {
    /// A graph: its nodes and tensors have the given numbers.
    fn graph(
        &mut self,
        graph: &'a [u8],
        around: &GraphScope<'a>,
        depth: usize,
        [of_nodes, of_tensors]: [u64; 2],
    ) -> Result<(), FileError> {
        let fields = fields(graph).map_err(damaged)?;
        let mut scope = around.clone();
        for field in &fields {
            if let Some(tensor) = bytes_of(*field, of_tensors)
                && of_tensors > 0
            {
                self.tensor(tensor, None, &mut scope)?;
            }
        }
        let nodes: Vec<&[u8]> = fields.iter().filter_map(|field| bytes_of(*field, of_nodes)).collect();
        self.count += nodes.len();
        if self.count > MOST_NODES {
            return Err(FileError::TooMany { what: "nodes of the ONNX model", limit: MOST_NODES });
        }
        for node in nodes {
            self.node(&GraphNode::new(node)?, &mut scope, depth)?;
        }
        Ok(())
    }

    fn node(
        &mut self,
        node: &GraphNode<'a>,
        scope: &mut GraphScope<'a>,
        depth: usize,
    ) -> Result<(), FileError> {
        let operator = match node.operator {
            b"GRU" => "GRU",
            b"LSTM" => "LSTM",
            b"RNN" => "RNN",
            b"Constant" => {
                if let (Some(value), Some(output)) =
                    (node.attribute("value").and_then(|value| value.tensor), node.outputs.first().copied())
                {
                    self.tensor(value, Some(output), scope)?;
                }
                return Ok(());
            }
            b"Identity" => {
                if let (Some(input), Some(output)) = (node.inputs.first(), node.outputs.first().copied())
                    && let Some(&place) = scope.get(input)
                {
                    scope.insert(output, place);
                }
                return Ok(());
            }
            _ => {
                for graph in node.attributes.iter().flat_map(|attribute| &attribute.graphs) {
                    if depth < DEEPEST {
                        self.graph(graph, scope, depth + 1, [1, 5])?;
                    }
                }
                return Ok(());
            }
        };
        let name = if node.name.is_empty() { node.outputs.first().copied() } else { Some(node.name) };
        let input = |place: usize| node.inputs.get(place).filter(|name| !name.is_empty());
        let of = |place: usize| input(place).and_then(|name| scope.get(name).copied());
        let int = |name: &str| node.attribute(name).and_then(|attribute| attribute.int).unwrap_or(0);
        let texts = node.attribute("activations").map(|attribute| attribute.texts.as_slice());
        let activations: Option<Vec<String>> =
            texts.map(|texts| texts.iter().map(|activation| text(activation)).collect());
        let usual: &[&str] = match operator {
            "GRU" => &["sigmoid", "tanh"],
            "LSTM" => &["sigmoid", "tanh", "tanh"],
            _ => &["tanh"],
        };
        let is_usual = |given: &Vec<String>| {
            given.iter().zip(usual.iter().cycle()).all(|(given, usual)| given.eq_ignore_ascii_case(usual))
                // nn.RNN has this one too.
                || operator == "RNN" && given.iter().all(|given| given.eq_ignore_ascii_case("relu"))
        };
        let direction = node.attribute("direction").and_then(|attribute| attribute.text);
        self.nodes.push(OnnxNode {
            name: name.map(text).unwrap_or_default(),
            operator,
            direction: direction.map_or_else(|| "forward".to_owned(), text),
            linear_before_reset: int(RESET_LAST) != 0,
            activations: activations.filter(|given| !is_usual(given)),
            has_clip: node.attribute("clip").is_some(),
            is_batch_first: int("layout") == 1,
            tensors: [of(1), of(2), of(3)],
            has_bias: input(3).is_some(),
        });
        Ok(())
    }

    /// A tensor under its own name, or under that of the output of a node that holds it.
    fn tensor(
        &mut self,
        message: &'a [u8],
        output: Option<&'a [u8]>,
        scope: &mut GraphScope<'a>,
    ) -> Result<(), FileError> {
        let read = TensorMessage::new(message).map_err(damaged)?;
        let key = output.unwrap_or(read.name);
        let mut name = text(key);
        // Graphs within nodes may use a name again.
        let again = self.names.entry(name.clone()).or_insert(0);
        *again += 1;
        if *again > 1 {
            name = format!("{name} ({again})");
        }
        match read.numbers(&name)? {
            // Lists of sizes and the like stand as constants in every model.
            Ok((kind, shape, _)) if output.is_some() && (!kind.is_float() || shape.is_empty()) => {}
            Ok((kind, shape, bytes)) => {
                scope.insert(key, self.tensors.len());
                self.tensors.push(FileTensor::contiguous(name, kind, shape, bytes));
            }
            Err(_) if output.is_some() => {}
            Err(what) => self.others.push(OtherEntry { before: self.tensors.len(), name, what }),
        }
        if self.tensors.len() + self.others.len() > MOST_TENSORS {
            return Err(FileError::TooMany { what: "tensors", limit: MOST_TENSORS });
        }
        Ok(())
    }
}

/// A node being read.
struct GraphNode<'a> {
    name: &'a [u8],
    operator: &'a [u8],
    inputs: Vec<&'a [u8]>,
    outputs: Vec<&'a [u8]>,
    attributes: Vec<NodeAttribute<'a>>,
}

#[derive(Default)]
struct NodeAttribute<'a> {
    name: &'a [u8],
    int: Option<i64>,
    text: Option<&'a [u8]>,
    texts: Vec<&'a [u8]>,
    tensor: Option<&'a [u8]>,
    graphs: Vec<&'a [u8]>,
}

impl<'a> GraphNode<'a> {
    fn new(message: &'a [u8]) -> Result<Self, FileError> {
        let mut node = GraphNode {
            name: b"",
            operator: b"",
            inputs: Vec::new(),
            outputs: Vec::new(),
            attributes: Vec::new(),
        };
        for field in ProtoReader::new(message) {
            match field.map_err(damaged)? {
                ProtoField::Bytes(1, name) => node.inputs.push(name),
                ProtoField::Bytes(2, name) => node.outputs.push(name),
                ProtoField::Bytes(3, name) => node.name = name,
                ProtoField::Bytes(4, operator) => node.operator = operator,
                ProtoField::Bytes(5, attribute) => node.attributes.push(NodeAttribute::new(attribute)?),
                _ => {}
            }
        }
        Ok(node)
    }

    fn attribute(&self, name: &str) -> Option<&NodeAttribute<'a>> {
        self.attributes.iter().find(|attribute| attribute.name == name.as_bytes())
    }
}

impl<'a> NodeAttribute<'a> {
    fn new(message: &'a [u8]) -> Result<Self, FileError> {
        let mut attribute = NodeAttribute::default();
        for field in ProtoReader::new(message) {
            match field.map_err(damaged)? {
                ProtoField::Bytes(1, name) => attribute.name = name,
                ProtoField::Int(3, int) => attribute.int = Some(int),
                ProtoField::Bytes(4, text) => attribute.text = Some(text),
                ProtoField::Bytes(5, tensor) => attribute.tensor = Some(tensor),
                ProtoField::Bytes(6 | 11, graph) => attribute.graphs.push(graph),
                ProtoField::Bytes(9, text) => attribute.texts.push(text),
                _ => {}
            }
        }
        Ok(attribute)
    }
}

/// A tensor being read.
#[derive(Default)]
struct TensorMessage<'a> {
    name: &'a [u8],
    dims: Vec<u64>,
    data_type: i64,
    raw: Option<&'a [u8]>,
    /// Packed floats or doubles, a part at a time.
    packed: Vec<&'a [u8]>,
    /// Packed numbers of 16 bits, a varint each.
    words: Vec<&'a [u8]>,
    external: Option<String>,
}

/// An element type, a shape and the numbers; or what a tensor is whose numbers are not read.
type TensorNumbers<'a> = Result<(ElementKind, Vec<usize>, Cow<'a, [u8]>), String>;

impl<'a> TensorMessage<'a> {
    fn new(message: &'a [u8]) -> Result<Self, ProtoError> {
        let mut tensor = TensorMessage::default();
        for field in ProtoReader::new(message) {
            match field? {
                ProtoField::Int(1, size) => tensor.dims.push(size as u64),
                ProtoField::Bytes(1, packed) => {
                    let mut sizes = ProtoReader::new(packed);
                    while !sizes.is_at_end() && tensor.dims.len() <= MOST_AXES {
                        tensor.dims.push(sizes.varint().ok_or(ProtoError)?);
                    }
                }
                ProtoField::Int(2, kind) => tensor.data_type = kind,
                ProtoField::Bytes(4 | 10, numbers) | ProtoField::Fixed(4 | 10, numbers) => {
                    tensor.packed.push(numbers);
                }
                ProtoField::Bytes(5, numbers) => tensor.words.push(numbers),
                ProtoField::Bytes(8, name) => tensor.name = name,
                ProtoField::Bytes(9, raw) => tensor.raw = Some(raw),
                ProtoField::Bytes(13, entry) => {
                    let entry: Vec<_> = ProtoReader::new(entry).collect::<Result<_, _>>()?;
                    if let [ProtoField::Bytes(1, b"location"), ProtoField::Bytes(2, file)] = entry.as_slice()
                    {
                        tensor.external = Some(text(file));
                    }
                }
                ProtoField::Int(14, 1) => {
                    tensor.external.get_or_insert_default();
                }
                _ => {}
            }
        }
        Ok(tensor)
    }

    fn numbers(self, name: &str) -> Result<TensorNumbers<'a>, FileError> {
        if let Some(file) = self.external {
            return Ok(Err(format!("a tensor whose numbers are in another file, '{file}'")));
        }
        let kind = match self.data_type {
            1 => "float32",
            2 => "uint8",
            3 => "int8",
            4 => "uint16",
            5 => "int16",
            6 => "int32",
            7 => "int64",
            9 => "bool",
            10 => "float16",
            11 => "float64",
            12 => "uint32",
            13 => "uint64",
            14 => "complex64",
            15 => "complex128",
            16 => "bfloat16",
            17 => "float8_e4m3fn",
            18 => "float8_e4m3fnuz",
            19 => "float8_e5m2",
            20 => "float8_e5m2fnuz",
            other => return Ok(Err(format!("a tensor of ONNX' type {other}"))),
        };
        let Some(kind) = ElementKind::of_dtype(kind) else { return Ok(Err("a tensor".to_owned())) };
        if self.dims.len() > MOST_AXES {
            return Err(FileError::TooMany { what: "axes of a tensor", limit: MOST_AXES });
        }
        let shape: Option<Vec<usize>> = self.dims.iter().map(|&size| usize::try_from(size).ok()).collect();
        let Some(shape) = shape.filter(|shape| is_addressable(shape)) else {
            return Err(FileError::Damaged { problem: format!("{name} has a size larger than any memory") });
        };
        let bytes = match (self.raw, self.packed.as_slice()) {
            (Some(raw), _) => Cow::Borrowed(raw),
            (None, [packed]) => Cow::Borrowed(*packed),
            (None, []) if kind.bytes() == 2 && kind.is_float() => Cow::Owned(words(&self.words)),
            (None, []) if !kind.is_float() => return Ok(Err("a tensor of whole numbers".to_owned())),
            (None, packed) => Cow::Owned(packed.concat()),
        };
        let needs = shape.iter().product::<usize>().saturating_mul(kind.bytes());
        if bytes.len() == needs {
            return Ok(Ok((kind, shape, bytes)));
        }
        let (needs, has) = (needs as u64, bytes.len() as u64);
        Err(FileError::Truncated { part: format!("the numbers of {name}"), needs, has })
    }
}

/// The lower 16 bits of packed varints.
fn words(packed: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in packed {
        let mut numbers = ProtoReader::new(part);
        while let Some(number) = numbers.varint() {
            bytes.extend((number as u16).to_le_bytes());
        }
    }
    bytes
}

/// The model with `linear_before_reset=1` at every GRU: then it computes what `nn.GRU` does with these weights. None where
/// the bytes are no model, or every GRU of it has that already.
///
/// ```
/// use gru_playground_weights::{Signature, mended_onnx, onnx};
/// use nn::gru::{Gru, GruConfig};
/// use rng::TorchGenerator;
///
/// let gru = Gru::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
/// let bytes = onnx(&gru, Signature { batched: true, h_0: false });
/// assert_eq!(mended_onnx(&bytes), None);
/// ```
pub fn mended_onnx(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = open(bytes)?.ok()?;
    let is_other = |node: &OnnxNode| node.equations() == Some(RnnEquations::ResetFirst);
    if !file.nodes.iter().any(is_other) {
        return None;
    }
    let model = copied(bytes, |field| match field {
        ProtoField::Bytes(7, graph) => mended_graph(graph, 1, 0).map(|graph| (7, graph)),
        ProtoField::Bytes(25, function) => mended_graph(function, 7, 1).map(|function| (25, function)),
        _ => None,
    })?;
    Some(model.into_bytes())
}

/// A message in which some of the fields are others.
fn copied(
    message: &[u8],
    mut change: impl FnMut(ProtoField<'_>) -> Option<(u64, ProtoMessage)>,
) -> Option<ProtoMessage> {
    let mut written = ProtoMessage::new();
    for field in ProtoReader::new(message) {
        let field = field.ok()?;
        written = match (change(field), field) {
            (Some((number, message)), _) => written.message(number, &message),
            (None, ProtoField::Int(number, value)) => written.int(number, value),
            (None, ProtoField::Bytes(number, bytes)) => written.bytes(number, bytes),
            (None, ProtoField::Fixed(number, bytes)) => written.fixed(number, bytes),
        };
    }
    Some(written)
}

fn mended_graph(graph: &[u8], of_nodes: u64, depth: usize) -> Option<ProtoMessage> {
    copied(graph, |field| {
        let node = bytes_of(field, of_nodes)?;
        Some((of_nodes, mended_node(node, depth)?))
    })
}

fn mended_node(node: &[u8], depth: usize) -> Option<ProtoMessage> {
    let read = GraphNode::new(node).ok()?;
    if read.operator != b"GRU" {
        return copied(node, |field| {
            let attribute = bytes_of(field, 5).filter(|_| depth < DEEPEST)?;
            let attribute = copied(attribute, |field| match field {
                ProtoField::Bytes(number @ (6 | 11), graph) => {
                    mended_graph(graph, 1, depth + 1).map(|graph| (number, graph))
                }
                _ => None,
            })?;
            Some((5, attribute))
        });
    }
    let mut mended = ProtoMessage::new();
    for field in ProtoReader::new(node) {
        mended = match field.ok()? {
            ProtoField::Bytes(5, attribute)
                if NodeAttribute::new(attribute).is_ok_and(|read| read.name == RESET_LAST.as_bytes()) =>
            {
                mended
            }
            ProtoField::Int(number, value) => mended.int(number, value),
            ProtoField::Bytes(number, bytes) => mended.bytes(number, bytes),
            ProtoField::Fixed(number, bytes) => mended.fixed(number, bytes),
        };
    }
    Some(mended.message(5, &crate::onnx::int_attribute(RESET_LAST, 1)))
}

/// How far a GRU whose reset gate acts before the product is from `nn.GRU` with the same weights: the largest difference
/// of any number of `output` and `h_n` on an input.
///
/// # Errors
/// As [`Gru::forward`].
///
/// ```
/// use gru_playground_weights::distance_from_torch;
/// use ndarray::ArrayD;
/// use nn::gru::{Gru, GruConfig};
/// use rng::TorchGenerator;
///
/// let gru = Gru::new(GruConfig::new(3, 2), &mut TorchGenerator::new(0)).expect("a small module");
/// let input = ArrayD::from_elem(vec![5, 1, 3], 0.5);
/// assert!(distance_from_torch(gru, input.view(), None).expect("a legal call") > 0.001);
/// ```
pub fn distance_from_torch(
    gru: Gru<f32>,
    input: ArrayViewD<'_, f32>,
    h_0: Option<ArrayViewD<'_, f32>>,
) -> Result<f32, RecurrentError> {
    let due = gru.forward(input.view(), h_0.clone())?;
    let variant = Variant { reset: Reset::BeforeProduct, ..Variant::default() };
    let other = gru.with_variant(variant).forward(input, h_0)?;
    let pairs = due.output.iter().zip(&other.output).chain(due.h_n.iter().zip(&other.h_n));
    Ok(pairs.fold(0.0, |most: f32, (due, other)| most.max((due - other).abs())))
}
