//! A keyword that `nn.GRU` does not have: misspelt, another module's, or not there yet.

use crate::diagnostic::prelude::*;

static MISTAKE: Mistake = Mistake {
    code: "unexpected-option",
    stage: Stage::Constructor,
    why: |view| why(view, unknown(view).first().copied().unwrap_or("dtype")),
    fixes,
};

/// `GRU.__init__` has filled it already.
pub(super) static NAMES_SELF: Rule = MISTAKE.raises(
    "TypeError",
    |view| view.call.config.other.iter().any(|(name, _)| name == "self"),
    |view| format!("{}__init__() got multiple values for argument 'self'", view.since_python_3_10("GRU.")),
);

/// `RNNBase.__init__` has filled it already.
pub(super) static NAMES_MODE: Rule = MISTAKE.raises(
    "TypeError",
    |view| first_refused(view) == Some("mode"),
    |view| {
        format!("{}__init__() got multiple values for argument 'mode'", view.since_python_3_10("RNNBase."))
    },
);

/// `RNNBase.__init__` does not have it.
pub(super) static UNKNOWN: Rule = MISTAKE.raises(
    "TypeError",
    |view| first_refused(view).is_some_and(|name| name != "mode"),
    |view| {
        let (class, name) = (view.since_python_3_10("RNNBase."), first_refused(view).unwrap_or_default());
        format!("{class}__init__() got an unexpected keyword argument '{name}'")
    },
);

/// The first keyword that Python itself refuses.
fn first_refused<'a>(view: &View<'a>) -> Option<&'a str> {
    // A dtype that is not floating stands in the call as `dtype=...`, after everything else.
    let dtype = (!view.has_factory() && !view.weight_dtype().is_floating_point()).then_some("dtype");
    unknown(view).first().copied().or(dtype)
}

/// The options that this release's `nn.GRU` does not have, in the order written.
fn unknown<'a>(view: &View<'a>) -> Vec<&'a str> {
    let is_known =
        |name: &str| OPTIONS.contains(&name) || view.has_factory() && matches!(name, "device" | "dtype");
    let names = view.call.config.other.iter().map(|(name, _)| name.as_str());
    names.filter(|name| !is_known(name)).collect()
}

/// Why there is no such option, and where others stand that are not there either.
pub(super) fn why(view: &View, name: &str) -> Explanation {
    let why = match name {
        "seq_len" | "sequence_length" | "batch" | "batch_size" => format!(
            "nn.GRU has no option {name}: one module takes sequences of any length in batches of any size, so it reads both from the shape of x."
        ),
        "proj_size" => {
            "proj_size makes nn.LSTM's hidden state smaller than its cell state; a GRU has no cell state."
                .to_owned()
        }
        "nonlinearity" => {
            "nonlinearity is an option of nn.RNN; the gates of a GRU use sigmoid and tanh.".to_owned()
        }
        "dtype" | "device" => format!("nn.GRU has no option {name} before PyTorch 1.9."),
        _ => match nearest(view, name) {
            Some(meant) => format!("nn.GRU has no option {name}; the nearest that it has is {meant}."),
            None => format!("nn.GRU has no option {name}."),
        },
    };
    let unknown = unknown(view);
    let mut explanation = Explanation::new(why);
    for name in if unknown.is_empty() { vec!["dtype"] } else { unknown } {
        explanation = explanation.at_option(name, "not an option of nn.GRU");
    }
    explanation
        .note("nn.GRU takes input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional")
}

/// How many options are looked at for what they may mean: each such fix leaves out all the others.
const MOST_RENAMED: usize = 32;

