//! What views, joins, broadcasts and indices say of sizes.

use super::prelude::*;

fn view_size(found: &Hit) -> Says {
    let (shape, elements) = (found.shape("shape").to_vec(), found.int("elements"));
    let site = found.site(&["view", "reshape"]).filter(|site| !site.args.is_empty());
    let x = site.as_ref().map_or_else(
        || "x".to_owned(),
        |site| {
            let receiver = site.receiver();
            if receiver == "torch" { site.args[0].clone() } else { receiver.to_owned() }
        },
    );
    let words = tuple(&shape);
    let fixed: Vec<i64> = shape.iter().copied().filter(|size| *size >= 0).collect();
    let known = product(&fixed);
    let head = shape.first().copied().filter(|size| *size > 0);
    let mut cause = format!("{elements} values cannot fill {words}");
    let mut says_row = None;
    if shape.contains(&-1) {
        add(
            &mut cause,
            &format!(": {elements} is no multiple of {known}, so there is nothing that -1 could stand for."),
        );
    } else if let Some(rows) = head.filter(|rows| elements % rows == 0) {
        let per_row = elements / rows;
        says_row = Some((rows, per_row));
        add(
            &mut cause,
            &format!(": {elements} / {rows} = {per_row}, and {} were asked for.", product(&shape[1..])),
        );
        if let Some(rest) = fixed.get(1..).filter(|rest| rest.len() > 1) {
            let last = rest.last().copied().unwrap_or(1).max(1);
            if per_row % last == 0 {
                add(&mut cause, &format!(" That is {} rows of {last}.", per_row / last));
            }
        }
    } else {
        add(
            &mut cause,
            &format!(
                ", which take {known}: the first axis is not {}, as in a smaller last batch, or the sizes are of another layer.",
                shape.first().unwrap_or(&0)
            ),
        );
    }
    let tail = fixed.last().copied().unwrap_or(1).max(1);
    let arg = if says_row.is_none()
        && !shape.contains(&-1)
        && elements % product(&shape[1.min(shape.len())..]).max(1) == 0
        && shape.len() > 1
    {
        let rest: Vec<String> = shape[1..].iter().map(i64::to_string).collect();
        format!("-1, {}", rest.join(", "))
    } else if elements % tail == 0 && shape.len() > 2 && fixed.len() == shape.len() {
        format!("{x}.size(0), -1, {tail}")
    } else {
        format!("{x}.size(0), -1")
    };
    let mend = site
        .map_or_else(|| format!("y = x.reshape({arg})"), |site| site.with(&format!("{x}.reshape({arg})")));
    let mut says = Says::new(cause, format!("{mend}  # the layer after it must expect the same"));
    if let Some((rows, per_row)) = says_row {
        says = says.size("rows", rows).size("per_row", per_row);
        if let [_, cols] = shape.as_slice() {
            says = says.size("cols", *cols);
        }
    }
    says
}

fn view_stride(found: &Hit) -> Says {
    let site = found.site(&["view"]).filter(|site| !site.receiver().is_empty());
    Says::new(
        "view only reads the memory in another way, and after transpose, permute or a slice the numbers do not lie in that order.",
        site.map_or_else(
            || "y = x.reshape(x.size(0), -1)".to_owned(),
            |site| site.with(&format!("{}.reshape({})", site.receiver(), site.args.join(", "))),
        ),
    )
}

fn cat_size(found: &Hit) -> Says {
    let (axis, a, b) = (found.int("axis"), found.int("expected"), found.int("got"));
    let site = found.site(&["cat", "concat", "concatenate", "hstack", "vstack"]);
    let line = site
        .as_ref()
        .map_or_else(|| "y = torch.cat([a, b], dim=-1)".to_owned(), |site| site.statement.clone());
    let other = &if axis == 0 { 1 } else { (axis - 1).max(0) }.to_string();
    let mend = site.as_ref().map_or_else(
        || format!("y = torch.cat([a, b], dim={other})"),
        |site| {
            if site.keyword("dim").is_none() && site.args.len() > 1 {
                site.with_arg(1, other)
            } else {
                site.with_keyword("dim", other)
            }
        },
    );
    Says::new(
        format!(
            "cat joins along one axis (dim={axis}), and the others must be alike: there one tensor has {a} and another {b}."
        ),
        format!(
            "{mend}  # join along the axis where they differ; see print([t.shape for t in (...)])\n# it was: {line}"
        ),
    )
}

