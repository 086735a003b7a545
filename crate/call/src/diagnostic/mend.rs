//! Edits for each kind of mistake, the likeliest first.
//!
//! A candidate need not make the call legal: what is left is mended after it (`fix`). Every list
//! has one that certainly gets past its own mistake.

use super::Edit;
use super::explain::{UNBATCHED, count};
use super::fix::{example_shape, reset};
use super::rules::{OPTIONS_READ, Rule, Stage};
use super::view::{OPTIONS, View};
use crate::call::{Argument, Call, Dtype, Value};
use crate::shape::{Dim, LARGEST, Shape};

/// A statement and its edits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) statement: String,
    pub(super) edits: Vec<Edit>,
}

impl Candidate {
    pub(super) fn new(statement: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Self {
        Candidate { statement: statement.into(), edits: edits.into() }
    }

    /// Both, one after the other.
    pub(super) fn then(mut self, further: Candidate) -> Self {
        self.statement = format!("{}, then {}", self.statement, further.statement);
        self.edits.extend(further.edits);
        self
    }
}

/// A size for a module that has none: the example's.
const INPUT_SIZE: i64 = 10;
const HIDDEN_SIZE: i64 = 20;

/// Sizes above are not kept when a tensor or module turns out too large.
const REASONABLE: i128 = 1 << 20;

pub(super) fn option(name: &str, value: impl Into<Value>) -> Edit {
    Edit::SetOption { name: name.to_owned(), value: Some(value.into()) }
}

fn without(name: &str) -> Edit {
    Edit::SetOption { name: name.to_owned(), value: None }
}

pub(super) fn input(shape: Shape) -> Edit {
    Edit::SetInputShape { shape }
}

fn h_0(shape: Shape) -> Edit {
    Edit::SetH0Shape { shape: Some(shape) }
}

fn leave_h_0_out() -> Candidate {
    Candidate::new("leave h_0 out: it is then zeros", [Edit::SetH0Shape { shape: None }])
}

/// `set name=value`.
fn set(name: &str, value: impl Into<Value>) -> Candidate {
    let value = value.into();
    Candidate::new(format!("set {name}={value}"), [option(name, value)])
}

/// What may mend a call that the given row refuses.
pub(super) fn candidates(view: &View, rule: &Rule) -> Vec<Candidate> {
    match rule.code {
        "repeated-option" => repeated_option(view),
        "proj-size" | "unexpected-option" => unexpected_option(view),
        "missing-option" => missing_option(view),
        "dropout-type" | "dropout-range" => dropout(view),
        "bias-type" => flag(view, "bias"),
        "batch-first-type" => flag(view, "batch_first"),
        "input-size-type" | "input-size-sign" => size(view, "input_size", input_size_default(view)),
        "hidden-size-type" | "hidden-size-sign" => size(view, "hidden_size", hidden_size_default(view)),
        "num-layers-type" | "num-layers-sign" => size(view, "num_layers", num_layers_default(view)),
        "module-too-large" => module_too_large(view),
        "module-dtype" => vec![Candidate::new(
            "leave the parameters in torch.float32",
            [without("dtype"), Edit::SetModuleDtype { dtype: Dtype::Float32 }],
        )],
        "device-kind" => vec![Candidate::new("leave device out", [without("device")])],
        "module-half" => vec![Candidate::new(
            "compute in torch.float32",
            [
                Edit::SetModuleDtype { dtype: Dtype::Float32 },
                Edit::SetInputDtype { dtype: Dtype::Float32 },
                Edit::SetH0Dtype { dtype: Dtype::Float32 },
            ],
        )],
        "option-kind" => option_kind(view),
        "input-negative" | "h-0-negative" | "input-too-large" | "h-0-too-large" => creation(view, rule.stage),
        "zeros-too-large" => {
            let shape = example_shape(view, view.int("input_size").unwrap_or(i128::from(INPUT_SIZE)));
            vec![Candidate::new(format!("give x the shape {shape}"), [input(shape)])]
        }
        "input-not-a-tensor" => input_not_a_tensor(view),
        "input-rank" => input_rank(view),
        "input-dtype" => input_dtype(view),
        "input-features" => input_features(view),
        "empty-features" => vec![Candidate::new(
            format!("give every step {INPUT_SIZE} features"),
            [option("input_size", INPUT_SIZE), with_last_axis(view, i128::from(INPUT_SIZE))],
        )],
        "empty-sequence" => empty_sequence(view),
        "h-0-dtype" => h_0_dtype(view),
        "h-0-not-a-tensor" | "h-0-rank" | "h-0-shape" => h_0_shape(view),
        _ => Vec::new(),
    }
}

/// The last resort: the example's call in the module's own release.
pub(super) fn afresh(call: &Call) -> Candidate {
    let mut edits = reset(call);
    edits.extend([
        option("input_size", INPUT_SIZE),
        option("hidden_size", HIDDEN_SIZE),
        Edit::SetModuleDtype { dtype: Dtype::Float32 },
        input(Shape::new([5, 3, INPUT_SIZE])),
        Edit::SetInputDtype { dtype: Dtype::Float32 },
        Edit::SetH0Shape { shape: None },
    ]);
    Candidate::new("start again from nn.GRU(10, 20)", edits)
}

fn repeated_option(view: &View) -> Vec<Candidate> {
    let Some(name) = view.repeated_keyword() else { return Vec::new() };
    let value = view.option(name).filter(|_| name != "dtype").cloned();
    let edit = Edit::SetOption { name: name.to_owned(), value };
    vec![Candidate::new(format!("write {name} once"), [edit])]
}

/// Options that GRU does not have: written otherwise, or not at all.
fn unexpected_option(view: &View) -> Vec<Candidate> {
    let unknown: Vec<&str> = view.unknown_options();
    let drop: Vec<Edit> = unknown.iter().map(|name| without(name)).collect();
    let renamed = unknown.iter().filter_map(|name| {
        let meant = nearest(view, name)?;
        let edit = option(meant, view.option(name)?.clone());
        Some(Candidate::new(format!("write {meant} instead of {name}"), [edit]))
    });
    let renamed: Vec<Candidate> = renamed.collect();
    let together = renamed.iter().cloned().reduce(|all, next| Candidate {
        statement: format!("{} and {}", all.statement, next.statement),
        edits: [all.edits, next.edits].concat(),
    });
    let mut list: Vec<Candidate> = together.into_iter().chain(renamed).collect();
    for candidate in &mut list {
        candidate.edits.splice(0..0, drop.iter().cloned());
    }
    let statement = match unknown.as_slice() {
        [] => "leave dtype out".to_owned(),
        [names @ .., last] if !names.is_empty() => {
            format!("leave out {} and {last}", names.join(", "))
        }
        [only, ..] => format!("leave out {only}"),
    };
    let mut edits = drop;
    if unknown.is_empty() {
        edits.push(Edit::SetModuleDtype { dtype: Dtype::Float32 });
    }
    list.push(Candidate::new(statement, edits));
    list
}

/// The option that an unknown name most likely means, if any.
pub(super) fn nearest(view: &View, name: &str) -> Option<&'static str> {
    let device = view.has_factory().then_some("device");
    let likely =
        OPTIONS.into_iter().chain(device).filter_map(|known| Some((unlikeness(name, known)?, known)));
    likely.min_by_key(|(unlikeness, _)| *unlikeness).map(|(_, known)| known)
}

