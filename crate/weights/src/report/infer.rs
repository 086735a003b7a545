//! The module that a file's weights were saved from, as far as their names and shapes tell.

use std::collections::BTreeMap;

use serde::Serialize;

use super::reading::{Local, ModuleReading, Style};
use crate::WeightFile;
use nn::gru::GruConfig;

/// A module whose weights are all in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FoundModule {
    /// Where: keys, places in lists and what the names begin with, joined by dots; the name of an ONNX node.
    pub at: String,
    /// Its class in `torch.nn`: `GRU`, `LSTMCell`.
    pub module: &'static str,
    /// `H_in`.
    pub input_size: usize,
    /// H.
    pub hidden_size: usize,
    /// How many layers.
    pub num_layers: usize,
    /// Whether it reads in both directions.
    pub bidirectional: bool,
    /// Whether it has biases.
    pub bias: bool,
    /// The size of an LSTM's projected state, if it has one.
    pub proj_size: Option<usize>,
    /// Whether names of their own and shapes suggest it, so that the learner is to agree.
    pub proposed: bool,
}

/// A module by the cell of its layers, whether it is a single cell or a module of layers.
const CLASSES: [(usize, &str, &str); 3] =
    [(3, "GRU", "GRUCell"), (4, "LSTM", "LSTMCell"), (1, "RNN", "RNNCell")];

/// The module that a reading is, if no tensor of it is missing, of another shape or without floats.
pub(super) fn found(reading: &ModuleReading<'_>, at: String) -> Option<FoundModule> {
    let by_name: BTreeMap<&str, &Local<'_>> =
        reading.locals.iter().map(|local| (local.name.as_str(), local)).collect();
    let shape = |name: &str| by_name.get(name).map(|local| local.shape.as_slice());
    let (&[rows, state], &[_, input_size]) = (shape("weight_hh_l0")?, shape("weight_ih_l0")?) else {
        return None;
    };
    let proj_size = match shape("weight_hr_l0") {
        Some(&[projected, hidden]) if projected == state => Some((projected, hidden)),
        Some(_) => return None,
        None => None,
    };
    let hidden_size = proj_size.map_or(state, |(_, hidden)| hidden);
    if input_size == 0 || state == 0 || hidden_size == 0 {
        return None;
    }
    let class = |(gates, ..): &&(usize, _, _)| hidden_size.checked_mul(*gates) == Some(rows);
    let &(gates, class, cell) = CLASSES.iter().find(class)?;
    if proj_size.is_some() && gates != 4 {
        return None;
    }
    let has = |end: &dyn Fn(&str) -> bool| by_name.keys().any(|name| end(name));
    let bias = has(&|name| name.starts_with("bias_"));
    let bidirectional = has(&|name| name.ends_with("_reverse"));
    let num_layers =
        (0..by_name.len()).take_while(|layer| shape(&format!("weight_hh_l{layer}")).is_some()).count();
    let directions = if bidirectional { ["", "_reverse"].as_slice() } else { &[""] };
    let mut due = 0;
    for layer in 0..num_layers {
        let features = if layer == 0 { input_size } else { directions.len().checked_mul(state)? };
        for direction in directions {
            let is = |kind: &str, expected: &[usize]| {
                let local = by_name.get(format!("{kind}_l{layer}{direction}").as_str());
                local.is_some_and(|local| local.shape == expected && local.is_float())
            };
            let parts: [(&str, &[usize], bool); 5] = [
                ("weight_ih", &[rows, features], true),
                ("weight_hh", &[rows, state], true),
                ("bias_ih", &[rows], bias),
                ("bias_hh", &[rows], bias),
                ("weight_hr", &[state, hidden_size], proj_size.is_some()),
            ];
            for (kind, expected, _) in parts.into_iter().filter(|(.., is_due)| *is_due) {
                if !is(kind, expected) {
                    return None;
                }
                due += 1;
            }
        }
    }
    (due == by_name.len()).then(|| FoundModule {
        at,
        module: if reading.style == Style::Cell { cell } else { class },
        input_size,
        hidden_size,
        num_layers,
        bidirectional,
        bias,
        proj_size: proj_size.map(|(projected, _)| projected),
        proposed: reading.is_proposed(),
    })
}

/// What the recurrent weight of layer 0 shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Saved {
    /// Three blocks of H rows: a GRU of these options.
    Gru(GruConfig),
    /// Four: an LSTM, whose state has so many features.
    Lstm(usize),
    /// One: an RNN.
    Rnn(usize),
    /// A GRU's, with its axes swapped.
    Transposed,
    /// None of them.
    Unknown,
}

