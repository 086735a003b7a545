//! Edits that may get past an exception, a function for each kind of message; each is tried before it is offered.

#![allow(clippy::too_many_lines, reason = "a table of messages and edits, not a procedure")]

use std::ops::Range;

use python::Raised;

use crate::mend::Failure;
use crate::sketch::{ArgumentPlace, CallPlace, holds, is_name};

/// A change that may mend a program.
#[derive(Debug, Clone)]
pub(crate) struct MendAttempt {
    pub(crate) title: String,
    /// What stands in the place of these bytes.
    pub(crate) edits: Vec<(Range<usize>, String)>,
}

type MendAttempts = Vec<MendAttempt>;

fn one(title: impl Into<String>, bytes: Range<usize>, insert: impl Into<String>) -> MendAttempt {
    MendAttempt { title: title.into(), edits: vec![(bytes, insert.into())] }
}

fn after(title: impl Into<String>, bytes: &Range<usize>, insert: &str) -> MendAttempt {
    one(title, bytes.end..bytes.end, insert)
}

/// The numbers in a text, in their order.
fn numbers(text: &str) -> Vec<i64> {
    let parts = text.split(|letter: char| !(letter.is_ascii_digit() || letter == '-'));
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// All candidates for an exception, the likeliest first.
pub(crate) fn candidates(failure: &Failure) -> MendAttempts {
    let kinds: [fn(&Failure, &str) -> MendAttempts; 12] = [
        linear, losses, shapes, embedding, backward, leaves, saved, tuples, recurrent, dtypes, subscripts,
        names,
    ];
    let message = failure.raised.message.as_str();
    let mut all = MendAttempts::new();
    for candidate in kinds.into_iter().flat_map(|kind| kind(failure, message)) {
        if !all.iter().any(|other| other.edits == candidate.edits) {
            all.push(candidate);
        }
    }
    all
}

/// The calls of the statement, the innermost last.
fn calls<'a>(failure: &'a Failure<'_>) -> impl Iterator<Item = &'a CallPlace> {
    failure.sketch.calls_in(&failure.statement.bytes)
}

/// The values that the statement's calls are given, but printing's.
fn arguments<'a>(failure: &'a Failure<'_>) -> impl Iterator<Item = &'a ArgumentPlace> {
    calls(failure).filter(|call| call.callee != "print").flat_map(|call| &call.arguments)
}

/// What is written as an operand or an argument can take a method as it is, or needs brackets.
fn with_method(failure: &Failure, value: &Range<usize>, method: &str) -> (Range<usize>, String) {
    let text = failure.text(value);
    let is_plain = text.chars().all(|letter| letter.is_alphanumeric() || "_.".contains(letter))
        || failure.sketch.calls.iter().any(|call| call.bytes == *value)
        || text.ends_with(']') && !text.contains([' ', '+', '-', '*', '/']);
    if is_plain {
        (value.end..value.end, method.to_owned())
    } else {
        (value.clone(), format!("({text}){method}"))
    }
}

fn method(failure: &Failure, value: &Range<usize>, method: &str) -> MendAttempt {
    let title = format!("write {}{method}", shown(failure.text(value)));
    MendAttempt { title, edits: vec![with_method(failure, value, method)] }
}

fn shown(text: &str) -> String {
    let line: String =
        text.chars().take(40).map(|letter| if letter == '\n' { ' ' } else { letter }).collect();
    if line.len() < text.len() { format!("{line}…") } else { line }
}

/// A number of a constructor, where it is written itself.
fn resized(failure: &Failure, class: &str, place: usize, name: &str, from: i64, to: i64) -> MendAttempts {
    let mut found = MendAttempts::new();
    for call in failure.sketch.constructed(class) {
        let by_name = call.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
        let by_place = call.arguments.get(place).filter(|argument| argument.name.is_none());
        let Some(argument) = by_name.or(by_place) else { continue };
        let Some((number, _)) = failure.sketch.number(&argument.value) else {
            // What is computed is replaced as a whole.
            if !is_name(failure.text(&argument.value)) {
                found.push(one(format!("give {class} {name}={to}"), argument.value.clone(), to.to_string()));
            }
            continue;
        };
        if number == from {
            found.push(one(format!("give {class} {name}={to}"), argument.value.clone(), to.to_string()));
        }
    }
    found
}

fn linear(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let is_product = message.contains("mat1 and mat2 shapes cannot be multiplied")
        || message.contains("size mismatch, got input")
        || message.contains("inconsistent tensor size")
        || message.contains("Expected size for first two dimensions of batch2 tensor");
    if !is_product {
        return found;
    }
    if let [.., columns, rows, _] = numbers(message)[..] {
        found.extend(resized(failure, "Linear", 0, "in_features", rows, columns));
    }
    for operator in failure.sketch.operators.iter().filter(|it| it.is_matmul) {
        if holds(&failure.statement.bytes, &operator.left) {
            found.push(method(failure, &operator.right, ".transpose(-2, -1)"));
            found.push(method(failure, &operator.left, ".transpose(-2, -1)"));
        }
    }
    for call in calls(failure) {
        let name = call.callee.rsplit('.').next().unwrap_or_default();
        if ["matmul", "mm", "bmm"].contains(&name) {
            for argument in call.arguments.iter().rev() {
                found.push(method(failure, &argument.value, ".transpose(-2, -1)"));
            }
        }
    }
    for argument in arguments(failure) {
        found.push(method(failure, &argument.value, ".flatten(1)"));
        found.push(method(failure, &argument.value, ".transpose(-2, -1)"));
    }
    found
}

fn losses(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let pairs: Vec<(&ArgumentPlace, &ArgumentPlace)> = calls(failure)
        .filter(|call| call.callee != "print")
        .filter_map(|call| Some((call.arguments.first()?, call.arguments.get(1)?)))
        .collect();
    let has = |text: &str| message.contains(text);
    for (input, target) in pairs {
        let on = |value: &ArgumentPlace, text: &str| method(failure, &value.value, text);
        let both = |first: &str, second: &str| MendAttempt {
            title: format!(
                "write {}{first} and {}{second}",
                shown(failure.text(&input.value)),
                shown(failure.text(&target.value))
            ),
            edits: vec![
                with_method(failure, &input.value, first),
                with_method(failure, &target.value, second),
            ],
        };
        if has("to match target batch_size")
            || has("Expected target size")
            || has("Expected target batch_size")
        {
            found.push(both(".flatten(0, -2)", ".flatten()"));
            found.push(on(input, ".transpose(1, 2)"));
            found.push(on(input, "[:, -1]"));
            found.push(on(input, "[-1]"));
            found.push(on(input, ".unsqueeze(0)"));
            found.push(on(target, ".unsqueeze(0)"));
        }
        if has("multi-target not supported") {
            found.push(on(target, ".squeeze(-1)"));
            found.push(on(target, ".argmax(dim=-1)"));
            found.push(on(target, ".flatten()"));
        }
        if has("expected scalar type Long")
            || has("expected target dtype to be Long")
            || has("scalar type Long but found")
        {
            found.push(on(target, ".long()"));
        }
        if has("Found dtype Long") || has("expected Float") || has("found Long") {
            found.push(on(target, ".float()"));
            found.push(on(input, ".float()"));
        }
        if has("Using a target size")
            || has("must be the same as input size")
            || has("target size (torch.Size")
        {
            found.push(on(input, ".squeeze(-1)"));
            found.push(on(target, ".unsqueeze(-1)"));
            found.push(on(target, ".view_as(").closed(failure, &input.value));
        }
        if has("all elements of input should be between 0 and 1") {
            found.push(MendAttempt {
                title: "give the loss probabilities: torch.sigmoid()".into(),
                edits: vec![(input.value.clone(), format!("torch.sigmoid({})", failure.text(&input.value)))],
            });
        }
    }
    if has("Target ")
        && has(" is out of bounds")
        && let Some(target) = numbers(message).first()
    {
        for class in ["Linear", "Conv1d"] {
            for call in failure.sketch.constructed(class) {
                let by_name = call.arguments.iter().find(|it| it.name.as_deref() == Some("out_features"));
                let Some(width) = by_name.or(call.arguments.get(1).filter(|it| it.name.is_none())) else {
                    continue;
                };
                if failure.sketch.number(&width.value).is_some_and(|(width, _)| width <= *target) {
                    let title = format!("give {class} {} outputs, one for each class", target + 1);
                    found.push(one(title, width.value.clone(), (target + 1).to_string()));
                }
            }
        }
    }
    if has("all elements of input should be between 0 and 1") {
        for call in failure.sketch.constructed("BCELoss") {
            let callee = call.bytes.start..call.bytes.start + call.callee.len();
            found.push(one(
                "use BCEWithLogitsLoss, which takes scores",
                callee,
                call.callee.replace("BCELoss", "BCEWithLogitsLoss"),
            ));
        }
    }
    found
}

impl MendAttempt {
    /// Completes a method's call with another value.
    fn closed(mut self, failure: &Failure, value: &Range<usize>) -> Self {
        let more = format!("{})", failure.text(value));
        if let Some((_, insert)) = self.edits.last_mut() {
            insert.push_str(&more);
        }
        self.title.push_str(&more);
        self
    }
}

fn shapes(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let has = |text: &str| message.contains(text);
    let named = |name: &str| {
        calls(failure)
            .filter(move |call| call.callee.rsplit('.').next() == Some(name))
            .cloned()
            .collect::<Vec<_>>()
    };
    if has("view size is not compatible") {
        for call in named("view") {
            let name = call.bytes.start + call.callee.len() - 4..call.bytes.start + call.callee.len();
            found.push(one("write reshape, which copies where it must", name.clone(), "reshape"));
            found.push(one("write contiguous() before view", name, "contiguous().view"));
        }
    }
    if has("is invalid for input of size") || has("invalid for input of size") {
        for call in ["view", "reshape", "torch.reshape", "unflatten"].into_iter().flat_map(named) {
            for argument in &call.arguments {
                let list = failure.sketch.lists.iter().find(|list| list.bytes == argument.value);
                let each = list.map_or_else(|| vec![argument.value.clone()], |list| list.elements.clone());
                for element in each.iter().filter(|element| failure.text(element) != "-1") {
                    let title = format!("let PyTorch compute it: -1 instead of {}", failure.text(element));
                    found.push(one(title, element.clone(), "-1"));
                }
            }
        }
    }
    if has("Sizes of tensors must match except in dimension") {
        for call in ["cat", "concat", "concatenate"].into_iter().flat_map(named) {
            let dim =
                call.arguments.iter().skip(1).find(|it| it.name.as_deref().is_none_or(|name| name == "dim"));
            for other in ["1", "-1", "0", "2"] {
                match dim {
                    Some(dim) => found.push(one(format!("join along dim={other}"), dim.value.clone(), other)),
                    None => found.push(one(
                        format!("join along dim={other}"),
                        call.close..call.close,
                        format!(", dim={other}"),
                    )),
                }
            }
        }
    }
    if has("must have same number of dimensions")
        || has("Tensors must have")
        || has("zero-dimensional tensor")
    {
        for call in ["cat", "concat", "bmm", "matmul"].into_iter().flat_map(named) {
            for list in failure.sketch.lists.iter().filter(|list| holds(&call.bytes, &list.bytes)) {
                for element in &list.elements {
                    found.extend(
                        [".unsqueeze(0)", ".unsqueeze(1)", ".unsqueeze(-1)"]
                            .map(|it| method(failure, element, it)),
                    );
                }
            }
            if has("zero-dimensional") {
                let name = call.bytes.start..call.bytes.start + call.callee.len();
                found.push(one("use torch.stack, which makes the axis", name, "torch.stack"));
            }
        }
    }
    if has("must match the size of tensor b")
        || has("shape mismatch")
        || has("output with shape")
        || has("doesn't match the broadcast shape")
    {
        for operator in failure.sketch.operators.iter().filter(|it| holds(&failure.statement.bytes, &it.left))
        {
            for side in [&operator.right, &operator.left] {
                for it in [
                    ".unsqueeze(-1)",
                    ".unsqueeze(1)",
                    ".unsqueeze(0)",
                    ".transpose(-2, -1)",
                    ".transpose(0, 1)",
                ] {
                    found.push(method(failure, side, it));
                }
            }
        }
        for argument in arguments(failure) {
            found.extend(
                [".unsqueeze(-1)", ".unsqueeze(1)", ".transpose(-2, -1)"]
                    .map(|it| method(failure, &argument.value, it)),
            );
        }
    }
    if has("Dimension out of range") {
        for number in failure.sketch.numbers.iter().filter(|it| holds(&failure.statement.bytes, &it.bytes)) {
            if numbers(message).last() == Some(&number.value) {
                found.push(one("take the last axis: -1", number.bytes.clone(), "-1"));
                found.push(one("take the first axis: 0", number.bytes.clone(), "0"));
            }
        }
        for argument in arguments(failure) {
            found.push(method(failure, &argument.value, ".unsqueeze(0)"));
        }
    }
    if has("array must be sorted") || has("enforce_sorted") {
        for call in named("pack_padded_sequence") {
            found.push(one(
                "let it sort: enforce_sorted=False",
                call.close..call.close,
                ", enforce_sorted=False",
            ));
        }
    }
    if has("Expected `len(lengths)`") || has("out of DATA bounds") || has("Length of all samples") {
        for call in named("pack_padded_sequence") {
            found.push(one(
                "say that x has the batch first: batch_first=True",
                call.close..call.close,
                ", batch_first=True",
            ));
        }
    }
    if has("cannot be converted to Scalar") || has("can be converted to Python scalars") {
        for call in named("item") {
            let name = call.bytes.start + call.callee.len() - 4..call.bytes.start + call.callee.len();
            found.push(one("take their mean: mean().item()", name.clone(), "mean().item"));
            found.push(one("take all of them: tolist()", name, "tolist"));
        }
        for call in calls(failure).filter(|call| ["float", "int"].contains(&call.callee.as_str())) {
            found.extend(call.arguments.first().map(|argument| method(failure, &argument.value, ".mean()")));
        }
    }
    if has("Boolean value of Tensor with more than one value is ambiguous") {
        for condition in failure.sketch.conditions.iter().filter(|it| holds(&failure.statement.bytes, it)) {
            let text = failure.text(condition);
            found.push(one("ask whether all are", condition.clone(), format!("({text}).all()")));
            found.push(one("ask whether any is", condition.clone(), format!("({text}).any()")));
        }
    }
    found
}

fn embedding(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    if message.contains("index out of range in self") {
        let largest = arguments(failure).filter_map(|argument| failure.tensor(failure.text(&argument.value)));
        let largest =
            largest.filter(|tensor| tensor.dtype.contains("int")).filter_map(|tensor| tensor.values.as_ref());
        let largest = largest.flatten().copied().fold(f64::NEG_INFINITY, f64::max);
        if largest.is_finite() {
            for call in failure.sketch.constructed("Embedding") {
                let first = call
                    .arguments
                    .iter()
                    .find(|it| it.name.as_deref().is_none_or(|name| name == "num_embeddings"));
                if let Some(first) = first {
                    let rows = largest as i64 + 1;
                    found.push(one(
                        format!("give Embedding num_embeddings={rows}"),
                        first.value.clone(),
                        rows.to_string(),
                    ));
                }
            }
        }
    }
    if message.contains("argument #1 'indices'") || message.contains("tensors used as indices must be") {
        found.extend(arguments(failure).map(|argument| method(failure, &argument.value, ".long()")));
        for subscript in &failure.sketch.subscripts {
            for element in subscript.elements.iter().filter(|it| holds(&failure.statement.bytes, it)) {
                found.push(method(failure, element, ".long()"));
            }
        }
    }
    found
}

fn backward(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let has = |text: &str| message.contains(text);
    let is_method = |call: &&CallPlace, name: &str| call.callee.ends_with(name);
    if has("backward through the graph a second time") {
        // A state that goes on from one step to the next.
        for call in &failure.sketch.calls {
            for argument in &call.arguments {
                let name = failure.text(&argument.value);
                let carried = failure.sketch.assignments.iter().any(|it| {
                    holds(&it.value, &call.bytes)
                        && (failure.text(&it.target) == name
                            || it.elements.iter().any(|element| failure.text(element) == name))
                });
                if carried && is_name(name.rsplit('.').next().unwrap_or_default()) {
                    found.push(one(
                        format!("let go of the earlier steps: {name}.detach()"),
                        argument.value.end..argument.value.end,
                        ".detach()",
                    ));
                    found.push(one(
                        format!("let go of the earlier steps: {name}.detach()"),
                        argument.value.clone(),
                        format!("{name} if {name} is None else {name}.detach()"),
                    ));
                }
            }
        }
        let all: Vec<&CallPlace> =
            failure.sketch.calls.iter().filter(|call| is_method(call, ".backward")).collect();
        let comma = |call: &CallPlace| if call.arguments.is_empty() { "" } else { ", " };
        if !all.is_empty() {
            found.push(MendAttempt {
                title: "keep the graph for another backward: retain_graph=True".into(),
                edits: all
                    .iter()
                    .map(|call| (call.close..call.close, format!("{}retain_graph=True", comma(call))))
                    .collect(),
            });
        }
    }
    if has("modified by an inplace operation") || has("in-place operation") {
        for it in &failure.sketch.assignments {
            if let Some(operator) = it.operator {
                let (target, value) = (failure.text(&it.target), failure.text(&it.value));
                found.push(one(
                    format!("make a new tensor: {target} = {target} {operator} {}", shown(value)),
                    it.whole.clone(),
                    format!("{target} = {target} {operator} ({value})"),
                ));
            }
        }
        for argument in failure.sketch.calls.iter().flat_map(|call| &call.arguments) {
            if argument.name.as_deref() == Some("inplace") && failure.text(&argument.value) == "True" {
                found.push(one("make new tensors: inplace=False", argument.value.clone(), "False"));
            }
        }
        for call in &failure.sketch.calls {
            let name = call.callee.rsplit('.').next().unwrap_or_default();
            let is_in_place = name.ends_with('_') && !name.starts_with('_') && call.callee.contains('.');
            let statement = failure.sketch.statements.iter().find(|it| it.bytes == call.bytes);
            if is_in_place && statement.is_some() {
                let (object, name) = call.callee.rsplit_once('.').unwrap_or_default();
                let rest = &failure.sketch.text[call.bytes.start + call.callee.len()..call.bytes.end];
                let plain = name.trim_end_matches('_');
                found.push(one(
                    format!("make a new tensor: {object} = {object}.{plain}(…)"),
                    call.bytes.clone(),
                    format!("{object} = {object}.{plain}{rest}"),
                ));
            }
        }
    }
    if has("does not require grad and does not have a grad_fn") {
        for call in &failure.sketch.calls {
            let short = call.callee.rsplit('.').next().unwrap_or_default();
            if ["detach", "item"].contains(&short) && call.arguments.is_empty() && call.callee.contains('.') {
                let start = call.bytes.start + call.callee.len() - short.len() - 1;
                found.push(one(format!("stay in the graph: no {short}()"), start..call.bytes.end, ""));
            }
            if short == "no_grad" {
                let start = call.bytes.start + call.callee.len() - "no_grad".len();
                found.push(one(
                    "record the graph: enable_grad()",
                    start..start + "no_grad".len(),
                    "enable_grad",
                ));
            }
            if ["tensor", "randn", "rand", "ones", "zeros", "full"].contains(&short)
                && call.callee.starts_with("torch.")
            {
                found.push(one(
                    "want its gradient: requires_grad=True",
                    call.close..call.close,
                    ", requires_grad=True",
                ));
            }
            for argument in &call.arguments {
                if argument.name.as_deref() == Some("requires_grad")
                    && failure.text(&argument.value) == "False"
                {
                    found.push(one("want its gradient: requires_grad=True", argument.value.clone(), "True"));
                }
            }
        }
        for it in failure
            .sketch
            .assignments
            .iter()
            .filter(|it| failure.text(&it.target).ends_with(".requires_grad"))
        {
            if failure.text(&it.value) == "False" {
                found.push(one("want its gradient: requires_grad = True", it.value.clone(), "True"));
            }
        }
    }
    if has("grad can be implicitly created only for scalar outputs") {
        for call in calls(failure).filter(|call| is_method(call, ".backward")) {
            let at = call.bytes.start + call.callee.len() - ".backward".len();
            found.push(one("begin with a single number: mean()", at..at, ".mean()"));
            found.push(one("begin with a single number: sum()", at..at, ".sum()"));
        }
    }
    found
}

fn leaves(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let has = |text: &str| message.contains(text);
    if has("leaf Variable that requires grad is being used in an in-place") && failure.statement.is_simple {
        let start = failure.statement.bytes.start;
        found.push(one(
            "change it without recording: torch.no_grad()",
            start..start,
            "with torch.no_grad(): ",
        ));
    }
    if has("Can't call numpy() on Tensor that requires grad") {
        for call in calls(failure).filter(|call| call.callee.rsplit('.').next() == Some("numpy")) {
            let at = call.bytes.start + call.callee.len() - ".numpy".len();
            found.push(one("leave the graph first: detach()", at..at, ".detach()"));
        }
    }
    if has("floating point") && has("require gradients") {
        for call in calls(failure).filter(|call| call.callee.starts_with("torch.")) {
            match call.arguments.iter().find(|it| it.name.as_deref() == Some("dtype")) {
                Some(dtype) => found.push(one(
                    "use numbers with a fraction: dtype=torch.float32",
                    dtype.value.clone(),
                    "torch.float32",
                )),
                None => found.push(one(
                    "use numbers with a fraction: dtype=torch.float32",
                    call.close..call.close,
                    ", dtype=torch.float32",
                )),
            }
        }
        for argument in arguments(failure) {
            found.push(method(failure, &argument.value, ".float()"));
        }
    }
    found
}

fn saved(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    if !message.starts_with("Error(s) in loading state_dict") {
        return found;
    }
    for call in calls(failure).filter(|call| call.callee.ends_with("load_state_dict")) {
        let Some(state) = call.arguments.first() else { continue };
        let text = failure.text(&state.value);
        let keys = |after: &str| -> Vec<String> {
            let list =
                message.split(after).nth(1).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
            list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
        };
        let (missing, unexpected) =
            (keys("Missing key(s) in state_dict:"), keys("Unexpected key(s) in state_dict:"));
        if let (Some(missing), Some(unexpected)) = (missing.first(), unexpected.first()) {
            if let Some(prefix) = unexpected.strip_suffix(missing.as_str()) {
                found.push(one(
                    format!("take the prefix '{prefix}' off its names"),
                    state.value.clone(),
                    format!("{{k.removeprefix('{prefix}'): v for k, v in {text}.items()}}"),
                ));
            }
            if let Some(prefix) = missing.strip_suffix(unexpected.as_str()) {
                found.push(one(
                    format!("put the prefix '{prefix}' before its names"),
                    state.value.clone(),
                    format!("{{'{prefix}' + k: v for k, v in {text}.items()}}"),
                ));
            }
        }
        let end = call.close..call.close;
        found.push(one("take what fits by its name: strict=False", end, ", strict=False"));
        found.extend(checkpoint(text, state));
    }
    found
}

/// A checkpoint that holds the state dict beside other things.
fn checkpoint(text: &str, state: &ArgumentPlace) -> MendAttempts {
    ["model", "state_dict", "model_state_dict"]
        .map(|key| {
            one(format!("take the model's part: ['{key}']"), state.value.clone(), format!("{text}['{key}']"))
        })
        .into()
}

fn tuples(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let has = |text: &str| message.contains(text);
    if has("'tuple' object has no attribute")
        || has("not tuple")
        || has("indices must be integers or slices, not tuple")
        || has("unsupported operand type(s)") && has("tuple")
    {
        // The name that holds the pair, where it was made.
        let mut pairs: Vec<String> = Vec::new();
        let text = failure.text(&failure.statement.bytes);
        for name in text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '.')) {
            let root = name.split('.').next().unwrap_or_default();
            for name in [name, root] {
                if failure.value(name).is_some_and(|value| value.class == "tuple")
                    && !pairs.iter().any(|it| it == name)
                {
                    pairs.push(name.to_owned());
                }
            }
        }
        for name in &pairs {
            for it in failure.sketch.assignments.iter().filter(|it| it.operator.is_none()) {
                if failure.text(&it.target) == name
                    && failure.sketch.calls.iter().any(|call| call.bytes == it.value)
                {
                    let title = format!("unpack what the module gives: {name}, _ = …");
                    found.push(after(title, &it.target, ", _"));
                    found.push(after(format!("take the output alone: {name} = …[0]"), &it.value, "[0]"));
                }
            }
        }
        for argument in arguments(failure)
            .filter(|argument| argument.is_call || pairs.iter().any(|it| it == failure.text(&argument.value)))
        {
            found.push(after(
                format!("take the output alone: {}[0]", shown(failure.text(&argument.value))),
                &argument.value,
                "[0]",
            ));
        }
        for call in calls(failure) {
            // `self.gru(x).mean()`: the first call's result is the pair.
            for inner in failure
                .sketch
                .calls
                .iter()
                .filter(|it| it.bytes.start == call.bytes.start && it.bytes.end < call.bytes.end)
            {
                found.push(after("take the output alone: [0]", &inner.bytes, "[0]"));
            }
        }
    }
    if has("too many values to unpack") || has("not enough values to unpack") {
        let here = failure.sketch.assignments.iter().filter(|it| holds(&failure.statement.bytes, &it.whole));
        for it in here.filter(|it| !it.elements.is_empty()) {
            let names: Vec<&str> = it.elements.iter().map(|element| failure.text(element)).collect();
            if let [out, h, c] = names[..] {
                found.push(one(
                    "an LSTM gives a pair of states",
                    it.target.clone(),
                    format!("{out}, ({h}, {c})"),
                ));
            }
            found.push(one(
                "leave the others out: *_",
                it.target.clone(),
                format!("{}, *_", names.join(", ")),
            ));
            found.push(one(
                "leave the first ones out: *_",
                it.target.clone(),
                format!("*_, {}", names.join(", ")),
            ));
            if names.len() > 2 {
                found.push(one("there are two", it.target.clone(), names[..2].join(", ")));
            }
            found.push(after("take the last two axes", &it.value, "[-2:]"));
        }
    }
    found
}

