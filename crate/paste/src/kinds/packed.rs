//! What packing and padding say.

use super::prelude::*;

const PACK: &[&str] = &["pack_padded_sequence"];

fn pack_batch(found: &Hit) -> Says {
    let site = found.site(PACK);
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let is_first = site.as_ref().is_some_and(|site| site.keyword("batch_first") == Some("True"));
    let batch = if found.has("batch") { found.int("batch") } else { found.int("axis_dim") };
    let got = found.int("got");
    let given = if found.has("got") { format!("{got} lengths") } else { "more lengths".to_owned() };
    let mend = |keyword: &str| {
        site.as_ref().map_or_else(
            || {
                format!(
                    "packed = pack_padded_sequence({x}, lengths, batch_first={keyword}, enforce_sorted=False)"
                )
            },
            |site| {
                let mut site = site.clone();
                let sorted: Option<String> =
                    site.args.iter().find(|arg| arg.starts_with("enforce_sorted")).cloned();
                site.args.retain(|arg| !arg.starts_with("enforce_sorted") && !arg.starts_with("batch_first"));
                site.args.push(format!("batch_first={keyword}"));
                site.args.extend(sorted);
                site.with_args(&site.args)
            },
        )
    };
    if is_first {
        return Says::new(
            format!(
                "batch_first=True takes axis 0 of {x} for the batch, and it has {batch}, but there are {given}: {x} has its steps first, or the lengths are those of another batch."
            ),
            mend("False"),
        );
    }
    Says::new(
        format!(
            "{x} is batch first, but pack_padded_sequence was called without batch_first=True: it takes axis 1, which has {batch}, for the batch, and there are {given} than that axis has.",
            given = if found.has("got") { format!("{got} lengths, another number") } else { given }
        ),
        mend("True"),
    )
}

fn pack_device(found: &Hit) -> Says {
    let (d, device, kind) = (found.int("d"), found.text("device"), found.text("type"));
    let site = found.site(PACK);
    let lengths = arg_or(site.as_ref(), 1, "lengths").to_owned();
    let mended = match (d, device) {
        (1, "cpu") => format!("{lengths}.long()"),
        (1, _) => format!("{lengths}.cpu().long()"),
        _ => format!("{lengths}.flatten().cpu().long()"),
    };
    Says::new(
        format!(
            "The lengths are a {d}D {device} {kind} tensor; they must be a 1D int64 tensor on the CPU, even when x is on the GPU, for the CPU plans the steps by them."
        ),
        site.map_or_else(
            || format!("packed = pack_padded_sequence(x, {mended}, batch_first=True, enforce_sorted=False)"),
            |site| site.with_arg(1, &mended),
        ),
    )
}

fn pack_sorted(found: &Hit) -> Says {
    let site = found.site(&["pack_padded_sequence", "pack_sequence"]);
    Says::new(
        "The lengths are not in decreasing order, and enforce_sorted is True by default: packing expects the longest sequence first.",
        site.map_or_else(
            || "packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)".to_owned(),
            |site| site.with_keyword("enforce_sorted", "False"),
        ),
    )
}

fn pack_zero(found: &Hit) -> Says {
    let site = found.site(PACK);
    let (x, lengths) =
        (arg_or(site.as_ref(), 0, "x").to_owned(), arg_or(site.as_ref(), 1, "lengths").to_owned());
    let line = site.map_or_else(
        || format!("packed = pack_padded_sequence({x}, {lengths}, batch_first=True)"),
        |site| site.statement,
    );
    Says::new(
        format!(
            "One of the lengths in {lengths} is 0 (or below): an empty sequence cannot be packed, for each needs at least one step."
        ),
        format!(
            "{lengths} = torch.as_tensor({lengths}).clamp(min=1)  # or drop the empty ones: keep = {lengths} > 0\n{line}"
        ),
    )
}

fn packed_tensor(found: &Hit) -> Says {
    let site = found.call();
    let inner = found.word_before().to_owned();
    let attribute = found.text("attribute").to_owned();
    let packed = found
        .line()
        .and_then(|line| line.split(&format!(".{attribute}")).next())
        .map(|before| before.rsplit([' ', '(', '=']).next().unwrap_or(before).to_owned())
        .filter(|name| !attribute.is_empty() && is_dotted(name))
        .or_else(|| site.as_ref().and_then(|site| site.arg(0).map(str::to_owned)))
        .unwrap_or_else(|| "packed_out".to_owned());
    let what =
        if attribute.is_empty() { format!("{inner}() takes") } else { format!("'.{attribute}' belongs to") };
    Says::new(
        format!(
            "{packed} is a PackedSequence, what a recurrent module gives for packed input, and {what} a tensor: unpack it first, into (padded output, lengths)."
        ),
        before_line(
            &format!("{packed}, lengths = nn.utils.rnn.pad_packed_sequence({packed}, batch_first=True)"),
            found,
        ),
    )
}

