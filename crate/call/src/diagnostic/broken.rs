//! How far the shapes of a refused call are known, and the place where they do not fit together.

use nn::gru::GruConfig;
use serde::{Deserialize, Serialize};

use super::trace::meaning;
use super::view::View;
use super::{Diagnostic, Edit, Role};
use crate::call::{Argument, Dtype, Place, Value};
use crate::shape::{Axis, AxisMeaning, LARGEST, Shape};

/// The flow of a call that `PyTorch` refuses: what is known of its tensors, and where it stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BrokenFlow {
    /// The input, `h_0`, what each layer would give, output and `h_n`; of the layers the first
    /// [`BrokenFlow::LAYERS`] - 1 and the last.
    pub tensors: Vec<BrokenTensor>,
    /// How many layers the call asks for; 1 where what is written counts nothing.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub num_layers: u64,
    /// 2 if bidirectional.
    pub directions: u8,
    /// Steps, where the input has any.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub seq_len: Option<crate::shape::Dim>,
    /// Where it stops.
    pub joint: Joint,
}

impl BrokenFlow {
    /// How many layers are listed at most.
    pub const LAYERS: u64 = 8;
}

/// A tensor of a refused call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BrokenTensor {
    /// What it is to the call.
    pub role: Role,
    /// The layer that gives it, counted from 0.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub layer: Option<u64>,
    /// What each of its axes means; none where it has as many axes as have no meaning.
    pub axes: Vec<AxisMeaning>,
    /// A size for each meaning: as given, else what follows from the call, else one to draw it with.
    #[cfg_attr(feature = "types", ts(type = "number[]"))]
    pub sizes: Shape,
    /// The axes that the error names.
    pub wrong: Vec<usize>,
}

/// The place where a call does not fit together, and the two things that should be equal there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Joint {
    /// What does not fit.
    pub at: JointAt,
    /// What is given: `10`, `2 axes`, `float64`, `hidden_size=16.0`.
    pub given: String,
    /// What is needed; empty for an option.
    pub expected: String,
    /// The axis that both are sizes of, where they are sizes.
    pub axis: Option<Axis>,
}

/// What of a call does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum JointAt {
    /// An option of the module.
    Option,
    /// The input.
    Input,
    /// The initial hidden state.
    #[serde(rename = "h_0")]
    H0,
}

/// The flow of a call that is refused with this error; its module is there if its constructor succeeds.
pub(super) fn broken_flow(view: &View, module: Option<&GruConfig>, error: &Diagnostic) -> BrokenFlow {
    let outline = Outline::of(view, error);
    let mut tensors = vec![
        outline.given(Role::Input, &view.call.input, &outline.over_steps(H_IN)),
        match &view.call.h_0 {
            Some(h_0) => outline.given(Role::H0, h_0, &outline.states()),
            None => outline.following(Role::H0, None, &outline.states()),
        },
    ];
    let first = 0..outline.num_layers.min(BrokenFlow::LAYERS);
    let last = outline.num_layers - 1;
    for layer in first {
        let layer = if layer + 1 == BrokenFlow::LAYERS { last } else { layer };
        tensors.push(outline.following(Role::LayerOutput, Some(layer), &outline.over_steps(BOTH_DIRECTIONS)));
    }
    tensors.push(outline.following(Role::Output, None, &outline.over_steps(BOTH_DIRECTIONS)));
    tensors.push(outline.following(Role::HN, None, &outline.states()));
    BrokenFlow {
        tensors,
        num_layers: outline.num_layers,
        directions: outline.directions as u8,
        seq_len: outline.seq_len.map(Into::into),
        joint: joint(view, module, error),
    }
}

/// An axis: the quantity that colours it, its letters and its words.
type Meaning = (Axis, &'static str, &'static str);

const STEPS: Meaning = (Axis::L, "L", "sequence length");
const BATCH: Meaning = (Axis::N, "N", "batch size");
const H_IN: Meaning = (Axis::HIn, "H_in", "input size");
const H_OUT: Meaning = (Axis::HOut, "H_out", "hidden size");
const BOTH_DIRECTIONS: Meaning = (Axis::HOut, "D*H_out", "directions times hidden size");
const STATES: Meaning = (Axis::D, "D*num_layers", "directions times layers");

/// What of a call can be drawn, whether or not `PyTorch` builds its module: an option that counts nothing, as
/// `num_layers=1.5` does, has a size that merely looks well.
struct Outline<'a> {
    error: &'a Diagnostic,
    hidden_size: u64,
    num_layers: u64,
    directions: u64,
    batch_first: bool,
    batched: bool,
    /// Steps of the input, where its axes have a meaning.
    seq_len: Option<i128>,
    /// Sequences of the input, where its axes have a meaning.
    batch: Option<i128>,
}