/// How far a name is from a known one, case and underscores aside; none where it is another word.
///
/// At most two letters differ, or one is within the other (`layers`), or the first words are the same
/// (`hidden_dim`).
fn unlikeness(name: &str, known: &str) -> Option<usize> {
    const MOST: usize = 2;
    let bare = |text: &str| -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
    };
    // A batch has a size, but no option of a module says so.
    if matches!(name, "batch" | "batch_size") {
        return None;
    }
    let first_word = known.split('_').next().unwrap_or_default();
    let (name, known) = (bare(name), bare(known));
    if name.len() > 2 * known.len() {
        return None;
    }
    // Levenshtein's distance, row by row.
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (index, byte) in name.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, other) in known.iter().enumerate() {
            let replaced = diagonal + usize::from(byte != other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    let distance = row[known.len()];
    let is_within =
        |part: &[u8], whole: &[u8]| part.len() > 3 && whole.windows(part.len()).any(|it| it == part);
    let is_kin = is_within(&name, &known)
        || is_within(&known, &name)
        || first_word.len() > 3 && name.starts_with(first_word.as_bytes());
    (distance <= MOST.min(known.len() / 2) || is_kin).then_some(distance)
}

/// `set x=1` after another: `x=1`.
fn without_verb(statement: &str) -> &str {
    statement.strip_prefix("set ").unwrap_or(statement)
}

fn missing_option(view: &View) -> Vec<Candidate> {
    let default =
        |name| if name == "input_size" { input_size_default(view) } else { hidden_size_default(view) };
    let sets = view.missing().into_iter().map(|name| set(name, default(name)));
    sets.reduce(|all, next| Candidate {
        statement: format!("{} and {}", all.statement, without_verb(&next.statement)),
        edits: [all.edits, next.edits].concat(),
    })
    .into_iter()
    .collect()
}

/// A legal size above 0, where the number can be one.
fn positive(size: i128) -> Option<i64> {
    (1..=LARGEST).contains(&size).then_some(size as i64)
}

/// What the input holds in its last axis, or the example's.
fn input_size_default(view: &View) -> i64 {
    view.features().filter(|_| view.rank() != Some(1)).and_then(positive).unwrap_or(INPUT_SIZE)
}

/// What the initial hidden state holds in its last axis, or the example's.
fn hidden_size_default(view: &View) -> i64 {
    let features = view.h_0().and_then(|h_0| h_0.shape.0.last());
    features.and_then(|features| positive(features.0)).unwrap_or(HIDDEN_SIZE)
}

/// As many layers as the initial hidden state has, or one.
fn num_layers_default(view: &View) -> i64 {
    let states = view.h_0().filter(|h_0| matches!(h_0.shape.rank(), 2 | 3)).map(|h_0| h_0.shape.0[0].0);
    let layers =
        states.filter(|states| states % view.directions() == 0).map(|states| states / view.directions());
    layers.and_then(positive).filter(|layers| *layers <= 64).unwrap_or(1)
}

/// The int that a value of another kind or sign may have meant.
fn meant_int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(size) => positive(i128::from(*size).abs()),
        Value::Float(size) => positive(size.abs().round() as i128),
        Value::Str(text) => positive(text.trim().trim_start_matches('-').parse::<u64>().ok()?.into()),
        // Of (5, 8) the last is the features.
        Value::Tuple(sizes) | Value::List(sizes) => meant_int(sizes.last()?),
        Value::None | Value::Bool(_) => None,
    }
}

