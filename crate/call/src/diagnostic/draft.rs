//! A call while a learner writes it: shapes that are typed, and shapes that follow the numbers.

use serde::{Deserialize, Serialize};

use super::view::View;
use super::{Diagnostic, typed_shape};
use crate::call::{Argument, Call, Config, Device, Dtype, Release, Tensor, Value};
use crate::shape::{Dim, Shape};

/// What a shape that follows takes for an option that counts nothing, such as `hidden_size=16.0`.
const INPUT_SIZE: i64 = 10;
const HIDDEN_SIZE: i64 = 20;
const NUM_LAYERS: i64 = 2;

/// What holds an argument's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Holder {
    /// A tensor, where the module is.
    #[default]
    Tensor,
    /// A tensor on a GPU.
    Cuda,
    /// An array of `NumPy`.
    Numpy,
}

impl Holder {
    fn of(argument: &Argument) -> Self {
        match argument {
            Argument::Tensor(Tensor { device: Some(Device::Cuda), .. }) => Holder::Cuda,
            Argument::Array { .. } => Holder::Numpy,
            Argument::Tensor(_) | Argument::NotATensor { .. } => Holder::Tensor,
        }
    }

    fn argument(self, shape: Shape, dtype: Dtype) -> Argument {
        match self {
            Holder::Tensor => Argument::Tensor(Tensor { shape, dtype, device: None }),
            Holder::Cuda => Argument::Tensor(Tensor { shape, dtype, device: Some(Device::Cuda) }),
            Holder::Numpy => {
                // NumPy has none of 16 bits with the exponent of 32.
                let dtype = if dtype == Dtype::Bfloat16 { Dtype::Float32 } else { dtype };
                Argument::Array { array: shape, dtype }
            }
        }
    }
}

/// A call as it is set: options, numbers, and the texts of the shapes that are typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Draft {
    /// Every option, also one that has its default.
    pub config: Config,
    /// L of an input that follows.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub seq_len: Dim,
    /// N of an input that follows.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub batch: Dim,
    /// Whether an input that follows has no batch axis.
    pub unbatched: bool,
    /// The input's shape as typed; none follows the numbers.
    pub input: Option<String>,
    /// The input's element type.
    pub input_dtype: Dtype,
    /// What holds the input's numbers.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub input_on: Holder,
    /// Whether the call is given an `h_0`.
    pub give_h_0: bool,
    /// The shape of `h_0` as typed; none follows the input and the options.
    pub h_0: Option<String>,
    /// The element type of `h_0`.
    pub h_0_dtype: Dtype,
    /// What holds the numbers of `h_0`.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<_>"))]
    pub h_0_on: Holder,
    /// The release; none is the newest.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub release: Option<Release>,
    /// The call as it was read last: its shapes stand in for texts that cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub before: Option<Call>,
    /// A call that the draft takes over before it is read, such as a fix's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub call: Option<Call>,
}

/// What a draft says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DraftReading {
    /// The call; for a text that cannot be read, what it said before, or else the shape that it would follow.
    pub call: Call,
    /// What is wrong with the input's text; its spans count UTF-16 units.
    pub input: Option<Diagnostic>,
    /// What is wrong with the text of `h_0`.
    pub h_0: Option<Diagnostic>,
    /// The shapes without a text of their own.
    pub following: FollowingShapes,
}

/// The shapes that follow the numbers and the options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct FollowingShapes {
    /// (L, N, `H_in`), (N, L, `H_in`) with `batch_first`, or (L, `H_in`).
    #[cfg_attr(feature = "types", ts(type = "number[]"))]
    pub input: Shape,
    /// (D*`num_layers`, N, `H_out`), or (D*`num_layers`, `H_out`) for an unbatched input.
    #[cfg_attr(feature = "types", ts(type = "number[]"))]
    pub h_0: Shape,
}