fn cat_rank(found: &Hit) -> Says {
    let (a, b) = (found.int("first"), found.int("second"));
    let site = found.site(&["cat", "concat"]);
    let list = arg_or(site.as_ref(), 0, "[a, b]").to_owned();
    let parts = crate::python::arguments(list.trim_start_matches(['[', '(']).trim_end_matches([']', ')']));
    let lower = usize::from(a >= b);
    let mended: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(i, part)| if i == lower { format!("{part}.unsqueeze(0)") } else { part.clone() })
        .collect();
    let mended = format!("[{}]", mended.join(", "));
    Says::new(
        format!(
            "cat joins tensors of one number of axes, and these have {a} and {b}: an h_n[-1] has one axis less than an output, and one step of it, out[:, t], lost an axis (out[:, t:t+1] keeps it)."
        ),
        site.map_or_else(|| format!("y = torch.cat({mended}, dim=-1)"), |site| site.with_arg(0, &mended))
            + "  # give the smaller one the axis that it lacks",
    )
}

fn cat_type(found: &Hit) -> Says {
    let site = found.site(&["cat", "stack"]);
    let list = arg_or(site.as_ref(), 0, "parts").to_owned();
    let kind = found.text("type").to_owned();
    let mended = if kind == "tuple" {
        format!("[p[0] for p in {list}]")
    } else {
        format!("[torch.as_tensor(p) for p in {list}]")
    };
    let kind_words =
        if kind == "tuple" { "a tuple, as nn.GRU returns one".to_owned() } else { format!("a {kind}") };
    Says::new(
        format!("Entry {} of the list is {kind_words}; cat and stack take tensors.", found.int("entry")),
        site.map_or_else(|| format!("y = torch.stack({mended})"), |site| site.with_arg(0, &mended)),
    )
}

fn stack(found: &Hit) -> Says {
    let (a, b) = (found.shape("first").to_vec(), found.shape("other").to_vec());
    let site = found.site(&["stack"]);
    let list = arg_or(site.as_ref(), 0, "tensors").to_owned();
    let mended = if a.len() == b.len() && a.get(1..) == b.get(1..) {
        format!("nn.utils.rnn.pad_sequence({list}, batch_first=True)")
    } else {
        format!("torch.cat([t.flatten() for t in {list}])")
    };
    Says::new(
        format!(
            "stack puts tensors of one shape side by side; the first is {}, and number {} is {}.",
            tuple(&a),
            found.int("entry"),
            tuple(&b)
        ),
        site.map_or_else(|| format!("x = {mended}"), |site| site.with(&mended)),
    )
}

fn empty_stack(found: &Hit) -> Says {
    let site = found.site(&["stack", "cat"]);
    let list = arg_or(site.as_ref(), 0, "tensors").to_owned();
    Says::new(
        format!("{list} is empty: the loop that fills it ran zero times, or a slice went past the end."),
        format!(
            "assert len({list}) > 0  # look at the loop that fills it\n{}",
            site.map_or_else(|| format!("x = torch.stack({list})"), |site| site.statement)
        ),
    )
}

