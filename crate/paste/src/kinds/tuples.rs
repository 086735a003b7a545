//! A recurrent module's pair where a tensor is due, and what Linear, convolutions and norms say of sizes.

use super::prelude::*;

/// The expression with the output taken out of a pair.
fn output_of(expression: &str) -> String {
    format!("{expression}[0]")
}

fn tuple_to_layer(found: &Hit) -> Says {
    let layer = found.word_before().to_owned();
    let what = found.text("type").to_owned();
    if what != "tuple" {
        return not_a_tensor(found, &layer, &what);
    }
    let cause = format!(
        "nn.GRU, nn.RNN and nn.LSTM return a tuple (output, h_n), and the tuple is given to {layer}(), which takes the tensor."
    );
    if found.passes("container.py") || found.line().is_none() && found.mentions("Sequential") {
        return Says::new(
            format!("{cause} nn.Sequential hands on whatever a layer returns."),
            "class Output(nn.Module):\n    def forward(self, pair):\n        return pair[0]  # (output, h_n) -> output\n# and in nn.Sequential: nn.GRU(...), Output(), nn.Linear(...)",
        );
    }
    let Some(site) = found.call() else {
        return Says::new(cause, "out, h_n = gru(x)\ny = fc(out[:, -1])  # the tensor, not the pair");
    };
    let arg = site.arg(0).unwrap_or("out").to_owned();
    Says::new(
        cause,
        format!(
            "{}\n# or take it apart where it is made: out, h_n = gru(x)",
            site.with_arg(0, &output_of(&arg))
        ),
    )
}

fn not_a_tensor(found: &Hit, layer: &str, what: &str) -> Says {
    let site = found.call();
    let arg = arg_or(site.as_ref(), 0, "x").to_owned();
    let (reason, mended) = match what {
        "numpy.ndarray" => ("a numpy array".to_owned(), format!("torch.from_numpy({arg}).float()")),
        "list" => ("a Python list".to_owned(), format!("torch.tensor({arg})")),
        "NoneType" => {
            ("None: what made it returned nothing, often a forward without return".to_owned(), arg.clone())
        }
        "int" | "float" => (format!("a Python {what}"), format!("torch.tensor([{arg}])")),
        "str" => (
            "a text; it has to be made indices first".to_owned(),
            format!("torch.tensor([vocabulary[w] for w in {arg}])"),
        ),
        "dict" => ("a dict, as a batch of named parts is".to_owned(), format!("{arg}[\"input\"]")),
        other => (format!("a {other}"), format!("torch.as_tensor({arg})")),
    };
    let mend = match (what, &site) {
        ("NoneType", _) => format!("assert {arg} is not None, \"forward needs a return\"  # add: return out"),
        (_, Some(site)) => site.with_arg(0, &mended),
        (_, None) => format!("x = {mended}"),
    };
    Says::new(format!("{layer}() takes a tensor, and {arg} is {reason}."), mend)
}

fn tuple_attribute(found: &Hit) -> Says {
    let attribute = found.text("attribute").to_owned();
    let line = found.line().map(str::to_owned).or_else(|| {
        let needle = format!(".{attribute}");
        found
            .reading
            .code()
            .find(|(line, _)| line.contains(&needle) && !line.contains("object has no"))
            .map(|(line, _)| line.to_owned())
    });
    let receiver = line.as_deref().and_then(|line| {
        let at = line.find(&format!(".{attribute}"))?;
        let before = &line[..at];
        if before.ends_with(')') {
            let call = crate::python::first_site(before);
            return call.map(|site| site.callee.clone() + "(" + &site.args.join(", ") + ")");
        }
        let name: String =
            before.chars().rev().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect();
        let name: String = name.chars().rev().collect();
        (!name.is_empty()).then_some(name)
    });
    let name = receiver.clone().unwrap_or_else(|| "out".to_owned());
    let cause = format!(
        "{name} is a tuple, and .{attribute} belongs to a tensor: nn.GRU and nn.RNN return (output, h_n), nn.LSTM (output, (h_n, c_n))."
    );
    let mend = match (&line, receiver) {
        (Some(line), Some(receiver)) if is_name(&receiver) => {
            format!("{receiver}, h_n = {receiver}  # take the pair apart\n{line}")
        }
        (Some(line), Some(receiver)) => line.replacen(&receiver, &output_of(&receiver), 1),
        _ => format!("out, h_n = gru(x)\nout.{attribute}  # the output, not the pair"),
    };
    Says::new(cause, mend)
}

