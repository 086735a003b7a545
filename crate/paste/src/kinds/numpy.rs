//! Between numpy, Python's numbers and tensors.

use super::prelude::*;

fn numpy_grad(found: &Hit) -> Says {
    let site = found.site(&["numpy"]).filter(|site| {
        !site.receiver().is_empty() && !site.receiver().contains("detach") && site.receiver() != "tensor"
    });
    let mend = site.map_or_else(
        || {
            let call = found.call().filter(|site| !site.args.is_empty());
            let x =
                call.as_ref().and_then(|site| site.args.last().map(String::as_str)).unwrap_or("y").to_owned();
            call.map_or_else(
                || "y = y.detach().numpy()".to_owned(),
                |site| site.with_arg(site.args.len() - 1, &format!("{x}.detach()")),
            )
        },
        |site| {
            site.with(&format!(
                "{}.detach().{}()",
                site.receiver().trim_end_matches(".cpu()"),
                if site.receiver().ends_with(".cpu()") { "cpu().numpy" } else { "numpy" }
            ))
        },
    );
    Says::new(
        "The tensor still belongs to the graph of the gradients (it requires grad), which numpy cannot hold: it has to be detached from it first.",
        format!("{mend}\n# or compute it inside: with torch.no_grad():"),
    )
}

fn item_many(found: &Hit) -> Says {
    let n = found.int("elements");
    let count = if found.has("elements") { format!("{n} values") } else { "several values".to_owned() };
    let site = found.site(&["item", "float", "int"]);
    let mend = site.map_or_else(
        || "value = t.mean().item()".to_owned(),
        |site| {
            if site.name() == "item" {
                site.with(&format!("{}.mean().item()", site.receiver()))
            } else {
                site.with_arg(0, &format!("{}.mean()", site.arg(0).unwrap_or("t")))
            }
        },
    );
    Says::new(
        format!(
            "One Python number is asked of a tensor that holds {count}: .item(), float() and int() take a tensor of one."
        ),
        format!("{mend}  # one of them: t[0].item(); all: t.tolist()"),
    )
}

fn truth(found: &Hit) -> Says {
    let line = found.line().map(str::to_owned);
    let condition = line.as_deref().and_then(|line| {
        let rest = ["if ", "elif ", "while ", "assert "]
            .iter()
            .find_map(|word| line.strip_prefix(word).map(|rest| (*word, rest)))?;
        Some((rest.0, rest.1.trim_end_matches(':').to_owned(), rest.1.ends_with(':')))
    });
    let mend = match condition {
        Some((word, condition, colon)) => {
            format!("{word}({condition}).all(){}", if colon { ":" } else { "" })
        }
        None => "if (a == b).all():  # or .any(), or torch.equal(a, b)".to_owned(),
    };
    Says::new(
        "A condition needs one True or False, and a comparison of tensors gives one for each value. Say whether all of them count, or any.",
        format!("{mend}\n# for two losses in brackets: nn.MSELoss()(pred, y), not nn.MSELoss(pred, y)"),
    )
}

fn object_array(found: &Hit) -> Says {
    let site = found.site(&["from_numpy", "tensor", "as_tensor", "Tensor", "FloatTensor"]);
    let a = arg_or(site.as_ref(), 0, "a").to_owned();
    let mended = format!("np.asarray({a}.tolist(), dtype=np.float32)");
    let kind = found.text("type").trim_end_matches('.').to_owned();
    Says::new(
        format!("{a} is an array of {kind}: its rows are of several lengths, or it holds texts or None beside numbers; a tensor holds numbers of one type."),
        site.map_or_else(|| format!("x = torch.tensor({mended})"), |site| site.with_arg(0, &mended)) + &format!("\n# from pandas: {a}.astype(\"float32\"); rows of several lengths: pad_sequence"),
    )
    .size("type", kind.as_str())
}

fn not_an_array(found: &Hit) -> Says {
    let kind =
        found.text("type").trim_end_matches([')', '>', '\'']).trim_start_matches("<class '").to_owned();
    let site = found.site(&["from_numpy"]);
    let a = arg_or(site.as_ref(), 0, "a").to_owned();
    let is_frame = kind.contains("Series") || kind.contains("DataFrame");
    let mended = if is_frame { format!("{a}.to_numpy()") } else { format!("np.asarray({a})") };
    let mend = if kind.ends_with("Tensor") {
        format!("x = {a}  # it is a tensor already")
    } else {
        site.map_or_else(|| format!("x = torch.from_numpy({mended})"), |site| site.with_arg(0, &mended))
    };
    Says::new(format!("torch.from_numpy takes a numpy array, and {a} is a {kind}."), mend)
}