fn broadcast(found: &Hit) -> Says {
    let (a, b, axis) = (found.int("a"), found.int("b"), found.int("axis"));
    let line = found.line().map(str::to_owned);
    let operands = line.as_deref().and_then(|line| {
        [" + ", " - ", " * ", " / ", " == "]
            .iter()
            .find_map(|op| line.split_once(op).map(|(left, right)| (last_name(left), first_name(right))))
    });
    let call = found.call();
    let (left, right) = match operands {
        Some((left, right)) if !left.is_empty() && !right.is_empty() => (left, right),
        _ => (arg_or(call.as_ref(), 0, "a").to_owned(), arg_or(call.as_ref(), 1, "b").to_owned()),
    };
    let is_loss = found.passes("loss.py") || found.passes("functional.py");
    let cause = format!(
        "Place by place, sizes must be equal or 1, from the last axis backwards: at axis {axis} {left} has {a} and {right} has {b}."
    );
    let slice = |axis: i64, size: &str| {
        if axis <= 0 {
            format!("[:{size}]")
        } else {
            format!("[{}, :{size}]", vec![":"; axis as usize].join(", "))
        }
    };
    let mend = if let Some(site) = call.filter(|_| is_loss) {
        format!(
            "{}  # shapes: print({left}.shape, {right}.shape)",
            site.with_arg(1, &format!("{right}.reshape({left}.shape)"))
        )
    } else {
        let smaller = a.min(b);
        let (axis, name) = (axis.clamp(0, 8), if a > b { &left } else { &right });
        let cut = format!(
            "{name} = {name}{}  # or make {left} and {right} alike where they are made",
            slice(axis, &smaller.to_string())
        );
        before_line(&cut, found)
    };
    Says::new(cause, mend)
}

fn last_name(text: &str) -> String {
    let name: String =
        text.chars().rev().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect();
    name.chars().rev().collect()
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect()
}

fn broadcast_in_place(found: &Hit) -> Says {
    let (out, whole) = (found.shape("out").to_vec(), found.shape("whole").to_vec());
    let line = found.line().map(str::to_owned);
    let mend = line.as_deref().and_then(|line| {
        ["+", "-", "*", "/"]
            .iter()
            .find_map(|op| line.split_once(&format!(" {op}= ")).map(|(a, b)| format!("{a} = {a} {op} {b}")))
    });
    Says::new(
        format!(
            "An in-place operation keeps the shape {}, and the result would be {}.",
            tuple(&out),
            tuple(&whole)
        ),
        mend.unwrap_or_else(|| "y = a + b  # a new tensor instead of a += b".to_owned()),
    )
}

fn expand(found: &Hit) -> Says {
    let site = found.site(&["expand", "expand_as", "repeat"]);
    let (target, have) = (found.shape("target").to_vec(), found.shape("have").to_vec());
    let assigned = found.line().filter(|line| site.is_none() && line.contains(" = ")).map(str::to_owned);
    let cause = format!(
        "Only an axis of 1 can be expanded: at axis {} it has {} and {} is asked for (from {} to {}).",
        found.int("axis"),
        found.int("b"),
        found.int("a"),
        tuple(&have),
        tuple(&target)
    );
    let mend = match (site, assigned) {
        (Some(site), _) => {
            let x = site.receiver().to_owned();
            let sizes = site.args.join(", ");
            if target.len() == have.len() + 1 {
                site.with(&format!("{x}.unsqueeze(1).expand({sizes})"))
            } else {
                site.with(&format!("{x}[..., :1].expand({sizes})"))
            }
        }
        (None, Some(line)) => {
            let (left, right) = line.split_once(" = ").unwrap_or((&line, "v"));
            format!("{left} = ({right}).reshape({left}.shape)")
        }
        (None, None) => "y = x.unsqueeze(1).expand(-1, 5, -1)  # an axis of 1 first".to_owned(),
    };
    Says::new(cause, mend)
}

