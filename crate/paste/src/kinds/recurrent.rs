//! What recurrent modules and cells say of their arguments.

use super::prelude::*;
use crate::facts::{BuiltModule, Rebuilt};

/// The learner's line with `x` and the state as it passes them.
fn names(found: &Hit) -> (String, String, String) {
    let site = found.module_call();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let h = arg_or(site.as_ref(), 1, "h_0").to_owned();
    (found.module().0, x, h)
}

/// The failing call with other arguments, or a call that stands for it.
fn called(found: &Hit, index: usize, arg: &str) -> String {
    match found.module_call() {
        Some(site) => site.with_arg(index, arg),
        None if index == 0 => format!("out, h_n = {}({arg})", found.module().0),
        None => format!("out, h_n = {}(x, {arg})", found.module().0),
    }
}

fn input_features(found: &Hit) -> Says {
    let (expected, got) = (found.int("expected"), found.int("got"));
    let (module, class) = found.module();
    let (_, x, _) = names(found);
    let shape = found.reading.facts.shape(&x);
    let built = found.reading.facts.modules.iter().rev().find(|built| built.name == module);
    let mut cause = format!(
        "The last axis of {x} holds the features of a step: it has {got}, and nn.{class} was made for input_size={expected}."
    );
    let other = shape.as_deref().and_then(|shape| {
        let last = shape.len().checked_sub(1)?;
        Some((shape[..last].iter().position(|size| *size == expected)?, last))
    });
    let mend = if let Some((axis, last)) = other {
        add(&mut cause, &format!(" Axis {axis} of {x} has that size: the axes are in another order."));
        called(found, 0, &format!("{x}.transpose({axis}, {last})"))
    } else if got == 1 || expected != 1 {
        let made = built.and_then(|built| built.site.as_ref()).map(|site| {
            if site.keyword("input_size").is_some() {
                site.with_keyword("input_size", &got.to_string())
            } else {
                site.with_arg(0, &got.to_string())
            }
        });
        made.unwrap_or_else(|| {
            format!(
                "{module} = nn.{class}(input_size={got}, hidden_size={module}.hidden_size, num_layers={module}.num_layers, batch_first={module}.batch_first, bidirectional={module}.bidirectional)\n# or, if {x} should have {expected} features, bring that axis last: {x}.transpose(1, 2)"
            )
        })
    } else {
        format!(
            "{}  # a series of {got} steps with one feature each\n# or {module} = nn.{class}(input_size={got}, ...) if the {got} values belong to one step",
            called(found, 0, &format!("{x}.unsqueeze(-1)"))
        )
    };
    Says { call: two_axes(found, expected, got), ..Says::new(cause, mend) }
}

/// A call that raises this message, where the text has the shape of x and not the module.
fn two_axes(found: &Hit, expected: i64, got: i64) -> Option<Rebuilt> {
    if let Some(call) = found.reading.facts.rebuilt() {
        return Some(call);
    }
    let input = found.reading.facts.shape(&names(found).1).filter(|shape| shape.last() == Some(&got))?;
    let hidden_size = 16;
    Some(Rebuilt { config: plain_module(expected, hidden_size, found), input, h_0: None })
}

fn plain_module(input_size: i64, hidden_size: i64, found: &Hit) -> BuiltModule {
    BuiltModule {
        input_size,
        hidden_size,
        num_layers: 1,
        bias: true,
        batch_first: found.is_batch_first(),
        dropout: 0.0,
        bidirectional: false,
    }
}

