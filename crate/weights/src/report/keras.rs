//! Tensors under the names of Keras and ONNX, taken apart into `nn.GRU`'s.

use ndarray::ArrayD;

use super::super::{FileTensor, NUMBERS_BYTES, OnnxNode, WeightFile};
use super::reading::{Local, ModuleReading, Numbers, Style};
use nn::gru::layout::{self, Named};

/// The tensors of one layer of another framework.
struct Layer<'a> {
    /// What their names begin with.
    path: &'a str,
    /// In the order of the names that were asked for.
    tensors: [Option<&'a FileTensor<'a>>; 3],
}

/// Keras' names of a layer's weights, up to Keras 2 and since Keras 3.
const KERAS: [[&str; 3]; 2] = [["kernel", "recurrent_kernel", "bias"], ["vars/0", "vars/1", "vars/2"]];
/// ONNX' names of a node's inputs.
const ONNX: [&str; 3] = ["W", "R", "B"];

/// A name as what it begins with, and the place of its end among the given names.
fn place<'n>(name: &'n str, names: [&str; 3]) -> Option<(&'n str, usize)> {
    // TensorFlow's names end in the number of an output.
    let whole = name.strip_suffix(":0").unwrap_or(name);
    names.iter().enumerate().find_map(|(place, last)| {
        let path = whole.strip_suffix(last)?;
        (path.is_empty() || path.ends_with(['/', '.', ':'])).then_some((path, place))
    })
}

/// Whether some names are those of a layer of Keras or a node of ONNX.
pub(super) fn names_layers<'n>(names: &(impl Iterator<Item = &'n str> + Clone)) -> bool {
    [KERAS[0], KERAS[1], ONNX].into_iter().any(|of| {
        let mut places = names.clone().filter_map(|name| place(name, of));
        let second = places.clone().find(|(_, place)| *place == 1);
        second.is_some_and(|(path, _)| places.any(|of| of == (path, 0)))
    })
}