fn repeat(found: &Hit) -> Says {
    let (sizes, axes) = (found.int("sizes"), found.int("axes"));
    // The message itself begins as a call does.
    let site = found.site(&["expand", "repeat"]).filter(|site| site.callee.contains('.'));
    let missing = (axes - sizes).clamp(0, 8) as usize;
    Says::new(
        if axes == 0 {
            "Fewer sizes were given than the tensor has axes: there must be one for each.".to_owned()
        } else {
            format!(
                "The tensor has {axes} axes, and {sizes} sizes were given: there must be one for each axis."
            )
        },
        site.map_or_else(
            || "y = x.expand(-1, -1, 5)".to_owned(),
            |site| {
                if axes == 0 {
                    // The message of repeat has no numbers.
                    let x = site.receiver();
                    let (given, sizes) = (site.args.len(), site.args.join(", "));
                    return site.with(&format!("{x}.repeat(*[1] * ({x}.dim() - {given}), {sizes})"));
                }
                let fill = if site.name() == "repeat" { "1" } else { "-1" };
                let args: Vec<String> =
                    std::iter::repeat_n(fill.to_owned(), missing).chain(site.args.iter().cloned()).collect();
                site.with_args(&args)
            },
        ),
    )
}

fn index_bounds(found: &Hit) -> Says {
    let (index, axis, size) = (found.int("index"), found.int("axis"), found.int("size"));
    let line = found.line().unwrap_or("x[i]").to_owned();
    let mended = if line.contains(&index.to_string()) {
        line.replacen(&index.to_string(), &(size - 1).to_string(), 1)
    } else {
        format!("{line}  # the index must stay below {size}")
    };
    Says::new(
        format!(
            "Axis {axis} has {size} entries, numbered 0 to {}; {index} is none of them. h_n has one entry for each layer and direction; the last is -1.",
            size - 1
        ),
        mended,
    )
}

fn many_indices(found: &Hit) -> Says {
    let axes = found.int("axes");
    let line = found.line().unwrap_or("y = out[:, -1]").to_owned();
    let mend = if line.contains(", -1, :]") {
        line.replacen(", -1, :]", ", -1]", 1)
    } else if line.contains("[:, -1, ") {
        line.replacen("[:, -1, ", "[-1, ", 1)
    } else {
        line.replacen("[:, ", "[", 1)
    };
    Says::new(
        format!(
            "The index has more places than the tensor has axes, {axes}: an axis is gone already, by an index before, by squeeze, or because an unbatched output has two axes."
        ),
        mend,
    )
}

fn dim_range(found: &Hit) -> Says {
    let (low, high, got) = (found.int("low"), found.int("high"), found.int("got"));
    let axes = high + 1;
    let line = found.line().map(str::to_owned);
    let mend = line.map_or_else(
        || "print(x.shape)  # then dim=-1 for the last axis".to_owned(),
        |line| {
            for form in [format!("dim={got}"), format!("({got})"), format!(", {got})")] {
                if line.contains(&form) {
                    return line.replacen(&form, &form.replace(&got.to_string(), "-1"), 1);
                }
            }
            format!("print(x.shape)\n{line}  # with an axis from {low} to {high}")
        },
    );
    Says::new(
        format!(
            "The tensor has {axes} {}, so an axis is {low} to {high}; {got} was asked for. The tensor lost an axis before, by an index, squeeze or an unbatched input.",
            if axes == 1 { "axis" } else { "axes" }
        ),
        mend,
    )
}

fn permute(found: &Hit) -> Says {
    let (axes, given) = (found.int("axes"), found.int("given"));
    let site = found.site(&["permute"]);
    let order: Vec<String> = match axes {
        2 => vec!["1", "0"],
        3 => vec!["1", "0", "2"],
        n => {
            return Says::new(
                format!("permute needs one place for each of the {n} axes, and got {given}."),
                format!("y = x.permute(*range({n})[::-1])"),
            );
        }
    }
    .into_iter()
    .map(str::to_owned)
    .collect();
    let known = if found.has("axes") { format!("the {axes} axes") } else { "the axes".to_owned() };
    Says::new(
        format!("permute needs one place for each of {known} of the tensor, and got {given}."),
        site.map_or_else(|| format!("y = x.permute({})", order.join(", ")), |site| site.with_args(&order)),
    )
}