fn hidden_size(found: &Hit) -> Says {
    let (expected, got) = (found.shape("expected").to_vec(), found.shape("got").to_vec());
    let (module, x, h) = names(found);
    let h = h.trim_start_matches('(').split(',').next().unwrap_or("h_0").trim().to_owned();
    let batch = format!("{x}.size(0 if {module}.batch_first else 1)");
    let (expected_words, got_words) = (tuple(&expected), tuple(&got));
    let fresh = |found: &Hit| {
        let zeros = format!(
            "torch.zeros({}, {batch}, {}, device={x}.device)",
            expected.first().unwrap_or(&1),
            expected.last().unwrap_or(&1)
        );
        if found.mentions("Expected hidden[") {
            format!("state = ({zeros}, {zeros})\n{}", called(found, 1, "state"))
        } else if is_name(&h) {
            before_line(&format!("{h} = {zeros}"), found)
        } else {
            called(found, 1, &zeros)
        }
    };
    let ([layers, n, hidden], [layers_got, n_got, hidden_got]) = (expected.as_slice(), got.as_slice()) else {
        return Says::new(
            format!(
                "The state has the shape {got_words}, and {expected_words} is due: (D * num_layers, N, hidden_size)."
            ),
            fresh(found),
        );
    };
    let start = format!(
        "h_0 has the shape {got_words}, and {module} needs {expected_words}: (D * num_layers, N, H_out)."
    );
    let replica = found.mentions("replica ") || found.mentions("DataParallel");
    let is_packed = found.mentions("pack_padded_sequence") || found.mentions("PackedSequence");
    let is_given_first = (layers, n) == (n_got, layers_got) && layers != n && hidden == hidden_got;
    let (cause, mend) = if replica {
        (
            format!(
                "{start} DataParallel splits every argument along axis 0, so each replica gets N = {n} of x and a piece of h_0's axis of layers."
            ),
            format!(
                "def forward(self, x, h_0=None):  # h_0 as (N, layers, H), so that it is split like x\n    if h_0 is not None:\n        h_0 = h_0.transpose(0, 1).contiguous()\n    return self.{}(x, h_0)\n# or leave h_0 out: it is zeros then",
                module.trim_start_matches("self.")
            ),
        )
    } else if is_given_first {
        let turned = if is_name(&h) {
            before_line(&format!("{h} = {h}.transpose(0, 1).contiguous()"), found)
        } else {
            called(found, 1, &format!("{h}.transpose(0, 1).contiguous()"))
        };
        (
            format!(
                "{start} Its first two axes are swapped: batch_first=True turns x and the output, never h_0 and h_n."
            ),
            turned,
        )
    } else if layers == layers_got && hidden == hidden_got && n != n_got && !is_packed {
        let usual = n.max(n_got);
        // A state that is smaller than the batch comes from a smaller batch: one that was read before.
        let why = if n_got < n {
            format!(
                "The state is the smaller one: it was kept from the smaller last batch of a DataLoader and given to the next, full one, or {x} has its batch on the other axis than batch_first says."
            )
        } else {
            format!(
                "{x} is the smaller one: it is the smaller last batch of a DataLoader, or {x} has its batch on the other axis than batch_first says."
            )
        };
        (
            format!(
                "{start} Only the batch differs: h_0 was made for N = {n_got}, and this batch of {x} has N = {n}. {why}"
            ),
            format!(
                "{}\n# it begins anew, as a new epoch should; without an h_0 it is zeros as well\n# to keep a state instead:\n# DataLoader(..., drop_last=True)\n# so that all have {usual}",
                fresh(found)
            ),
        )
    } else if layers != layers_got && hidden == hidden_got && n == n_got {
        let reason = if *layers == 2 * layers_got {
            format!(
                "{layers} = 2 * {layers_got}: one state for each direction of each layer, so bidirectional=True or num_layers doubles it"
            )
        } else {
            format!("h_0 has {layers_got} states, and num_layers times directions is {layers}")
        };
        (format!("{start} {reason}."), fresh(found))
    } else if hidden != hidden_got && layers == layers_got && n == n_got {
        (format!("{start} Its last axis is {hidden_got}, and hidden_size is {hidden}."), fresh(found))
    } else {
        (
            format!(
                "{start} Several axes differ: states {layers_got} for {layers}, N {n_got} for {n}, H_out {hidden_got} for {hidden}."
            ),
            fresh(found),
        )
    };
    Says::new(cause, mend)
}

fn hidden_rank(found: &Hit) -> Says {
    let (module, x, h) = names(found);
    let is_batched = found.mentions("batched 3-D input, hx") && !found.mentions("For unbatched");
    let d = if found.has("d") { found.int("d") } else { found.int("a") };
    let add = |h: &str| if is_batched { format!("{h}.unsqueeze(0)") } else { format!("{h}.squeeze(1)") };
    let state = if found.has("a") {
        let parts = h.trim_start_matches('(').trim_end_matches(')');
        let (first, second) =
            parts.split_once(',').map_or((format!("{h}[0]"), format!("{h}[1]")), |(first, second)| {
                (first.trim().to_owned(), second.trim().to_owned())
            });
        format!("({}, {})", add(&first), add(&second))
    } else if is_batched && d > 3 {
        format!("{h}.flatten(0, {})", d - 3)
    } else {
        add(&h)
    };
    let cause = if is_batched {
        format!(
            "{x} has three axes, so it is a batch, and the state must have three too, (D * num_layers, N, H_out); {h} has {d}. An h_0 of (N, H) lacks the axis of layers."
        )
    } else {
        format!(
            "{x} has two axes, so it is one sequence without a batch, (L, H_in), and the state must have two, (D * num_layers, H_out); {h} has {d}. If {x} should be a batch, it lacks an axis."
        )
    };
    let mend = called(found, 1, &state);
    let mend = if is_batched {
        mend
    } else {
        format!(
            "{mend}\n# or, with a batch of one: {module}({x}.unsqueeze(0 if {module}.batch_first else 1), {h})"
        )
    };
    Says::new(cause, mend)
}