fn total_length(found: &Hit) -> Says {
    let (total, longest) = (found.int("total"), found.int("longest"));
    let site = found.site(&["pad_packed_sequence"]);
    Says::new(
        format!(
            "total_length={total} is shorter than the longest sequence, which has {longest} steps: padding adds steps, it never cuts them."
        ),
        site.map_or_else(
            || {
                format!(
                    "out, lengths = pad_packed_sequence(packed, batch_first=True, total_length={longest})"
                )
            },
            |site| site.with_keyword("total_length", &longest.to_string()),
        ),
    )
}

fn pack_long(found: &Hit) -> Says {
    let site = found.site(PACK);
    let lengths = arg_or(site.as_ref(), 1, "lengths").to_owned();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let axis = usize::from(site.as_ref().is_none_or(|site| site.keyword("batch_first") == Some("True")));
    let (length, steps) = (found.int("length"), found.int("steps"));
    let line = site.map_or_else(
        || format!("packed = pack_padded_sequence({x}, {lengths}, batch_first=True)"),
        |site| site.statement,
    );
    Says::new(
        format!(
            "A length asks for {length} steps, and {x} has {steps}: the lengths were taken before the sequences were cut, or {x} has batch and steps swapped."
        ),
        format!("{lengths} = torch.as_tensor({lengths}).clamp(max={x}.size({axis}))\n{line}"),
    )
}

fn pad_shapes(found: &Hit) -> Says {
    Says::new(
        format!(
            "pad_sequence pads the first axis alone; the others must be alike, and here axis {} is {} in one sequence and {} in another.",
            found.int("axis"),
            found.int("b"),
            found.int("a")
        ),
        "x = nn.utils.rnn.pad_sequence([s.reshape(len(s), -1) for s in sequences], batch_first=True)\nprint({tuple(s.shape[1:]) for s in sequences})  # must be one shape",
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "pack-batch",
        "lengths and the batch axis of packed input differ",
        &[
            "Expected len(lengths) to be equal to batch_size, but got {got} (batch_size={batch})",
            "expected len(lengths) to be equal to batch_size, but got {got} (batch_size={batch})",
            "INDICES element is out of DATA bounds, id={id} axis_dim={axis_dim}",
        ],
        "sorting the lengths, or enforce_sorted=False.",
        pack_batch,
    )
    .only(|found| found.has("batch") || found.mentions("pack") || found.mentions("sorted_indices") || !found.mentions("Traceback")),
    TextKind::new(
        "pack-lengths",
        "lengths are not a 1D int64 tensor on the CPU",
        &["'lengths' argument should be a 1D CPU int64 tensor, but got {d}D {device:w} {type:w} tensor"],
        "moving x to the CPU too: only the lengths must be there.",
        pack_device,
    ),
    TextKind::new(
        "pack-sorted",
        "lengths are not sorted",
        &[
            "lengths array must be sorted in decreasing order when enforce_sorted is True",
            "lengths array has to be sorted in decreasing order",
            "array has to be sorted in decreasing order",
        ],
        "sorting the lengths alone: the rows of x and y must move with them.",
        pack_sorted,
    ),
    TextKind::new(
        "pack-zero",
        "an empty sequence is packed",
        &["Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0"],
        "enforce_sorted=False.",
        pack_zero,
    ),
    TextKind::new(
        "pack-long",
        "a length is longer than x",
        &["start (0) + length ({length}) exceeds dimension size ({steps})", "Expected lengths[0] <= {steps} but got {length}"],
        "",
        pack_long,
    )
    .only(|found| found.mentions("pack_padded_sequence") || found.mentions("rnn.py")),
    TextKind::new(
        "packed-as-tensor",
        "a PackedSequence stands where a tensor is due",
        &["'PackedSequence' object has no attribute '{attribute:w}'", "(): argument 'input' (position 1) must be Tensor, not PackedSequence"],
        "packed.data: it has all steps of all sequences in one axis.",
        packed_tensor,
    ),
    TextKind::new(
        "total-length",
        "total_length is below the longest sequence",
        &["Expected total_length to be at least the length of the longest sequence in input, but got total_length={total} and max sequence length being {longest}"],
        "",
        total_length,
    ),
    TextKind::new(
        "pad-shapes",
        "sequences to be padded differ beyond their length",
        &["The size of tensor a ({a}) must match the size of tensor b ({b}) at non-singleton dimension {axis}", "The expanded size of the tensor ({a}) must match the existing size ({b}) at non-singleton dimension {axis}"],
        "",
        pad_shapes,
    )
    .only(|found| found.line().is_some_and(|line| line.contains("pad_sequence("))),
];
