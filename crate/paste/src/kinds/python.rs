//! What Python itself says of such code.

use super::prelude::*;

/// What Keras and others call the options of `PyTorch`.
const OTHER_NAMES: &[(&str, &str, &str)] = &[
    ("units", "hidden_size", "Keras calls hidden_size units"),
    (
        "return_sequences",
        "",
        "nn.GRU always returns all steps (output) and the last state (h_n): out[:, -1] is Keras' return_sequences=False",
    ),
    ("return_state", "", "nn.GRU always returns h_n beside the output"),
    ("input_shape", "input_size", "input_size is the number of features alone; steps and batch are free"),
    ("input_dim", "input_size", "PyTorch calls it input_size"),
    ("output_dim", "embedding_dim", "nn.Embedding(num_embeddings, embedding_dim)"),
    ("recurrent_dropout", "", "nn.GRU has no dropout between steps"),
    ("activation", "", "nn.GRU's tanh and sigmoid are fixed; nn.RNN takes nonlinearity"),
    ("stateful", "", "the state is handed on by hand: out, h = gru(x, h)"),
    ("hidden_dim", "hidden_size", "PyTorch calls it hidden_size"),
    ("n_layers", "num_layers", "PyTorch calls it num_layers"),
    ("num_layer", "num_layers", "it is num_layers"),
    ("layers", "num_layers", "PyTorch calls it num_layers"),
    ("hidden_units", "hidden_size", "PyTorch calls it hidden_size"),
    ("bidirection", "bidirectional", "it is bidirectional"),
    ("batchfirst", "batch_first", "it is batch_first"),
    ("seq_len", "", "nn.GRU needs no length: any number of steps runs"),
    ("batch_size", "", "nn.GRU needs no batch size: any batch runs"),
    ("learning_rate", "lr", "PyTorch's optimisers call it lr"),
    ("axis", "dim", "PyTorch calls an axis dim"),
    ("keepdims", "keepdim", "it is keepdim"),
    ("from_logits", "", "nn.CrossEntropyLoss always takes scores (logits)"),
    ("validation_data", "", "PyTorch has no fit: the loop is written by hand"),
    ("h_0", "hx", "nn.GRU's forward calls it hx"),
    ("h0", "hx", "nn.GRU's forward calls it hx"),
    ("hidden", "hx", "nn.GRU's forward calls it hx"),
    ("initial_state", "hx", "nn.GRU's forward calls it hx"),
    ("reset_after", "", "nn.GRU always applies the reset gate after the product, as reset_after=True"),
];

fn name(found: &Hit) -> Says {
    let name = found.text("name").to_owned();
    let mend = match name.as_str() {
        "torch" => "import torch".to_owned(),
        "nn" => "from torch import nn".to_owned(),
        "F" => "import torch.nn.functional as F".to_owned(),
        "np" => "import numpy as np".to_owned(),
        "pd" => "import pandas as pd".to_owned(),
        "plt" => "import matplotlib.pyplot as plt".to_owned(),
        "optim" => "from torch import optim".to_owned(),
        "device" => "device = torch.device(\"cuda\" if torch.cuda.is_available() else \"cpu\")".to_owned(),
        "DataLoader" | "TensorDataset" | "Dataset" | "random_split" => {
            format!("from torch.utils.data import {name}")
        }
        "pack_padded_sequence" | "pad_packed_sequence" | "pad_sequence" | "pack_sequence" => {
            format!("from torch.nn.utils.rnn import {name}")
        }
        "GRU" | "LSTM" | "RNN" | "Linear" | "Embedding" => format!("from torch.nn import {name}"),
        "h" | "h0" | "h_0" | "hidden" | "hx" => format!(
            "{name} = None  # the first state: None stands for zeros; then out, {name} = gru(x, {name})"
        ),
        "x" | "y" => {
            return Says::new(
                format!(
                    "{name} was not given a value before this line: its cell was not run, or it lives in another function."
                ),
                format!(
                    "# run the cell that makes {name} first (Kernel: Restart and run all shows the order)\nprint(\"{name}\" in globals())"
                ),
            );
        }
        _ => format!(
            "{name} = ...  # give it a value before this line: run the cell that does, or hand it into the function as an argument"
        ),
    };
    Says::new(
        format!(
            "{name} has no value where this line runs: it was not imported, its cell was not run, it is misspelt, or it belongs to another function."
        ),
        before_line(&mend, found),
    )
}

fn missing_argument(found: &Hit) -> Says {
    let names =
        found.rest_of_line(if found.int("count") == 1 { "argument: " } else { "arguments: " }).to_owned();
    let call = found.word_before().trim_end_matches("()").to_owned();
    let count = found.int("count");
    let function = function_before(found);
    let first = names.split('\'').nth(1).unwrap_or(&names).to_owned();
    let cause = if function.ends_with("forward") {
        format!(
            "forward() needs {count} more argument{}, {names}: the module was called without it, or its class was called instead of an object, Net(x) for Net()(x).",
            if count == 1 { "" } else { "s" }
        )
    } else if function.ends_with("__init__") {
        format!(
            "The constructor {function}() needs {count} more argument{}, {names}.",
            if count == 1 { "" } else { "s" }
        )
    } else {
        format!(
            "{}() needs {count} more argument{}, {names}; a method called on its class, without an object, lacks its last one.",
            if function.is_empty() { &call } else { &function },
            if count == 1 { "" } else { "s" }
        )
    };
    let mend = found.call().map_or_else(
        || format!("out, h_n = gru(x)  # with {names}"),
        |site| {
            if first == "self" || first == "input" && site.args.is_empty() {
                site.with(&format!("{}({first})", site.callee))
            } else if function.ends_with("__init__") {
                let mut site = site.clone();
                site.args.push(format!("{first}={}", if first.contains("size") { "16" } else { "None" }));
                site.with_args(&site.args.clone())
            } else {
                let mut args = site.args.clone();
                args.push(first.clone());
                site.with_args(&args)
            }
        },
    );
    Says::new(cause, mend)
}