fn input_rank(found: &Hit) -> Says {
    let d = found.int("d");
    let (module, x, _) = names(found);
    let (cause, arg) = match d {
        4.. => (
            format!(
                "{x} has {d} axes; {module} takes three, a batch (steps, sequences, features in the order that batch_first says), or two, one sequence. An axis of 1, or the channels of an image, is too many."
            ),
            format!("{x}.flatten(2)"),
        ),
        2 => (
            format!(
                "{x} has 2 axes, and this release, 1.10 or older, takes three: a batch of sequences of steps. A newer one would read it as one sequence."
            ),
            format!("{x}.unsqueeze(0 if {module}.batch_first else 1)"),
        ),
        _ => (
            format!(
                "{x} has {d} {}; {module} takes three, (N, L, H_in) with batch_first=True, or two, one sequence (L, H_in). One row of numbers has to say whether they are steps or features.",
                if d == 1 { "axis" } else { "axes" }
            ),
            if d == 0 { format!("{x}.reshape(1, 1)") } else { format!("{x}.unsqueeze(-1)") },
        ),
    };
    let mend = called(found, 0, &arg);
    let mend = match d {
        4.. => format!(
            "{mend}  # joins the axes from 2 on into the features\n# or {x}.squeeze(1) where the axis 1 has size 1"
        ),
        1 => format!("{mend}  # steps of one feature; {x}.unsqueeze(0) for one step of many features"),
        _ => mend,
    };
    Says::new(cause, mend)
}

fn recurrent_dtype(found: &Hit) -> Says {
    let (module, x, _) = names(found);
    let (input, weight) =
        (found.text("input").trim_end_matches(['.', ',']), found.text("weight").trim_end_matches(['.', ',']));
    Says::new(
        format!(
            "{x} is {input} and the weights of {module} are {weight}: they are multiplied, so they must have one type. numpy's numbers are float64 and indices are int64; nn.GRU is made in float32."
        ),
        called(found, 0, &format!("{x}.to({})", dtype(weight))),
    )
}

fn cell_rank(found: &Hit) -> Says {
    let d = found.int("d");
    let (module, x, _) = names(found);
    Says::new(
        format!(
            "A cell takes one step, (N, H_in) or (H_in,); {x} has {d} axes, as a whole sequence has. The loop over the steps is yours to write."
        ),
        format!("for t in range({x}.size(1)):  # {x} as (N, L, H_in)\n    h = {module}({x}[:, t], h)"),
    )
}

fn cell_features(found: &Hit) -> Says {
    let (got, expected) = (found.int("got"), found.int("expected"));
    let (module, x, _) = names(found);
    let is_pair = found.module_call().and_then(|site| site.targets().map(|targets| targets.contains(',')));
    let class = if found.mentions("LSTMCell") || is_pair == Some(true) {
        "LSTMCell"
    } else if found.mentions("RNNCell") {
        "RNNCell"
    } else {
        "GRUCell"
    };
    Says::new(
        format!("The step {x} has {got} features, and the cell was made for input_size={expected}."),
        format!(
            "{module} = nn.{class}({got}, {module}.hidden_size)  # or give it {expected} features: {x}[..., :{expected}]"
        ),
    )
}

fn cell_hidden(found: &Hit) -> Says {
    let (got, expected) = (found.int("got"), found.int("expected"));
    let (_, x, h) = names(found);
    Says::new(
        format!("The state {h} has {got} values a sequence, and the cell's hidden_size is {expected}."),
        before_line(&format!("{h} = torch.zeros({x}.size(0), {expected})"), found),
    )
}

fn cell_batch(found: &Hit) -> Says {
    let (a, b) = (found.int("batch"), found.int("hidden_batch"));
    let (module, x, h) = names(found);
    Says::new(
        format!(
            "This step has N = {a} sequences and the state has N = {b}: the state was made for another batch, often for all but the smaller last one."
        ),
        before_line(&format!("{h} = torch.zeros({x}.size(0), {module}.hidden_size)"), found),
    )
}