fn permute_old(found: &Hit) -> Says {
    let site = found.site(&["permute"]);
    let x = site.as_ref().map_or("x", |site| site.receiver()).to_owned();
    Says::new(
        format!("permute was given another number of places than {x} has axes."),
        site.map_or_else(
            || "y = x.transpose(0, 1)".to_owned(),
            |site| site.with(&format!("{x}.transpose(0, 1)")),
        ) + &format!("  # see print({x}.shape)"),
    )
}

fn unfold(found: &Hit) -> Says {
    let (axis, size, window) = (found.int("axis"), found.int("size"), found.int("window"));
    let site = found.site(&["unfold"]);
    Says::new(
        format!("A window of {window} does not fit into axis {axis}, which has {size}."),
        site.map_or_else(
            || format!("w = x.unfold({axis}, {size}, 1)"),
            |site| site.with_arg(1, &size.to_string()),
        ),
    )
}

/// A sum, never past the end of the numbers.
fn sum(sizes: &[i64]) -> i64 {
    sizes.iter().fold(0_i64, |sum, size| sum.saturating_add(*size))
}

fn split(found: &Hit) -> Says {
    let (size, axis) = (found.int("size"), found.int("axis"));
    let site = found.site(&["split"]);
    let sizes = found.shape("sizes").to_vec();
    let last = size.saturating_sub(sum(&sizes[..sizes.len().saturating_sub(1)]));
    let mut mended = sizes.clone();
    if let Some(old) = mended.last_mut() {
        *old = last.max(0);
    }
    let list = call::shape::Shape::new(mended).list();
    let index = usize::from(site.as_ref().is_some_and(|site| site.receiver() == "torch"));
    Says::new(
        format!(
            "The parts {} make {}, and axis {axis} has {size}.",
            call::shape::Shape::new(sizes.iter().copied()).list(),
            sum(&sizes)
        ),
        site.map_or_else(
            || format!("parts = x.split({list}, dim={axis})"),
            |site| site.with_arg(index, &list),
        ),
    )
}

fn index_type(found: &Hit) -> Says {
    let site = found.site(&["gather", "index_select", "scatter", "scatter_"]);
    let line = found.line().unwrap_or("y = x[index]").to_owned();
    let mend = if let Some(site) = site {
        let at = site.args.len().clamp(1, 2) - 1;
        let index = format!("{}.long()", site.args.get(at).map_or("index", String::as_str));
        site.with_arg(at, &index)
    } else {
        let index = line.rsplit_once('[').map_or("index", |(_, rest)| rest.trim_end_matches(']')).to_owned();
        line.replacen(&format!("[{index}]"), &format!("[{index}.long()]"), 1)
    };
    Says::new(
        "An index must be int64 (or bool, as a mask), and this one is of another type: floats are no places.",
        mend,
    )
}

fn gather_rank(found: &Hit) -> Says {
    let site = found.site(&["gather"]);
    let index = arg_or(site.as_ref(), 1, "index").to_owned();
    let x = site.as_ref().map_or("out", |site| site.receiver()).to_owned();
    let mended = format!("{index}.view(-1, 1, 1).expand(-1, 1, {x}.size(-1))");
    Says::new(
        format!(
            "gather needs an index with as many axes as {x}, and {index} has fewer: one place for each value that is taken."
        ),
        site.map_or_else(
            || format!("last = {x}.gather(1, {mended}).squeeze(1)"),
            |site| site.with_arg(1, &mended),
        ),
    )
}

fn gather_size(found: &Hit) -> Says {
    let site = found.site(&["gather"]);
    let x = site.as_ref().map_or("out", |site| site.receiver()).to_owned();
    let index = arg_or(site.as_ref(), 1, "index").to_owned();
    let (a, b) = (found.shape("index").to_vec(), found.shape("self").to_vec());
    let cuts: Vec<String> = b.iter().map(|size| format!(":{size}")).collect();
    Says::new(
        format!(
            "The index is {} and {x} is {}: but for the axis that is gathered along, the index may not be larger.",
            tuple(&a),
            tuple(&b)
        ),
        site.map_or_else(
            || format!("y = {x}.gather(1, {index}[{}])", cuts.join(", ")),
            |site| site.with_arg(1, &format!("{index}[{}]", cuts.join(", "))),
        ),
    )
}