impl Draft {
    /// The call that the draft says, and what is wrong with its texts.
    pub fn read(&self) -> DraftReading {
        let before = self.before.as_ref();
        let config = without_defaults(&self.config);
        let release = self.release.unwrap_or_default();
        let mut call = Call { config, input: Argument::tensor([]), h_0: None, release };
        let following_input = self.following_input(&View::new(&call));
        let before_input = before.map(|call| &call.input);
        let (shape, input) = read_shape(self.input.as_deref(), before_input, &following_input);
        call.input = self.input_on.argument(shape, self.input_dtype);
        let following_h_0 = self.following_h_0(&View::new(&call));
        let mut h_0 = None;
        if self.give_h_0 {
            let before_h_0 = before.and_then(|call| call.h_0.as_ref());
            let (shape, problem) = read_shape(self.h_0.as_deref(), before_h_0, &following_h_0);
            call.h_0 = Some(self.h_0_on.argument(shape, self.h_0_dtype));
            h_0 = problem;
        }
        let following = FollowingShapes { input: following_input, h_0: following_h_0 };
        DraftReading { call, input, h_0, following }
    }

    /// The draft whose call is this one: shapes follow where the numbers can say them, and what is typed stays where it holds.
    #[must_use]
    pub fn with_call(&self, call: &Call) -> Draft {
        let release = Some(call.release).filter(|&release| release != Release::default());
        let config = with_defaults(&call.config);
        let mut draft = Draft { config, release, before: None, call: None, ..self.clone() };
        draft.take_input(call);
        draft.take_h_0(call);
        draft
    }

    fn take_input(&mut self, call: &Call) {
        self.input_on = Holder::of(&call.input);
        let (shape, dtype) = match &call.input {
            Argument::Tensor(Tensor { shape, dtype, .. }) | Argument::Array { array: shape, dtype } => {
                (shape, dtype)
            }
            Argument::NotATensor { value } => {
                self.input = Some(value.to_string());
                return;
            }
        };
        self.input_dtype = *dtype;
        let text = shape.to_string();
        let plain = |text: &str| text.replace(' ', "");
        if self.input.as_deref().is_some_and(|typed| plain(typed) == plain(&text)) {
            return;
        }
        let view = View::new(call);
        let mut following = Draft { input: None, ..self.clone() };
        match shape.0[..] {
            [seq_len, _] => (following.unbatched, following.seq_len) = (true, seq_len),
            [first, second, _] => {
                let is_batch_first = view.batch_axis() == 0;
                let (batch, seq_len) = if is_batch_first { (first, second) } else { (second, first) };
                (following.unbatched, following.seq_len, following.batch) = (false, seq_len, batch);
            }
            _ => {}
        }
        if following.following_input(&view) == *shape {
            *self = following;
        } else {
            self.input = Some(text);
        }
    }

    fn take_h_0(&mut self, call: &Call) {
        self.give_h_0 = call.h_0.is_some();
        self.h_0 = match &call.h_0 {
            None => None,
            Some(Argument::NotATensor { value }) => Some(value.to_string()),
            Some(
                argument @ (Argument::Tensor(Tensor { shape, dtype, .. })
                | Argument::Array { array: shape, dtype }),
            ) => {
                (self.h_0_dtype, self.h_0_on) = (*dtype, Holder::of(argument));
                let follows = self.following_h_0(&View::new(call)) == *shape;
                (!follows).then(|| shape.to_string())
            }
        };
    }

    /// The input's shape that the numbers give to a call of these options.
    fn following_input(&self, view: &View) -> Shape {
        let features = Dim(view.int("input_size").unwrap_or(INPUT_SIZE.into()));
        if self.unbatched {
            return Shape(vec![self.seq_len, features]);
        }
        let mut sizes = vec![self.seq_len, features];
        sizes.insert(view.batch_axis(), self.batch);
        Shape(sizes)
    }

    /// The shape of `h_0` that fits a call's options and its input.
    fn following_h_0(&self, view: &View) -> Shape {
        let states = view.directions() * view.int("num_layers").unwrap_or(NUM_LAYERS.into());
        let hidden = view.int("hidden_size").unwrap_or(HIDDEN_SIZE.into());
        let rank = if view.input().is_none() && self.unbatched { Some(2) } else { view.rank() };
        match rank {
            Some(2) => Shape::new([states, hidden]),
            _ => Shape::new([states, view.batch().unwrap_or(self.batch.0), hidden]),
        }
    }
}

/// The shape of a text, with what is wrong with it where something stands in for it.
fn read_shape(
    text: Option<&str>,
    before: Option<&Argument>,
    following: &Shape,
) -> (Shape, Option<Diagnostic>) {
    let Some(text) = text else { return (following.clone(), None) };
    match typed_shape::parse(text) {
        Ok(shape) => (shape, None),
        Err(diagnostic) => {
            let before = before.and_then(Argument::shape);
            let shape = before.unwrap_or(following).clone();
            (shape, Some(typed_shape::with_utf16_spans(diagnostic, text)))
        }
    }
}