fn linear_features(found: &Hit) -> Says {
    let (rows, cols, weight_in, weight_out) =
        (found.int("rows"), found.int("cols"), found.int("in"), found.int("out"));
    let site = found.call().filter(|site| site.arg(0).is_some());
    let layer = site.as_ref().map_or("fc", |site| site.callee.as_str()).to_owned();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let is_matrix = found
        .line()
        .is_some_and(|line| line.contains(" @ ") || line.contains("matmul(") || line.contains(".mm("));
    if is_matrix {
        let line = found.line().unwrap_or_default().to_owned();
        let turned = turned_product(&line);
        return Says::new(
            format!(
                "A product of ({rows}, {cols}) and ({weight_in}, {weight_out}) needs the inner sizes alike: {cols} is not {weight_in}."
            ),
            turned.map_or_else(
                || format!("{line}  # turn one of them: W.t() has ({weight_out}, {weight_in})"),
                |turned| format!("{turned}  # ({weight_out}, {weight_in}) after .t()"),
            ),
        );
    }
    let mut cause = format!(
        "The Linear layer takes {weight_in} features and gives {weight_out}, but its input, as ({rows}, {cols}), has {cols} in its last axis: {cols} is not {weight_in}."
    );
    if weight_in > 0 && cols == 2 * weight_in {
        cause.push_str(
            " Twice as many, as a bidirectional GRU gives: its output has both directions side by side.",
        );
    } else if weight_in > 0 && cols > 0 && (cols % weight_in == 0 || weight_in % cols == 0) {
        add(
            &mut cause,
            &format!(
                " {cols} and {weight_in} are multiples: axes were flattened for one of them and not for the other."
            ),
        );
    } else if rows == weight_in {
        add(&mut cause, &format!(" The other axis has {rows}: the input may be turned."));
    }
    let name = if is_dotted(&layer) { layer } else { "fc".to_owned() };
    let made = if weight_in == rows && cols != weight_in && site.is_some() {
        format!("{name} = nn.Linear({cols}, {weight_out})  # in_features = the last axis of {x}")
    } else {
        format!(
            "{name} = nn.Linear({cols}, {weight_out})  # in_features is the last axis of what it is given"
        )
    };
    Says::new(cause, made)
}

/// `a @ b` with the right side turned.
fn turned_product(line: &str) -> Option<String> {
    let (before, after) = line.split_once(" @ ")?;
    let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect();
    (!name.is_empty()).then(|| format!("{before} @ {name}.t(){}", &after[name.len()..]))
}

/// `a @ b` with the left side turned.
fn turned_matrix(line: &str) -> Option<String> {
    let (before, after) = line.split_once(" @ ")?;
    let is_of_name = |c: &char| c.is_ascii_alphanumeric() || "_.".contains(*c);
    let length = before.chars().rev().take_while(is_of_name).count();
    (length > 0).then(|| format!("{before}.t() @ {after}"))
}

fn matrix_vector(found: &Hit) -> Says {
    Says::new(
        format!(
            "A matrix ({}, {}) times a vector needs {} values, and the vector has {}.",
            found.int("rows"),
            found.int("cols"),
            found.int("cols"),
            found.int("vector")
        ),
        found
            .line()
            .and_then(turned_matrix)
            .unwrap_or_else(|| "y = W.t() @ v  # or give v as many values as W has columns".to_owned()),
    )
}

fn batches(found: &Hit) -> Says {
    let site = found.site(&["bmm", "baddbmm"]);
    let (first, second) =
        (arg_or(site.as_ref(), 0, "a").to_owned(), arg_or(site.as_ref(), 1, "b").to_owned());
    let (batch, inner) = (found.int("batch"), found.int("inner"));
    let (batch_got, inner_got) = (found.int("batch_got"), found.int("inner_got"));
    let mend = |second: &str| {
        site.as_ref()
            .map_or_else(|| format!("scores = torch.bmm({first}, {second})"), |site| site.with_arg(1, second))
    };
    if found.has("batch") {
        let arg = if batch == batch_got {
            format!("{second}.transpose(1, 2)")
        } else {
            format!("{second}.transpose(0, 1)")
        };
        return Says::new(
            format!(
                "bmm multiplies (b, n, m) by (b, m, p): the second must begin with ({batch}, {inner}), and {second} begins with ({batch_got}, {inner_got})."
            ),
            mend(&arg),
        );
    }
    if found.mentions("must match batch2 dim 1") {
        return Says::new(
            format!(
                "bmm multiplies (b, n, m) by (b, m, p): the last axis of {first} and the middle one of {second} must have the same size."
            ),
            mend(&format!("{second}.transpose(1, 2)")),
        );
    }
    Says::new(
        format!(
            "bmm multiplies two tensors of three axes, (b, n, m) and (b, m, p); {second} or {first} has another number of axes or another batch. An h_n[-1] of (N, H) lacks an axis."
        ),
        mend(&format!("{second}.unsqueeze(2)")),
    )
}

