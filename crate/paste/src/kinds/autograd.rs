//! What gradients and optimisers say.

use super::prelude::*;

fn twice(found: &Hit) -> Says {
    let site = found.site(&["backward"]);
    let loss = site.as_ref().map_or("loss", |site| site.receiver()).to_owned();
    let state = ["hidden", "h_n", "h", "state", "hx", "h0", "h_0"].into_iter().find(|name| {
        let code: Vec<&str> = found.own_lines().collect();
        code.iter().any(|line| {
            line.contains(&format!("{name})"))
                || line.contains(&format!(", {name}"))
                || line.starts_with(&format!("{name} ="))
        })
    });
    let h = state.unwrap_or("h").to_owned();
    Says::new(
        format!(
            "{loss}.backward() walks through a graph whose stored values are freed: a backward before has used them. Most often a state {h} is kept from one batch to the next, and with it the graph of the batch before; or two losses share a part."
        ),
        format!(
            "{h} = {h}.detach()  # before the next batch; an LSTM's: tuple(s.detach() for s in {h})\n# two losses of one graph: (loss_a + loss_b).backward()"
        ),
    )
}

fn in_place(found: &Hit) -> Says {
    let shape = found.shape("shape").to_vec();
    let versions = format!(
        ": it is at version {}, and version {} was kept",
        found.int("version"),
        found.int("expected")
    );
    let (what, versions) = match (found.has("fn"), shape.is_empty()) {
        (true, _) => (format!(" of {}, made by {},", tuple(&shape), found.text("fn")), versions),
        (false, false) => (format!(" of {}", tuple(&shape)), versions),
        (false, true) => (String::new(), String::new()),
    };
    let step = found.mentions("AsStridedBackward0")
        || found.mentions("TBackward")
        || found.mentions("optimizer.step")
        || found.mentions("opt.step");
    let reason = if step {
        " A weight changed: optimizer.step() ran between the forward and this backward."
    } else {
        " Something was written into it: out[:, t] = ..., +=, relu_ or a state that is overwritten."
    };
    Says::new(
        format!("A tensor{what} that backward needs has been overwritten since{versions}.{reason}"),
        if step {
            "optimizer.zero_grad()\nloss.backward()  # before optimizer.step(); and h = h.detach() between batches\noptimizer.step()"
        } else {
            "outputs.append(h)  # collect the steps in a list\nout = torch.stack(outputs, dim=1)  # instead of writing into out[:, t]; and a = a + b, not a += b"
        },
    )
}

fn no_grad(found: &Hit) -> Says {
    let site = found.site(&["backward"]);
    let loss = site.as_ref().map_or("loss", |site| site.receiver()).to_owned();
    Says::new(
        format!(
            "Nothing that {loss} was computed from requires a gradient: it was computed inside torch.no_grad(), from .detach(), .item(), argmax or a new torch.tensor({loss}), or all parameters are frozen."
        ),
        format!(
            "for p in model.parameters():\n    p.requires_grad_(True)\nwith torch.enable_grad():\n    {loss} = criterion(model(x), y)  # from the model's output itself, no argmax, no .detach()\n{loss}.backward()"
        ),
    )
}

fn scalar(found: &Hit) -> Says {
    let site = found.site(&["backward"]);
    let loss = site.as_ref().map_or("loss", |site| site.receiver()).to_owned();
    Says::new(
        format!(
            "{loss} has several values, and backward() starts from one: reduce it, by its mean or sum. A loss with reduction=\"none\" gives one a sample."
        ),
        site.map_or_else(
            || "loss.mean().backward()".to_owned(),
            |site| site.with(&format!("{loss}.mean().backward({})", site.args.join(", "))),
        ),
    )
}

fn leaf_in_place(found: &Hit) -> Says {
    let line = found.line().unwrap_or("w.data.copy_(value)").to_owned();
    Says::new(
        "A parameter (a leaf that requires grad) is written to, and autograd would lose what it was.",
        format!("with torch.no_grad():\n    {line}"),
    )
}

fn view_without_graph(_: &Hit) -> Says {
    Says::new(
        "A view (a slice, view or transpose) was taken inside torch.no_grad(), and is written to outside of it: autograd does not know what it belongs to.",
        "with torch.no_grad():\n    view.copy_(value)  # written to inside as well; or take the view outside of no_grad()",
    )
}

