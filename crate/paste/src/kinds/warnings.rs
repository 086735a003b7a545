//! What `PyTorch` warns of.

use super::prelude::*;
use crate::answer::TextSize;

fn one_layer(found: &Hit) -> Says {
    let site = found.site(&["GRU", "LSTM", "RNN"]);
    let sizes = found.sizes();
    let dropout = match sizes.get("dropout") {
        Some(TextSize::Number(dropout)) => dropout.to_string(),
        _ => "dropout".to_owned(),
    };
    let layers = found.int("num_layers");
    let (_, class) = found.module();
    Says::new(
        format!(
            "dropout={dropout} acts between the layers of the {class}, and with num_layers={layers} there is no between: it does nothing."
        ),
        format!(
            "{}\n# or one layer and self.drop = nn.Dropout({dropout}) on its output",
            site.map_or_else(
                || format!("gru = nn.{class}(input_size, hidden_size, num_layers=2, dropout={dropout})"),
                |site| site.with_keyword("num_layers", "2")
            )
        ),
    )
}

fn contiguous_chunk(found: &Hit) -> Says {
    let (module, class) = found.module();
    Says::new(
        format!(
            "cuDNN wants the weights of the {class} in one piece of memory, and a deepcopy, DataParallel, weight tying or a new parameter has scattered them: they are compacted again at every call. The numbers are right; on a CPU it does not matter."
        ),
        format!(
            "{}.flatten_parameters()  # at the beginning of forward",
            if is_dotted(&module) && !module.contains("super") { module } else { "self.gru".to_owned() }
        ),
    )
}

fn softmax_dim(found: &Hit) -> Says {
    let function = found.text("function").to_owned();
    let site = found.site(&["softmax", "log_softmax", "Softmax", "LogSoftmax"]);
    Says::new(
        format!(
            "{function} without dim guesses the axis, and for three axes it takes 0, the first: the classes are last."
        ),
        site.map_or_else(
            || "p = torch.softmax(scores, dim=-1)".to_owned(),
            |site| site.with_keyword("dim", "-1"),
        ),
    )
}

fn tracer(_: &Hit) -> Says {
    Says::new(
        "Tracing runs the model once and writes down what happened: an if, a len() or an int() of a tensor becomes the constant of this one example.",
        "scripted = torch.jit.script(model)  # keeps the if; or use x.size(0) without int()",
    )
}

fn onnx_batch(found: &Hit) -> Says {
    Says::new("The exported GRU (or LSTM) may keep the batch size of the example: h_0 becomes a constant of that size, and another batch fails in onnxruntime.", format!("{}\n# and hand h_0 in as an input of its own, torch.zeros(num_layers, x.size(1), hidden_size)", found.site(&["export"]).map_or_else(|| "torch.onnx.export(model, (x,), \"gru.onnx\", input_names=[\"x\"], dynamic_axes={\"x\": {0: \"batch\", 1: \"steps\"}})".to_owned(), |site| if site.keyword("dynamic_axes").is_some() { site.statement } else { site.with_keyword("dynamic_axes", "{\"x\": {0: \"batch\", 1: \"steps\"}}") })))
}

fn reduce_args(found: &Hit) -> Says {
    let site =
        found.site(&["CrossEntropyLoss", "MSELoss", "NLLLoss", "BCELoss", "mse_loss", "cross_entropy"]);
    Says::new(
        "size_average and reduce are old names: reduction says both, 'mean', 'sum' or 'none'.",
        site.map_or_else(
            || "criterion = nn.MSELoss(reduction=\"mean\")".to_owned(),
            |mut site| {
                site.args.retain(|arg| !arg.starts_with("size_average") && !arg.starts_with("reduce"));
                site.with_keyword("reduction", "\"mean\"")
            },
        ),
    )
}

fn old_name(found: &Hit) -> Says {
    let (old, new) = (
        found.text("old").trim_end_matches('.').to_owned(),
        found.text("new").trim_end_matches('.').to_owned(),
    );
    let last = old.rsplit('.').next().unwrap_or(&old).to_owned();
    let mend = found
        .line()
        .or_else(|| {
            found
                .reading
                .lines()
                .iter()
                .map(|line| line.trim())
                .find(|line| line.contains(&format!("{last}(")) && !line.contains("deprecated"))
        })
        .map_or_else(
            || {
                if new.contains("clip_grad") {
                    format!("{new}(model.parameters(), 1.0)")
                } else {
                    new.clone()
                }
            },
            |line| {
                let from = if line.contains(&old) { old.clone() } else { last.clone() };
                if line.contains(&format!("F.{last}")) {
                    line.replacen(&format!("F.{last}"), &new, 1)
                } else {
                    line.replacen(
                        &from,
                        if from == old { &new } else { new.rsplit('.').next().unwrap_or(&new) },
                        1,
                    )
                }
            },
        );
    Says::new(format!("{old} is the old name of {new}: it runs, and will be gone."), mend)
}

fn scalars_gathered(_: &Hit) -> Says {
    Says::new(
        "DataParallel gathers what each replica returns, and a loss, one number, has no axis to join along: they become a vector.",
        "loss = model(x, y).mean()  # the mean over the replicas",
    )
}

fn verbose(found: &Hit) -> Says {
    let site = found.site(&["ReduceLROnPlateau", "StepLR", "CosineAnnealingLR"]);
    Says::new(
        "Schedulers say nothing of themselves any more: print the rate.",
        site.map_or_else(
            || "print(scheduler.get_last_lr())".to_owned(),
            |mut site| {
                site.args.retain(|arg| !arg.starts_with("verbose"));
                format!(
                    "{}\nprint({}.get_last_lr())",
                    site.with_args(&site.args.clone()),
                    site.targets().unwrap_or("scheduler")
                )
            },
        ),
    )
}