impl<'a> Outline<'a> {
    fn of(view: &View, error: &'a Diagnostic) -> Self {
        let count = |name| match view.value(name) {
            Value::Int(size) | Value::Int64(size) => {
                u64::try_from(size).ok().filter(|size| (1..LARGEST as u64).contains(size))
            }
            _ => None,
        };
        Outline {
            error,
            hidden_size: count("hidden_size").unwrap_or(8),
            num_layers: count("num_layers").unwrap_or(1),
            directions: view.directions() as u64,
            batch_first: view.is_true("batch_first"),
            batched: view.rank() != Some(2),
            seq_len: view.steps(),
            batch: view.batch(),
        }
    }

    /// The axes of a sequence.
    fn over_steps(&self, features: Meaning) -> Vec<Meaning> {
        sequence_axes(self.batched, self.batch_first, features)
    }

    /// The axes of a state of every layer and direction.
    fn states(&self) -> Vec<Meaning> {
        [STATES].into_iter().chain(self.batched.then_some(BATCH)).chain([H_OUT]).collect()
    }

    /// What a learner has written, with its axes where its rank has a meaning.
    fn given(&self, role: Role, argument: &Argument, axes: &[Meaning]) -> BrokenTensor {
        let shape =
            argument.as_tensor().map(|tensor| &tensor.shape).filter(|shape| shape.rank() == axes.len());
        let axes = if shape.is_some() { axes } else { &[] };
        let wrong = wrong_axes(self.error, role == Role::Input);
        BrokenTensor {
            role,
            layer: None,
            axes: meanings(axes),
            sizes: shape.cloned().unwrap_or_default(),
            wrong,
        }
    }

    /// What the call does not come to.
    fn following(&self, role: Role, layer: Option<u64>, axes: &[Meaning]) -> BrokenTensor {
        let sizes = axes.iter().map(|&(_, letters, _)| match letters {
            "L" => self.seq_len.unwrap_or(4),
            "N" => self.batch.unwrap_or(2),
            "D*H_out" => i128::from(self.directions) * i128::from(self.hidden_size),
            "D*num_layers" => i128::from(self.directions) * i128::from(self.num_layers),
            _ => self.hidden_size.into(),
        });
        BrokenTensor { role, layer, sizes: Shape::new(sizes), axes: meanings(axes), wrong: Vec::new() }
    }
}

fn meanings(axes: &[Meaning]) -> Vec<AxisMeaning> {
    axes.iter().map(|&(axis, letters, words)| meaning(axis, letters, words)).collect()
}

fn sequence_axes(batched: bool, batch_first: bool, features: Meaning) -> Vec<Meaning> {
    match (batched, batch_first) {
        (false, _) => vec![STEPS, features],
        (true, true) => vec![BATCH, STEPS, features],
        (true, false) => vec![STEPS, BATCH, features],
    }
}

/// The axes of the input, else of `h_0`, that an error names.
fn wrong_axes(error: &Diagnostic, of_input: bool) -> Vec<usize> {
    let axis = |place: &Place| match *place {
        Place::Input { axis } if of_input => axis,
        Place::H0 { axis } if !of_input => axis,
        _ => None,
    };
    error.labels.iter().filter_map(|label| axis(&label.place)).collect()
}

fn joint(view: &View, module: Option<&GruConfig>, error: &Diagnostic) -> Joint {
    let about_h_0 = error.labels.iter().any(|label| matches!(label.place, Place::H0 { .. }));
    let about_input = error.labels.iter().any(|label| matches!(label.place, Place::Input { .. }));
    let at = if about_h_0 && view.call.h_0.is_some() { JointAt::H0 } else { JointAt::Input };
    match (module, error.labels.as_slice()) {
        // Some options pass the constructor and stop the call.
        _ if !about_input && !about_h_0 => option_joint(view, error),
        (None, _) => option_joint(view, error),
        (Some(_), [place, other, ..]) if error.code == "device-differs" => {
            let expected = other.text.strip_prefix("parameters ").unwrap_or(&other.text);
            at.between(place.text.clone(), expected)
        }
        (Some(module), _) => match &view.call.h_0 {
            Some(h_0) if at == JointAt::H0 => state_joint(view, h_0),
            _ => input_joint(view, module, error),
        },
    }
}

impl JointAt {
    fn between(self, given: String, expected: &str) -> Joint {
        Joint { at: self, given, expected: expected.to_owned(), axis: None }
    }
}