/// Options as they would be written: those that have their default are left out.
fn without_defaults(config: &Config) -> Config {
    let mut written = config.clone();
    for (name, default) in Config::OPTIONS.into_iter().zip(Config::defaults()) {
        if let Some(field) = written.field_mut(name).filter(|field| default.is_some() && **field == default) {
            *field = None;
        }
    }
    written
}

/// Every option with a value.
fn with_defaults(config: &Config) -> Config {
    let mut filled = config.clone();
    let [_, _, others @ ..] = Config::defaults();
    let sizes = [INPUT_SIZE, HIDDEN_SIZE].map(|size| Some(Value::Int(size)));
    for (name, default) in Config::OPTIONS.into_iter().zip(sizes.into_iter().chain(others)) {
        if let Some(field @ None) = filled.field_mut(name) {
            *field = default;
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Place;
    use crate::diagnostic::diagnose;

    /// The first problem, as the page opens with it.
    fn opening() -> Draft {
        let config = Config {
            input_size: Some(Value::Int(10)),
            hidden_size: Some(Value::Int(20)),
            num_layers: Some(Value::Int(2)),
            ..Config::default()
        };
        Draft {
            config: with_defaults(&config),
            seq_len: Dim(5),
            batch: Dim(3),
            unbatched: false,
            input: None,
            input_dtype: Dtype::Float32,
            input_on: Holder::Tensor,
            give_h_0: false,
            h_0: None,
            h_0_dtype: Dtype::Float32,
            h_0_on: Holder::Tensor,
            release: None,
            before: None,
            call: None,
        }
    }

    fn with(change: impl FnOnce(&mut Draft)) -> Draft {
        let mut draft = opening();
        change(&mut draft);
        draft
    }

    fn option(draft: &mut Draft, name: &str, value: impl Into<Value>) {
        *draft.config.field_mut(name).expect("an option of nn.GRU") = Some(value.into());
    }

    fn typed(text: &str) -> Draft {
        with(|draft| draft.input = Some(text.to_owned()))
    }

    fn shape_of(argument: &Argument) -> String {
        argument.as_tensor().expect("a tensor").shape.to_string()
    }

    /// The shapes that follow, as Python prints them.
    fn following(draft: &Draft) -> [String; 2] {
        let FollowingShapes { input, h_0 } = draft.read().following;
        [input.to_string(), h_0.to_string()]
    }

    #[test]
    fn the_opening_is_the_first_problem_without_its_defaults() {
        let DraftReading { call, input, h_0, .. } = opening().read();
        let config = Config {
            input_size: Some(Value::Int(10)),
            hidden_size: Some(Value::Int(20)),
            num_layers: Some(Value::Int(2)),
            ..Config::default()
        };
        let expected =
            Call { config, input: Argument::tensor([5, 3, 10]), h_0: None, release: Release::NEWEST };
        assert_eq!((call, input, h_0), (expected, None, None));
    }

    #[test]
    fn an_option_that_only_looks_like_its_default_is_written() {
        let draft = with(|draft| {
            option(draft, "bias", 1);
            option(draft, "num_layers", true);
            option(draft, "dropout", 0);
            option(draft, "bidirectional", false);
        });
        let config = draft.read().call.config;
        assert_eq!(config.bias, Some(Value::Int(1)));
        assert_eq!(config.num_layers, Some(Value::Bool(true)));
        assert_eq!(config.dropout, Some(Value::Int(0)));
        assert_eq!(config.bidirectional, None);
        let draft = with(|draft| option(draft, "dropout", -0.0));
        assert_eq!(draft.read().call.config.dropout, None);
    }

    #[test]
    fn an_input_follows_the_numbers() {
        let [input, _] = following(&with(|draft| option(draft, "batch_first", true)));
        assert_eq!(input, "(3, 5, 10)");
        let [input, _] = following(&with(|draft| option(draft, "batch_first", "yes")));
        assert_eq!(input, "(3, 5, 10)");
        let [input, _] = following(&with(|draft| draft.unbatched = true));
        assert_eq!(input, "(5, 10)");
        let [input, _] = following(&with(|draft| option(draft, "input_size", 7)));
        assert_eq!(input, "(5, 3, 7)");
        let [input, _] = following(&with(|draft| (draft.seq_len, draft.batch) = (Dim(-1), Dim(0))));
        assert_eq!(input, "(-1, 0, 10)");
    }

    #[test]
    fn an_h_0_follows_the_input_and_the_options() {
        let bidirectional = |text: &str, batch_first: bool| {
            with(|draft| {
                option(draft, "bidirectional", true);
                option(draft, "batch_first", batch_first);
                draft.input = Some(text.to_owned());
            })
        };
        for (text, batch_first, expected) in [
            ("(5, 3, 10)", false, "(4, 3, 20)"),
            ("(5, 10)", false, "(4, 20)"),
            ("(6, 5, 10)", true, "(4, 6, 20)"),
            ("(6, 5, 10)", false, "(4, 5, 20)"),
            // Where the input says no batch size, the number does.
            ("(6)", false, "(4, 3, 20)"),
            ("()", false, "(4, 3, 20)"),
            ("(6, 5, 10, 1)", true, "(4, 3, 20)"),
        ] {
            let [_, h_0] = following(&bidirectional(text, batch_first));
            assert_eq!(h_0, expected, "{text}");
        }
    }

    #[test]
    fn an_option_that_counts_nothing_leaves_shapes_as_they_open() {
        for value in
            [Value::Float(16.0), Value::Float(1.5), Value::None, "16".into(), Value::List(Vec::new())]
        {
            let draft = with(|draft| {
                for name in ["input_size", "hidden_size", "num_layers"] {
                    option(draft, name, 7);
                    *draft.config.field_mut(name).unwrap() = Some(value.clone());
                }
            });
            assert_eq!(following(&draft), ["(5, 3, 10)", "(2, 3, 20)"], "{value}");
        }
        let draft = with(|draft| {
            for name in ["input_size", "hidden_size", "num_layers"] {
                option(draft, name, true);
            }
        });
        assert_eq!(following(&draft), ["(5, 3, 1)", "(1, 3, 1)"]);
    }

    #[test]
    fn sizes_beyond_what_a_machine_counts_are_exact() {
        let draft = with(|draft| {
            option(draft, "num_layers", i64::MAX);
            option(draft, "bidirectional", true);
        });
        assert_eq!(following(&draft)[1], "(18446744073709551614, 3, 20)");
    }

    #[test]
    fn every_form_of_a_typed_shape_is_taken_as_it_is() {
        for text in [
            "(4, 10)",
            "[4, 10]",
            "4, 10",
            "4 10",
            "4x10",
            "torch.Size([4, 10])",
            "torch.randn(4, 10)",
            " ( 4 , 10 , ) ",
        ] {
            let DraftReading { call, input, following, .. } = typed(text).read();
            assert_eq!((shape_of(&call.input), input), ("(4, 10)".to_owned(), None), "{text}");
            assert_eq!(following.input.to_string(), "(5, 3, 10)", "{text}");
        }
        for (text, expected) in [
            ("()", "()"),
            ("(4,)", "(4,)"),
            ("7", "(7,)"),
            ("(-1, 0, +2)", "(-1, 0, 2)"),
            ("1_000, 2", "(1000, 2)"),
        ] {
            assert_eq!(shape_of(&typed(text).read().call.input), expected, "{text}");
        }
        let draft = with(|draft| (draft.give_h_0, draft.h_0) = (true, Some("2x3x20".to_owned())));
        assert_eq!(shape_of(&draft.read().call.h_0.unwrap()), "(2, 3, 20)");
    }

    #[test]
    fn a_text_that_cannot_be_read_leaves_the_shape_that_it_would_follow() {
        let draft = with(|draft| {
            (draft.input, draft.h_0, draft.give_h_0) = (Some("(4, x".into()), Some("?".into()), true);
        });
        let DraftReading { call, input, h_0, .. } = draft.read();
        assert_eq!(shape_of(&call.input), "(5, 3, 10)");
        assert_eq!(shape_of(&call.h_0.unwrap()), "(2, 3, 20)");
        let codes = [input, h_0].map(|diagnostic| diagnostic.expect("it cannot be read").code);
        assert_eq!(codes, ["shape-not-a-number", "shape-character"]);
        for text in ["", " ", "(4, 10", "4.5", "(1e3)", "99999999999999999999", "1O"] {
            let DraftReading { call, input, .. } = typed(text).read();
            assert_eq!(shape_of(&call.input), "(5, 3, 10)", "{text}");
            assert_eq!(input.map(|it| it.code), typed_shape::parse(text).err().map(|it| it.code), "{text}");
        }
    }

    #[test]
    fn a_text_that_cannot_be_read_leaves_what_was_said_before() {
        let with_h_0 = |input: &str, h_0: &str| {
            with(|draft| {
                (draft.input, draft.h_0, draft.give_h_0) = (Some(input.into()), Some(h_0.into()), true);
            })
        };
        let before = Some(with_h_0("(4, 10)", "(2, 20)").read().call);
        let DraftReading { call, .. } = Draft { before, ..with_h_0("(4, 1O", "(2, 2") }.read();
        assert_eq!(
            (shape_of(&call.input), shape_of(&call.h_0.unwrap())),
            ("(4, 10)".into(), "(2, 20)".into())
        );
        // What follows is not what was said before.
        let before = Some(typed("(4, 10)").read().call);
        assert_eq!(shape_of(&Draft { before, ..opening() }.read().call.input), "(5, 3, 10)");
    }

    #[test]
    fn an_h_0_that_is_not_given_is_not_read() {
        let reading = with(|draft| draft.h_0 = Some("?".to_owned())).read();
        assert_eq!((reading.h_0, reading.call.h_0), (None, None));
        assert_eq!(reading.following.h_0.to_string(), "(2, 3, 20)");
    }

    #[test]
    fn spans_of_a_text_count_as_javascript_does() {
        let diagnostic = typed("(\u{1F600}, 10)").read().input.expect("no size");
        assert_eq!(diagnostic.labels[0].place, Place::Text { start: 1, end: 3 });
    }

    fn call<const RANK: usize>(input_size: i64, batch_first: bool, shape: [i64; RANK]) -> Call {
        let config = Config {
            input_size: Some(Value::Int(input_size)),
            hidden_size: Some(Value::Int(20)),
            batch_first: batch_first.then_some(Value::Bool(true)),
            ..Config::default()
        };
        Call { config, input: Argument::tensor(shape), h_0: None, release: Release::NEWEST }
    }

    #[test]
    fn a_call_moves_the_numbers_where_they_can_say_it() {
        let draft = typed("(4, 10)").with_call(&call(10, false, [4, 1, 10]));
        assert_eq!((draft.input, draft.seq_len, draft.batch, draft.unbatched), (None, Dim(4), Dim(1), false));
        assert_eq!(draft.config.num_layers, Some(Value::Int(1)));
        let draft = opening().with_call(&call(10, false, [4, 10]));
        assert_eq!((draft.input, draft.seq_len, draft.batch, draft.unbatched), (None, Dim(4), Dim(3), true));
    }

    #[test]
    fn what_is_typed_stays_where_it_holds() {
        let draft = typed("(4,10)").with_call(&call(10, false, [4, 10]));
        assert_eq!((draft.input.as_deref(), draft.seq_len), (Some("(4,10)"), Dim(5)));
    }

    #[test]
    fn a_shape_that_the_numbers_cannot_say_stands_as_typed() {
        let draft = opening().with_call(&call(8, false, [4, 10]));
        assert_eq!(draft.input.as_deref(), Some("(4, 10)"));
        assert_eq!((draft.seq_len, draft.unbatched), (Dim(5), false));
        let draft = opening().with_call(&call(10, false, [10]));
        assert_eq!(draft.input.as_deref(), Some("(10,)"));
        let nothing =
            Call { input: Argument::NotATensor { value: Value::None }, ..call(10, false, [5, 3, 10]) };
        assert_eq!(opening().with_call(&nothing).input.as_deref(), Some("None"));
    }

    #[test]
    fn the_numbers_swap_when_batch_first_changes_the_meaning_of_a_shape() {
        let draft = opening().with_call(&call(10, true, [5, 3, 10]));
        assert_eq!((draft.input, draft.seq_len, draft.batch), (None, Dim(3), Dim(5)));
    }

    #[test]
    fn a_release_is_said_where_it_is_not_the_newest() {
        let of = |release| opening().with_call(&Call { release, ..call(10, false, [5, 3, 10]) }).release;
        assert_eq!(of(Release::NEWEST), None);
        assert_eq!(of(Release::new(1, 10, 0)), Some(Release::new(1, 10, 0)));
    }

    /// One of these, by a linear congruential generator.
    struct Picks(u64);

    impl Picks {
        fn of<T: Clone>(&mut self, choices: &[T]) -> T {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            choices[(self.0 >> 33) as usize % choices.len()].clone()
        }

        fn draft(&mut self) -> Draft {
            let values = [
                Value::Int(1),
                Value::Int(2),
                Value::Int(10),
                Value::Int(0),
                Value::Int(-3),
                Value::Int(1 << 52),
                Value::Bool(true),
                Value::Bool(false),
                Value::Float(0.5),
                Value::Float(16.0),
                Value::None,
                "10".into(),
                "".into(),
                Value::Tuple(vec![Value::Int(5)]),
                Value::List(Vec::new()),
            ];
            let texts = [
                "(4, 10)",
                "(5,)",
                "4,10",
                "(4, x",
                "",
                " ",
                "()",
                "(1, 2, 3, 4)",
                "(-1, 3, 10)",
                "[5, 3]",
                "(007, 1)",
                "=(",
                "(-0, 1)",
            ];
            let sizes = [0, 1, 3, 5, -1, 40, (1 << 53) - 1].map(Dim);
            let mut draft = opening();
            for name in Config::OPTIONS {
                *draft.config.field_mut(name).unwrap() = Some(self.of(&values));
            }
            draft.config.dtype = self.of(&Dtype::ALL);
            let names = ["proj_size", "num_layer", "constructor"];
            let others = self.of(&[0, 1, 2]);
            draft.config.other =
                (0..others).map(|_| (self.of(&names).to_owned(), self.of(&values))).collect();
            (draft.seq_len, draft.batch, draft.unbatched) =
                (self.of(&sizes), self.of(&sizes), self.of(&[true, false]));
            let mut text = || self.of(&[true, false]).then(|| self.of(&texts).to_owned());
            (draft.input, draft.h_0) = (text(), text());
            (draft.input_dtype, draft.h_0_dtype) = (self.of(&Dtype::ALL), self.of(&Dtype::ALL));
            draft.give_h_0 = self.of(&[true, false]);
            draft.release = self.of(&[None, Some(Release::new(1, 10, 0)), Some(Release::new(2, 10, 0))]);
            draft
        }
    }

    #[test]
    fn a_draft_that_takes_a_call_says_that_very_call() {
        let mut picks = Picks(3);
        for _ in 0..2000 {
            let (before, call) = (picks.draft(), picks.draft().read().call);
            let after = before.with_call(&call);
            let DraftReading { call: read, input, h_0, .. } = after.read();
            assert_eq!((&read, input, h_0), (&call, None, None), "{before:?}");
            assert_eq!(after.with_call(&call), after, "{before:?}");
        }
    }

    #[test]
    fn an_error_about_h_0_comes_with_the_shape_that_fits() {
        let mut picks = Picks(7);
        let sizes = [0, 1, 2, 3, 10, 20].map(Dim);
        let mut refused = 0;
        for _ in 0..4000 {
            let mut draft = opening();
            option(&mut draft, "bidirectional", picks.of(&[true, false]));
            option(&mut draft, "batch_first", picks.of(&[true, false]));
            draft.release = Some(picks.of(&[
                Release::OLDEST,
                Release::new(1, 11, 0),
                Release::new(2, 0, 0),
                Release::NEWEST,
            ]));
            let mut shape = |last: i64| {
                let rank = picks.of(&[0, 1, 2, 2]);
                let mut sizes: Vec<_> = (0..rank).map(|_| picks.of(&sizes)).collect();
                sizes.push(picks.of(&[Dim(last.into()), Dim(4)]));
                Some(Shape(sizes).to_string())
            };
            (draft.input, draft.h_0, draft.give_h_0) = (shape(10), shape(20), true);
            let call = draft.read().call;
            let diagnosis = diagnose(&call);
            let is_about_h_0 =
                |error: &Diagnostic| error.labels.iter().any(|label| matches!(label.place, Place::H0 { .. }));
            if !diagnosis.error().is_some_and(is_about_h_0) {
                continue;
            }
            refused += 1;
            let Some(fitting) = diagnosis.h_0_shape.clone() else {
                let rank = call.input.as_tensor().map(|input| input.shape.rank());
                assert!(!matches!(rank, Some(2 | 3)), "{call:?}");
                continue;
            };
            let mended = Call { h_0: Some(Argument::Tensor(Tensor::new(fitting))), ..call.clone() };
            assert!(!diagnose(&mended).error().is_some_and(is_about_h_0), "{call:?}");
        }
        assert!(refused > 200, "{refused}");
    }
}