/// The function that Python names before `() missing`.
fn function_before(found: &Hit) -> String {
    let before = &found.reading.flat.text[..found.start];
    let word: String = before
        .trim_end_matches([' ', '(', ')'])
        .chars()
        .rev()
        .take(80)
        .take_while(|c| c.is_ascii_alphanumeric() || "_.<>".contains(*c))
        .collect();
    word.chars().rev().collect()
}

fn too_many_arguments(found: &Hit) -> Says {
    let (takes, given) = (found.int("takes"), found.int("given"));
    let function = function_before(found);
    let mend = found.call().map_or_else(
        || "def forward(self, x):  # self first".to_owned(),
        |site| {
            let most = (takes - 1).clamp(0, 16) as usize;
            if site.args.iter().any(|arg| arg.contains(" / ")) {
                // A size that is a float is none of the sizes.
                let args: Vec<String> = site.args.iter().map(|arg| arg.replace(" / ", " // ")).collect();
                site.with_args(&args)
            } else if site.args.len() > most {
                site.with_args(&site.args[..most])
            } else {
                format!(
                    "def {}(self, {}):  # self first, then what is handed in",
                    function.rsplit('.').next().unwrap_or("forward"),
                    site.args.join(", ")
                )
            }
        },
    );
    Says::new(
        format!(
            "{function}() takes {takes} arguments and was given {given}; self counts as one of them. A method defined without self, or a state handed to a forward that takes x alone."
        ),
        mend,
    )
}

fn unexpected_keyword(found: &Hit) -> Says {
    let key = found.text("key").to_owned();
    let function = function_before(found);
    let known = OTHER_NAMES.iter().find(|(other, ..)| *other == key);
    let site = found
        .own_lines()
        .find_map(crate::python::first_site)
        .filter(|site| site.keyword(&key).is_some())
        .or_else(|| {
            found
                .site(&["GRU", "LSTM", "RNN", "Embedding", "Linear", "Adam"])
                .filter(|site| site.keyword(&key).is_some())
        });
    let cause = match known {
        Some((_, _, why)) => format!("{function}() has no option {key}: {why}."),
        None => format!(
            "{function}() has no option {key}: it is misspelt, of another library, or of another release."
        ),
    };
    let mend = match (&site, known) {
        (Some(site), known) => {
            let args: Vec<String> = site
                .args
                .iter()
                .filter_map(|arg| match crate::python::keyword(arg) {
                    Some((name, value)) if name == key => known.and_then(|(_, new, _)| {
                        let value = if key == "input_shape" {
                            value
                                .trim_matches(['(', ')'])
                                .rsplit(',')
                                .find(|part| !part.trim().is_empty())
                                .unwrap_or(value)
                                .trim()
                        } else {
                            value
                        };
                        (!new.is_empty()).then(|| format!("{new}={value}"))
                    }),
                    _ => Some(arg.clone()),
                })
                .collect();
            site.with_args(&args)
        }
        (None, Some((_, new, _))) if !new.is_empty() => {
            format!("gru = nn.GRU(input_size, hidden_size)  # {new}=..., not {key}=...")
        }
        (None, _) => format!("gru = nn.GRU(input_size, hidden_size)  # without {key}"),
    };
    Says::new(cause, mend)
}

fn multiple_values(found: &Hit) -> Says {
    let key = found.text("key").to_owned();
    let site = found.call();
    let mend = site.map_or_else(
        || format!("f(x)  # {key} once, by place or by name"),
        |site| {
            let args: Vec<String> = site
                .args
                .iter()
                .filter(|arg| crate::python::keyword(arg).is_none_or(|(name, _)| name != key))
                .cloned()
                .collect();
            site.with_args(&args)
        },
    );
    Says::new(format!("{key} is given twice, by its place and by its name."), mend)
}