fn leaf_flags(found: &Hit) -> Says {
    let target = found.line().and_then(|line| line.split(".requires_grad").next()).unwrap_or("h").trim();
    let target = if is_dotted(target) { target } else { "h" };
    Says::new(
        format!(
            "{target} is a result of tensors that require grad, so it requires grad too; only a leaf, such as a parameter, can be told otherwise."
        ),
        format!("{target} = {target}.detach()  # cut off from what made it"),
    )
}

fn leaf_grad(found: &Hit) -> Says {
    // A warning has its line below it, and no frames.
    let of = |line: &str| line.find(".grad").map(|at| line[..at].to_owned());
    let site = found.line().and_then(of).or_else(|| {
        found.code_lines().filter(|line| line.trim_end().strip_suffix(".grad").is_some()).find_map(of)
    });
    let t = site
        .map(|before| {
            before
                .rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
                .next()
                .unwrap_or("out")
                .to_owned()
        })
        .filter(|t| is_dotted(t))
        .unwrap_or_else(|| "out".to_owned());
    Says::new(
        format!(
            "{t} is a result, not a leaf: backward keeps gradients of leaves (parameters) alone, so {t}.grad stays None."
        ),
        format!("{t}.retain_grad()  # before loss.backward()"),
    )
}

fn deepcopy(_: &Hit) -> Says {
    Says::new(
        "deepcopy takes tensors that you made (leaves); one of these is a result that belongs to a graph, such as a hidden state kept in the module.",
        "self.h = self.h.detach()  # keep no graph in the module; then copy.deepcopy(model)",
    )
}

fn float_grad(found: &Hit) -> Says {
    let site = found.site(&["tensor", "randint", "arange", "Parameter", "zeros", "ones", "requires_grad_"]);
    Says::new(
        "Only floats have gradients, and this tensor holds whole numbers: [1, 2] makes int64, [1., 2.] float32.",
        site.map_or_else(
            || "w = torch.tensor([1., 2.], requires_grad=True)".to_owned(),
            |site| {
                if site.name() == "requires_grad_" {
                    site.with(&format!("{}.float().requires_grad_()", site.receiver()))
                } else if site.name() == "Parameter" {
                    let inner = format!("{}.float()", site.arg(0).unwrap_or("w"));
                    site.with_arg(0, &inner)
                } else {
                    site.with_keyword("dtype", "torch.float32")
                }
            },
        ),
    )
}

fn empty_optimizer(found: &Hit) -> Says {
    let site = found.site(&["Adam", "SGD", "AdamW", "RMSprop"]);
    let model = arg_or(site.as_ref(), 0, "model.parameters()").trim_end_matches(".parameters()").to_owned();
    Says::new(
        format!(
            "{model} has no parameters: its layers are kept in a plain list or dict, which nn.Module does not see, or they are made in forward; or the generator of parameters was used up by another loop."
        ),
        "self.layers = nn.ModuleList([nn.GRUCell(8, 16) for _ in range(2)])  # not a plain list",
    )
}

fn optimizer_type(found: &Hit) -> Says {
    let kind = found.text("type").trim_end_matches(['.', ',']).to_owned();
    let site = found.site(&["Adam", "SGD", "AdamW", "RMSprop"]);
    let model = arg_or(site.as_ref(), 0, "model").to_owned();
    let mended = if model.ends_with(".parameters") {
        format!("{model}()")
    } else if model.contains("parameters") || model.starts_with('[') {
        "model.parameters()".to_owned()
    } else {
        format!("{model}.parameters()")
    };
    Says::new(
        format!(
            "An optimiser takes parameters, tensors that are leaves, and got {}.",
            if kind.is_empty() { "something else" } else { &kind }
        ),
        site.map_or_else(
            || "optimizer = torch.optim.Adam(model.parameters(), lr=0.001)".to_owned(),
            |site| site.with_arg(0, &mended),
        ),
    )
}