/// An option that stops the module from being built, or from being called.
fn option_joint(view: &View, error: &Diagnostic) -> Joint {
    let option = error.labels.iter().find_map(|label| match &label.place {
        Place::Option { name } => Some((name, &label.text)),
        _ => None,
    });
    let given = match option {
        None => error.exception.clone().unwrap_or_default(),
        Some((name, text)) => match view.option(name) {
            Some(written) => format!("{name}={written}"),
            None => format!("{name}: {text}"),
        },
    };
    JointAt::Option.between(given, "")
}

/// An input that is not what the module takes.
fn input_joint(view: &View, module: &GruConfig, error: &Diagnostic) -> Joint {
    let at = JointAt::Input;
    let Argument::Tensor(input) = &view.call.input else {
        return at.between(kind(&view.call.input).to_owned(), "tensor");
    };
    let size = |axis: usize| input.shape.0.get(axis).map_or(0, |size| size.0);
    let rank = input.shape.rank();
    match wrong_axes(error, true).first() {
        Some(&axis) if axis + 1 == rank && size(axis) >= 0 => Joint {
            axis: Some(Axis::HIn),
            ..at.between(size(axis).to_string(), &module.input_size.to_string())
        },
        Some(&axis) => {
            let needed = if size(axis) == 0 { "1 or more" } else { "0 or more" };
            let axes = sequence_axes(rank != 2, module.batch_first, H_IN);
            Joint {
                axis: axes.get(axis).map(|&(axis, ..)| axis),
                ..at.between(size(axis).to_string(), needed)
            }
        }
        None if input.dtype != view.weight_dtype() && matches!(rank, 2 | 3) => {
            at.between(dtype(input.dtype), &dtype(view.weight_dtype()))
        }
        None if error.code == "input-too-large" => at.between(input.shape.to_string(), SMALLER),
        None => {
            let reshaped = error.help.iter().flat_map(|fix| &fix.edits).find_map(|edit| match edit {
                Edit::SetInputShape { shape } => Some(shape.rank()),
                _ => None,
            });
            at.between(axes(rank), &axes(reshaped.unwrap_or(3)))
        }
    }
}

/// An `h_0` that is not what module and input ask for.
fn state_joint(view: &View, h_0: &Argument) -> Joint {
    let at = JointAt::H0;
    let Argument::Tensor(state) = h_0 else { return at.between(kind(h_0).to_owned(), "tensor") };
    let given = &state.shape;
    // An x of neither two axes nor three is read as unbatched, and h_0 is refused for its rank alone.
    let Some(expected) = view.right_h_0() else { return at.between(axes(given.rank()), &axes(2)) };
    if given.rank() != expected.rank() {
        return at.between(axes(given.rank()), &axes(expected.rank()));
    }
    let differ: Vec<usize> = (0..given.rank()).filter(|&axis| given.0[axis] != expected.0[axis]).collect();
    match differ[..] {
        [] if state.dtype == view.weight_dtype() => at.between(given.to_string(), SMALLER),
        [] => at.between(dtype(state.dtype), &dtype(view.weight_dtype())),
        [only] => {
            let axis = match only {
                last if last + 1 == given.rank() => Axis::HOut,
                0 => Axis::D,
                _ => Axis::N,
            };
            Joint { axis: Some(axis), ..at.between(given.0[only].to_string(), &expected.0[only].to_string()) }
        }
        _ => at.between(given.to_string(), &expected.to_string()),
    }
}

/// What stands where a tensor is due.
fn kind(argument: &Argument) -> &'static str {
    match argument {
        Argument::Tensor(_) => "tensor",
        Argument::Array { .. } => "NumPy array",
        Argument::NotATensor { value: Value::None } => "None",
        Argument::NotATensor { value } => value.type_name(),
    }
}

/// What is needed where a tensor has too many bytes.
const SMALLER: &str = "a smaller one";

/// A shape by its rank alone.
fn axes(rank: usize) -> String {
    if rank == 1 { "1 axis".to_owned() } else { format!("{rank} axes") }
}

fn dtype(dtype: Dtype) -> String {
    dtype.to_string().replace("torch.", "")
}

#[cfg(test)]
mod tests {
    use super::super::testing::example;
    use super::super::{ShapeTrace, diagnose};
    use super::*;
    use crate::call::{Call, Device};

    fn flow(call: &Call) -> BrokenFlow {
        let diagnosis = diagnose(call);
        assert_eq!(diagnosis.broken.is_some(), diagnosis.error().is_some(), "{call:?}");
        diagnosis.broken.unwrap_or_else(|| panic!("{call:?} is legal"))
    }