#[allow(clippy::too_many_lines, reason = "a case for each side of the line")]
fn unpack(found: &Hit) -> Says {
    let (expected, got) = (found.int("expected"), found.int("got"));
    let line =
        found.own_lines().find(|line| line.contains(" = ") || line.starts_with("for ")).map(str::to_owned);
    let site = line
        .as_deref()
        .and_then(|line| crate::python::first_site(line.split_once(" = ").map_or(line, |(_, right)| right)));
    let call = site.as_ref().map(|site| format!("{}({})", site.callee, site.args.join(", ")));
    let targets = line
        .as_deref()
        .and_then(|line| line.split_once(" = "))
        .map(|(targets, _)| targets.to_owned())
        .unwrap_or_default();
    let is_pair = targets.contains(", (") || targets.contains(", [");
    let is_size = line.as_deref().is_some_and(|line| line.contains(".shape") || line.contains(".size()"));
    let is_loop = line.as_deref().is_some_and(|line| line.starts_with("for "));
    let first = targets.split(',').next().unwrap_or_default().trim().trim_matches('(').to_owned();
    let first = if first.is_empty() { "out".to_owned() } else { first };
    let state = targets
        .split(['(', ','])
        .nth(2)
        .or_else(|| targets.split(',').nth(1))
        .unwrap_or("h_n")
        .trim()
        .trim_matches(['(', ')'])
        .to_owned();
    let many = !found.has("got");
    let words = if many {
        format!("{expected} names are on the left, and more values on the right")
    } else {
        format!(
            "{expected} names are on the left, and {got} value{} on the right",
            if got == 1 { "" } else { "s" }
        )
    };
    if is_pair {
        let call = call.unwrap_or_else(|| "gru(x)".to_owned());
        return Says::new(
            format!(
                "{words}: nn.GRU returns (output, h_n) and has no cell state. The code unpacks h_n along its first axis, as the pair of an LSTM."
            ),
            format!("{first}, h_n = {call}"),
        );
    }
    if is_size {
        let line = line.unwrap_or_default();
        let names = ["n", "l", "d", "e"];
        let missing = if many { "*rest".to_owned() } else { names[(got.clamp(0, 3)) as usize].to_owned() };
        let axes = if many { format!("more than {expected}") } else { got.to_string() };
        let right = line.split_once(" = ").map_or("x.shape", |(_, right)| right);
        let kept: Vec<&str> = targets
            .split(',')
            .map(str::trim)
            .take(if many { expected.max(1) as usize } else { got.max(1) as usize })
            .collect();
        let mend = if many {
            format!("{}, {missing} = {right}", kept.join(", "))
        } else {
            format!(
                "{} = {right}  # {got} axes; or x = x.unsqueeze(0) for the missing batch",
                kept.join(", ")
            )
        };
        return Says::new(
            format!("{words}: the tensor has {axes} axes, and the code expects {expected}."),
            mend,
        );
    }
    if is_loop {
        let line = line.unwrap_or_default();
        return Says::new(
            format!(
                "{words}: each entry of the loop is unpacked. A DataLoader gives as many parts as __getitem__ returns; enumerate adds an index in front, (i, (x, y))."
            ),
            if line.contains("enumerate") {
                line + "  # for i, (x, y) in enumerate(loader):"
            } else {
                format!(
                    "batch = next(iter(loader))\nprint(len(batch), [type(part) for part in batch])\n# then as many names as it has: {line}"
                )
            },
        );
    }
    if many && expected == 2 {
        let call = call.unwrap_or_else(|| "gru(x)".to_owned());
        let is_own_model =
            site.as_ref().is_some_and(|site| site.name().contains("model") || site.name().contains("net"));
        return Says::new(
            format!(
                "{words}: {call} does not return a pair. A model whose forward returns one tensor is unpacked along its first axis, the batch; so is a GRU's tensor that was taken with [0] already."
            ),
            if is_own_model || site.is_some() {
                format!("{first} = {call}  # one tensor, no pair")
            } else {
                "out, h_n = gru(x)  # of a module that returns a pair; or out = model(x)".to_owned()
            },
        );
    }
    let call = call.unwrap_or_else(|| "gru(x)".to_owned());
    if !many && expected == 3 && got == 2 {
        return Says::new(
            format!(
                "{words}: recurrent modules return a pair, (output, h_n), or an LSTM (output, (h_n, c_n)); three names need the inner brackets, and a GRU has no c_n."
            ),
            if found.mentions("LSTM") || found.mentions("lstm") {
                format!("{first}, ({state}, c_n) = {call}")
            } else {
                format!("{first}, h_n = {call}")
            },
        );
    }
    Says::new(
        format!(
            "{words}. nn.GRU and nn.RNN return two values, (output, h_n), nn.LSTM (output, (h_n, c_n)), a layer such as nn.Linear one."
        ),
        format!(
            "result = {call}\nprint(type(result), len(result))\n{} = result  # then as many names as it has",
            if got == 1 || !many { first } else { format!("{first}, *rest") }
        ),
    )
}

fn not_iterable(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    let line = found.line().unwrap_or("out, h_n = model(x)").to_owned();
    let right = line.split_once(" = ").map_or(line.as_str(), |(_, right)| right);
    let first = line.split([',', '=']).next().unwrap_or("out").trim().to_owned();
    let (cause, mend) = match kind.as_str() {
        "NoneType" => (
            format!(
                "{} gave None, and None cannot be taken apart: its forward (or __getitem__) has no return.",
                quoted(right)
            ),
            format!("return out, h_n  # the last line of forward\n{line}"),
        ),
        "int" | "float" => (
            format!(
                "One {kind} is walked through as a list: range(n) is meant, or a list of one, or a dataset that lacks brackets."
            ),
            if line.starts_with("for ") {
                line.rsplit_once(" in ").map_or_else(
                    || line.clone(),
                    |(before, what)| format!("{before} in range({}):", what.trim_end_matches(':')),
                )
            } else {
                format!("{first} = {right}  # one value")
            },
        ),
        _ => (
            format!("A {kind} cannot be taken apart into several names."),
            format!("{first} = {right}  # one value"),
        ),
    };
    Says::new(cause, mend)
}