fn recurrent(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let has = |text: &str| message.contains(text);
    let is_of_input = has("input.size(-1) must be equal to input_size")
        || has("Expected input to be 2D or 3D")
        || has("input must have")
        || has("input has inconsistent input_size");
    let is_of_state = has("Expected hidden")
        || has("hx should also be")
        || has("hx and cx should also be")
        || has("hidden has inconsistent");
    let is_of_kind = has("does not match weight dtype") || has("must have the same dtype");
    let is_of_length = has("Expected sequence length to be larger than 0");
    if !(is_of_input || is_of_state || is_of_kind || is_of_length) {
        return found;
    }
    let modules: Vec<&CallPlace> = calls(failure)
        .filter(|call| {
            let class = failure.value(&call.callee).map(|value| value.class.as_str());
            matches!(
                class,
                Some("GRU" | "LSTM" | "RNN" | "GRUCell" | "LSTMCell" | "RNNCell" | "PackedSequence")
            ) || class.is_none()
        })
        .filter(|call| !call.arguments.is_empty() && call.callee != "print")
        .collect();
    let constructors = || ["GRU", "LSTM", "RNN", "GRUCell", "LSTMCell", "RNNCell"].into_iter();
    for call in modules {
        let x = &call.arguments[0].value;
        if is_of_input {
            if let [expected, got] = numbers(message.rsplit("Expected").next().unwrap_or_default())[..] {
                for class in constructors() {
                    found.extend(resized(failure, class, 0, "input_size", expected, got));
                }
            }
            for it in [
                ".unsqueeze(-1)",
                ".transpose(1, 2)",
                ".transpose(-2, -1)",
                ".transpose(0, 2)",
                ".unsqueeze(0)",
                ".unsqueeze(1)",
                ".squeeze(1)",
                ".squeeze(0)",
                ".flatten(2)",
                ".flatten(1, -2)",
            ] {
                found.push(method(failure, x, it));
            }
        }
        if is_of_kind {
            found.push(method(failure, x, ".float()"));
            found.push(method(failure, x, ".to(torch.get_default_dtype())"));
            found
                .extend(call.arguments.iter().skip(1).map(|state| method(failure, &state.value, ".float()")));
        }
        if is_of_state && let Some(state) = call.arguments.get(1) {
            for it in [".transpose(0, 1)", ".unsqueeze(0)", ".unsqueeze(1)", ".squeeze(1)", ".squeeze(0)"] {
                found.push(method(failure, &state.value, it));
            }
            let text = failure.text(&state.value);
            if let Some((n, _)) =
                failure.tensor(failure.text(x)).zip(failure.tensor(text)).map(|(x, h)| (x.shape.clone(), h))
            {
                for size in n.iter().take(2) {
                    found.push(one(
                        format!("take the samples that there are: {text}[:, :{size}]"),
                        state.value.clone(),
                        format!("{text}[:, :{size}].contiguous()"),
                    ));
                }
            }
            for constructor in constructors().flat_map(|class| failure.sketch.constructed(class)) {
                let first = constructor.arguments.iter().find(|it| it.name.as_deref() == Some("batch_first"));
                match first {
                    Some(first) => {
                        let other = if failure.text(&first.value) == "True" { "False" } else { "True" };
                        found.push(one(
                            format!("build it with batch_first={other}"),
                            first.value.clone(),
                            other,
                        ));
                    }
                    None => found.push(one(
                        "build it with batch_first=True",
                        constructor.close..constructor.close,
                        ", batch_first=True",
                    )),
                }
                for flag in ["bidirectional"] {
                    if let Some(given) =
                        constructor.arguments.iter().find(|it| it.name.as_deref() == Some(flag))
                    {
                        found.push(one(format!("build it with {flag}=False"), given.value.clone(), "False"));
                    } else {
                        found.push(one(
                            format!("build it with {flag}=True"),
                            constructor.close..constructor.close,
                            format!(", {flag}=True"),
                        ));
                    }
                }
                if let Some(h) = failure.tensor(text)
                    && let Some(width) = h.shape.last()
                    && let Some(size) = constructor
                        .arguments
                        .iter()
                        .find(|it| it.name.as_deref() == Some("hidden_size"))
                        .or(constructor.arguments.get(1).filter(|it| it.name.is_none()))
                {
                    found.push(one(
                        format!("build it with hidden_size={width}"),
                        size.value.clone(),
                        width.to_string(),
                    ));
                }
                if let Some(layers) = failure.tensor(text).and_then(|h| h.shape.first()) {
                    match constructor.arguments.iter().find(|it| it.name.as_deref() == Some("num_layers")) {
                        Some(given) => found.push(one(
                            format!("build it with num_layers={layers}"),
                            given.value.clone(),
                            layers.to_string(),
                        )),
                        None => found.push(one(
                            format!("build it with num_layers={layers}"),
                            constructor.close..constructor.close,
                            format!(", num_layers={layers}"),
                        )),
                    }
                }
            }
            let start = call.arguments[0].whole.end;
            found.push(one("begin from zeros: leave the state out", start..state.whole.end, ""));
        }
    }
    found
}