fn size(view: &View, name: &str, default: i64) -> Vec<Candidate> {
    let meant = meant_int(&view.value(name)).filter(|size| name != "num_layers" || *size <= 64);
    vec![set(name, meant.unwrap_or(default))]
}

/// The bool that a value may have meant.
fn meant_bool(value: &Value) -> bool {
    match value {
        Value::Str(text) => {
            !matches!(text.trim().to_ascii_lowercase().as_str(), "" | "false" | "no" | "0" | "none")
        }
        _ => value.is_truthy(),
    }
}

fn flag(view: &View, name: &str) -> Vec<Candidate> {
    vec![set(name, meant_bool(&view.value(name)))]
}

fn option_kind(view: &View) -> Vec<Candidate> {
    let wrong = OPTIONS_READ.iter().filter(|(name, kind)| view.value(name).type_name() != *kind);
    let sets = wrong.map(|(name, kind)| match *kind {
        "int" => set(name, view.int(name).and_then(positive).unwrap_or(1)),
        _ => set(name, meant_bool(&view.value(name))),
    });
    let together = sets.reduce(|all, next| Candidate {
        statement: format!("{} and {}", all.statement, without_verb(&next.statement)),
        edits: [all.edits, next.edits].concat(),
    });
    together.into_iter().collect()
}