/// Writes the options otherwise, or not at all.
pub(super) fn fixes(view: &View) -> Vec<Candidate> {
    let unknown = unknown(view);
    let drop: Vec<Edit> = unknown.iter().map(|name| without_option(name)).collect();
    let renamed = unknown.iter().take(MOST_RENAMED).filter_map(|name| {
        let meant = nearest(view, name)?;
        let edit = option(meant, view.option(name)?.clone());
        Some(Candidate::new(format!("write {meant} instead of {name}"), [edit]))
    });
    let renamed: Vec<Candidate> = renamed.collect();
    let mut list: Vec<Candidate> = Candidate::all(renamed.clone()).into_iter().chain(renamed).collect();
    for candidate in &mut list {
        candidate.changes.splice(0..0, drop.iter().cloned().map(FixStep::from));
    }
    list.push(match unknown.as_slice() {
        [] => Candidate::new("leave dtype out", [Edit::SetModuleDtype { dtype: Dtype::Float32 }]),
        [name] => Candidate::new(format!("leave out {name}"), drop),
        [names @ .., last] => Candidate::new(format!("leave out {} and {last}", names.join(", ")), drop),
    });
    list
}

/// The option that an unknown name most likely means, if any.
fn nearest(view: &View, name: &str) -> Option<&'static str> {
    let device = view.has_factory().then_some("device");
    let likely =
        OPTIONS.into_iter().chain(device).filter_map(|known| Some((unlikeness(name, known)?, known)));
    likely.min_by_key(|(unlikeness, _)| *unlikeness).map(|(_, known)| known)
}

/// How far a name is from a known one, case and underscores aside; none where it is another word.
///
/// At most two letters differ, or one is within the other (`layers`), or the first words are the same
/// (`hidden_dim`).
fn unlikeness(name: &str, known: &str) -> Option<usize> {
    const MOST: usize = 2;
    let bare = |text: &str| -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
    };
    // A batch has a size, but no option of a module says so.
    if matches!(name, "batch" | "batch_size") {
        return None;
    }
    let first_word = known.split('_').next().unwrap_or_default();
    let (name, known) = (bare(name), bare(known));
    if name.len() > 2 * known.len() {
        return None;
    }
    // Levenshtein's distance, row by row.
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (index, byte) in name.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in known.iter().enumerate() {
            let replaced = diagonal + usize::from(byte != other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    let distance = row[known.len()];
    let is_within =
        |part: &[u8], whole: &[u8]| part.len() > 3 && whole.windows(part.len()).any(|it| it == part);
    let is_kin = is_within(&name, &known)
        || is_within(&known, &name)
        || first_word.len() > 3 && name.starts_with(first_word.as_bytes());
    (distance <= MOST.min(known.len() / 2) || is_kin).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_option_is_the_nearest() {
        let misspelt = example().other("num_layer", 2).refused_as(&MISTAKE);
        misspelt.says("1.10", "__init__() got an unexpected keyword argument 'num_layer'");
        misspelt
            .says("2.15", "RNNBase.__init__() got an unexpected keyword argument 'num_layer'")
            .is_mended_by("write num_layers instead of num_layer");
    }

    #[test]
    fn a_part_of_an_option_s_name_means_it_unless_it_is_short() {
        let part = example().other("bidirect", true).refused_as(&MISTAKE);
        part.is_mended_by("write bidirectional instead of bidirect");
        let layers = example().other("layers", 2).refused_as(&MISTAKE);
        layers.is_mended_by("write num_layers instead of layers");
        let short = example().other("out", 1).refused_as(&MISTAKE).error();
        assert!(short.help.iter().all(|fix| !fix.statement.starts_with("write ")), "{:?}", short.help);
    }

    #[test]
    fn what_is_filled_already_is_left_out() {
        let mode = example().other("mode", 1).refused_as(&MISTAKE);
        mode.says("2.15", "RNNBase.__init__() got multiple values for argument 'mode'")
            .is_mended_by("leave out mode");
        let own = example().other("self", 1).refused_as(&MISTAKE);
        own.says("2.15", "GRU.__init__() got multiple values for argument 'self'");
        let integers = example().module_dtype(Dtype::Int64).refused_as(&MISTAKE);
        integers
            .says("1.8", "__init__() got an unexpected keyword argument 'dtype'")
            .is_mended_by("leave dtype out");
    }
}
