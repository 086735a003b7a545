//! Modules whose tensors have names of their own: `enc_w_ih`, `rnn_kernel`. Shapes tell which they may be, and what the
//! names have in common which belong together; the learner is to agree.

use std::collections::BTreeMap;

use ndarray::ArrayD;

use super::keras::{add, converted};
use super::reading::{Local, ModuleReading, Style};
use crate::FileTensor;
use nn::gru::layout::{self, Named};

/// The tensors of a module by their places: its weights, and two biases, one or none.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    pub weight_ih: usize,
    pub weight_hh: usize,
    pub biases: Vec<usize>,
    /// Blocks of `hidden_size` rows: 3 of a GRU, 4 of an LSTM.
    pub gates: usize,
    pub input_size: usize,
    pub hidden_size: usize,
    /// Whether gates are columns, as Keras has them.
    pub is_columns: bool,
}

/// Words that tell what a tensor is in a module, not which module's it is.
const ROLES: [&str; 20] = [
    "w",
    "u",
    "b",
    "r",
    "x",
    "h",
    "weight",
    "weights",
    "bias",
    "biases",
    "kernel",
    "recurrent",
    "input",
    "hidden",
    "i2h",
    "h2h",
    "x2h",
    "in",
    "rec",
    "state",
];

/// Whether a word says that a tensor acts on the state.
fn is_of_state(word: &str) -> bool {
    word.ends_with("hh") || matches!(word, "u" | "r" | "recurrent" | "hidden" | "h2h" | "rec" | "state")
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What a name says beside the role: which module, which layer.
fn stem(name: &str) -> String {
    let is_role =
        |word: &str| ROLES.contains(&word) || ["hh", "ih", "xh"].iter().any(|end| word.ends_with(end));
    let words = words(name).into_iter().filter(|word| !is_role(word));
    words.collect::<Vec<_>>().join(" ")
}

/// The modules that names and shapes suggest: by the stems of names, or else, where there is but one way, by shapes
/// alone.
pub(super) fn modules(tensors: &[(&str, &[usize])]) -> Vec<Proposal> {
    let mut stems: Vec<(String, Vec<usize>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (place, (name, shape)) in tensors.iter().enumerate() {
        if !matches!(shape.len(), 1 | 2) || shape.contains(&0) {
            continue;
        }
        let stem = stem(name);
        if let Some(&known) = places.get(&stem) {
            stems[known].1.push(place);
        } else {
            places.insert(stem.clone(), stems.len());
            stems.push((stem, vec![place]));
        }
    }
    let by_stem: Vec<Proposal> =
        stems.iter().filter_map(|(_, members)| module(tensors, members, false)).collect();
    if !by_stem.is_empty() {
        return by_stem;
    }
    // Among many tensors two of such shapes belong to anything, and 'fc1.weight' is a layer's that has but one.
    let all: Vec<usize> = stems.into_iter().flat_map(|(_, members)| members).collect();
    if all.len() > 6 || all.iter().any(|&place| tensors[place].0.ends_with(".weight")) {
        return Vec::new();
    }
    module(tensors, &all, true).into_iter().collect()
}

/// The module that some tensors are; with `is_strict` only if no others could be meant.
fn module(tensors: &[(&str, &[usize])], members: &[usize], is_strict: bool) -> Option<Proposal> {
    let mut members = members.to_vec();
    members.sort_unstable();
    let says_state = |place: usize| words(tensors[place].0).iter().any(|word| is_of_state(word));
    // Keras has both biases in one tensor of two rows: only the name tells it from a weight.
    let says_bias = |place: usize| {
        words(tensors[place].0).iter().any(|word| matches!(word.as_str(), "b" | "bias" | "biases"))
    };
    let is_matrix = |place: usize| match *tensors[place].1 {
        [rows, _] => rows != 2 || !says_bias(place),
        _ => false,
    };
    let matrices: Vec<usize> = members.iter().copied().filter(|&place| is_matrix(place)).collect();
    for (gates, is_columns) in [(3, false), (3, true), (4, false), (4, true)] {
        // Rows of gates, and what they act on.
        let sizes = |place: usize| match (tensors[place].1, is_columns) {
            (&[rows, columns], false) => (rows, columns),
            (&[rows, columns], true) => (columns, rows),
            _ => (0, 0),
        };
        let is_recurrent = |place: usize| {
            let (rows, columns) = sizes(place);
            columns.checked_mul(gates) == Some(rows)
        };
        let recurrent: Vec<usize> = matrices.iter().copied().filter(|&place| is_recurrent(place)).collect();
        // Where the input is as wide as the state, both have one shape: names tell, or the order.
        let weight_hh = match recurrent.as_slice() {
            [only] => *only,
            [first, second] => {
                if says_state(*first) && !says_state(*second) {
                    *first
                } else {
                    *second
                }
            }
            _ => continue,
        };
        let (rows, hidden_size) = sizes(weight_hh);
        let mut inputs =
            matrices.iter().copied().filter(|&place| place != weight_hh && sizes(place).0 == rows);
        let Some(weight_ih) = inputs.next() else { continue };
        if inputs.next().is_some() {
            continue;
        }
        let mut biases: Vec<usize> = members
            .iter()
            .copied()
            .filter(|&place| match *tensors[place].1 {
                [length] => length == rows,
                [2, length] => is_columns && length == rows && says_bias(place),
                _ => false,
            })
            .collect();
        if biases.len() > 2 || biases.is_empty() && (is_strict || !says_state(weight_hh)) {
            continue;
        }
        biases.sort_by_key(|&place| says_state(place));
        let input_size = sizes(weight_ih).1;
        return Some(Proposal { weight_ih, weight_hh, biases, gates, input_size, hidden_size, is_columns });
    }
    None
}

/// The proposals for a dict of tensors, as far as they are GRUs.
pub(super) fn readings<'a>(tensors: &'a [FileTensor<'a>]) -> Vec<ModuleReading<'a>> {
    let floats: Vec<&FileTensor<'a>> = tensors.iter().filter(|tensor| tensor.kind.is_float()).collect();
    let shapes: Vec<(&str, &[usize])> =
        floats.iter().map(|tensor| (tensor.name.as_str(), tensor.shape.as_slice())).collect();
    modules(&shapes).iter().filter_map(|proposal| reading(&floats, proposal)).collect()
}

fn reading<'a>(floats: &[&'a FileTensor<'a>], proposal: &Proposal) -> Option<ModuleReading<'a>> {
    let Proposal { weight_ih, weight_hh, biases, is_columns, .. } = proposal;
    let (ih, hh) = (floats[*weight_ih], floats[*weight_hh]);
    let biases: Vec<&'a FileTensor<'a>> = biases.iter().map(|&place| floats[place]).collect();
    let mut locals = Vec::new();
    let style = if *is_columns { Style::OwnColumns } else { Style::Own };
    if proposal.gates == 3 && *is_columns {
        // Keras' one row of biases, or both in one tensor; two tensors are laid into one.
        let [first, ..] = biases.as_slice() else {
            let named = converted([Some(ih), Some(hh), None], |[ih, hh, _]| from_keras(ih?, hh?, None))?;
            add(&mut locals, named, "_l0", [ih, hh], None);
            return Some(ModuleReading { style, locals, ..ModuleReading::default() });
        };
        let named = converted([Some(ih), Some(hh), Some(first)], |[ih, hh, bias]| {
            let bias = match biases.get(1) {
                Some(second) => {
                    ndarray::stack(ndarray::Axis(0), &[bias?.view(), second.to_array().view()]).ok()?
                }
                None => bias?.clone(),
            };
            from_keras(ih?, hh?, Some(&bias))
        })?;
        add(&mut locals, named, "_l0", [ih, hh], Some(first));
        return Some(ModuleReading { style, locals, ..ModuleReading::default() });
    }
    locals.push(Local::of(ih, "weight_ih_l0".to_owned()));
    locals.push(Local::of(hh, "weight_hh_l0".to_owned()));
    if let Some(first) = biases.first() {
        locals.push(Local::of(first, "bias_ih_l0".to_owned()));
        let second = biases.get(1).map(|second| Local::of(second, "bias_hh_l0".to_owned()));
        // Of one bias the other half is zero.
        locals.push(second.unwrap_or_else(|| Local::zeros(first, "bias_hh_l0".to_owned())));
    }
    Some(ModuleReading { style, locals, ..ModuleReading::default() })
}

fn from_keras(
    kernel: &ArrayD<f32>,
    recurrent: &ArrayD<f32>,
    bias: Option<&ArrayD<f32>>,
) -> Option<Named<f32>> {
    let bias = bias.map(|bias| bias.view());
    layout::from_keras(&kernel.view(), &recurrent.view(), bias.as_ref()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_which_tensors_belong_together_and_which_acts_on_the_state() {
        // Input and state are as wide: both weights have one shape.
        let [square, bias] = [&[12, 4][..], &[12][..]];
        let tensors = [
            ("enc_emb", &[30, 4][..]),
            ("enc_w_hh", square),
            ("enc_w_ih", square),
            ("enc_b_hh", bias),
            ("enc_b_ih", bias),
            ("dec_w_ih", &[12, 7][..]),
            ("dec_w_hh", square),
            ("fc_w", &[9, 4][..]),
        ];
        let found = modules(&tensors);
        let places: Vec<_> =
            found.iter().map(|found| (found.weight_ih, found.weight_hh, found.biases.clone())).collect();
        assert_eq!(places, [(2, 1, vec![4, 3]), (5, 6, vec![])]);
        assert_eq!((found[1].input_size, found[1].hidden_size, found[1].gates), (7, 4, 3));
    }

    #[test]
    fn kernels_have_gates_as_columns() {
        let tensors =
            [("rnn_kernel", &[5, 6][..]), ("rnn_recurrent_kernel", &[2, 6][..]), ("rnn_bias", &[2, 6][..])];
        let [found] = modules(&tensors).try_into().expect("one module");
        assert!(found.is_columns && found.biases == [2]);
        assert_eq!((found.input_size, found.hidden_size), (5, 2));
    }

    #[test]
    fn by_shapes_alone_only_one_way_is_proposed() {
        let plain =
            [("arr_0", &[6, 3][..]), ("arr_1", &[6, 2][..]), ("arr_2", &[6][..]), ("arr_3", &[6][..])];
        assert_eq!(modules(&plain).len(), 1);
        let linear = [("fc1.weight", &[6, 3][..]), ("fc2.weight", &[2, 6][..]), ("fc2.bias", &[2][..])];
        assert_eq!(modules(&linear), []);
        let layers = [
            ("fc1.weight", &[12, 4][..]),
            ("fc1.bias", &[12][..]),
            ("fc2.weight", &[12, 12][..]),
            ("fc2.bias", &[12][..]),
        ];
        assert_eq!(modules(&layers), []);
        let again = ["arr_4", "arr_5", "arr_6", "arr_7"]
            .into_iter()
            .zip(plain)
            .map(|(name, (_, shape))| (name, shape));
        let twice: Vec<_> = plain.into_iter().chain(again).collect();
        assert_eq!(modules(&twice), []);
    }
}