fn non_leaf(found: &Hit) -> Says {
    let site = found.site(&["Adam", "SGD", "AdamW", "RMSprop"]);
    Says::new(
        "An optimiser moves leaves, and this tensor is the result of a computation, such as torch.randn(3, requires_grad=True) * 0.1 or .to(device).",
        site.map_or_else(
            || "w = (torch.randn(3) * 0.1).requires_grad_()".to_owned(),
            |site| {
                let arg = site.arg(0).unwrap_or("[w]").trim_matches(['[', ']']).to_owned();
                format!("{arg} = {arg}.detach().requires_grad_()\n{}", site.statement)
            },
        ),
    )
}

fn scheduler(found: &Hit) -> Says {
    let scheduler = found
        .site(&["step"])
        .map(|site| site.receiver().to_owned())
        .filter(|name| name.contains("sched"))
        .unwrap_or_else(|| "scheduler".to_owned());
    Says::new(
        "The scheduler's step came before the optimiser's: the first learning rate of the schedule is skipped. Under mixed precision the first optimizer.step() may have been skipped, and then it is harmless.",
        format!("optimizer.step()\n{scheduler}.step()  # after it, once an epoch"),
    )
}

fn training_mode(found: &Hit) -> Says {
    let module = found.module().0;
    let module = if is_dotted(&module) { module } else { "model".to_owned() };
    Says::new(
        "cuDNN keeps what backward needs in training mode alone, and the recurrent module was in eval mode.",
        format!("{module}.train()  # before the forward pass"),
    )
}

fn nan_output(found: &Hit) -> Says {
    Says::new(
        format!(
            "Anomaly detection names {}: its gradient is nan. A log or a square root of 0, a division by 0, or gradients that exploded.",
            found.text("fn")
        ),
        "torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # after backward, before step\n# and log(p + 1e-8), sqrt(v + 1e-8)",
    )
}

fn non_finite(_: &Hit) -> Says {
    Says::new(
        "The gradients are nan or infinite already, so clipping cannot help: the loss was nan before.",
        "assert torch.isfinite(x).all() and torch.isfinite(loss), loss.item()  # before loss.backward(); then a smaller lr",
    )
}

fn probabilities(_: &Hit) -> Says {
    Says::new(
        "The probabilities that are drawn from have nan, inf or a value below 0: scores that were not made probabilities, or a model whose weights became nan.",
        "probs = torch.softmax(logits, dim=-1)\nassert torch.isfinite(probs).all()\nnext_token = torch.multinomial(probs, 1)",
    )
}

fn inference_mode(found: &Hit) -> Says {
    Says::new(
        "The tensor was made under torch.inference_mode(), which can never be part of a graph.",
        before_line("x = x.clone()  # outside of inference_mode; or torch.no_grad() in its place", found),
    )
}