fn mask(found: &Hit) -> Says {
    let (a, b) = (found.shape("mask").to_vec(), found.shape("indexed").to_vec());
    Says::new(
        format!(
            "The mask is {} and the tensor is {}: at axis {} they differ, and a mask says True or False for each entry of the axes that it has.",
            tuple(&a),
            tuple(&b),
            found.int("axis")
        ),
        found.line().map_or_else(
            || "y = x[mask.T]".to_owned(),
            |line| {
                line.rsplit_once(']')
                    .map_or_else(|| line.to_owned(), |(before, after)| format!("{before}.T]{after}"))
            },
        ) + "  # a mask of (L, N) for x of (N, L), turned",
    )
}

fn einsum(found: &Hit) -> Says {
    Says::new(
        format!(
            "The letter {} stands for {} in operand {} and for {} before: one letter is one size.",
            found.text("letter"),
            found.int("size"),
            found.int("operand"),
            found.int("before")
        ),
        found.line().map_or_else(
            || "y = torch.einsum(\"nlh,nh->nl\", out, h)".to_owned(),
            |line| format!("{line}  # give the axes that differ two letters; see print of the shapes"),
        ),
    )
}

fn negative(found: &Hit) -> Says {
    let size = found.int("size");
    Says::new(
        format!(
            "A tensor was to have {size} entries along an axis: a difference such as len(series) - window is below 0, or -1 stands where only view takes it."
        ),
        before_line(&format!("assert n > 0, n  # where n is the size that became {size}"), found),
    )
}

fn zero_axes(found: &Hit) -> Says {
    let line = found.line().unwrap_or_default().to_owned();
    let name = line
        .strip_prefix("for ")
        .and_then(|rest| rest.split_once(" in "))
        .map(|(_, name)| name.trim_end_matches(':').to_owned());
    let mend = match (found.site(&["len"]), name) {
        (_, Some(name)) => format!(
            "{}  # one value; the number itself: {name}.item()",
            line.replacen(&format!("{name}:"), &format!("torch.atleast_1d({name}):"), 1)
        ),
        (Some(site), None) => {
            let x = site.arg(0).unwrap_or("t").to_owned();
            site.with(&format!("{x}.numel()"))
        }
        (None, None) => "value = loss.item()  # in place of loss[0]".to_owned(),
    };
    Says::new(
        "The tensor has no axes: it is one number, as a loss is. It cannot be walked through, counted or indexed.",
        mend,
    )
}

fn top_k(found: &Hit) -> Says {
    let site = found.site(&["topk"]);
    let x = site
        .as_ref()
        .map_or("scores", |site| {
            if site.receiver() == "torch" { site.arg(0).unwrap_or("scores") } else { site.receiver() }
        })
        .to_owned();
    let index = usize::from(site.as_ref().is_some_and(|site| site.receiver() == "torch"));
    let k = site.as_ref().and_then(|site| site.arg(index)).unwrap_or("k").to_owned();
    Says::new(
        format!("topk asks for the {k} largest, and {x} has fewer along that axis."),
        site.map_or_else(
            || format!("values, ids = {x}.topk(min(k, {x}.size(-1)))"),
            |site| site.with_arg(index, &format!("min({k}, {x}.size(-1))")),
        ),
    )
}

fn assigned_shape(found: &Hit) -> Says {
    let (value, place) = (found.shape("value").to_vec(), found.shape("place").to_vec());
    let line = found
        .line()
        .and_then(|line| line.split_once(" = "))
        .map(|(left, right)| (left.to_owned(), right.to_owned()));
    Says::new(
        format!("The value is {} and the place that it is written to is {}.", tuple(&value), tuple(&place)),
        line.map_or_else(
            || "x[index] = value.reshape(x[index].shape)".to_owned(),
            |(left, right)| format!("{left} = ({right}).reshape({left}.shape)"),
        ),
    )
}