fn dropout(view: &View) -> Vec<Candidate> {
    let value = match view.value("dropout") {
        Value::Str(text) => text.trim().trim_end_matches('%').parse().ok(),
        Value::Bool(_) => None,
        value => value.as_number(),
    };
    let probability = value.map(f64::abs).and_then(|value| match value {
        0.0..=1.0 => Some(value),
        // 20 for 20 %.
        1.0..=100.0 => Some(value / 100.0),
        _ => None,
    });
    let set_to = |value: f64| {
        Candidate::new(format!("set dropout={}", Value::Float(value)), [option("dropout", value)])
    };
    let mut list: Vec<Candidate> = probability.map(set_to).into_iter().collect();
    if view.option("dropout") == Some(&Value::Bool(true)) {
        list.push(set_to(0.5));
    }
    list.push(Candidate::new("leave dropout out: nothing is dropped", [without("dropout")]));
    list
}

fn module_too_large(view: &View) -> Vec<Candidate> {
    let mut edits = Vec::new();
    let mut sizes = Vec::new();
    let features = Some(input_size_default(view)).filter(|size| i128::from(*size) <= REASONABLE);
    for (name, small) in [("input_size", features.unwrap_or(INPUT_SIZE)), ("hidden_size", HIDDEN_SIZE)] {
        if view.int(name).is_some_and(|size| size > REASONABLE) {
            edits.push(option(name, small));
            sizes.push(format!("{name}={small}"));
        }
    }
    vec![Candidate::new(format!("set {}", sizes.join(" and ")), edits)]
}

/// A tensor with a negative or an immense size.
fn creation(view: &View, stage: Stage) -> Vec<Candidate> {
    let is_input = stage == Stage::Input;
    let Some(tensor) = (if is_input { view.input() } else { view.h_0() }) else { return Vec::new() };
    let (name, write): (&str, fn(Shape) -> Edit) = if is_input { ("x", input) } else { ("h_0", h_0) };
    let mut list = Vec::new();
    let make = |shape: Shape| Candidate::new(format!("give {name} the shape {shape}"), [write(shape)]);
    if tensor.shape.0.iter().any(|size| size.0 < 0) {
        list.push(make(Shape(tensor.shape.0.iter().map(|size| Dim(size.0.saturating_abs())).collect())));
    }
    if is_input {
        let features = view.int("input_size").unwrap_or(i128::from(INPUT_SIZE));
        list.push(make(example_shape(view, features)));
    } else {
        list.extend(view.right_h_0().map(make));
        list.push(leave_h_0_out());
    }
    list
}

fn input_not_a_tensor(view: &View) -> Vec<Candidate> {
    let written = match &view.call.input {
        Argument::NotATensor { value } => nested_shape(value),
        Argument::Tensor(_) => None,
    };
    let features = view.int("input_size").unwrap_or(i128::from(INPUT_SIZE));
    let mut list: Vec<Candidate> = written
        .map(|shape| Candidate::new(format!("make a tensor of it: its shape is {shape}"), [input(shape)]))
        .into_iter()
        .collect();
    let shape = example_shape(view, features);
    list.push(Candidate::new(format!("give a tensor of shape {shape}"), [input(shape)]));
    list
}

/// The shape of a nested list of numbers, if it has one.
fn nested_shape(value: &Value) -> Option<Shape> {
    let (Value::List(items) | Value::Tuple(items)) = value else {
        return value.as_number().map(|_| Shape::default());
    };
    let inner = nested_shape(items.first()?)?;
    if inner.rank() >= 8 || items[1..].iter().any(|item| nested_shape(item).as_ref() != Some(&inner)) {
        return None;
    }
    let mut shape = Shape::new([items.len() as i128]);
    shape.0.extend(inner.0);
    Some(shape)
}

/// The shape with its last axis resized.
fn with_last_axis(view: &View, features: i128) -> Edit {
    let mut shape = view.input().map(|input| input.shape.clone()).unwrap_or_default();
    if let Some(last) = shape.0.last_mut() {
        *last = Dim(features);
    }
    input(shape)
}