fn empty_sequence(found: &Hit) -> Says {
    let (_, x, _) = names(found);
    Says::new(
        format!(
            "{x} has no steps, L = 0: a slice went past the end, or a window is longer than the series, so that nothing is left to run over."
        ),
        format!(
            "assert {x}.size(1) > 0, {x}.shape  # L is axis 1 with batch_first=True, else axis 0\nprint({x}.shape)"
        ),
    )
}

fn state_is_tuple(found: &Hit) -> Says {
    let (module, x, h) = names(found);
    Says::new(
        format!("nn.GRU and nn.RNN have one state, h_0; {h} is a pair (h, c), as nn.LSTM has."),
        match found.module_call() {
            Some(site) => site.with_arg(1, &format!("{h}[0]")),
            None => format!("out, h_n = {module}({x}, {h}[0])"),
        },
    )
}

fn not_contiguous(found: &Hit) -> Says {
    let (_, x, h) = names(found);
    if found.text("what") == "input" {
        return Says::new(
            format!(
                "{x} is a view with its axes swapped (transpose, permute), and cuDNN needs its numbers in one run in memory."
            ),
            called(found, 0, &format!("{x}.contiguous()")),
        );
    }
    Says::new(
        format!(
            "The state {h} is a view (transpose, permute, a slice, expand), and cuDNN needs its numbers in one run in memory."
        ),
        called(found, 1, &format!("{h}.contiguous()")),
    )
}

fn float_size(found: &Hit) -> Says {
    let kind = found.text("type").trim_start_matches("<class '").trim_end_matches('\'');
    let option = if found.has("option") { found.text("option") } else { "hidden_size" };
    let site = found.site(&["GRU", "LSTM", "RNN", "GRUCell", "LSTMCell"]);
    let value = site.as_ref().and_then(|site| {
        let index = call::Config::OPTIONS.iter().position(|name| *name == option).unwrap_or(1);
        site.keyword(option).or_else(|| site.arg(index)).map(str::to_owned)
    });
    let value = value.unwrap_or_else(|| option.to_owned());
    let whole = if value.contains(" / ") { value.replace(" / ", " // ") } else { format!("int({value})") };
    let mend = site.map_or_else(
        || format!("{option} = {whole}"),
        |site| {
            let index = site.args.iter().position(|arg| arg.ends_with(&value)).unwrap_or(1);
            let arg = if site.args.get(index).is_some_and(|arg| arg.contains('=')) {
                format!("{option}={whole}")
            } else {
                whole.clone()
            };
            site.with_arg(index, &arg)
        },
    );
    Says::new(
        format!(
            "{option} counts something, so it must be an int; {value} is {kind}. In Python 64 / 2 is 32.0, a float."
        ),
        mend,
    )
}

fn proj_size(found: &Hit) -> Says {
    let site = found.site(&["GRU", "RNN"]);
    let mend = site.map_or_else(
        || {
            "gru = nn.GRU(input_size, hidden_size)  # or nn.LSTM(input_size, hidden_size, proj_size=...)"
                .to_owned()
        },
        |site| {
            let args: Vec<String> =
                site.args.iter().filter(|arg| !arg.starts_with("proj_size")).cloned().collect();
            site.with_args(&args)
        },
    );
    Says::new("proj_size projects the output of nn.LSTM alone; nn.GRU and nn.RNN have no such option.", mend)
}