fn conv_channels(found: &Hit) -> Says {
    let (channels, got) = (found.int("channels"), found.int("got"));
    let input = found.shape("input").to_vec();
    let site = found.call();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let cause = format!(
        "Conv1d takes (N, channels, L): the input {} has {got} in axis 1, and the layer has in_channels={channels}.",
        tuple(&input)
    );
    if input.last() == Some(&channels) {
        let arg = format!("{x}.transpose(1, 2)");
        return Says::new(
            format!(
                "{cause} The last axis has {channels}: the input is (N, L, features), as a GRU takes it."
            ),
            site.map_or_else(|| format!("y = conv({arg})"), |site| site.with_arg(0, &arg)),
        );
    }
    let weight = found.shape("weight");
    let (out, kernel) = (weight.first().copied().unwrap_or(1), weight.get(2).copied().unwrap_or(1));
    let name = site.map_or_else(|| "conv".to_owned(), |site| site.callee);
    Says::new(cause, format!("{name} = nn.Conv1d({got}, {out}, kernel_size={kernel})"))
}

fn conv_rank(found: &Hit) -> Says {
    let site = found.call();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let shape = found.shape("shape").to_vec();
    let arg = if shape.len() == 1 { format!("{x}[None, None]") } else { format!("{x}.flatten(2)") };
    Says::new(
        format!(
            "A convolution over steps takes (N, channels, L) or (channels, L); this input is {}.",
            tuple(&shape)
        ),
        site.map_or_else(|| format!("y = conv({arg})"), |site| site.with_arg(0, &arg)),
    )
}

fn kernel_size(found: &Hit) -> Says {
    let (length, kernel) = (found.int("length"), found.int("kernel"));
    let site = found.site(&["Conv1d", "Conv2d"]);
    Says::new(
        format!(
            "With its padding the input has {length} steps, and the kernel is {kernel} long: it does not fit once."
        ),
        site.map_or_else(
            || {
                format!(
                    "conv.padding = ({},)  # or a kernel_size of at most {length}",
                    (kernel - length).max(1)
                )
            },
            |site| site.with_keyword("padding", &((kernel - length).max(1)).to_string()),
        ),
    )
}

fn norm_features(found: &Hit) -> Says {
    let (due, got) = (found.int("due"), found.int("got"));
    let site = found.call();
    let x = arg_or(site.as_ref(), 0, "x").to_owned();
    let name = site.as_ref().map_or_else(|| "bn".to_owned(), |site| site.callee.clone());
    Says::new(
        format!(
            "BatchNorm1d was made for {due} features and takes them from axis 1, (N, C, L); the input has {got} there. After a GRU with batch_first=True axis 1 is the steps."
        ),
        site.map_or_else(
            || format!("y = bn({x}.transpose(1, 2)).transpose(1, 2)"),
            |site| site.with(&format!("{name}({x}.transpose(1, 2)).transpose(1, 2)")),
        ) + &format!("\n# or {name} = nn.BatchNorm1d({got})"),
    )
}

fn norm_one_value(found: &Hit) -> Says {
    let shape = found.shape("shape").to_vec();
    Says::new(
        format!(
            "BatchNorm in training mode takes the mean over the batch, and with an input of {} there is one value a channel: a last batch of one.",
            tuple(&shape)
        ),
        "loader = torch.utils.data.DataLoader(dataset, batch_size=32, shuffle=True, drop_last=True)\n# to predict one sample: model.eval()",
    )
}

fn layer_norm(found: &Hit) -> Says {
    let (due, input) = (found.shape("due").to_vec(), found.shape("input").to_vec());
    let name = found.call().map_or_else(|| "norm".to_owned(), |site| site.callee);
    let last = input.last().copied().unwrap_or(1);
    Says::new(
        format!(
            "LayerNorm was made for the last axes {}, and the input is {}: its last axis is {last}.",
            tuple(&due),
            tuple(&input)
        ),
        format!("{name} = nn.LayerNorm({last})"),
    )
}

fn not_a_module(found: &Hit) -> Says {
    let what = found.word_before().to_owned();
    Says::new(
        format!(
            "nn.Sequential and add_module take modules; {what} is a function, a tensor or a class without its brackets."
        ),
        "net = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))  # nn.ReLU() in brackets, not torch.relu",
    )
}