/// A batch of one sequence.
fn batch_of_one(view: &View, steps: i128, features: i128) -> Shape {
    Shape::new(if view.batch_axis() == 0 { [1, steps, features] } else { [steps, 1, features] })
}

fn input_rank(view: &View) -> Vec<Candidate> {
    let Some(tensor) = view.input() else { return Vec::new() };
    let features = view.int("input_size").unwrap_or(i128::from(INPUT_SIZE));
    let sizes: Vec<i128> = tensor.shape.0.iter().map(|size| size.0).collect();
    let mut list = match *sizes.as_slice() {
        [] => Vec::new(),
        [only] if only == features => {
            let unbatched = Candidate::new(
                "insert a sequence axis of 1: one step, unbatched",
                [input(Shape::new([1, only]))],
            );
            let batched = Candidate::new(
                "insert a sequence and a batch axis of 1 each: one step of one sequence",
                [input(batch_of_one(view, 1, only))],
            );
            if view.call.release < UNBATCHED { vec![batched] } else { vec![unbatched, batched] }
        }
        [only] => {
            let read = format!("read it as {} of one feature each", count(only, "step"));
            let single = option("input_size", 1);
            let unbatched = Candidate::new(
                format!("{read}: append an axis of 1"),
                [input(Shape::new([only, 1])), single.clone()],
            );
            let batched = Candidate::new(
                format!("{read}: append axes of 1 for batch and features"),
                [input(batch_of_one(view, only, 1)), single],
            );
            if view.call.release < UNBATCHED { vec![batched] } else { vec![unbatched, batched] }
        }
        // Before 1.11, where two axes are not enough.
        [steps, last] if last == features => {
            vec![Candidate::new("insert a batch axis of 1", [input(batch_of_one(view, steps, last))])]
        }
        [steps, last] => vec![
            Candidate::new(
                format!("insert a batch axis of 1, and make the last axis {features}"),
                [input(batch_of_one(view, steps, features))],
            ),
            Candidate::new("insert a batch axis of 1", [input(batch_of_one(view, steps, last))]),
            appended_features(view, steps, last, features),
        ],
        _ => fewer_axes(view, &sizes, features),
    };
    let shape = example_shape(view, features);
    list.push(Candidate::new(format!("give x three axes: {shape}"), [input(shape)]));
    list
}

/// Four axes or more: without those of 1, or with neighbours merged.
fn fewer_axes(view: &View, sizes: &[i128], features: i128) -> Vec<Candidate> {
    let mut list = Vec::new();
    let mut squeezed = sizes.to_vec();
    while squeezed.len() > 3 {
        // The last axis holds the features, so it stays as long as another is 1.
        let Some(one) = squeezed[..squeezed.len() - 1].iter().position(|size| *size == 1) else { break };
        squeezed.remove(one);
    }
    if squeezed.len() == 3 {
        list.push(Candidate::new(
            format!("squeeze out the axes of 1: {}", Shape::new(squeezed.clone())),
            [input(Shape::new(squeezed))],
        ));
    }
    let product = |sizes: &[i128]| {
        sizes
            .iter()
            .try_fold(1_i128, |product, size| product.checked_mul(*size))
            .filter(|product| *product <= LARGEST)
    };
    let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
    if let Some(merged) = product(&sizes[2..]) {
        let shape = Shape::new([first, sizes[1], merged]);
        let mut edits = vec![input(shape.clone())];
        edits.extend(
            positive(merged)
                .filter(|size| i128::from(*size) != features)
                .map(|size| option("input_size", size)),
        );
        list.push(Candidate::new(format!("merge the last axes into {merged} features: {shape}"), edits));
    }
    let (steps, leading) = (sizes[sizes.len() - 2], &sizes[..sizes.len() - 2]);
    let merged = if view.batch_axis() == 0 {
        product(leading).map(|batch| (batch, Shape::new([batch, steps, last])))
    } else {
        product(&sizes[1..sizes.len() - 1]).map(|batch| (batch, Shape::new([first, batch, last])))
    };
    if let Some((batch, shape)) = merged {
        let candidate =
            Candidate::new(format!("merge axes into one batch axis of {batch}: {shape}"), [input(shape)]);
        // With the right number of features at the end, the axes before it are the ones to merge.
        let place =
            if last == features { usize::from(!list.is_empty() && sizes.contains(&1)) } else { list.len() };
        list.insert(place.min(list.len()), candidate);
    }
    list
}