fn object_shape(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    let site = found.site(&["tensor", "Tensor", "as_tensor", "FloatTensor"]);
    let a = arg_or(site.as_ref(), 0, "a").to_owned();
    let mended = if kind == "str" {
        format!("[vocabulary[w] for w in {a}]")
    } else if kind == "Series" || kind == "DataFrame" {
        format!("{a}.to_numpy()")
    } else {
        format!("list({a})")
    };
    let cause = match kind.as_str() {
        "str" => "torch.tensor takes numbers; words have to become indices first".to_owned(),
        "dict" => {
            format!("{a} is a dict (or holds dicts), and a tensor is made of numbers in lists of one length")
        }
        _ => format!(
            "{a} is a {kind} (or holds some), which torch.tensor cannot walk through as a list of numbers"
        ),
    };
    Says::new(
        format!("{cause}."),
        site.map_or_else(|| format!("x = torch.tensor({mended})"), |site| site.with_arg(0, &mended)),
    )
}

fn ragged(found: &Hit) -> Says {
    let (a, b, axis) = (found.int("expected"), found.int("got"), found.int("axis"));
    let site = found.site(&["tensor", "Tensor", "as_tensor", "FloatTensor", "LongTensor"]);
    let rows = arg_or(site.as_ref(), 0, "rows").to_owned();
    let mended =
        format!("nn.utils.rnn.pad_sequence([torch.tensor(row) for row in {rows}], batch_first=True)");
    Says::new(
        format!(
            "The lists are of several lengths: along axis {axis} one has {a} and another {b}, and a tensor's rows are all alike."
        ),
        site.map_or_else(|| format!("x = {mended}"), |site| site.with(&mended)),
    )
}

fn tensors_in_list(found: &Hit) -> Says {
    let site = found.site(&["tensor", "as_tensor", "array", "Tensor"]);
    let list = arg_or(site.as_ref(), 0, "tensors").to_owned();
    let mended = format!("torch.stack({list})");
    Says::new(
        format!(
            "{list} is a list of tensors with several values each; torch.tensor takes numbers. Stacking makes one tensor of them and keeps their gradients."
        ),
        site.map_or_else(|| format!("x = {mended}"), |site| site.with(&mended)),
    )
}

fn to_index(found: &Hit) -> Says {
    let line = found.line().map_or_else(
        || "i = int(t[0])".to_owned(),
        |line| format!("{line}  # with .item() on the tensor that counts"),
    );
    Says::new(
        "An index, a range or a size must be one whole number, and the tensor there holds several values or floats.",
        line,
    )
}

fn cuda_numpy(found: &Hit) -> Says {
    let device = found.text("device").to_owned();
    let site = found.site(&["numpy"]).filter(|site| !site.receiver().is_empty());
    let mend = site.map_or_else(
        || {
            found.call().filter(|site| !site.args.is_empty()).map_or_else(
                || "y = y.detach().cpu().numpy()".to_owned(),
                |site| {
                    let arg = format!("{}.detach().cpu()", site.args[0]);
                    site.with_arg(0, &arg)
                },
            )
        },
        |site| site.with(&format!("{}.cpu().numpy()", site.receiver())),
    );
    Says::new(format!("numpy reads the memory of the CPU, and the tensor is on {device}."), mend)
        .size("device", device.as_str())
}

fn negative_stride(found: &Hit) -> Says {
    let site = found.site(&["from_numpy", "tensor", "as_tensor"]);
    let a = arg_or(site.as_ref(), 0, "a").to_owned();
    Says::new(
        format!(
            "{a} is a numpy view that runs backwards ([::-1], np.flip), and a tensor has no negative strides."
        ),
        site.map_or_else(
            || format!("x = torch.from_numpy({a}.copy())"),
            |site| site.with_arg(0, &format!("{a}.copy()")),
        ),
    )
}

fn not_writable(found: &Hit) -> Says {
    let site = found.site(&["from_numpy", "as_tensor"]);
    let a = arg_or(site.as_ref(), 0, "a").to_owned();
    Says::new(
        format!(
            "{a} is read-only, and the tensor shares its memory: writing to the tensor would change what must not be changed. Nothing is wrong as long as it is only read."
        ),
        site.map_or_else(
            || format!("x = torch.from_numpy({a}.copy())"),
            |site| site.with_arg(0, &format!("{a}.copy()")),
        ),
    )
}

fn slow_list(found: &Hit) -> Says {
    let site = found.site(&["tensor", "Tensor", "FloatTensor"]);
    let list = arg_or(site.as_ref(), 0, "arrays").to_owned();
    Says::new(
        format!("{list} is a list of numpy arrays, which is read number by number: right, and slow."),
        site.map_or_else(
            || format!("x = torch.from_numpy(np.array({list}))"),
            |site| site.with(&format!("torch.from_numpy(np.array({list}))")),
        ),
    )
}