fn tensor_attribute(found: &Hit) -> Says {
    let attribute = found.text("attribute").to_owned();
    let other = match attribute.as_str() {
        "append" => Some((
            "torch.cat([a, b])",
            "a tensor does not grow: collect tensors in a list, and stack the list",
        )),
        "len" | "length" => Some(("len(x)", "its length is len(x)")),
        "astype" => Some(("x.float()", "numpy's astype is .float(), .long(), .to(dtype)")),
        "copy" => Some(("x.clone()", "numpy's copy is clone")),
        "values" | "iloc" | "loc" | "columns" => Some(("x", "that belongs to pandas")),
        "batch_sizes" | "sorted_indices" => Some((
            "nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)",
            "it belongs to a PackedSequence: pack the tensor first",
        )),
        "backwards" => Some(("loss.backward()", "it is backward, without s")),
        "toarray" | "asnumpy" => Some(("x.detach().cpu().numpy()", "it is numpy()")),
        "expand_dims" => Some(("x.unsqueeze(0)", "it is unsqueeze")),
        "get_shape" => Some(("x.shape", "it is shape")),
        _ => None,
    };
    match other {
        Some((mend, why)) => Says::new(
            format!("A tensor has no .{attribute}: {why}."),
            format!(
                "{mend}{}",
                found.line().map_or_else(String::new, |line| format!("  # instead of: {line}"))
            ),
        ),
        None => Says::new(
            format!(
                "A tensor has no .{attribute}: the name is misspelt, or it belongs to another object, a module, a list or numpy."
            ),
            before_line("print(type(x), x.shape)  # which object is it?", found),
        ),
    }
}

fn no_attribute(found: &Hit) -> Says {
    let (kind, attribute) = (found.text("type").to_owned(), found.text("attribute").to_owned());
    if kind == "Tensor" {
        return tensor_attribute(found);
    }
    let class = if kind == "list" || kind == "dict" || kind == "str" || kind == "int" || kind == "float" {
        format!("a {kind}")
    } else {
        kind.clone()
    };
    let line = found.line().unwrap_or_default().to_owned();
    let receiver = line
        .split(&format!(".{attribute}"))
        .next()
        .map(|before| before.rsplit([' ', '(', '=', '[']).next().unwrap_or(before).to_owned())
        .filter(|name| is_dotted(name));
    let name = receiver.unwrap_or_else(|| "it".to_owned());
    match kind.as_str() {
        "list" | "numpy.ndarray" | "ndarray" => Says::new(
            format!("{name} is {class}, and .{attribute} belongs to a tensor."),
            before_line(
                &format!(
                    "{} = {}",
                    if name == "it" { "x" } else { &name },
                    if kind == "list" {
                        format!("torch.as_tensor({})", if name == "it" { "x" } else { &name })
                    } else {
                        format!("torch.from_numpy({})", if name == "it" { "x" } else { &name })
                    }
                ),
                found,
            ),
        ),
        "builtin_function_or_method" | "method" | "function" => Says::new(
            format!("{name} is a function that was not called: its brackets are missing."),
            line.replacen(&name, &format!("{name}()"), 1),
        ),
        "int" | "float" if attribute == "backward" => Says::new(
            format!(
                "{name} is a Python number: .item() or float() has taken it out of the graph, and backward needs the tensor."
            ),
            format!("{name} = criterion(model(x), y)  # without .item()\n{line}"),
        ),
        "int" | "float" | "str" | "dict" => Says::new(
            format!(
                "{name} is {class}, and has no .{attribute}: a tensor, a module or an object was meant; .item() has made a number of it before, perhaps."
            ),
            before_line(
                &format!("print(type({name}))  # {class}; without .item(), where .{attribute} is needed"),
                found,
            ),
        ),
        _ if name.starts_with("self") || found.passes("module.py") || found.mentions("__getattr__") => {
            Says::new(
                format!(
                    "{kind} has no {attribute}: __init__ does not set self.{attribute}, sets it under another name, or lacks super().__init__()."
                ),
                format!("self.{attribute} = ...  # in {kind}.__init__, after super().__init__()\n{line}"),
            )
        }
        _ => Says::new(
            format!(
                "{class} has no {attribute}: the name is misspelt, or it belongs to another object or release."
            ),
            format!(
                "print([name for name in dir({name}) if \"{}\" in name.lower()])  # what {kind} has",
                attribute.to_ascii_lowercase().chars().take(4).collect::<String>()
            ),
        ),
    }
}

/// Names of `PyTorch` that are misspelt.
const NAMES: &[&str] = &[
    "GRU",
    "LSTM",
    "RNN",
    "GRUCell",
    "LSTMCell",
    "RNNCell",
    "Linear",
    "Embedding",
    "Module",
    "Dropout",
    "CrossEntropyLoss",
    "MSELoss",
    "BCELoss",
    "BCEWithLogitsLoss",
    "LayerNorm",
    "BatchNorm1d",
    "Sequential",
    "ModuleList",
    "Parameter",
    "ReLU",
    "Tanh",
    "Sigmoid",
    "Softmax",
    "NLLLoss",
    "Conv1d",
    "Flatten",
    "Adam",
    "SGD",
    "randn",
    "zeros",
    "tensor",
    "float32",
    "int64",
    "no_grad",
    "manual_seed",
];

