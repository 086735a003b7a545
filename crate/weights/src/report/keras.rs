//! Tensors under the names of Keras and ONNX, taken apart into `nn.GRU`'s.

use ndarray::ArrayD;

use super::super::{FileTensor, WeightFile};
use super::reading::{Local, ModuleReading, Numbers, Style};
use nn::gru::layout::{self, Named};

/// The tensors of one layer of another framework.
struct Layer<'a> {
    /// What their names begin with.
    path: &'a str,
    /// In the order of the names that were asked for.
    tensors: [Option<&'a FileTensor<'a>>; 3],
}

/// The layers whose tensors end in the given names, of which the first two must be there; the first before the
/// tenth.
fn layers<'a>(file: &'a WeightFile<'a>, names: [&str; 3]) -> Vec<Layer<'a>> {
    let mut layers: Vec<Layer<'a>> = Vec::new();
    for tensor in &file.tensors {
        // TensorFlow's names end in the number of an output.
        let whole = tensor.name.strip_suffix(":0").unwrap_or(&tensor.name);
        let at = whole.rfind(['/', '.', ':']).map_or(0, |at| at + 1);
        let (path, last) = whole.split_at(at);
        let Some(place) = names.iter().position(|name| *name == last) else { continue };
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
pub(super) fn keras<'a>(file: &'a WeightFile<'a>) -> Option<ModuleReading<'a>> {
    let layers = layers(file, ["kernel", "recurrent_kernel", "bias"]);
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
        })?;
        add(&mut locals, named, &suffix, [kernel, recurrent], bias);
        *number += 1;
    }
    (!locals.is_empty()).then(|| ModuleReading { prefix: String::new(), style, locals })
}

/// The GRU nodes of an ONNX model, one above the other.
pub(super) fn onnx<'a>(file: &'a WeightFile<'a>) -> Option<ModuleReading<'a>> {
    let mut locals = Vec::new();
    for (number, layer) in layers(file, ["W", "R", "B"]).iter().enumerate() {
        let [Some(w), Some(r), b] = layer.tensors else { continue };
        let named = converted([Some(w), Some(r), b], |[w, r, b]| {
            let b = b.map(|b| b.view());
            layout::from_onnx(&w?.view(), &r?.view(), b.as_ref()).ok()
        })?;
        add(&mut locals, named, &format!("_l{number}"), [w, r], b);
    }
    (!locals.is_empty()).then(|| ModuleReading { prefix: String::new(), style: Style::Onnx, locals })
}

/// The result for the tensors' numbers; none where one has none or they do not belong together.
fn converted(
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
fn add<'a>(
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