    fn joint(call: &Call) -> (JointAt, String, String, Option<Axis>) {
        let Joint { at, given, expected, axis } = flow(call).joint;
        (at, given, expected, axis)
    }

    fn is(
        at: JointAt,
        given: &str,
        expected: &str,
        axis: Option<Axis>,
    ) -> (JointAt, String, String, Option<Axis>) {
        (at, given.to_owned(), expected.to_owned(), axis)
    }

    fn letters(tensor: &BrokenTensor) -> String {
        tensor.axes.iter().map(|axis| axis.letters.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn features_that_differ_are_told_with_what_is_taken() {
        let call = example().option("num_layers", 2).option("bidirectional", true).x([4, 7]).call();
        let flow = flow(&call);
        let said = Joint { axis: Some(Axis::HIn), ..JointAt::Input.between("7".to_owned(), "10") };
        assert_eq!(flow.joint, said);
        assert_eq!((flow.num_layers, flow.directions, flow.seq_len), (2, 2, Some(4.into())));
        let tensors: Vec<_> = flow
            .tensors
            .iter()
            .map(|tensor| (tensor.role, tensor.layer, letters(tensor), tensor.sizes.to_string()))
            .collect();
        let of =
            |role, layer, letters: &str, sizes: &str| (role, layer, letters.to_owned(), sizes.to_owned());
        assert_eq!(
            tensors,
            [
                of(Role::Input, None, "L H_in", "(4, 7)"),
                of(Role::H0, None, "D*num_layers H_out", "(4, 20)"),
                of(Role::LayerOutput, Some(0), "L D*H_out", "(4, 40)"),
                of(Role::LayerOutput, Some(1), "L D*H_out", "(4, 40)"),
                of(Role::Output, None, "L D*H_out", "(4, 40)"),
                of(Role::HN, None, "D*num_layers H_out", "(4, 20)"),
            ]
        );
        let wrong: Vec<_> = flow.tensors.iter().map(|tensor| tensor.wrong.as_slice()).collect();
        assert_eq!(wrong, [&[1][..], &[], &[], &[], &[], &[]]);
    }

    #[test]
    fn axes_are_told_by_their_number_and_have_no_meaning() {
        let call = example().x([10]).call();
        assert_eq!(joint(&call), is(JointAt::Input, "1 axis", "2 axes", None));
        assert_eq!(joint(&example().x([1, 5, 3, 10]).call()), is(JointAt::Input, "4 axes", "3 axes", None));
        let flow = flow(&call);
        assert_eq!((letters(&flow.tensors[0]), flow.seq_len), (String::new(), None));
        // Drawn with four steps and two sequences, for none are known.
        assert_eq!(flow.tensors.last().unwrap().sizes.to_string(), "(1, 2, 20)");
        assert_eq!(flow.tensors[2].sizes.to_string(), "(4, 2, 20)");
    }

    #[test]
    fn an_input_is_told_by_its_size_its_dtype_or_its_kind() {
        let input = |given: &str, expected: &str, axis| is(JointAt::Input, given, expected, axis);
        assert_eq!(joint(&example().x([0, 3, 10]).call()), input("0", "1 or more", Some(Axis::L)));
        assert_eq!(joint(&example().x([4, -3, 10]).call()), input("-3", "0 or more", Some(Axis::N)));
        let batch_first = example().option("batch_first", true).x([4, -3, 10]).call();
        assert_eq!(joint(&batch_first), input("-3", "0 or more", Some(Axis::L)));
        assert_eq!(joint(&example().x_dtype(Dtype::Float64).call()), input("float64", "float32", None));
        assert_eq!(joint(&example().x_value(Value::None).call()), input("None", "tensor", None));
        assert_eq!(joint(&example().x_value(Value::List(Vec::new())).call()), input("list", "tensor", None));
        let array = example().x_array([5, 3, 10], Dtype::Float64).call();
        assert_eq!(joint(&array), input("NumPy array", "tensor", None));
        let moved = example().x_device(Device::Cuda).call();
        assert_eq!(joint(&moved), input("at cuda:0", "at cpu", None));
    }

    #[test]
    fn a_state_is_told_by_the_one_axis_that_differs_or_whole() {
        let state = |given: &str, expected: &str, axis| is(JointAt::H0, given, expected, axis);
        let layers = || example().option("num_layers", 2);
        assert_eq!(joint(&layers().h_0([1, 3, 20]).call()), state("1", "2", Some(Axis::D)));
        assert_eq!(joint(&layers().h_0([2, 4, 20]).call()), state("4", "3", Some(Axis::N)));
        assert_eq!(joint(&layers().h_0([2, 3, 21]).call()), state("21", "20", Some(Axis::HOut)));
        assert_eq!(joint(&layers().h_0([1, 4, 20]).call()), state("(1, 4, 20)", "(2, 3, 20)", None));
        assert_eq!(joint(&layers().h_0([3, 20]).call()), state("2 axes", "3 axes", None));
        let array = layers().h_0_array([2, 3, 20], Dtype::Float64).call();
        assert_eq!(joint(&array), state("NumPy array", "tensor", None));
        let differs = layers().h_0([2, 3, 20]).h_0_dtype(Dtype::Float64).call();
        assert_eq!(joint(&differs), state("float64", "float32", None));
        assert_eq!(letters(&flow(&differs).tensors[1]), "D*num_layers N H_out");
    }

    #[test]
    fn what_is_too_large_is_told_to_be_smaller() {
        let none = |call: &Call| {
            let (_, given, expected, axis) = joint(call);
            (given, expected, axis)
        };
        let smaller = |given: &str| (given.to_owned(), SMALLER.to_owned(), None);
        let strides = example().x([0, 1 << 40, 1 << 40]).call();
        assert_eq!(none(&strides), smaller("(0, 1099511627776, 1099511627776)"));
        let state = example().option("input_size", 1).x([0, 1 << 60, 1]).h_0([1, 1 << 60, 20]).call();
        assert_eq!(none(&state), smaller("(1, 1152921504606846976, 20)"));
    }

    #[test]
    fn an_option_is_told_as_it_is_written_whatever_it_is_called() {
        let option = |given: &str| is(JointAt::Option, given, "", None);
        assert_eq!(joint(&example().option("hidden_size", 16.0).call()), option("hidden_size=16.0"));
        // It passes the constructor, and stops the call.
        assert_eq!(joint(&example().option("bidirectional", 1).call()), option("bidirectional=1"));
        for name in ["constructor", "__proto__", "toString", "other", "num_layer"] {
            assert_eq!(joint(&example().other(name, 2).call()), option(&format!("{name}=2")));
        }
        let (_, missing, ..) = joint(&example().without("input_size").call());
        assert!(missing.starts_with("input_size: "), "{missing}");
    }

    #[test]
    fn whatever_an_option_holds_all_that_follows_is_counted() {
        let values = [
            Value::Float(1.5),
            Value::Float(-1.5),
            Value::Float(f64::NAN),
            Value::Float(f64::INFINITY),
            Value::Int(0),
            Value::Int(-3),
            Value::Int(i64::MAX),
            Value::Int(LARGEST as i64 - 1),
            Value::Int64(2),
            Value::Bool(true),
            Value::None,
            Value::Str("2".to_owned()),
            Value::List(vec![Value::Int(2)]),
            Value::Tuple(vec![Value::Float(1.5)]),
        ];
        let mut refused = 0;
        for name in crate::call::Config::OPTIONS {
            for value in &values {
                let call = example().option(name, value.clone()).h_0([1, 3, 20]).call();
                let Some(flow) = diagnose(&call).broken else { continue };
                refused += 1;
                let layers = flow.tensors.iter().filter(|tensor| tensor.role == Role::LayerOutput);
                assert!((1..=BrokenFlow::LAYERS as usize).contains(&layers.count()), "{call:?}");
                for tensor in &flow.tensors {
                    assert_eq!(tensor.sizes.rank(), tensor.axes.len(), "{call:?}");
                    assert!(tensor.sizes.0.iter().all(|size| size.0 >= 1), "{call:?}");
                }
            }
        }
        assert!(refused > 50, "{refused}");
    }

    #[test]
    fn of_many_layers_the_first_and_the_last_are_listed() {
        let listed = |num_layers: i64| {
            let flow = flow(&example().option("num_layers", num_layers).x([4, 7]).call());
            flow.tensors.iter().filter_map(|tensor| tensor.layer).collect::<Vec<_>>()
        };
        assert_eq!(listed(8), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(listed(1_000_000), [0, 1, 2, 3, 4, 5, 6, 999_999]);
    }

    #[test]
    fn each_meaning_is_that_of_a_legal_trace() {
        let legal = diagnose(&example().option("bidirectional", true).call()).trace.expect("legal");
        let broken = flow(&example().option("bidirectional", true).x([5, 3, 7]).call());
        let of_trace = |trace: &ShapeTrace, role| {
            trace.tensors.iter().find(|tensor| tensor.role == role).map(|tensor| tensor.axes.clone())
        };
        for tensor in &broken.tensors {
            assert_eq!(of_trace(&legal, tensor.role), Some(tensor.axes.clone()), "{:?}", tensor.role);
        }
    }
}
