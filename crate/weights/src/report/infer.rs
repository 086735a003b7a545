//! The module that a file's weights were saved from, as far as their names and shapes tell.

use super::reading::ModuleReading;
use nn::gru::GruConfig;

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
    if is_whole && config.parameter_tensors() == reading.locals.len() as u128 {
        Saved::Gru(config)
    } else {
        Saved::Unknown
    }
}