fn input_dtype(view: &View) -> Vec<Candidate> {
    let Some(tensor) = view.input() else { return Vec::new() };
    let weight = view.weight_dtype();
    let convert = Edit::SetInputDtype { dtype: weight };
    let mut list = Vec::new();
    if let (false, [first, second], Some(features)) =
        (tensor.dtype.is_floating_point(), tensor.shape.0.as_slice(), view.int("input_size"))
    {
        let shape = Shape::new([first.0, second.0, features]);
        list.push(Candidate::new(
            format!("give each number {}, as nn.Embedding does: {shape}", count(features, "feature")),
            [input(shape), convert.clone()],
        ));
    }
    list.push(Candidate::new(format!("convert x to {weight}"), [convert]));
    if tensor.dtype.is_floating_point() {
        list.push(Candidate::new(
            format!("convert the module to {}", tensor.dtype),
            [Edit::SetModuleDtype { dtype: tensor.dtype }],
        ));
    }
    list
}

fn h_0_dtype(view: &View) -> Vec<Candidate> {
    if view.h_0().is_none() {
        return input_dtype(view);
    }
    let weight = view.weight_dtype();
    let mut list = vec![
        Candidate::new(format!("convert h_0 to {weight}"), [Edit::SetH0Dtype { dtype: weight }]),
        leave_h_0_out(),
    ];
    if let Some(dtype) = view.h_0().map(|h_0| h_0.dtype).filter(|dtype| dtype.is_floating_point()) {
        list.push(Candidate::new(
            format!("convert the module and x to {dtype}"),
            [Edit::SetModuleDtype { dtype }, Edit::SetInputDtype { dtype }],
        ));
    }
    list
}

fn input_features(view: &View) -> Vec<Candidate> {
    let (Some(tensor), Some(expected)) = (view.input(), view.int("input_size")) else { return Vec::new() };
    let sizes: Vec<i128> = tensor.shape.0.iter().map(|size| size.0).collect();
    let Some((&last, before)) = sizes.split_last() else { return Vec::new() };
    let mut list = Vec::new();
    for (axis, _) in before.iter().enumerate().filter(|(_, size)| **size == expected).rev() {
        let mut shape = sizes.clone();
        shape.swap(axis, before.len());
        let shape = Shape::new(shape);
        let name = if before.len() == 1 {
            "the two axes".to_owned()
        } else {
            format!("axes {axis} and {}", before.len())
        };
        list.push(Candidate::new(format!("swap {name}: {shape}"), [input(shape)]));
    }
    if let [steps] = *before {
        list.push(Candidate::new(
            format!("insert a batch axis of 1, and make the last axis {expected}"),
            [input(batch_of_one(view, steps, expected))],
        ));
    }
    list.extend(positive(last).map(|size| {
        Candidate::new(format!("set input_size={size} to match x"), [option("input_size", size)])
    }));
    list.push(Candidate::new(format!("make the last axis {expected}"), [with_last_axis(view, expected)]));
    if let [steps] = *before {
        list.push(appended_features(view, steps, last, expected));
    }
    list
}

/// Reads two axes as sequence and batch, to which the features are missing.
fn appended_features(view: &View, first: i128, second: i128, features: i128) -> Candidate {
    let (first_is, second_is) =
        if view.batch_axis() == 0 { ("batch", "sequence") } else { ("sequence", "batch") };
    Candidate::new(
        format!(
            "append an axis of {features} features, so that {first} is the {first_is} and {second} the {second_is}"
        ),
        [input(Shape::new([first, second, features]))],
    )
}

