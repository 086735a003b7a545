//! The code of the lab's room of packed sequences.

use crate::packing::{LastIndexing, LengthsKind, PackingSetup};
use call::py::{CodeLine, highlight};

/// The code that does in `PyTorch` what [`packing`](crate::packing::packing) does here.
pub fn packing_code(setup: &PackingSetup) -> Vec<CodeLine> {
    let PackingSetup {
        input_size,
        hidden_size,
        bidirectional,
        input_batch_first,
        batch_first,
        enforce_sorted,
        seed,
        lengths_are,
        ..
    } = setup;
    let lengths: Vec<String> = setup.lengths.iter().map(i32::to_string).collect();
    let shape = setup.shape().map(|size| size.to_string());
    let axes =
        if *input_batch_first { "(batch, seq_len, input_size)" } else { "(seq_len, batch, input_size)" };
    let steps = if *input_batch_first {
        "torch.arange(x.size(1)) >= lengths[:, None]"
    } else {
        "torch.arange(x.size(0))[:, None] >= lengths"
    };
    let option = |is_set: &bool, text: &'static str| if *is_set { text } else { "" };
    let first = option(batch_first, ", batch_first=True");
    let LastIndexing { last, forward, reverse } = setup.last_indexing();
    let mut lines = vec![
        "import torch".to_owned(),
        "import torch.nn as nn".to_owned(),
        "from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence".to_owned(),
        String::new(),
        format!("torch.manual_seed({seed})"),
        format!(
            "gru = nn.GRU({input_size}, {hidden_size}{first}{})",
            option(bidirectional, ", bidirectional=True")
        ),
        format!("x = torch.randn({})  # {axes}", shape.join(", ")),
        format!("lengths = torch.tensor([{}])", lengths.join(", ")),
        format!("x[{steps}] = 0  # the padding"),
        format!(
            "packed = pack_padded_sequence(x, lengths{first}{})",
            option(&!enforce_sorted, ", enforce_sorted=False")
        ),
        "print(packed.data.shape)".to_owned(),
        "print(packed.batch_sizes)".to_owned(),
        "print(packed.sorted_indices)".to_owned(),
        "print(packed.unsorted_indices)".to_owned(),
        "out, h_n = gru(packed)".to_owned(),
        format!("padded, padded_lengths = pad_packed_sequence(out{first})"),
        "print(padded.shape)".to_owned(),
        "print(padded_lengths)".to_owned(),
    ];
    let at = lines.iter().position(|line| line.starts_with("packed = ")).unwrap_or(lines.len());
    match lengths_are {
        LengthsKind::Int64 => {}
        LengthsKind::Float32 => lines.insert(at, "lengths = lengths.to(torch.float32)".to_owned()),
        LengthsKind::Cuda => lines.insert(at, "lengths = lengths.to(\"cuda\")".to_owned()),
    }
    let states: &[(&str, &str)] = if *bidirectional {
        &[("h_n[-2]", "forward"), ("h_n[-1]", "reverse")]
    } else {
        &[("h_n[-1]", "forward")]
    };
    for (state, name) in states {
        lines.push(format!("print({state})  # {name}: the true last states"));
    }
    lines.push(format!("print({forward})  # the same, out of the padded output"));
    lines.extend(reverse.map(|reverse| format!("print({reverse})  # reverse: the same again")));
    lines.extend([
        format!("print(padded{last})  # not these: zeros after a sample's end, and the reverse direction's first step"),
        format!("print(gru(x)[0]{last})  # nor these: the padding was read too"),
    ]);
    lines.iter().map(|line| highlight(line)).collect()
}