fn module_attribute(found: &Hit) -> Says {
    let (module, attribute) = (found.text("module").to_owned(), found.text("attribute").to_owned());
    let alike =
        NAMES.iter().find(|name| name.eq_ignore_ascii_case(&attribute)).or(match attribute.as_str() {
            "Dense" => Some(&"Linear"),
            "Softmax2D" => Some(&"Softmax"),
            "BinaryCrossEntropy" => Some(&"BCEWithLogitsLoss"),
            "CrossEntropy" => Some(&"CrossEntropyLoss"),
            "MSE" => Some(&"MSELoss"),
            "concat" => Some(&"cat"),
            _ => None,
        });
    match alike {
        Some(name) => Says::new(
            format!("{module} has no {attribute}; it is written {name}."),
            found
                .line()
                .map_or_else(|| format!("{module}.{name}"), |line| line.replacen(&attribute, name, 1)),
        ),
        None if module == "torch"
            && (found.mentions("torch.py") || found.mentions("partially initialized")) =>
        {
            Says::new(
                "A file of your own is called torch.py, and Python imports it in place of PyTorch.",
                "import torch\nprint(torch.__file__)  # rename that file, and remove its __pycache__",
            )
        }
        None => Says::new(
            format!(
                "{module} has no {attribute}: it is misspelt, stands elsewhere, or is of another release."
            ),
            format!(
                "import torch\nprint(torch.__version__, [name for name in dir({module}) if \"{}\" in name.lower()])",
                attribute.to_ascii_lowercase().chars().take(4).collect::<String>()
            ),
        ),
    }
}

fn before_init(_: &Hit) -> Says {
    Says::new(
        "A layer was given to self before nn.Module was set up: super().__init__() is missing, or it comes too late.",
        "def __init__(self):\n    super().__init__()  # first\n    self.gru = nn.GRU(8, 16, batch_first=True)",
    )
}

fn no_forward(found: &Hit) -> Says {
    let class = found.text("class").to_owned();
    let class = if class.is_empty() { "The module".to_owned() } else { class };
    Says::new(
        format!(
            "{class} has no forward: the name is misspelt (foward, forwards, call), or it is indented into __init__, so that it belongs to nothing."
        ),
        "def forward(self, x):  # at the same depth as __init__\n    out, h_n = self.gru(x)\n    return out",
    )
}

fn not_callable(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    let line = found.line().unwrap_or("out = model(x)").to_owned();
    let name = crate::python::first_site(&line).map_or_else(|| "it".to_owned(), |site| site.callee);
    let cause = match kind.as_str() {
        "tuple" => format!(
            "{name} is a tuple, and is called as a function: a comma after the line that made it makes a tuple of one, or a comma is missing between two tuples."
        ),
        "Tensor" | "torch.Size" => format!(
            "{name} is a tensor (or its shape), and is called as a function: an index takes square brackets, or the name of a layer was given to a tensor."
        ),
        "collections.OrderedDict" | "dict" => format!("{name} is a dict (a state dict), not a model."),
        "module" => {
            format!("{name} is a module (a file): its class or function is within it, as in tqdm.tqdm.")
        }
        _ => format!(
            "{name} is a {kind}, and is called as a function: the name was given another value before, or a * is missing."
        ),
    };
    let mend = match kind.as_str() {
        "tuple" => format!("{name} = {name}[0]  # and remove the comma where it is made\n{line}"),
        "Tensor" | "torch.Size" => crate::python::first_site(&line).map_or_else(
            || line.clone(),
            |site| site.with(&format!("{}[{}]", site.callee, site.args.join(", "))),
        ),
        _ => before_line(&format!("print(type({name}))  # give one of the two another name"), found),
    };
    Says::new(cause, mend)
}

fn not_subscriptable(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    let line = found.line().unwrap_or("x = data[0]").to_owned();
    let name =
        line.split('[').next().unwrap_or("it").rsplit([' ', '=', '(']).next().unwrap_or("it").to_owned();
    match kind.as_str() {
        "DataLoader" => Says::new(
            format!("{name} is a DataLoader, which has no places: it is walked through."),
            format!("batch = next(iter({name}))"),
        ),
        "builtin_function_or_method" | "method" | "function" | "type" => Says::new(
            format!(
                "{name} is a function (or a class), and its brackets must be round: x.size(0), or x.shape[0]."
            ),
            line.replacen(&format!("{name}["), &format!("{name}("), 1).replacen(']', ")", 1),
        ),
        "NoneType" => Says::new(
            format!("{name} is None, and has no places: what made it has no return."),
            format!("assert {name} is not None\n{line}"),
        ),
        _ => Says::new(
            format!("{name} is a {kind}, one value without places."),
            format!("print(type({name}))\n{}", line.replacen(&format!("{name}[0]"), &name, 1)),
        ),
    }
}