/// What the names and shapes tell; the options that they do not show are those of the module.
pub(super) fn saved(reading: &ModuleReading<'_>, module: &GruConfig) -> Saved {
    let shape = |name: &str| {
        let local = reading.locals.iter().find(|local| local.name == name);
        local.map(|local| local.shape.as_slice())
    };
    let (Some(&[rows, columns]), Some(&[_, input_size])) = (shape("weight_hh_l0"), shape("weight_ih_l0"))
    else {
        return Saved::Unknown;
    };
    if reading.locals.iter().any(|local| local.name.starts_with("weight_hr")) {
        return Saved::Lstm(columns);
    }
    if columns == 0 || input_size == 0 {
        return Saved::Unknown;
    }
    if rows.checked_mul(3) == Some(columns) && rows > 0 {
        return Saved::Transposed;
    }
    match (rows % columns, rows / columns) {
        (0, 4) => return Saved::Lstm(columns),
        (0, 1) => return Saved::Rnn(columns),
        (0, 3) => {}
        _ => return Saved::Unknown,
    }
    let has = |part: &str| reading.locals.iter().any(|local| local.name.contains(part));
    let layers =
        (0..reading.locals.len()).take_while(|layer| shape(&format!("weight_hh_l{layer}")).is_some()).count();
    let config = GruConfig {
        input_size: input_size as u64,
        hidden_size: columns as u64,
        num_layers: layers as u64,
        bias: has("bias_ih_l") || has("bias_hh_l"),
        bidirectional: has("_reverse"),
        ..module.clone()
    };
    // Only if every tensor is one of such a module, and none is missing.
    let is_whole = config.parameters().all(|spec| {
        let due = spec.shape();
        shape(&spec.name()).is_some_and(|shape| shape.iter().map(|&size| size as u128).eq(due))
    });
    if is_whole && config.parameter_tensors() == (reading.locals.len() + reading.strays.len()) as u128 {
        Saved::Gru(config)
    } else {
        Saved::Unknown
    }
}

/// The columns of a weight that was taken apart: `weight_hh_l0_v`, `parametrizations.weight_hh_l0.original1`.
fn columns_of_parts(file: &WeightFile<'_>, group: usize, weight: &str) -> Option<usize> {
    file.tensors_of(group).iter().filter(|tensor| tensor.name.contains(weight)).find_map(|tensor| {
        match *tensor.shape.as_slice() {
            [_, columns] if columns > 1 => Some(columns),
            _ => None,
        }
    })
}

/// The GRU that a reading is a part of, by what is left of its layer 0 and the layers that it names.
pub(super) fn remains(file: &WeightFile<'_>, reading: &ModuleReading<'_>) -> Option<GruConfig> {
    let shape = |name: &str| {
        let local = reading.locals.iter().find(|local| local.name == name);
        local.map(|local| local.shape.as_slice())
    };
    let rows = |name: &str| shape(name).and_then(|shape| shape.first().copied());
    let rows = ["weight_ih_l0", "bias_ih_l0", "bias_hh_l0", "weight_hh_l0"].into_iter().find_map(rows)?;
    if rows == 0 || rows % 3 > 0 {
        return None;
    }
    // Four blocks of rows are an LSTM's.
    if columns_of_parts(file, reading.group, "weight_hh_l0").is_some_and(|hidden| hidden != rows / 3) {
        return None;
    }
    let input_size = shape("weight_ih_l0").and_then(|shape| shape.get(1).copied());
    let input_size =
        input_size.or_else(|| columns_of_parts(file, reading.group, "weight_ih_l0")).unwrap_or(1);
    let layer = |local: &Local<'_>| -> Option<usize> {
        let (_, layer) = local.name.split_once("_l")?;
        layer.strip_suffix("_reverse").unwrap_or(layer).parse().ok()
    };
    let layers = reading.locals.iter().filter_map(layer).max()?;
    (input_size > 0 && layers < reading.locals.len()).then(|| GruConfig {
        num_layers: layers as u64 + 1,
        bias: reading.locals.iter().any(|local| local.name.starts_with("bias_")),
        bidirectional: reading.locals.iter().any(|local| local.name.ends_with("_reverse")),
        ..GruConfig::new(input_size as u64, rows as u64 / 3)
    })
}