fn to_scalar(found: &Hit) -> Says {
    let x = found
        .site(&["float", "int"])
        .and_then(|site| site.arg(0).map(str::to_owned))
        .unwrap_or_else(|| "loss".to_owned());
    Says::new(
        format!(
            "{x} requires grad, and a Python number has no graph: the number is right, and its gradient is lost."
        ),
        format!("value = {x}.detach().item()"),
    )
}

fn grad_none_inputs(_: &Hit) -> Says {
    Says::new(
        "Checkpointing has no input that requires grad, so that its part gets no gradients.",
        "out = torch.utils.checkpoint.checkpoint(f, x, use_reentrant=False)",
    )
}

fn reversed_axes(found: &Hit) -> Says {
    let own = found.line().and_then(|line| name_before(line, ".T"));
    let x =
        own.or_else(|| found.code_lines().find_map(|line| name_before(line, ".T"))).unwrap_or("x").to_owned();
    Says::new(
        format!(
            "{x}.T reverses all axes of {x}, which is the transpose of a matrix alone: of a batch (N, L, H) it makes (H, L, N)."
        ),
        format!("y = {x}.mT  # each matrix; batch and steps change places by {x}.transpose(0, 1)"),
    )
}

fn replica(found: &Hit) -> Says {
    Says::new(
        format!(
            "{} was raised inside a replica or a worker, and handed on: the traceback below this line is the one that counts, and the text has no message of it that is known here.",
            found.text("error")
        ),
        "model = model.module if hasattr(model, \"module\") else model  # without DataParallel, num_workers=0: the message comes as it is",
    )
}

fn initialisation(_: &Hit) -> Says {
    Says::new(
        "Xavier and Kaiming count the rows and columns of a matrix, and a bias has one axis.",
        "for name, p in model.named_parameters():\n    if p.dim() > 1:\n        nn.init.xavier_uniform_(p)\n    else:\n        nn.init.zeros_(p)",
    )
}

fn onnx_dimensions(found: &Hit) -> Says {
    let (input, axis, got, expected) =
        (found.text("input").to_owned(), found.int("axis"), found.int("got"), found.int("expected"));
    Says::new(
        format!(
            "The exported model keeps axis {axis} of {input} at {expected}, the size of the example it was exported with, and was given {got}."
        ),
        format!(
            "torch.onnx.export(model, (x,), \"gru.onnx\", input_names=[\"{input}\"], dynamic_axes={{\"{input}\": {{{axis}: \"size\"}}}})"
        ),
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new("fan-in", "a first weight of one axis", &["Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"], "", initialisation),
    TextKind::new("replica", "an error within a replica or worker", &["Caught {error:w} in replica {replica} on device", "Caught {error:w} in DataLoader worker process {worker}"], "", replica).warns(),
    TextKind::new("dropout-one-layer", "dropout with one layer", &["but got dropout={dropout:f} and num_layers={num_layers}"], "a larger dropout.", one_layer).warns(),
    TextKind::new("contiguous-chunk", "the weights are not in one piece of memory", &["RNN module weights are not part of single contiguous chunk of memory", "weights are not part of single contiguous chunk"], "contiguous() on x.", contiguous_chunk).warns(),
    TextKind::new("reversed-axes", ".T of what is no matrix", &["The use of x.T on tensors of dimension other than 2 to reverse their shape is deprecated", "Tensor.T is deprecated on {axes}-D tensors"], "", reversed_axes).warns(),
    TextKind::new("softmax-axis", "softmax without an axis", &["Implicit dimension choice for {function:w} has been deprecated"], "", softmax_dim).warns(),
    TextKind::new("onnx-batch", "an exported GRU with a fixed batch", &["Exporting a model to ONNX with a batch_size other than 1, with a variable length with {module:w}", "Exporting a model to ONNX with a batch_size other than 1"], "", onnx_batch).warns(),
    TextKind::new("onnx-dimensions", "an exported model with fixed sizes", &["Got invalid dimensions for input: {input:w} for the following indices index: {axis} Got: {got} Expected: {expected}"], "", onnx_dimensions),
    TextKind::new("tracer", "tracing makes a constant of a value", &["might cause the trace to be incorrect", "Trace had nondeterministic nodes", "TracerWarning"], "", tracer).warns(),
    TextKind::new("reduction-names", "old names of a loss's reduction", &["size_average and reduce args will be deprecated"], "", reduce_args).warns(),
    TextKind::new("old-name", "an old name", &["UserWarning: {old:w} is deprecated. Use {new:w} instead", "UserWarning: {old:w} is now deprecated in favor of {new:w}", "FutureWarning: {old:w} is deprecated. Please use {new:w} instead", "UserWarning: {old:w} is deprecated in favor of {new:w}"], "", old_name).warns(),
    TextKind::new("gathered-scalars", "DataParallel gathers losses", &["Was asked to gather along dimension 0, but all input tensors were scalars"], "", scalars_gathered).warns(),
    TextKind::new("verbose", "schedulers without verbose", &["The verbose parameter is deprecated"], "", verbose).warns(),
    TextKind::new("to-scalar", "a number of what requires grad", &["Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior"], "", to_scalar).warns(),
    TextKind::new("checkpoint-grad", "checkpointing without gradients", &["None of the inputs have requires_grad=True. Gradients will be None"], "", grad_none_inputs).warns(),
];
