//! What losses say of predictions and targets.

use super::prelude::*;
use crate::python::Site;

/// The call of the loss, with the prediction and the target as it has them.
fn loss(found: &Hit) -> (Option<Site>, String, String) {
    const NAMES: &[&str] = &[
        "criterion",
        "loss_fn",
        "loss_function",
        "cross_entropy",
        "nll_loss",
        "mse_loss",
        "binary_cross_entropy_with_logits",
        "binary_cross_entropy",
        "l1_loss",
        "smooth_l1_loss",
        "mse",
        "bce",
        "ce",
        "loss_func",
        "crit",
        "lossfn",
        "ce_loss",
    ];
    let own = found.own_lines().find_map(|line| crate::python::site(line, NAMES, true));
    let site = own
        .or_else(|| found.own_lines().find_map(crate::python::first_site).filter(|site| site.args.len() > 1))
        .or_else(|| found.site(NAMES).filter(|site| site.args.len() > 1));
    let (pred, target) =
        (arg_or(site.as_ref(), 0, "pred").to_owned(), arg_or(site.as_ref(), 1, "target").to_owned());
    (site, pred, target)
}

/// The loss with other arguments.
fn with(site: Option<Site>, pred: &str, target: &str) -> String {
    match site {
        Some(site) => {
            let mut args = site.args.clone();
            for (index, arg) in [pred, target].into_iter().enumerate() {
                if let Some(old) = args.get_mut(index) {
                    arg.clone_into(old);
                }
            }
            site.with_args(&args)
        }
        None => format!("loss = criterion({pred}, {target})"),
    }
}

fn ce_batch(found: &Hit) -> Says {
    let (input, target_size) = (found.int("input"), found.int("target"));
    let (site, pred, target) = loss(found);
    let mut cause = format!(
        "The first axis of {pred} has {input} and that of {target} has {target_size}: the loss needs one target a prediction."
    );
    let mend = if input > 0 && target_size > input && target_size % input == 0 {
        add(
            &mut cause,
            &format!(
                " {target_size} = {input} * {}: {target} has a class for every step, and {pred} only for the last; or {pred} lost its steps.",
                target_size / input
            ),
        );
        with(site, &pred, &format!("{target}.reshape({pred}.size(0), -1)[:, -1]"))
    } else if target_size > 0 && input % target_size == 0 {
        let steps = input / target_size;
        add(
            &mut cause,
            &format!(
                " {input} = {target_size} * {steps}: {pred} has a prediction for each of {steps} steps (or states), and {target} one a sequence."
            ),
        );
        with(site, &format!("{pred}.reshape({target}.size(0), -1, {pred}.size(-1))[:, -1]"), &target)
    } else {
        cause.push_str(" One of them is of another batch, or a view has mixed the axes.");
        with(site, &format!("{pred}[:len({target})]"), &format!("{target}[:len({pred})]"))
    };
    Says::new(cause, mend)
}

fn ce_target_size(found: &Hit) -> Says {
    let (expected, got) = (found.shape("expected").to_vec(), found.shape("got").to_vec());
    let (site, pred, target) = loss(found);
    Says::new(
        format!(
            "Cross entropy takes the classes from axis 1, (N, C, L): with {pred} as it is, the targets would be {}, and they are {}. A GRU's output has the classes last, (N, L, C).",
            tuple(&expected),
            tuple(&got)
        ),
        with(site, &format!("{pred}.transpose(1, 2)"), &target),
    )
}

fn ce_multi(found: &Hit) -> Says {
    let (site, pred, target) = loss(found);
    Says::new(
        format!(
            "{target} has more than one axis, and cross entropy takes one class index for each row of {pred}, (N,): an axis of 1 is left over, (N, 1), or the classes are one-hot."
        ),
        format!(
            "{}\n# one-hot targets: {target}.argmax(dim=1)",
            with(site, &pred, &format!("{target}.squeeze(-1)"))
        ),
    )
}

fn ce_dtype(found: &Hit) -> Says {
    let (site, pred, target) = loss(found);
    let given = if found.has("type") { found.text("type") } else { "Float" }.to_owned();
    let given = given.trim_end_matches("Tensor").trim_start_matches("torch.").to_owned();
    Says::new(
        format!("Cross entropy takes class indices, int64 (Long), and {target} is {given}."),
        with(site, &pred, &format!("{target}.long()")),
    )
    .size("type", given.as_str())
}