fn none_grad(found: &Hit) -> Says {
    let attribute = found.text("attribute").to_owned();
    let needle = format!(".{attribute}");
    let of = found
        .line()
        .and_then(|line| {
            line.split(&needle)
                .next()
                .map(|before| before.rsplit([' ', '(', '=', '[']).next().unwrap_or(before).to_owned())
        })
        .filter(|of| is_dotted(of))
        .unwrap_or_else(|| "it".to_owned());
    if let Some(p) = of.strip_suffix(".grad") {
        return Says::new(
            format!("{of} is None: no backward has reached {p} yet, or it had no part in the loss."),
            format!("if {of} is not None:\n    {}", found.line().unwrap_or_default()),
        );
    }
    Says::new(
        format!(
            "{of} is None, and .{attribute} is asked of it: a function without return gives None, and so does one that works in place."
        ),
        format!(
            "assert {of} is not None  # the function that made it needs a return\n{}",
            found.line().unwrap_or_default()
        ),
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "backward-twice",
        "backward through a graph that is freed",
        &[
            "Trying to backward through the graph a second time",
            "Trying to backward through the graph second time",
        ],
        "retain_graph=True: the graph then grows with every batch, until the memory is full.",
        twice,
    ),
    TextKind::new(
        "in-place",
        "a tensor that backward needs was overwritten",
        &[
            "modified by an inplace operation: [{_t:w} {shape:s}], which is output {_n} of {fn:w}, is at version {version}; expected version {expected} instead",
            "modified by an inplace operation: [{_t:w} {shape:s}] is at version {version}; expected version {expected} instead",
            "modified by an inplace operation",
        ],
        "retain_graph=True, which changes nothing about the values.",
        in_place,
    ),
    TextKind::new(
        "no-grad",
        "nothing requires a gradient",
        &[
            "element {_n} of tensors does not require grad and does not have a grad_fn",
            "One of the differentiated Tensors does not require grad",
        ],
        "loss.requires_grad = True: backward then runs, and no weight gets a gradient.",
        no_grad,
    ),
    TextKind::new(
        "backward-scalar",
        "backward of several values",
        &["grad can be implicitly created only for scalar outputs"],
        "",
        scalar,
    ),
    TextKind::new(
        "leaf-in-place",
        "a parameter is written to",
        &[
            "a leaf Variable that requires grad is being used in an in-place operation",
            "a view of a leaf Variable that requires grad is being used in an in-place operation",
            "a leaf Variable that requires grad has been used in an in-place operation",
        ],
        "",
        leaf_in_place,
    ),
    TextKind::new(
        "no-grad-view",
        "a view taken without gradients is written to",
        &["A view was created in no_grad mode and is being modified inplace with grad mode enabled"],
        "",
        view_without_graph,
    ),
    TextKind::new(
        "leaf-flags",
        "requires_grad of a result is set",
        &["you can only change requires_grad flags of leaf variables"],
        "",
        leaf_flags,
    ),
    TextKind::new(
        "deepcopy",
        "a copy of a result",
        &["Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol"],
        "",
        deepcopy,
    ),
    TextKind::new(
        "float-grad",
        "gradients of whole numbers",
        &[
            "Only Tensors of floating point and complex dtype can require gradients",
            "only Tensors of floating point dtype can require gradients",
            "Only Tensors of floating point dtype can require gradients",
        ],
        "",
        float_grad,
    ),
    TextKind::new(
        "optimizer-empty",
        "a model without parameters",
        &["optimizer got an empty parameter list"],
        "",
        empty_optimizer,
    ),
    TextKind::new(
        "optimizer-type",
        "an optimiser is given no parameters",
        &[
            "optimizer can only optimize Tensors, but one of the params is {type:w}",
            "params argument given to the optimizer should be an iterable of Tensors or dicts, but got {type:w}",
            "'{type:w}' object is not iterable",
        ],
        "",
        optimizer_type,
    )
    .only(|found| !found.mentions("object is not iterable") || found.passes("optimizer.py")),
    TextKind::new(
        "optimizer-leaf",
        "an optimiser is given a result",
        &["can't optimize a non-leaf Tensor"],
        "",
        non_leaf,
    ),
    TextKind::new(
        "eval-backward",
        "backward in eval mode",
        &["cudnn RNN backward can only be called in training mode"],
        "",
        training_mode,
    ),
    TextKind::new(
        "nan-gradient",
        "a gradient is nan",
        &["Function '{fn:w}' returned nan values in its"],
        "",
        nan_output,
    ),
    TextKind::new(
        "non-finite-norm",
        "clipping of gradients that are nan",
        &["for gradients from parameters is non-finite"],
        "",
        non_finite,
    ),
    TextKind::new(
        "probabilities",
        "draws from what are no probabilities",
        &["probability tensor contains either inf, nan or element < 0", "invalid multinomial distribution"],
        "",
        probabilities,
    ),
    TextKind::new(
        "inference-mode",
        "a graph with a tensor of inference mode",
        &[
            "Inference tensors cannot be saved for backward",
            "Inplace update to inference tensor outside InferenceMode is not allowed",
        ],
        "",
        inference_mode,
    ),
    TextKind::new(
        "none-attribute",
        "None where something is due",
        &["'NoneType' object has no attribute '{attribute:w}'"],
        "",
        none_grad,
    )
    .python(),
    TextKind::new(
        "leaf-gradient",
        "the gradient of a result",
        &["The .grad attribute of a Tensor that is not a leaf Tensor is being accessed"],
        "requires_grad=True: a result has it already.",
        leaf_grad,
    )
    .warns(),
    TextKind::new(
        "scheduler-order",
        "the scheduler steps before the optimiser",
        &["Detected call of lr_scheduler.step() before optimizer.step()"],
        "",
        scheduler,
    )
    .warns(),
];