/// The layers whose tensors end in the given names, of which the first two must be there; the first before the
/// tenth.
fn layers<'a>(tensors: &'a [FileTensor<'a>], names: [&str; 3]) -> Vec<Layer<'a>> {
    let mut layers: Vec<Layer<'a>> = Vec::new();
    for tensor in tensors {
        let Some((path, place)) = place(&tensor.name, names) else { continue };
        if let Some(layer) = layers.iter_mut().find(|layer| layer.path == path) {
            layer.tensors[place] = Some(tensor);
        } else {
            let mut tensors = [None; 3];
            tensors[place] = Some(tensor);
            layers.push(Layer { path, tensors });
        }
    }
    layers.retain(|layer| layer.tensors[0].is_some() && layer.tensors[1].is_some());
    layers.sort_by_key(|layer| (layer.path.len(), layer.path));
    layers
}

/// The GRU layers of a Keras model, one above the other; two directions where a path says `backward`.
pub(super) fn keras<'a>(tensors: &'a [FileTensor<'a>]) -> Vec<ModuleReading<'a>> {
    let mut layers: Vec<Layer<'a>> = KERAS.iter().flat_map(|names| layers(tensors, *names)).collect();
    // Other layers have these names too: those of a GRU are (I, 3H) and (H, 3H).
    layers.retain(|layer| {
        let shape = |place: usize| layer.tensors[place].map(|tensor| tensor.shape.as_slice());
        matches!((shape(0), shape(1)), (Some(&[_, columns]), Some(&[hidden, also]))
            if columns == also && hidden.checked_mul(3) == Some(columns))
    });
    let mut locals = Vec::new();
    let mut style = Style::Keras;
    let mut next = [0, 0];
    for layer in &layers {
        let is_reverse = layer.path.contains("backward");
        let number = &mut next[usize::from(is_reverse)];
        let [Some(kernel), Some(recurrent), bias] = layer.tensors else { continue };
        if bias.is_some_and(|bias| bias.shape.len() == 1) {
            style = Style::KerasBefore;
        }
        let suffix = format!("_l{number}{}", if is_reverse { "_reverse" } else { "" });
        let named = converted([Some(kernel), Some(recurrent), bias], |[kernel, recurrent, bias]| {
            let bias = bias.map(|bias| bias.view());
            layout::from_keras(&kernel?.view(), &recurrent?.view(), bias.as_ref()).ok()
        });
        let Some(named) = named else { return Vec::new() };
        add(&mut locals, named, &suffix, [kernel, recurrent], bias);
        *number += 1;
    }
    if locals.is_empty() {
        return Vec::new();
    }
    // One layer alone is where its tensors are; of several the place is that of all.
    let prefix = match layers.as_slice() {
        [layer] => layer.path.trim_end_matches("vars/").to_owned(),
        _ => String::new(),
    };
    vec![ModuleReading { prefix, style, locals, ..ModuleReading::default() }]
}

/// The GRU nodes of an ONNX model by the names of their tensors, one above the other.
pub(super) fn onnx<'a>(tensors: &'a [FileTensor<'a>]) -> Vec<ModuleReading<'a>> {
    let mut locals = Vec::new();
    for (number, layer) in layers(tensors, ONNX).iter().enumerate() {
        if !add_onnx(&mut locals, number, layer.tensors) {
            return Vec::new();
        }
    }
    if locals.is_empty() {
        return Vec::new();
    }
    vec![ModuleReading { style: Style::Onnx, locals, ..ModuleReading::default() }]
}

/// Adds a node's tensors as a layer; false where they do not belong together.
fn add_onnx<'a>(
    locals: &mut Vec<Local<'a>>,
    number: usize,
    tensors: [Option<&'a FileTensor<'a>>; 3],
) -> bool {
    let [Some(w), Some(r), b] = tensors else { return false };
    // Of an empty tensor a size may be any number.
    if tensors.iter().flatten().any(|tensor| tensor.shape.contains(&0)) {
        return false;
    }
    let named = converted([Some(w), Some(r), b], |[w, r, b]| {
        let b = b.map(|b| b.view());
        layout::from_onnx(&w?.view(), &r?.view(), b.as_ref()).ok()
    });
    let Some(named) = named else { return false };
    add(locals, named, &format!("_l{number}"), [w, r], b);
    true
}

/// The GRU nodes of an ONNX model; first, where there are several, all of them one above the other.
pub(super) fn nodes<'a>(file: &'a WeightFile<'a>) -> Vec<ModuleReading<'a>> {
    let tensors = |node: &OnnxNode| node.tensors.map(|place| place.and_then(|place| file.tensors.get(place)));
    let of_gru = |node: &&OnnxNode| node.operator == "GRU" && (node.tensors[2].is_some() || !node.has_bias);
    // Each is copied, and thousands of nodes may share a tensor.
    let mut numbers = 0_u64;
    let fits_in = |node: &&OnnxNode| {
        let counts = tensors(node).into_iter().flatten().map(|tensor| tensor.count() as u64);
        numbers = numbers.saturating_add(counts.sum());
        numbers <= NUMBERS_BYTES / 4
    };
    let mut readings = Vec::new();
    let stacked: Vec<&OnnxNode> = file.nodes.iter().filter(of_gru).take_while(fits_in).collect();
    if stacked.len() > 1 {
        let mut locals = Vec::new();
        let fits =
            stacked.iter().enumerate().all(|(layer, node)| add_onnx(&mut locals, layer, tensors(node)));
        if fits {
            readings.push(ModuleReading { style: Style::Onnx, locals, ..ModuleReading::default() });
        }
    }
    for node in stacked {
        let mut locals = Vec::new();
        if add_onnx(&mut locals, 0, tensors(node)) {
            readings.push(ModuleReading {
                prefix: node.name.clone(),
                style: Style::Onnx,
                locals,
                ..ModuleReading::default()
            });
        }
    }
    readings
}

/// The result for the tensors' numbers; none where one has none or they do not belong together.
pub(super) fn converted(
    tensors: [Option<&FileTensor<'_>>; 3],
    convert: impl FnOnce([Option<&ArrayD<f32>>; 3]) -> Option<Named<f32>>,
) -> Option<Named<f32>> {
    if tensors.iter().flatten().any(|tensor| !tensor.kind.is_float()) {
        return None;
    }
    let arrays = tensors.map(|tensor| tensor.map(FileTensor::to_array));
    convert(arrays.each_ref().map(Option::as_ref))
}

/// Adds what was converted for layer 0 under the suffix of its own layer.
pub(super) fn add<'a>(
    locals: &mut Vec<Local<'a>>,
    named: Named<f32>,
    suffix: &str,
    weights: [&'a FileTensor<'a>; 2],
    bias: Option<&'a FileTensor<'a>>,
) {
    for (name, array) in named {
        let (kind, direction) = name.split_once("_l0").unwrap_or((&name, ""));
        let source = match kind {
            "weight_ih" => weights[0],
            "weight_hh" => weights[1],
            _ => bias.unwrap_or(weights[0]),
        };
        locals.push(Local {
            name: format!("{kind}{suffix}{direction}"),
            shape: array.shape().to_vec(),
            sources: vec![&source.name],
            kind: source.kind,
            numbers: Numbers::Reordered(array),
        });
    }
}