fn ce_probabilities(found: &Hit) -> Says {
    let (site, pred, target) = loss(found);
    let given = if found.has("type") { found.text("type") } else { "Long" }.to_owned();
    Says::new(
        format!(
            "{target} has the shape of {pred}, so it is read as probabilities of the classes, which are floats, and it is {given}. Class indices have one axis less."
        ),
        format!(
            "{}\n# or class indices: {target}.argmax(dim=1)",
            with(site, &pred, &format!("{target}.float()"))
        ),
    )
}

fn ce_class(found: &Hit) -> Says {
    let (_, pred, target) = loss(found);
    let class = found.int("class");
    let made = found.site(&["Linear"]).filter(|site| site.targets().is_some() && site.args.len() > 1);
    let cause = format!(
        "{target} holds the class {class}, and {pred} has scores for fewer: with C classes the targets are 0 to C - 1. Classes counted from 1 are one too high, and the last Linear may have too few outputs."
    );
    let mend = match made {
        Some(made) if class >= 0 => made.with_arg(1, &(class + 1).to_string()),
        _ if class < 0 => format!("criterion = nn.CrossEntropyLoss(ignore_index={class})"),
        _ => format!(
            "fc = nn.Linear(fc.in_features, {})  # or, if they are counted from 1: {target} = {target} - 1",
            class + 1
        ),
    };
    Says::new(cause, mend)
}

fn bce_size(found: &Hit) -> Says {
    let (input, target_size) = (found.shape("input").to_vec(), found.shape("target").to_vec());
    let (site, pred, target) = loss(found);
    Says::new(
        format!(
            "{pred} is {} and {target} is {}: this loss compares them place by place, so the shapes must be the same.",
            tuple(&input),
            tuple(&target_size)
        ),
        with_shape(site, &pred, &target, &input, &target_size),
    )
}

fn with_shape(site: Option<Site>, pred: &str, target: &str, input: &[i64], target_size: &[i64]) -> String {
    if product(input) == product(target_size) {
        if input.len() == target_size.len() + 1 && input.last() == Some(&1) {
            return with(site, &format!("{pred}.squeeze(-1)"), target);
        }
        return with(site, pred, &format!("{target}.reshape({pred}.shape)"));
    }
    if input.len() == 3
        && input.first() == target_size.first()
        && product(&[input[0], input[2]]) == product(target_size)
    {
        return with(site, &format!("{pred}[:, -1].reshape({target}.shape)"), target);
    }
    with(site, pred, &format!("{target}.reshape({target}.size(0), -1).expand_as({pred})"))
}

fn mse_broadcast(found: &Hit) -> Says {
    let says = bce_size(found);
    let (input, target) = (found.shape("input"), found.shape("target"));
    let (pred_name, target_name) = {
        let (_, pred, target) = loss(found);
        (pred, target)
    };
    Says {
        cause: format!(
            "{target_name} is {} and {pred_name} is {}: PyTorch broadcasts them to one shape, so that every prediction is compared with every target. The loss falls to the variance and nothing is learnt.",
            tuple(target),
            tuple(input)
        ),
        ..says
    }
}

fn bce_range(found: &Hit) -> Says {
    let (site, pred, target) = loss(found);
    Says::new(
        format!(
            "BCELoss takes probabilities from 0 to 1, and {pred} has values outside (or nan): the scores of a Linear are any numbers."
        ),
        format!(
            "{}\n# better: nn.BCEWithLogitsLoss() on the scores as they are",
            with(site, &format!("torch.sigmoid({pred})"), &target)
        ),
    )
}

fn loss_dtype(found: &Hit) -> Says {
    let (site, pred, target) = loss(found);
    let (found_type, expected) = (found.text("found"), found.text("expected"));
    Says::new(
        format!(
            "The prediction and the target of the loss have two types, {found_type} and {expected}: numpy's numbers come as float64 (Double), labels as int64 (Long), and the model computes in float32."
        ),
        with(site, &pred, &format!("{target}.float()")),
    )
}

fn class_weights(found: &Hit) -> Says {
    let classes = found.int("classes");
    Says::new(
        format!(
            "weight needs one number for each of the {classes} classes, and has {}.",
            tuple(found.shape("shape"))
        ),
        format!("criterion = nn.CrossEntropyLoss(weight=torch.ones({classes}))  # one weight a class"),
    )
}