fn empty_sequence(view: &View) -> Vec<Candidate> {
    let Some(tensor) = view.input() else { return Vec::new() };
    let with_steps = |steps: i128| {
        let mut shape = tensor.shape.clone();
        if let Some(size) = shape.0.get_mut(view.sequence_axis()) {
            *size = Dim(steps);
        }
        shape
    };
    let candidate =
        |statement: &str, shape: Shape| Candidate::new(format!("{statement}: {shape}"), [input(shape)]);
    let mut list = vec![candidate("give the sequence one step", with_steps(1))];
    list.push(candidate("give the sequence five steps", with_steps(5)));
    list
}

fn h_0_shape(view: &View) -> Vec<Candidate> {
    let mut list = Vec::new();
    let given = view.h_0().map(|h_0| h_0.shape.0.iter().map(|size| size.0).collect::<Vec<_>>());
    let right = view.right_h_0();
    let batched = view.rank() == Some(3);
    if let (Some(given), Some(right)) = (&given, &right) {
        let rest_is = |axes: &[usize]| {
            given.len() == right.rank()
                && axes.iter().all(|axis| given.get(*axis) == right.0.get(*axis).map(|size| &size.0))
        };
        if batched
            && given.len() == 3
            && [given[1], given[0], given[2]] == view.expected_h_0().unwrap_or_default()
        {
            list.push(Candidate::new(format!("swap h_0's first two axes: {right}"), [h_0(right.clone())]));
        }
        if batched && rest_is(&[0, 2]) && view.steps() == Some(given[1]) && view.is_bool("batch_first") {
            list.push(set("batch_first", !view.is_true("batch_first")));
        }
        if right.rank() == given.len() + 1 && is_subsequence(given, right) {
            list.push(Candidate::new(
                format!("insert the axis that h_0 lacks: {right}"),
                [h_0(right.clone())],
            ));
        }
    }
    list.extend(
        right
            .as_ref()
            .map(|right| Candidate::new(format!("give h_0 the shape {right}"), [h_0(right.clone())])),
    );
    list.push(leave_h_0_out());
    let (Some(given), Some(expected)) = (given, view.expected_h_0()) else { return list };
    if let (Some(2), [_, batch, _], Some(steps), Some(features)) =
        (view.rank(), given.as_slice(), view.steps(), view.features())
        && *batch >= 0
    {
        let shape = Shape::new(if view.batch_axis() == 0 {
            [*batch, steps, features]
        } else {
            [steps, *batch, features]
        });
        list.push(Candidate::new(format!("insert a batch axis of {batch} into x: {shape}"), [input(shape)]));
    }
    if batched && given.len() == 3 || view.rank() == Some(2) && given.len() == 2 {
        list.extend(other_module(view, &given, expected));
    }
    list
}

/// The module or the batch that an initial hidden state of the right rank would fit.
fn other_module(view: &View, given: &[i128], [states, batch, hidden]: [i128; 3]) -> Vec<Candidate> {
    let (given_states, given_hidden) = (given[0], given[given.len() - 1]);
    let given_batch = if given.len() == 3 { given[1] } else { batch };
    let mut list = Vec::new();
    if (given_batch, given_hidden) == (batch, hidden) {
        if given_states == 2 * states && view.directions() == 1 {
            list.push(set("bidirectional", true));
        } else if 2 * given_states == states && view.directions() == 2 {
            list.push(set("bidirectional", false));
        }
        if given_states % view.directions() == 0 {
            list.extend(
                positive(given_states / view.directions())
                    .filter(|layers| *layers <= 64)
                    .map(|layers| set("num_layers", layers)),
            );
        }
    } else if (given_states, given_hidden) == (states, hidden) {
        if let Some(tensor) = view.input() {
            let mut shape = tensor.shape.clone();
            shape.0[view.batch_axis()] = Dim(given_batch);
            list.push(Candidate::new(format!("give x a batch of {given_batch}: {shape}"), [input(shape)]));
        }
    } else if (given_states, given_batch) == (states, batch) {
        list.extend(positive(given_hidden).map(|size| set("hidden_size", size)));
    }
    list
}

/// Whether a shape is another with one axis left out.
fn is_subsequence(given: &[i128], right: &Shape) -> bool {
    let mut right = right.0.iter();
    given.iter().all(|size| right.any(|other| other.0 == *size))
}