fn copy_construct(found: &Hit) -> Says {
    let site = found.site(&["tensor"]);
    let t = arg_or(site.as_ref(), 0, "t").to_owned();
    Says::new(
        format!("{t} is a tensor already: torch.tensor({t}) copies it and drops its gradient."),
        site.map_or_else(
            || format!("{t} = {t}.clone().detach()"),
            |site| site.with(&format!("{t}.clone().detach()")),
        ),
    )
}

fn unavailable(_: &Hit) -> Says {
    Says::new(
        "This PyTorch was built for numpy 1.x, and numpy 2 is installed (or none): the two do not work together.",
        "%pip install \"numpy<2\"  # then restart the kernel",
    )
}

fn unsupported_numpy(found: &Hit) -> Says {
    object_array(found)
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "numpy-grad",
        "numpy is asked of a tensor that requires grad",
        &[
            "Can't call numpy() on Tensor that requires grad",
            "Can't call numpy() on Variable that requires grad",
        ],
        "requires_grad = False on a result: only leaves can be told so.",
        numpy_grad,
    ),
    TextKind::new(
        "item-many",
        "one number of a tensor with several",
        &[
            "a Tensor with {elements} elements cannot be converted to Scalar",
            "only one element tensors can be converted to Python scalars",
        ],
        "",
        item_many,
    )
    .only(|found| {
        found.has("elements")
            || !found.line().is_some_and(|line| {
                line.contains("tensor(") || line.contains("Tensor(") || line.contains("array(")
            })
    }),
    TextKind::new(
        "tensors-in-list",
        "a list of tensors is given to torch.tensor",
        &["only one element tensors can be converted to Python scalars"],
        "",
        tensors_in_list,
    ),
    TextKind::new(
        "truth-value",
        "a condition of many values",
        &[
            "Boolean value of Tensor with more than one value is ambiguous",
            "Boolean value of Tensor with no values is ambiguous",
            "bool value of Tensor with more than one value is ambiguous",
            "bool value of Tensor with no values is ambiguous",
        ],
        "'and' and 'or': they ask each tensor for one truth value too; use & and |.",
        truth,
    ),
    TextKind::new(
        "object-array",
        "an array of objects",
        &["can't convert np.ndarray of type {type:w}"],
        "dtype=torch.float32: the objects stay objects.",
        unsupported_numpy,
    ),
    TextKind::new(
        "not-an-array",
        "from_numpy of what is no array",
        &["expected np.ndarray (got {type:w})"],
        "",
        not_an_array,
    ),
    TextKind::new(
        "object-shape",
        "torch.tensor of what is no list of numbers",
        &[
            "could not determine the shape of object type '{type:w}'",
            "Could not infer dtype of {type:w}",
            "new(): invalid data type '{type:w}'",
            "too many dimensions '{type:w}'",
            "new(): data must be a sequence (got {type:w})",
        ],
        "",
        object_shape,
    ),
    TextKind::new(
        "ragged-list",
        "lists of several lengths",
        &["expected sequence of length {expected} at dim {axis} (got {got})"],
        "",
        ragged,
    ),
    TextKind::new(
        "tensor-as-index",
        "a tensor stands where one whole number is due",
        &[
            "only integer tensors of a single element can be converted to an index",
            "only integer scalar arrays can be converted to a scalar index",
        ],
        "",
        to_index,
    ),
    TextKind::new(
        "cuda-numpy",
        "numpy is asked of a tensor on the GPU",
        &[
            "can't convert {device:w} device type tensor to numpy",
            "can't convert CUDA tensor to numpy{device:w}",
            "can't convert {device:w} tensor to numpy",
        ],
        "numpy(force=True) hides it, and copies at every call.",
        cuda_numpy,
    ),
    TextKind::new(
        "negative-stride",
        "a numpy array that runs backwards",
        &[
            "At least one stride in the given numpy array is negative",
            "At least one of the strides in the given numpy array is negative",
            "some of the strides of a given numpy array are negative",
        ],
        "",
        negative_stride,
    ),
    TextKind::new(
        "numpy-unavailable",
        "numpy and PyTorch do not match",
        &["Numpy is not available"],
        "",
        unavailable,
    ),
    TextKind::new(
        "not-writable",
        "a read-only numpy array",
        &[
            "The given NumPy array is not writable",
            "The given NumPy array is not writeable",
            "given buffer is not writable",
        ],
        "",
        not_writable,
    )
    .warns(),
    TextKind::new(
        "slow-list",
        "a list of arrays becomes a tensor",
        &["Creating a tensor from a list of numpy.ndarrays is extremely slow"],
        "",
        slow_list,
    )
    .warns(),
    TextKind::new(
        "copy-construct",
        "a tensor of a tensor",
        &["To copy construct from a tensor, it is recommended to use"],
        "",
        copy_construct,
    )
    .warns(),
];