fn combination(found: &Hit) -> Says {
    let function = found.word_before().to_owned();
    let got = found.text("got").to_owned();
    let site = found.site(&[function.as_str()]).or_else(|| found.call());
    let args = site.as_ref().map(|site| site.args.clone()).unwrap_or_default();
    let says = |reason: &str, mend: String| {
        Says::new(format!("{function}() was given ({got}), which fits none of its forms: {reason}."), mend)
    };
    if ["cat", "stack", "concat"].contains(&function.as_str()) {
        let (named, plain): (Vec<String>, Vec<String>) = args.into_iter().partition(|arg| arg.contains('='));
        let mut all = vec![format!("[{}]", plain.join(", "))];
        all.extend(named);
        return says(
            "the tensors to be joined stand in one list",
            site.map_or_else(|| format!("y = torch.{function}([a, b])"), |site| site.with_args(&all)),
        );
    }
    if got.starts_with("tuple") || got.contains(", tuple") && !got.starts_with("Tensor") {
        let arg = args.first().cloned().unwrap_or_else(|| "out".to_owned());
        return says(
            "a tuple, as nn.GRU returns (output, h_n), is no tensor",
            site.map_or_else(|| format!("y = layer({arg}[0])"), |site| site.with_arg(0, &output_of(&arg))),
        );
    }
    if got.starts_with("Tensor, tuple") && ["gru", "rnn_tanh", "rnn_relu"].contains(&function.as_str()) {
        let hx = args.get(1).cloned().unwrap_or_else(|| "h_0".to_owned());
        return says(
            "nn.GRU takes one tensor for its state, and a pair is an LSTM's (h_0, c_0)",
            format!("out, h_n = gru(x, {hx}[0])  # the hidden state of the pair"),
        );
    }
    if got.contains("float") {
        let args: Vec<String> = args
            .iter()
            .map(|arg| {
                if arg.contains('/') {
                    arg.replace('/', "//").replace("////", "//")
                } else if is_name(arg) || arg.contains('.') {
                    format!("int({arg})")
                } else {
                    arg.clone()
                }
            })
            .collect();
        return says(
            "a size is a whole number, and a / b is a float",
            site.map_or_else(|| "x = torch.zeros(int(n), 8)".to_owned(), |site| site.with_args(&args)),
        );
    }
    says(
        "one argument is of another type, or one too many",
        found.line().map_or_else(
            || format!("help(torch.{function})"),
            |line| format!("print([type(arg) for arg in ({},)])\n{line}", args.join(", ")),
        ),
    )
}

fn tensor_list(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    let site = found.site(&["cat", "stack", "pad_sequence"]);
    let list = arg_or(site.as_ref(), 0, "a").to_owned();
    // What is no number and has no name is another of the tensors.
    let is_tensor = |arg: &String| !arg.contains('=') && arg.parse::<i64>().is_err();
    Says::new(
        format!("cat and stack take a list of tensors, and {list} is a {kind}."),
        site.map_or_else(
            || format!("y = torch.stack([{list}])"),
            |site| {
                let (tensors, others): (Vec<String>, Vec<String>) =
                    site.args.iter().cloned().partition(is_tensor);
                let mut args = vec![format!("[{}]", tensors.join(", "))];
                args.extend(others);
                site.with_args(&args)
            },
        ),
    )
}