fn operands(found: &Hit) -> Says {
    let (op, a, b) =
        (found.text("op").to_owned(), found.text("first").to_owned(), found.text("second").to_owned());
    let op = if op.is_empty() { "+".to_owned() } else { op };
    let tuple = a == "tuple" || b == "tuple";
    let line = found.line().unwrap_or("y = out + x").to_owned();
    let cause = if tuple {
        format!("'{op}' is asked of {a} and {b}: the tuple is what nn.GRU returns, (output, h_n).")
    } else if a == "NoneType" || b == "NoneType" {
        format!(
            "'{op}' is asked of {a} and {b}: one of them is None, from a function without return, or a gradient before backward."
        )
    } else if a == "str" || b == "str" {
        format!(
            "'{op}' is asked of {a} and {b}: text that was read from a file or a command line is no number yet."
        )
    } else {
        format!("'{op}' is asked of {a} and {b}, which do not go together.")
    };
    let sign =
        format!(" {} ", op.trim_end_matches(':').split(' ').next().unwrap_or("+").trim_end_matches('='));
    let mend = line.split_once(&sign).map_or_else(
        || before_line("print(type(a), type(b))  # make them of one kind", found),
        |(left, right)| {
            if tuple && a == "tuple" {
                format!("{left}[0]{sign}{right}")
            } else if tuple {
                let name: String =
                    right.chars().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect();
                format!("{left}{sign}{name}[0]{}", &right[name.len()..])
            } else if b == "str" {
                let name: String =
                    right.chars().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect();
                format!("{left}{sign}float({name}){}", &right[name.len()..])
            } else {
                format!("print(type({}))\n{line}", left.rsplit([' ', '(']).next().unwrap_or(left))
            }
        },
    );
    Says::new(cause, mend)
}

fn float_as_int(found: &Hit) -> Says {
    let line = found.line().unwrap_or("n = len(x) / 2").to_owned();
    let mend = if line.contains(" / ") {
        line.replace(" / ", " // ")
    } else if line.contains('/') && !line.contains("//") {
        line.replace('/', "//")
    } else {
        crate::python::first_site(&line).map_or_else(
            || format!("n = int(n)\n{line}"),
            |site| {
                let args: Vec<String> = site
                    .args
                    .iter()
                    .map(|arg| {
                        if is_name(arg) {
                            format!("int({arg})")
                        } else if let Some((key, value)) = crate::python::keyword(arg) {
                            if value.contains('.') { format!("{key}=int({value})") } else { arg.clone() }
                        } else if arg.parse::<f64>().is_ok() && arg.contains('.') {
                            format!("int({arg})")
                        } else {
                            arg.clone()
                        }
                    })
                    .collect();
                site.with_args(&args)
            },
        )
    };
    Says::new(
        "A size, a count or an index must be an int, and a float was given: in Python a / b is a float, 64 / 2 is 32.0.",
        mend,
    )
}

fn no_module(found: &Hit) -> Says {
    let name = found.text("name").to_owned();
    let package = match name.split('.').next().unwrap_or(&name) {
        "sklearn" => "scikit-learn",
        "cv2" => "opencv-python",
        "PIL" => "pillow",
        other => other,
    }
    .to_owned();
    Says::new(
        format!(
            "{name} is not installed for the Python that runs this notebook; another one on this machine may have it."
        ),
        format!("%pip install {package}  # then restart the kernel"),
    )
}

fn import_name(found: &Hit) -> Says {
    let (name, module) = (found.text("name").to_owned(), found.text("module").to_owned());
    let home = match name.as_str() {
        "DataLoader" | "Dataset" | "TensorDataset" | "random_split" => "torch.utils.data",
        "pad_sequence" | "pack_padded_sequence" | "pad_packed_sequence" => "torch.nn.utils.rnn",
        "GRU" | "LSTM" | "Linear" => "torch.nn",
        "Adam" | "SGD" => "torch.optim",
        _ => "",
    };
    Says::new(
        format!(
            "{module} has no {name}: it is misspelt, stands elsewhere or is of another release; or a file of yours bears that module's name."
        ),
        if home.is_empty() {
            format!(
                "import {module}\nprint({module}.__file__)  # is it the module that you mean, and of which release?"
            )
        } else {
            format!("from {home} import {name}")
        },
    )
}

fn syntax(found: &Hit) -> Says {
    let what = found.rest_of_line("Error: ").trim_end_matches('.').to_owned();
    let line = found.line().map_or(String::new(), |line| format!(" The line is: {}", quoted(line)));
    Says::new(
        format!(
            "Python could not read the code, so none of it ran: {what}.{line} The mistake is there or on the line before: a bracket, a comma, a colon or an indent."
        ),
        found.line().map_or_else(
            || "# close the bracket, add the comma or the colon where the caret (^) stands".to_owned(),
            |line| {
                let open = line.matches('(').count().saturating_sub(line.matches(')').count());
                if open > 0 {
                    format!("{line}{}", ")".repeat(open))
                } else if what.contains("expected ':'") {
                    format!("{line}:")
                } else {
                    format!("{line}  # add what is missing where the caret (^) stands")
                }
            },
        ),
    )
}

fn unbound(found: &Hit) -> Says {
    let name = found.text("name").to_owned();
    let value = if ["h", "hidden", "h_n", "state"].contains(&name.as_str()) { "None" } else { "..." };
    Says::new(
        format!(
            "{name} is assigned within this function, and used before that: in the branch or loop that did not run, or it should be the global one."
        ),
        before_line(&format!("{name} = {value}  # before the loop or the if"), found),
    )
}