fn dropout_range(found: &Hit) -> Says {
    let site = found.site(&["GRU", "LSTM", "RNN"]);
    let value = site.as_ref().and_then(|site| site.keyword("dropout")).unwrap_or("dropout").to_owned();
    let share = value
        .parse::<f64>()
        .ok()
        .filter(|value| (1.0..=100.0).contains(value))
        .map_or(0.2, |value| value / 100.0);
    Says::new(
        format!(
            "dropout is the share of values that are zeroed, a number from 0 to 1; {value} is none. A percentage is divided by 100, and True is no number here."
        ),
        site.map_or_else(
            || format!("gru = nn.GRU(input_size, hidden_size, num_layers=2, dropout={share})"),
            |site| site.with_keyword("dropout", &share.to_string()),
        ),
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "input-features",
        "x's last axis and input_size differ",
        &["input.size(-1) must be equal to input_size. Expected {expected}, got {got}"],
        "batch_first changes where the batch stands, never the last axis.",
        input_features,
    ),
    TextKind::new(
        "hidden-size",
        "h_0 has another shape than the module needs",
        &[
            "Expected hidden size {expected:s}, got {got:s}",
            "Expected hidden[0] size {expected:s}, got {got:s}",
            "Expected hidden[1] size {expected:s}, got {got:s}",
        ],
        "batch_first=True does not turn h_0, and view or reshape to the size would mix the sequences.",
        hidden_size,
    ),
    TextKind::new(
        "hidden-rank",
        "h_0 has more or fewer axes than x asks for",
        &[
            "batched 3-D input, hx should also be 3-D but got {d}-D tensor",
            "unbatched 2-D input, hx should also be 2-D but got {d}-D tensor",
            "batched 3-D input, hx and cx should also be 3-D but got ({a}-D, {b}-D) tensors",
            "unbatched 2-D input, hx and cx should also be 2-D but got ({a}-D, {b}-D) tensors",
        ],
        "changing batch_first: it does not concern the number of axes.",
        hidden_rank,
    ),
    TextKind::new(
        "cell-rank",
        "a cell is given a whole sequence",
        &[
            "Cell: Expected input to be 1D or 2D, got {d}D instead",
            "Cell: Expected input to be 1-D or 2-D but received {d}-D tensor",
            "Cell: Expected hidden to be 1D or 2D, got {d}D instead",
            "Cell: Expected hx to be 1D or 2D, got {d}D instead",
            "Cell: Expected hx[0] to be 1D or 2D, got {d}D instead",
        ],
        "",
        cell_rank,
    ),
    TextKind::new(
        "input-rank",
        "x has neither two axes nor three",
        &[
            ": Expected input to be 2D or 3D, got {d}D",
            ": Expected input to be 2-D or 3-D but received {d}-D tensor",
            "input must have {_due} dimensions, got {d}",
        ],
        "",
        input_rank,
    ),
    TextKind::new(
        "input-dtype",
        "x and the weights have two types",
        &[
            "RNN input dtype ({input:w}) does not match weight dtype ({weight:w})",
            "input must have the type {weight:w}, got type {input:w}",
        ],
        "x.float() without assigning it: it returns a new tensor.",
        recurrent_dtype,
    ),
    TextKind::new(
        "cell-features",
        "a cell's step has another number of features",
        &[
            "input has inconsistent input_size: got {got} expected {expected}",
            "input has inconsistent input_size: got {got}, expected {expected}",
        ],
        "",
        cell_features,
    ),
    TextKind::new(
        "cell-hidden",
        "a cell's state has another size",
        &[
            "hidden0 has inconsistent hidden_size: got {got}, expected {expected}",
            "hidden1 has inconsistent hidden_size: got {got}, expected {expected}",
            "hidden has inconsistent hidden_size: got {got}, expected {expected}",
        ],
        "",
        cell_hidden,
    ),
    TextKind::new(
        "cell-batch",
        "a cell's step and state have two batch sizes",
        &[
            "Input batch size {batch} doesn't match hidden0 batch size {hidden_batch}",
            "Input batch size {batch} doesn't match hidden1 batch size {hidden_batch}",
            "Input batch size {batch} doesn't match hidden batch size {hidden_batch}",
        ],
        "",
        cell_batch,
    ),
    TextKind::new(
        "empty-sequence",
        "x has no steps",
        &["Expected sequence length to be larger than 0 in RNN"],
        "",
        empty_sequence,
    ),
    TextKind::new(
        "state-is-tuple",
        "a GRU is given an LSTM's pair of states",
        &["'tuple' object has no attribute 'dim'", "GRU: Expected hx to be a tensor, got {_type:w}"],
        "",
        state_is_tuple,
    )
    .only(|found| {
        found.site(&["gru", "rnn"]).is_some_and(|site| site.args.len() > 1)
            || found.module_call().is_some_and(|site| site.args.len() > 1)
    }),
    TextKind::new(
        "not-contiguous",
        "cuDNN is given a view",
        &["rnn: {what:w} is not contiguous"],
        "flatten_parameters(): it is about the weights.",
        not_contiguous,
    ),
    TextKind::new(
        "size-type",
        "an option that counts is a float",
        &[
            "hidden_size should be of type int, got: {type:w}",
            "input_size should be of type int, got: {type:w}",
        ],
        "",
        float_size,
    ),
    TextKind::new(
        "proj-size",
        "proj_size is for nn.LSTM",
        &["proj_size argument is only supported for LSTM, not RNN or GRU"],
        "",
        proj_size,
    ),
    TextKind::new(
        "dropout-range",
        "dropout is no share",
        &[
            "dropout should be a number in range [0, 1]",
            "dropout probability has to be between 0 and 1, but got {dropout:f}",
        ],
        "",
        dropout_range,
    ),
];