fn dtypes(failure: &Failure, message: &str) -> MendAttempts {
    let has = |text: &str| message.contains(text);
    let mut found = MendAttempts::new();
    if has("must have the same dtype")
        || has("to have the same dtype")
        || has("expected scalar type Float")
        || has("expected scalar type Double")
        || has("expected m1 and m2")
        || has("not implemented for 'Long'")
        || has("mean(): could not infer output dtype")
        || has("Input dtype must be either a floating point")
    {
        for argument in arguments(failure) {
            found.push(method(failure, &argument.value, ".float()"));
            found.push(method(failure, &argument.value, ".double()"));
        }
        for operator in failure.sketch.operators.iter().filter(|it| holds(&failure.statement.bytes, &it.left))
        {
            found.push(method(failure, &operator.left, ".float()"));
            found.push(method(failure, &operator.right, ".float()"));
        }
        for call in calls(failure) {
            if let Some((object, name)) = call.callee.rsplit_once('.')
                && failure.tensor(object).is_some()
            {
                let at = call.bytes.start + call.callee.len() - name.len() - 1;
                found.push(one(format!("write {object}.float().{name}"), at..at, ".float()"));
            }
        }
    }
    found
}

fn subscripts(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let here = failure
        .sketch
        .subscripts
        .iter()
        .filter(|it| it.elements.iter().all(|element| holds(&failure.statement.bytes, element)));
    for subscript in here {
        if message.contains("too many indices for tensor") && subscript.elements.len() > 1 {
            let texts: Vec<&str> = subscript.elements.iter().map(|element| failure.text(element)).collect();
            let whole = subscript.elements[0].start..subscript.elements[texts.len() - 1].end;
            found.push(one("one index less", whole.clone(), texts[..texts.len() - 1].join(", ")));
            found.push(one("one index less", whole, texts[1..].join(", ")));
        }
        if message.contains("out of bounds for dimension") || message.contains("index out of range") {
            for element in &subscript.elements {
                if let Some((_, place)) = failure.sketch.number(element) {
                    found.push(one("take the last one: -1", place, "-1"));
                }
            }
        }
    }
    found
}