fn key(found: &Hit) -> Says {
    let name = found.text("name").to_owned();
    let line = found.line().unwrap_or_default().to_owned();
    let dict = line
        .split('[')
        .next()
        .unwrap_or("vocabulary")
        .rsplit([' ', '=', '(', '['])
        .next()
        .unwrap_or("vocabulary")
        .to_owned();
    let dict = if is_dotted(&dict) { dict } else { "vocabulary".to_owned() };
    Says::new(
        format!(
            "{dict} has no entry '{name}': a character or word that the vocabulary was not made from, or another spelling of a name."
        ),
        format!("i = {dict}.get(\"{name}\", {dict}.get(\"<unk>\", 0))  # a number for what is unknown"),
    )
}

fn list_index(found: &Hit) -> Says {
    let line = found.line().unwrap_or("x[i]").to_owned();
    let is_layers = found.mentions("num_layers") || found.passes("rnn.py");
    Says::new(
        if is_layers {
            "A list is shorter than the index: up to 2.1 nn.GRU says so of num_layers=0."
        } else {
            "A list is shorter than the index: len(list) entries are numbered 0 to len(list) - 1; a window or a target one step ahead goes past the end."
        },
        if is_layers {
            "gru = nn.GRU(input_size, hidden_size, num_layers=1)".to_owned()
        } else {
            format!(
                "print(len(x))  # the list before the brackets\n{line}  # with an index below it: range(len(x) - 1), where i + 1 is read"
            )
        },
    )
}

/// A tuple is too short; most often a shape is asked for an axis that the tensor does not have.
fn tuple_index(found: &Hit) -> Says {
    let line = found.line().unwrap_or_default();
    let shape = [".shape[", ".size()["].iter().find_map(|end| {
        let axis = line.split_once(end)?.1.split(']').next()?;
        Some((name_before(line, end)?, axis))
    });
    let Some((tensor, axis)) = shape else {
        return Says::new(
            "A tuple is shorter than the index: a shape has as many entries as the tensor has axes, and nn.GRU returns a pair, entries 0 and 1.",
            last_entry(line).unwrap_or_else(|| "print(x.shape)  # entries 0 to len(x.shape) - 1".to_owned()),
        );
    };
    Says::new(
        format!(
            "The shape of {tensor} has no entry {axis}: {tensor} has fewer axes than the code expects; an index, squeeze or unbatched data took one."
        ),
        format!(
            "print({tensor}.shape)\n{tensor} = {tensor}.unsqueeze(0)  # the batch, if that is the axis that is missing"
        ),
    )
}

/// The line with its last index made that of the last entry.
fn last_entry(line: &str) -> Option<String> {
    let (before, rest) = line.rsplit_once('[')?;
    let (index, after) = rest.split_once(']')?;
    index
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| format!("{before}[-1]{after}  # the last of them"))
}

fn is_weight(name: &str) -> bool {
    ["weight", "bias"].iter().any(|part| name.starts_with(part) || name.contains(&format!(".{part}")))
}