fn not_implemented(found: &Hit) -> Says {
    let kind = found.text("type").to_owned();
    let op = found.word_before().to_owned();
    if op.contains("nll") || op.contains("cross_entropy") {
        return ce_dtype(found);
    }
    let op = op.trim_end_matches("_cpu").trim_end_matches("_cuda").to_owned();
    let x = found
        .call()
        .and_then(|site| site.arg(0).map(str::to_owned).or_else(|| Some(site.receiver().to_owned())))
        .filter(|x| !x.is_empty())
        .unwrap_or_else(|| "x".to_owned());
    let half = kind == "Half" || kind == "BFloat16";
    let cause = if half {
        format!("\"{op}\" has no version for {kind} on the CPU: half precision is for the GPU.")
    } else {
        format!("\"{op}\" has no version for {kind} numbers: it is for floats, and {x} holds whole numbers.")
    };
    Says::new(
        cause,
        before_line(
            &if half {
                "model = model.float()  # or model.to(\"cuda\")".to_owned()
            } else {
                format!("{x} = {x}.float()")
            },
            found,
        ),
    )
}

pub(super) const KINDS: &[TextKind] = &[
    TextKind::new(
        "ce-batch",
        "predictions and targets differ in number",
        &["Expected input batch_size ({input}) to match target batch_size ({target})", "Expected input ({input}) to match target batch_size ({target})"],
        "view(-1, classes) on the predictions alone: it only changes the first number.",
        ce_batch,
    ),
    TextKind::new("ce-target-size", "the classes are not on axis 1", &["Expected target size {expected:s}, got {got:s}", "Expected target size ({_n}, {_l}), got {got:s}"], "one-hot targets.", ce_target_size),
    TextKind::new(
        "ce-multi-target",
        "targets have an axis too many",
        &["0D or 1D target tensor expected, multi-target not supported", "1D target tensor expected, multi-target not supported", "multi-target not supported at", "only batches of spatial targets supported"],
        "reshaping the predictions: the targets have the axis too many.",
        ce_multi,
    ),
    TextKind::new(
        "ce-target-dtype",
        "class indices are not int64",
        &[
            "expected target dtype to be Long or Byte, but got {type:w}",
            "Expected object of scalar type Long but got scalar type {type:w} for argument #2 'target'",
            "\"nll_loss_forward_reduce_cuda_kernel_2d_index\" not implemented for '{type:w}'",
            "\"nll_loss_out_frame\" not implemented for '{type:w}'",
            "expected scalar type Long but found {type:w}",
        ],
        "converting the predictions.",
        ce_dtype,
    )
    .only(|found| !found.mentions("expected scalar type Long but found") || !is_module_frame(found)),
    TextKind::new(
        "ce-probabilities",
        "targets of the predictions' shape are no floats",
        &["Expected floating point type for target with class probabilities, got {type:w}"],
        "",
        ce_probabilities,
    ),
    TextKind::new("ce-class", "a target beyond the classes", &["Target {class} is out of bounds"], "squeeze or reshape: it is the value that is too high.", ce_class),
    TextKind::new(
        "loss-shapes",
        "predictions and targets have two shapes",
        &[
            "Using a target size ({target:s}) that is different to the input size ({input:s}) is deprecated",
            "Target size ({target:s}) must be the same as input size ({input:s})",
        ],
        "",
        bce_size,
    ),
    TextKind::new(
        "mse-broadcast",
        "a loss broadcasts predictions and targets",
        &["Using a target size ({target:s}) that is different to the input size ({input:s}). This will likely lead to incorrect results due to broadcasting"],
        "more epochs or another rate: the loss itself compares the wrong pairs.",
        mse_broadcast,
    )
    .warns(),
    TextKind::new("bce-range", "BCELoss is given scores", &["all elements of input should be between 0 and 1", "Assertion input_val >= zero && input_val <= one failed"], "clamp: it stops the gradient.", bce_range),
    TextKind::new(
        "loss-dtype",
        "a target's type differs from the prediction's",
        &["Found dtype {found:w} but expected {expected:w}", "result type {found:w} can't be cast to the desired output type {expected:w}"],
        "",
        loss_dtype,
    ),
    TextKind::new("class-weights", "weights for another number of classes", &["weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: {shape:s}"], "", class_weights),
    TextKind::new("not-implemented-for", "an operation has no version for a type", &["\" not implemented for '{type:w}'"], "", not_implemented),
];

/// Whether the frames are those of a module's product, not of a loss.
fn is_module_frame(found: &Hit) -> bool {
    let in_loss = found.passes("loss.py")
        || found.mentions("cross_entropy")
        || found.mentions("nll_loss")
        || found.mentions("criterion(")
        || found.mentions("loss_fn(");
    !in_loss && (found.passes("rnn.py") || found.passes("linear.py") || found.mentions("_VF.gru"))
}