fn names(failure: &Failure, message: &str) -> MendAttempts {
    let mut found = MendAttempts::new();
    let kind = failure.raised.kind.as_str();
    if let Some((_, hint)) = failure.raised.text.split_once("Did you mean: '")
        && let Some(meant) = hint.split('\'').next()
    {
        let wrong = message
            .rsplit("attribute '")
            .next()
            .and_then(|rest| rest.split('\'').next())
            .filter(|_| message.contains("attribute '"));
        let wrong = wrong.or_else(|| message.split('\'').nth(1)).unwrap_or_default();
        found.extend(renamed(failure, wrong, meant));
    }
    if kind == "NameError"
        && let Some(name) = message.split('\'').nth(1)
    {
        let import = match name {
            "torch" => "import torch\n",
            "nn" => "from torch import nn\n",
            "F" => "import torch.nn.functional as F\n",
            "np" => "import numpy as np\n",
            "optim" => "from torch import optim\n",
            "math" => "import math\n",
            "random" => "import random\n",
            "DataLoader" | "TensorDataset" => "from torch.utils.data import DataLoader, TensorDataset\n",
            "pack_padded_sequence" | "pad_packed_sequence" => {
                "from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence\n"
            }
            _ => "",
        };
        if !import.is_empty() {
            found.push(one(format!("begin with {}", import.trim()), 0..0, import));
        }
    }
    if message.contains("unexpected keyword argument '") {
        let wrong =
            message.rsplit("argument '").next().and_then(|rest| rest.split('\'').next()).unwrap_or_default();
        for call in calls(failure) {
            for argument in call.arguments.iter().filter(|it| it.name.as_deref() == Some(wrong)) {
                let known = [
                    "input_size",
                    "hidden_size",
                    "num_layers",
                    "bias",
                    "batch_first",
                    "dropout",
                    "bidirectional",
                    "in_features",
                    "out_features",
                    "num_embeddings",
                    "embedding_dim",
                    "padding_idx",
                    "dim",
                    "keepdim",
                    "lr",
                    "weight_decay",
                    "batch_size",
                    "shuffle",
                    "requires_grad",
                    "dtype",
                ];
                let near =
                    known.into_iter().filter(|name| likeness(name, wrong) * 2 >= name.len().max(wrong.len()));
                let mut near: Vec<&str> = near.collect();
                near.sort_by_key(|name| std::cmp::Reverse(likeness(name, wrong)));
                let name = argument.whole.start..argument.whole.start + wrong.len();
                found.extend(
                    near.into_iter().map(|meant| one(format!("it is called {meant}"), name.clone(), meant)),
                );
            }
        }
    }
    if message.contains("before Module.__init__() call") {
        for place in failure.sketch.text.match_indices("def __init__(").map(|(at, _)| at) {
            let statement = failure.sketch.statements.iter().find(|it| it.bytes.start == place);
            let body = failure
                .sketch
                .statements
                .iter()
                .filter(|it| {
                    statement.is_some_and(|def| holds(&def.bytes, &it.bytes) && it.bytes != def.bytes)
                })
                .map(|it| it.bytes.start)
                .min();
            if let Some(at) = body {
                let line = failure.sketch.text[..at].rfind('\n').map_or(0, |end| end + 1);
                let indent = &failure.sketch.text[line..at];
                found.push(one(
                    "begin with super().__init__()",
                    at..at,
                    format!("super().__init__()\n{indent}"),
                ));
            }
        }
    }
    found
}

