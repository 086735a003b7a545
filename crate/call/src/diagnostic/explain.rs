//! Why a call is refused, in a learner's words, and where to look.

use super::mend::nearest;
use super::rules::{OPTIONS_READ, Rule, Stage};
use super::view::{View, overflows, unpackable};
use super::{Label, Place};
use crate::call::{Dtype, Release, Value};
use crate::shape::Shape;

/// Why, where, and what else is worth knowing.
pub(super) struct Explanation {
    pub(super) why: String,
    pub(super) labels: Vec<Label>,
    pub(super) notes: Vec<String>,
}

impl Explanation {
    fn new(why: impl Into<String>) -> Self {
        Explanation { why: why.into(), labels: Vec::new(), notes: Vec::new() }
    }

    fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    fn at_option(self, name: &str, text: impl Into<String>) -> Self {
        self.at(Place::Option { name: name.to_owned() }, text)
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

fn x(axis: usize) -> Place {
    Place::Input { axis: Some(axis) }
}

const X: Place = Place::Input { axis: None };
const H_0: Place = Place::H0 { axis: None };

/// Since when a 2-D input is one unbatched sequence.
pub(super) const UNBATCHED: Release = Release::new(1, 11, 0);

/// Explains why a row refuses a call.
pub(super) fn explain(view: &View, rule: &Rule) -> Explanation {
    match rule.code {
        "repeated-option" | "unexpected-option" | "proj-size" | "missing-option" => keyword(view, rule),
        "dropout-type" | "dropout-range" => dropout(view),
        "bias-type" | "batch-first-type" => flag(view, if rule.code == "bias-type" { "bias" } else { "batch_first" }),
        "input-size-type" | "input-size-sign" => size(view, rule, "input_size"),
        "hidden-size-type" | "hidden-size-sign" => size(view, rule, "hidden_size"),
        "num-layers-type" | "num-layers-sign" => size(view, rule, "num_layers"),
        "module-too-large" => module_too_large(view),
        "module-dtype" => Explanation::new(format!(
            "Parameters learn by small steps along a gradient, so they are floating-point numbers; {} is not.",
            view.dtype_value().map_or_else(|| view.weight_dtype().to_string(), Value::to_string)
        ))
        .at_option("dtype", "not a floating-point type"),
        "device-kind" => {
            let kind = article(view.value("device").type_name());
            Explanation::new(format!("device says where the parameters are, such as \"cpu\"; {kind} names no place."))
                .at_option("device", "not a device")
        }
        "module-half" => Explanation::new(
            "Before PyTorch 2.2 a CPU cannot multiply torch.float16; GPUs can.",
        )
        .at_option("dtype", "torch.float16"),
        "option-kind" => option_kind(view),
        "input-negative" | "input-too-large" | "h-0-negative" | "h-0-too-large" => creation(view, rule),
        "zeros-too-large" => Explanation::new(format!(
            "Without h_0 the module starts from zeros of the shape {}, more than a 64-bit address reaches.",
            view.overflowing_zeros().unwrap_or_default()
        ))
        .at(X, "too large a batch"),
        "input-not-a-tensor" => Explanation::new(format!(
            "nn.GRU asks x for its number of axes, and {} has none: x must be a tensor.",
            article(&view.word("input:type").unwrap_or_default())
        ))
        .at(X, "not a tensor"),
        "input-rank" => input_rank(view),
        "input-dtype" => input_dtype(view),
        "input-features" => input_features(view),
        "empty-features" => Explanation::new(
            "With input_size = 0 a step holds no features at all, and this release cannot multiply by nothing.",
        )
        .at_option("input_size", "no features"),
        "empty-sequence" => Explanation::new(format!(
            "Axis {} of x is the sequence length L, and it is 0: without a single step there is no last hidden state to return.",
            view.sequence_axis()
        ))
        .at(x(view.sequence_axis()), "L = 0 steps")
        .note("a batch of 0 is legal, a sequence of 0 is not"),
        "h-0-not-a-tensor" => h_0_not_a_tensor(view),
        "h-0-rank" => h_0_rank(view),
        "h-0-shape" => h_0_shape(view),
        _ => h_0_dtype(view),
    }
}

/// `an int`, `a list`, `None`.
fn article(kind: &str) -> String {
    match kind {
        "NoneType" => "None".to_owned(),
        "int" => "an int".to_owned(),
        kind => format!("a {kind}"),
    }
}

/// `1 step`, `4 steps`.
pub(super) fn count(number: i128, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `1 axis`, `4 axes`, `no axes`.
fn axes(rank: usize) -> String {
    match rank {
        0 => "no axes".to_owned(),
        1 => "1 axis".to_owned(),
        _ => format!("{rank} axes"),
    }
}

/// The axes of an input of two or three: `L = 5 steps, N = 3 sequences, H_in = 10 features`.
fn reading(view: &View) -> String {
    let (Some(steps), Some(batch), Some(features)) = (view.steps(), view.batch(), view.features()) else {
        return String::new();
    };
    let (steps, features) =
        (format!("L = {}", count(steps, "step")), format!("H_in = {}", count(features, "feature")));
    let batch = format!("N = {}", count(batch, "sequence"));
    match (view.rank(), view.batch_axis()) {
        (Some(3), 0) => format!("{batch}, {steps}, {features}"),
        (Some(3), _) => format!("{steps}, {batch}, {features}"),
        _ => format!("{steps}, {features}"),
    }
}

fn keyword(view: &View, rule: &Rule) -> Explanation {
    if let Some(name) = view.repeated_keyword() {
        return Explanation::new(format!("{name} is written twice; Python takes every option once."))
            .at_option(name, "written twice");
    }
    if rule.code == "missing-option" {
        let missing = view.missing();
        let mut explanation = Explanation::new(
            "input_size (H_in) and hidden_size (H_out) have no defaults: the shapes of all weights follow from them.",
        );
        for name in missing {
            explanation = explanation.at_option(name, "missing");
        }
        return explanation;
    }
    let unknown = view.unknown_options();
    let name =
        if rule.code == "proj-size" { "proj_size" } else { unknown.first().copied().unwrap_or("dtype") };
    let why = match name {
        "seq_len" | "sequence_length" | "batch" | "batch_size" => format!(
            "nn.GRU has no option {name}: one module takes sequences of any length in batches of any size, so it reads both from the shape of x."
        ),
        "proj_size" => {
            "proj_size makes nn.LSTM's hidden state smaller than its cell state; a GRU has no cell state."
                .to_owned()
        }
        "nonlinearity" => {
            "nonlinearity is an option of nn.RNN; the gates of a GRU use sigmoid and tanh.".to_owned()
        }
        "dtype" | "device" => format!("nn.GRU has no option {name} before PyTorch 1.9."),
        _ => match nearest(view, name) {
            Some(meant) => format!("nn.GRU has no option {name}; the nearest that it has is {meant}."),
            None => format!("nn.GRU has no option {name}."),
        },
    };
    let mut explanation = Explanation::new(why);
    for name in if unknown.is_empty() { vec!["dtype"] } else { unknown } {
        explanation = explanation.at_option(name, "not an option of nn.GRU");
    }
    explanation
        .note("nn.GRU takes input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional")
}

fn dropout(view: &View) -> Explanation {
    let value = view.value("dropout");
    let why = match &value {
        Value::Bool(true) => {
            "dropout is a probability, such as 0.5; True says only that there should be some.".to_owned()
        }
        Value::Bool(false) => "dropout is a probability; for none, write 0 or leave it out.".to_owned(),
        Value::Int(_) | Value::Float(_) => {
            format!(
                "dropout is a probability from 0 to 1: how likely an element is zeroed while training. {value} is outside."
            )
        }
        _ => {
            format!("dropout is a probability, a number from 0 to 1; this is {}.", article(value.type_name()))
        }
    };
    Explanation::new(why).at_option("dropout", "not a number from 0 to 1")
}

fn flag(view: &View, name: &str) -> Explanation {
    let value = view.value(name);
    let what =
        if name == "bias" { "whether the layers have biases" } else { "whether the batch is the first axis" };
    Explanation::new(format!("{name} says {what}: True or False, not {}.", article(value.type_name())))
        .at_option(name, "not True or False")
        .note("up to PyTorch 2.10 the constructor takes any value, and the call then fails")
}

fn size(view: &View, rule: &Rule, name: &str) -> Explanation {
    let value = view.value(name);
    let what = match name {
        "input_size" => "input_size (H_in) counts the features of each step",
        "hidden_size" => "hidden_size (H_out) counts the features of the hidden state",
        _ => "num_layers counts the layers stacked on each other",
    };
    if rule.code.ends_with("-sign") {
        return Explanation::new(format!("{what}, so it must be at least 1; here it is {value}."))
            .at_option(name, format!("{value}, must be at least 1"));
    }
    let more = match &value {
        Value::Float(number) if number.fract() == 0.0 => {
            format!("{value} is a float, even though it is whole.")
        }
        Value::Tuple(_) | Value::List(_) => {
            format!("{value} is {}. The other axes are read from x.", article(value.type_name()))
        }
        Value::Str(_) => format!("{value} is text."),
        Value::None => "None is no number.".to_owned(),
        _ => format!("{value} is {}.", article(value.type_name())),
    };
    Explanation::new(format!("{what}, so it must be an int. {more}"))
        .at_option(name, format!("{}, not an int", article(value.type_name())))
}

fn module_too_large(view: &View) -> Explanation {
    let shape = view.overflowing_weight().unwrap_or_default();
    let why = if shape.rank() == 0 {
        "3 * hidden_size rows are more than a 64-bit int counts.".to_owned()
    } else {
        format!("A weight of the shape {shape} has more bytes than a 64-bit address reaches.")
    };
    Explanation::new(why)
        .at_option("hidden_size", "3 * hidden_size rows")
        .at_option("input_size", "as many columns")
}

fn option_kind(view: &View) -> Explanation {
    let wrong: Vec<&str> = OPTIONS_READ
        .iter()
        .filter(|(name, kind)| view.value(name).type_name() != *kind)
        .map(|(name, _)| *name)
        .collect();
    let first = wrong.first().copied().unwrap_or("bidirectional");
    let value = view.value(first);
    let kind = if first == "num_layers" { "an int" } else { "True or False" };
    let mut explanation = Explanation::new(format!(
        "The constructor takes {first}={value}, but the call hands it on to C++, which takes only {kind} there."
    ));
    for name in wrong {
        explanation =
            explanation.at_option(name, format!("{}, not {kind}", article(view.value(name).type_name())));
    }
    explanation
}

fn creation(view: &View, rule: &Rule) -> Explanation {
    let is_input = rule.stage == Stage::Input;
    let (name, tensor) = if is_input { ("x", view.input()) } else { ("h_0", view.h_0()) };
    let shape = tensor.map(|tensor| tensor.shape.clone()).unwrap_or_default();
    let place = |axis| if is_input { x(axis) } else { Place::H0 { axis: Some(axis) } };
    if rule.code.ends_with("negative") {
        let mut explanation = Explanation::new(format!(
            "Each number of {shape} is how many elements {name} has along an axis, and nothing has fewer than 0."
        ));
        for (axis, size) in shape.0.iter().enumerate().filter(|(_, size)| size.0 < 0) {
            explanation = explanation.at(place(axis), format!("{size} elements"));
        }
        return explanation
            .note("only .view and .reshape take -1, for the axis that follows from the others");
    }
    let explanation = Explanation::new(format!(
        "A tensor of the shape {shape} has more bytes than a 64-bit address reaches, so {name} cannot be created."
    ));
    let largest = (0..shape.rank()).max_by_key(|axis| shape.0[*axis]);
    match largest {
        Some(axis) if overflows(&shape, Dtype::default()) || unpackable(&shape).is_some() => {
            explanation.at(place(axis), "too long")
        }
        _ => explanation.at(if is_input { X } else { H_0 }, "too large"),
    }
}

fn input_rank(view: &View) -> Explanation {
    let rank = view.rank().unwrap_or_default();
    let has = axes(rank);
    let layout = if view.batch_axis() == 0 { "(N, L, H_in)" } else { "(L, N, H_in)" };
    if view.call.release < UNBATCHED {
        let why = match rank {
            2 => format!(
                "x has two axes. Before PyTorch 1.11 nn.GRU takes no single sequence: x is {layout}, sequence length, batch and features, so one axis is missing."
            ),
            _ => format!("nn.GRU takes three axes, {layout}; x has {has}."),
        };
        return Explanation::new(why)
            .at(X, has)
            .note("since PyTorch 1.11 two axes are read as one unbatched sequence, (L, H_in)");
    }
    let given = view.input().map(|input| input.shape.clone()).unwrap_or_default();
    Explanation::new(format!(
        "nn.GRU takes two axes, (L, H_in), or three, {layout}: sequence length, batch, features. x is {given}: {has}."
    ))
    .at(X, has)
}

fn input_dtype(view: &View) -> Explanation {
    let (given, weight) = (view.word("input.dtype").unwrap_or_default(), view.weight_dtype());
    let is_floating = view.input().is_some_and(|input| input.dtype.is_floating_point());
    let explanation = Explanation::new(format!(
        "x is {given} and the module's weights are {weight}; PyTorch multiplies numbers of one type only."
    ))
    .at(X, given)
    .at_option("dtype", weight.to_string());
    if is_floating {
        explanation
            .note("NumPy's floats are 64 bits: torch.from_numpy keeps them, .float() makes them float32")
    } else {
        explanation.note("word or token numbers go through nn.Embedding first, which makes features of them")
    }
}

fn input_features(view: &View) -> Explanation {
    let (expected, features) =
        (view.int("input_size").unwrap_or_default(), view.features().unwrap_or_default());
    let expected_words = view.value("input_size");
    let last = view.rank().unwrap_or(1).saturating_sub(1);
    let sizes = view.input().map(|input| input.shape.clone()).unwrap_or_default();
    let other = sizes.0.iter().take(last).position(|size| size.0 == expected);
    let mut why = if view.rank() == Some(2) {
        format!(
            "x has two axes, so it is read as one sequence without a batch: {}. The module takes H_in = {expected_words}.",
            reading(view)
        )
    } else {
        format!("x is read as {}. The module takes H_in = {expected_words}, its input_size.", reading(view))
    };
    if let Some(axis) = other {
        why = format!("{why} Axis {axis} has that size: the axes may be in another order.");
    }
    let explanation = Explanation::new(why)
        .at(x(last), format!("H_in = {features}"))
        .at_option("input_size", format!("H_in = {expected_words}"));
    if view.rank() == Some(2) {
        explanation
            .note("PyTorch up to 1.10 knows no unbatched input and says: input must have 3 dimensions, got 2")
    } else {
        explanation
    }
}

fn h_0_not_a_tensor(view: &View) -> Explanation {
    let kind = view.word("h_0:type").unwrap_or_default();
    let why = if kind == "tuple" {
        "A GRU has one state, h_0: a tensor. The pair (h_0, c_0) is what nn.LSTM takes.".to_owned()
    } else {
        format!("h_0 must be a tensor, and this is {}; left out, it is zeros.", article(&kind))
    };
    Explanation::new(why).at(H_0, "not a tensor")
}

/// What the first axis of `h_0` counts: `D * num_layers = 2 * 1 = 2`.
fn states(view: &View) -> String {
    let (directions, states) = (view.directions(), view.states());
    format!("D * num_layers = {directions} * {} = {states}", states / directions)
}

fn h_0_rank(view: &View) -> Explanation {
    let given = view.h_0().map(|h_0| h_0.shape.clone()).unwrap_or_default();
    let why = match view.right_h_0() {
        Some(right) if view.rank() == Some(2) => format!(
            "x has two axes, so it is one sequence without a batch, and h_0 has no batch axis either: (D * num_layers, H_out) = {right}. It is {given}."
        ),
        Some(right) => format!(
            "x has a batch axis, so h_0 has one too: (D * num_layers, N, H_out) = {right}. It is {given}."
        ),
        None => format!(
            "This release reads x as unbatched, and then h_0 has two axes, (D * num_layers, H_out). It is {given}."
        ),
    };
    Explanation::new(why).at(H_0, axes(given.rank())).at(X, axes(view.rank().unwrap_or_default()))
}

fn h_0_shape(view: &View) -> Explanation {
    let (Some(right), Some(given)) = (view.right_h_0(), view.h_0().map(|h_0| h_0.shape.clone())) else {
        return Explanation::new("h_0 does not fit.").at(H_0, "does not fit");
    };
    let unbatched = view.rank() == Some(2);
    let layout = if unbatched { "(D * num_layers, H_out)" } else { "(D * num_layers, N, H_out)" };
    let batch =
        view.batch().filter(|_| !unbatched).map(|batch| format!(" and N = {batch}")).unwrap_or_default();
    let why = format!(
        "h_0 holds a state for each layer and direction: {layout} = {right}, because {}{batch}. It is {given}.",
        states(view)
    );
    let mut explanation = Explanation::new(why);
    if given.rank() == right.rank() {
        explanation = with_differing_axes(view, explanation, &given, &right);
    } else {
        explanation = explanation.at(H_0, axes(given.rank()));
    }
    if view.is_true("batch_first") && !unbatched {
        explanation = explanation.note("batch_first moves the batch of x and of the output only; h_0 and h_n keep (D * num_layers, N, H_out)");
    }
    if unbatched {
        explanation = explanation.note(
            "the message shows shapes with a batch axis of 1, which PyTorch inserts into unbatched ones",
        );
    }
    explanation
}

/// Points at each axis of `h_0` that differs, and at what its size comes from.
fn with_differing_axes(
    view: &View,
    mut explanation: Explanation,
    given: &Shape,
    right: &Shape,
) -> Explanation {
    let last = right.rank() - 1;
    for (axis, (given, right)) in
        given.0.iter().zip(&right.0).enumerate().filter(|(_, (given, right))| given != right)
    {
        explanation = explanation.at(Place::H0 { axis: Some(axis) }, format!("{given}, should be {right}"));
        explanation = match axis {
            0 => explanation.at_option("num_layers", states(view)),
            _ if axis == last => explanation.at_option("hidden_size", format!("H_out = {right}")),
            _ => explanation.at(x(view.batch_axis()), format!("N = {right}")),
        };
    }
    explanation
}

fn h_0_dtype(view: &View) -> Explanation {
    if view.h_0().is_none() {
        return input_dtype(view);
    }
    let given = view.h_0().map(|h_0| h_0.dtype.to_string()).unwrap_or_default();
    let weight = view.weight_dtype();
    Explanation::new(format!(
        "h_0 is {given} and the module's weights are {weight}; the first step multiplies the two, and PyTorch does so within one type only."
    ))
    .at(H_0, given)
    .at_option("dtype", weight.to_string())
}