/// A checkpoint, or a state dict, is asked for what it does not have.
fn checkpoint_key(found: &Hit) -> Says {
    let name = found.text("name").to_owned();
    let line = found.line().unwrap_or_default();
    let dict = ['"', '\''].iter().find_map(|mark| name_before(line, &format!("[{mark}{name}")));
    let dict = dict.unwrap_or("checkpoint");
    if name.starts_with("weight")
        || name.starts_with("bias")
        || name.contains(".weight")
        || name.contains(".bias")
    {
        return Says::new(
            format!(
                "{dict} has no tensor '{name}': in the state dict of a model the module's name stands before it, such as 'gru.{name}'; or the module has fewer layers, no biases or one direction."
            ),
            format!(
                "print(list({dict}))  # its names\nw = {dict}[next(k for k in {dict} if k.endswith(\"{name}\"))]"
            ),
        );
    }
    Says::new(
        format!(
            "{dict} has no entry '{name}': the file was saved with other names, or is the state dict itself."
        ),
        match ['"', '\'']
            .map(|mark| format!("{dict}[{mark}{name}{mark}]"))
            .iter()
            .find(|part| line.contains(*part))
        {
            Some(part) => {
                let line = line.replacen(part, &format!("{dict}.get(\"{name}\", {dict})"), 1);
                format!("print(list({dict}))  # its names\n{line}")
            }
            None => format!(
                "print(list({dict}))  # its names\nstate = {dict}.get(\"{name}\", {dict})\nmodel.load_state_dict(state)"
            ),
        },
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "unpack",
        "another number of values than names",
        &[
            "not enough values to unpack (expected {expected}, got {got})",
            "not enough values to unpack (expected at least {expected}, got {got})",
            "too many values to unpack (expected {expected}, got {got})",
            "too many values to unpack (expected {expected})",
            "need more than {got} values to unpack",
        ],
        "more names with _: the number must fit exactly.",
        unpack,
    )
    .python(),
    TextKind::new(
        "not-iterable",
        "one value is taken apart",
        &["cannot unpack non-iterable {type:w} object", "'{type:w}' object is not iterable"],
        "",
        not_iterable,
    )
    .python(),
    TextKind::new(
        "before-init",
        "a layer before super().__init__()",
        &[
            "cannot assign module before Module.__init__() call",
            "cannot assign parameters before Module.__init__() call",
        ],
        "",
        before_init,
    ),
    TextKind::new(
        "no-forward",
        "a module without forward",
        &["Module [{class:w}] is missing the required \"forward\" function", "in _forward_unimplemented"],
        "calling .forward(x) itself.",
        no_forward,
    ),
    TextKind::new(
        "module-attribute",
        "a name that a module does not have",
        &[
            "module '{module:w}' has no attribute '{attribute:w}'",
            "partially initialized module '{module:w}' has no attribute '{attribute:w}'",
        ],
        "",
        module_attribute,
    )
    .python(),
    TextKind::new(
        "no-attribute",
        "a name that an object does not have",
        &[
            "'{type:w}' object has no attribute '{attribute:w}'",
            "type object '{type:w}' has no attribute '{attribute:w}'",
        ],
        "",
        no_attribute,
    )
    .python(),
    TextKind::new(
        "unexpected-option",
        "an option that is not there",
        &["got an unexpected keyword argument '{key:w}'"],
        "",
        unexpected_keyword,
    )
    .python(),
    TextKind::new(
        "given-twice",
        "an argument given twice",
        &["got multiple values for argument '{key:w}'"],
        "",
        multiple_values,
    )
    .python(),
    TextKind::new(
        "missing-argument",
        "an argument is missing",
        &[
            "missing {count} required positional argument: ",
            "missing {count} required positional arguments: ",
            "missing {count} required keyword-only argument: ",
        ],
        "",
        missing_argument,
    )
    .python(),
    TextKind::new(
        "many-arguments",
        "more arguments than a function takes",
        &[
            "takes {takes} positional arguments but {given} were given",
            "takes {takes} positional argument but {given} were given",
            "takes from {_least} to {takes} positional arguments but {given} were given",
        ],
        "",
        too_many_arguments,
    )
    .python(),
    TextKind::new(
        "name",
        "a name without a value",
        &["NameError: name '{name:w}' is not defined", "name '{name:w}' is not defined"],
        "",
        name,
    )
    .python(),
    TextKind::new(
        "unbound",
        "a local name before its value",
        &[
            "cannot access local variable '{name:w}' where it is not associated with a value",
            "local variable '{name:w}' referenced before assignment",
        ],
        "",
        unbound,
    )
    .python(),
    TextKind::new(
        "not-callable",
        "what is no function is called",
        &["'{type:w}' object is not callable"],
        "",
        not_callable,
    )
    .python(),
    TextKind::new(
        "not-subscriptable",
        "what has no places is indexed",
        &["'{type:w}' object is not subscriptable"],
        "",
        not_subscriptable,
    )
    .python(),
    TextKind::new(
        "operands",
        "two types that do not go together",
        &[
            "unsupported operand type(s) for {op:q}: '{first:w}' and '{second:w}'",
            "can only concatenate {first:w} (not \"{second:w}\") to",
        ],
        "",
        operands,
    )
    .python(),
    TextKind::new(
        "float-as-int",
        "a float where a count is due",
        &[
            "'float' object cannot be interpreted as an integer",
            "must be tuple of ints, but found element of type float",
            "must be tuple of ints,but got float",
            "must be tuple of ints, not float",
            "slice indices must be integers",
            "list indices must be integers or slices, not float",
            "argument 'size' failed to unpack the object at pos",
            "must be int, not float",
        ],
        "round(): it gives an int, and hides that the number was wrong.",
        float_as_int,
    )
    .python(),
    TextKind::new(
        "no-module",
        "a package that is not installed",
        &["No module named '{name:w}'"],
        "installing it into another Python, with pip in a terminal.",
        no_module,
    ),
    TextKind::new(
        "import-name",
        "a name that a module does not have to import",
        &[
            "cannot import name '{name:w}' from '{module:w}'",
            "cannot import name '{name:w}' from partially initialized module '{module:w}'",
        ],
        "",
        import_name,
    )
    .python(),
    TextKind::new(
        "syntax",
        "code that Python cannot read",
        &["SyntaxError: ", "IndentationError: ", "TabError: "],
        "",
        syntax,
    ),
    TextKind::new(
        "list-index",
        "an index beyond a list",
        &["IndexError: list index out of range"],
        "",
        list_index,
    )
    .python(),
    TextKind::new(
        "tuple-index",
        "an index beyond a tuple",
        &["IndexError: tuple index out of range"],
        "",
        tuple_index,
    )
    .python(),
    TextKind::new(
        "checkpoint-key",
        "a checkpoint without an entry",
        &["KeyError: '{name:q}'"],
        "strict=False: the name is looked up before anything is loaded.",
        checkpoint_key,
    )
    .python()
    .only(|found| {
        let name = found.text("name");
        is_weight(name)
            || ["state_dict", "model", "optimizer", "epoch"].iter().any(|part| name.contains(part))
                && ["load", "checkpoint", "ckpt"].iter().any(|word| found.mentions(word))
    }),
    TextKind::new("key", "a key that a dict does not have", &["KeyError: '{name:q}'"], "", key)
        .python()
        .only(|found| {
            !found.mentions("pandas")
                && (found.text("name").chars().count() == 1
                    || found.text("name").starts_with('<')
                    || found.line().is_some_and(|line| {
                        line.contains("2i")
                            || line.contains("to_i")
                            || line.contains("stoi")
                            || line.contains("vocab")
                    }))
        }),
];