/// Writes another name, where the statement has the wrong one.
fn renamed(failure: &Failure, wrong: &str, meant: &str) -> MendAttempts {
    let start = failure.statement.bytes.start;
    let text = failure.text(&failure.statement.bytes);
    let is_part =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let places: Vec<usize> =
        if wrong.is_empty() { Vec::new() } else { text.match_indices(wrong).map(|(at, _)| at).collect() };
    let places = places.into_iter().filter(|at| {
        !is_part(text[..*at].chars().next_back()) && !is_part(text[at + wrong.len()..].chars().next())
    });
    let edits: Vec<_> = places.map(|at| (start + at..start + at + wrong.len(), meant.to_owned())).collect();
    if edits.is_empty() {
        MendAttempts::new()
    } else {
        vec![MendAttempt { title: format!("write {meant}"), edits }]
    }
}

/// The letters that two names have in common, from both ends.
fn likeness(a: &str, b: &str) -> usize {
    let begin = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    (begin + end).min(a.len()).min(b.len())
}

/// Candidates for a text that is no Python: it has no statements yet.
pub(crate) fn of_syntax(text: &str, raised: &Raised) -> MendAttempts {
    let mut found = MendAttempts::new();
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        if number as u32 + 1 == raised.line {
            let code = line.split('#').next().unwrap_or(line).trim_end();
            let end = start + code.len();
            if raised.message.contains("expected ':'") || raised.message == "invalid syntax" {
                found.push(one("end the line with a colon", end..end, ":"));
            }
            if raised.message.contains("was never closed")
                && let Some(open) = raised.message.split('\'').nth(1)
            {
                let close = match open {
                    "(" => ")",
                    "[" => "]",
                    _ => "}",
                };
                found.push(one(format!("close it with {close}"), end..end, close));
            }
            if raised.message.contains("Maybe you meant '=='")
                && let Some(at) = code.find(" = ")
            {
                found.push(one("compare with ==", start + at..start + at + 3, " == "));
            }
            if raised.message.contains("forgot a comma") {
                for (at, _) in code.match_indices(' ') {
                    found.push(one("put a comma", start + at..start + at, ","));
                }
            }
            if raised.message.contains("unterminated string literal") {
                for quote in ["'", "\""] {
                    found.push(one("end the string", end..end, quote));
                    found.push(one("end the string", end..end, format!("{quote})")));
                    if code.ends_with(')') {
                        found.push(one("end the string", end - 1..end - 1, quote));
                    }
                }
            }
            if raised.kind == "IndentationError" && raised.message == "unexpected indent" {
                let indent = line.len() - line.trim_start().len();
                found.push(one("take the indent away", start..start + indent, ""));
            }
            if raised.message.contains("expected an indented block") {
                found.push(one("indent the line", start..start, "    "));
            }
        }
        start += line.len() + 1;
    }
    found
}