fn matrix_only(found: &Hit) -> Says {
    let site = found.site(&["mm", "dot", "mv", "t", "addmm"]);
    let mend = site.as_ref().map_or_else(
        || "y = torch.matmul(a, b)".to_owned(),
        |site| match site.name() {
            "t" => site.with(&format!("{}.transpose(-2, -1)", site.receiver())),
            "dot" => {
                let all: Vec<&str> = Some(site.receiver())
                    .filter(|receiver| *receiver != "torch")
                    .into_iter()
                    .chain(site.args.iter().map(String::as_str))
                    .collect();
                site.with(&format!("({}).sum(dim=-1)", all.join(" * ")))
            }
            _ if site.receiver() == "torch" => site.with(&format!("torch.matmul({})", site.args.join(", "))),
            _ => site.with(&format!("{}.matmul({})", site.receiver(), site.args.join(", "))),
        },
    );
    Says::new(
        "mm and t() are for matrices of two axes, dot for vectors of one; a batch has an axis more. matmul (@), transpose(-2, -1) and a sum of products take any.",
        mend,
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "tuple-to-layer",
        "a pair or another object is given to a layer that takes a tensor",
        &[
            "(): argument 'input' (position 1) must be Tensor, not {type:w}",
            "(): argument 'input' must be Tensor, not {type:w}",
        ],
        "squeeze, view or .data: a tuple has none of them.",
        tuple_to_layer,
    ),
    TextKind::new(
        "tuple-attribute",
        "a recurrent module's pair is used as a tensor",
        &["'tuple' object has no attribute '{attribute:w}'"],
        "torch.tensor(out) or torch.stack(out): output and h_n have two shapes.",
        tuple_attribute,
    ),
    TextKind::new(
        "tensor-list",
        "cat or stack of one tensor",
        &[
            "(): argument 'tensors' (position 1) must be tuple of Tensors, not {type:w}",
            "(): argument 'tensors' must be tuple of Tensors, not {type:w}",
        ],
        "",
        tensor_list,
    ),
    TextKind::new(
        "arguments",
        "arguments that fit no form of a function",
        &["() received an invalid combination of arguments - got ({got:q})"],
        "",
        combination,
    ),
    TextKind::new(
        "matrix-only",
        "a batch where a matrix or vector is due",
        &[
            "self must be a matrix",
            "mat2 must be a matrix",
            "1D tensors expected, but got {a}D and {b}D tensors",
            "t() expects a tensor with <= 2 dimensions, but self is {d}D",
            "matrices expected, got {a}D, {b}D tensors",
            "vector + matrix @ vector expected, got {a}, {b}, {c}",
        ],
        "",
        matrix_only,
    ),
    TextKind::new(
        "linear-features",
        "in_features and the last axis differ",
        &[
            "mat1 and mat2 shapes cannot be multiplied ({rows}x{cols} and {in}x{out})",
            "size mismatch, m1: [{rows} x {cols}], m2: [{in} x {out}]",
        ],
        "reshaping until it fits: it mixes the samples with the features.",
        linear_features,
    ),
    TextKind::new(
        "matrix-vector",
        "a matrix times a vector",
        &[
            "size mismatch, got input ({_n}), mat ({rows}x{cols}), vec ({vector})",
            "size mismatch, got {_n}, {rows}x{cols},{vector}",
        ],
        "",
        matrix_vector,
    ),
    TextKind::new(
        "bmm",
        "a product of batches of matrices",
        &[
            "Expected size for first two dimensions of batch2 tensor to be: [{batch}, {inner}] but got: [{batch_got}, {inner_got}]",
            "batch1 dim 2 must match batch2 dim 1",
            "batch1 must be a 3D tensor",
            "batch2 must be a 3D tensor",
            "batch1 and batch2 must have same number of batches",
        ],
        "",
        batches,
    ),
    TextKind::new(
        "conv-channels",
        "a convolution's channels stand on another axis",
        &[
            "weight of size {weight:s}, expected input{input:s} to have {channels} channels, but got {got} channels instead",
        ],
        "unsqueeze: the axis is there, it stands elsewhere.",
        conv_channels,
    ),
    TextKind::new(
        "conv-rank",
        "a convolution's input has another number of axes",
        &[
            "Expected 2D (unbatched) or 3D (batched) input to conv1d, but got input of size: {shape:s}",
            "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: {shape:s}",
            "3-dimensional weight {_weight:s}, but got {_d}-dimensional input of size {shape:s} instead",
        ],
        "",
        conv_rank,
    ),
    TextKind::new(
        "kernel-size",
        "a kernel is longer than its input",
        &[
            "Calculated padded input size per channel: ({length}). Kernel size: ({kernel}). Kernel size can't be greater than actual input size",
        ],
        "",
        kernel_size,
    ),
    TextKind::new(
        "batch-norm",
        "BatchNorm1d's features stand on another axis",
        &["running_mean should contain {got} elements not {due}"],
        "",
        norm_features,
    ),
    TextKind::new(
        "batch-norm-one",
        "BatchNorm has one value a channel",
        &["Expected more than 1 value per channel when training, got input size {shape:s}"],
        "a smaller momentum.",
        norm_one_value,
    ),
    TextKind::new(
        "layer-norm",
        "LayerNorm's size is not the last axis",
        &[
            "Given normalized_shape={due:s}, expected input with shape [*, {_due}], but got input of size{input:s}",
        ],
        "",
        layer_norm,
    ),
    TextKind::new(
        "not-a-module",
        "a function stands where a module is due",
        &[" is not a Module subclass"],
        "",
        not_a_module,
    ),
];