fn narrow(found: &Hit) -> Says {
    let (start, length, size) = (found.int("start"), found.int("length"), found.int("size"));
    Says::new(
        format!("From {start} on, {length} entries were asked for, and the axis has {size}."),
        found.site(&["narrow"]).map_or_else(
            || format!("y = x[{start}:{size}]"),
            |site| site.with_arg(2, &(size - start).max(0).to_string()),
        ),
    )
}

fn in_place_shape(found: &Hit) -> Says {
    Says::new(
        format!(
            "The shapes {} and {} cannot be broadcast to one: from the last axis backwards sizes must be equal or 1.",
            tuple(found.shape("a")),
            tuple(found.shape("b"))
        ),
        before_line("print(a.shape, b.shape)  # then a.unsqueeze(...) where an axis lacks", found),
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "view-size",
        "a view to sizes that the values do not fill",
        &["shape '{shape:s}' is invalid for input of size {elements}"],
        "contiguous(): the number of values stays.",
        view_size,
    ),
    TextKind::new(
        "view-stride",
        "a view of what does not lie in order",
        &[
            "view size is not compatible with input tensor's size and stride",
            "view(): argument 'size' must be contiguous",
        ],
        "",
        view_stride,
    ),
    TextKind::new(
        "cat-size",
        "tensors to be joined differ on another axis",
        &[
            "Sizes of tensors must match except in dimension {axis}. Expected size {expected} but got size {got} for tensor number",
            "Sizes of tensors must match except in dimension {_axis}. Got {expected} and {got} in dimension {axis}",
            "Sizes of tensors must match except in dimension {axis}. Expected {expected} in dimension {_b} but got {got} for tensor number",
        ],
        "",
        cat_size,
    ),
    TextKind::new(
        "cat-rank",
        "tensors to be joined have other numbers of axes",
        &["Tensors must have same number of dimensions: got {first} and {second}"],
        "",
        cat_rank,
    ),
    TextKind::new(
        "cat-type",
        "no tensor among those to be joined",
        &["expected Tensor as element {entry} in argument {_n}, but got {type:w}"],
        "",
        cat_type,
    ),
    TextKind::new(
        "stack-sizes",
        "tensors to be stacked have two shapes",
        &[
            "stack expects each tensor to be equal size, but got {first:s} at entry {_i} and {other:s} at entry {entry}",
        ],
        "",
        stack,
    ),
    TextKind::new(
        "stack-empty",
        "nothing to be stacked",
        &["stack expects a non-empty TensorList", "expected a non-empty list of Tensors"],
        "",
        empty_stack,
    ),
    TextKind::new(
        "broadcast",
        "two sizes that cannot be broadcast",
        &[
            "The size of tensor a ({a}) must match the size of tensor b ({b}) at non-singleton dimension {axis}",
        ],
        "view or reshape until it runs: the values then meet the wrong partners.",
        broadcast,
    ),
    TextKind::new(
        "broadcast-in-place",
        "an in-place operation would change the shape",
        &["output with shape {out:s} doesn't match the broadcast shape {whole:s}"],
        "",
        broadcast_in_place,
    ),
    TextKind::new(
        "expand",
        "an axis that is not 1 is expanded",
        &[
            "The expanded size of the tensor ({a}) must match the existing size ({b}) at non-singleton dimension {axis}. Target sizes: {target:s}. Tensor sizes: {have:s}",
        ],
        "",
        expand,
    ),
    TextKind::new(
        "expand-rank",
        "too few sizes for the axes",
        &[
            "the number of sizes provided ({sizes}) must be greater or equal to the number of dimensions in the tensor ({axes})",
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
        ],
        "",
        repeat,
    ),
    TextKind::new(
        "index-bounds",
        "an index beyond its axis",
        &[
            "index {index} is out of bounds for dimension {axis} with size {size}",
            "index {index} is out of bounds for axis {axis} with size {size}",
            "index out of range: index {index} axis {axis} size {size}",
        ],
        "",
        index_bounds,
    ),
    TextKind::new(
        "many-indices",
        "more indices than axes",
        &[
            "too many indices for tensor of dimension {axes}",
            "too many indices for array: array is {axes}-dimensional",
        ],
        "",
        many_indices,
    ),
    TextKind::new(
        "dim-range",
        "an axis that the tensor does not have",
        &["Dimension out of range (expected to be in range of [{low}, {high}], but got {got})"],
        "",
        dim_range,
    ),
    TextKind::new(
        "permute",
        "permute with another number of axes",
        &["input.dim() = {axes} is not equal to len(dims) = {given}"],
        "view to the turned sizes: it does not turn, it mixes.",
        permute,
    ),
    TextKind::new(
        "permute-old",
        "permute with another number of axes, in older releases",
        &["number of dims don't match in permute"],
        "view to the turned sizes: it does not turn, it mixes.",
        permute_old,
    ),
    TextKind::new(
        "unfold",
        "a window longer than the series",
        &["maximum size for tensor at dimension {axis} is {size} but size is {window}"],
        "",
        unfold,
    ),
    TextKind::new(
        "split",
        "parts that do not make the whole",
        &[
            "split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension {axis}), but got split_sizes={sizes:s}",
        ],
        "",
        split,
    ),
    TextKind::new(
        "index-type",
        "an index that is no int64",
        &[
            "tensors used as indices must be long",
            "Expected dtype int64 for index",
            "Expected dtype int32 or int64 for index",
            "Expected dtype int32/int64 for index",
            "Index is supposed to be a vector",
            "index_select(): Expected dtype int32 or int64",
        ],
        "",
        index_type,
    ),
    TextKind::new(
        "gather-rank",
        "gather's index lacks axes",
        &["Index tensor must have the same number of dimensions as"],
        "",
        gather_rank,
    ),
    TextKind::new(
        "gather-size",
        "gather's index is larger than the tensor",
        &[
            "expected index {index:s} to be no larger than self {self:s} apart from dimension {axis}",
            "Expected index {index:s} to be smaller than self {self:s} apart from dimension {axis}",
            "expected index {index:s} to be smaller than self {self:s} apart from dimension {axis}",
        ],
        "",
        gather_size,
    ),
    TextKind::new(
        "mask-shape",
        "a mask of another shape",
        &[
            "The shape of the mask {mask:s} at index {axis} does not match the shape of the indexed tensor {indexed:s}",
        ],
        "",
        mask,
    ),
    TextKind::new(
        "einsum",
        "a letter of einsum stands for two sizes",
        &[
            "subscript {letter:w} has size {size} for operand {operand} which does not broadcast with previously seen size {before}",
        ],
        "",
        einsum,
    ),
    TextKind::new(
        "negative-size",
        "a size below 0",
        &["Trying to create tensor with negative dimension {size}"],
        "",
        negative,
    ),
    TextKind::new(
        "zero-axes",
        "one number is used as a list",
        &["iteration over a 0-d tensor", "len() of a 0-d tensor", "invalid index of a 0-dim tensor"],
        "",
        zero_axes,
    ),
    TextKind::new(
        "top-k",
        "more of the largest than there are",
        &["selected index k out of range"],
        "",
        top_k,
    ),
    TextKind::new(
        "assigned-shape",
        "a value of another shape than its place",
        &[
            "shape mismatch: value tensor of shape {value:s} cannot be broadcast to indexing result of shape {place:s}",
        ],
        "",
        assigned_shape,
    ),
    TextKind::new(
        "narrow",
        "more entries than the axis has",
        &["start ({start}) + length ({length}) exceeds dimension size ({size})"],
        "",
        narrow,
    ),
    TextKind::new(
        "broadcast-shapes",
        "two shapes that cannot be broadcast",
        &["operands could not be broadcast together with shapes {a:s} {b:s}"],
        "",
        in_place_shape,
    )
    .python(),
];
