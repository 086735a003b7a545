//! How each of the core's types is written.

use js_sys::{Array, BigInt};
use wasm_bindgen::{JsCast as _, JsValue};

use super::object::PlainObject;
use super::write::{ToJs, Writer, given, only, text};
use crate::names::Named as _;
use gru_playground::call::{Argument, Call, Config, Dtype, Place, Release, Tensor, Value};
use gru_playground::cost::Count;
use gru_playground::diagnostic::{
    Diagnosis, Diagnostic, Edit, Fix, Label, ReleaseRange, Role, Severity, ShapeTrace, TracedTensor,
};
use gru_playground::gru::GruConfig;
use gru_playground::py::{CodeLine, Segment, SegmentKind};
use gru_playground::quiz::{
    Announcement, BadgeView, Because, ClockView, ClosedView, CodeView, ComputedView, CurvesView,
    FinishedView, IntroView, Mark, MarkState, Mode, ModeView, Notice, NoticeKind, OpenView, OptionState,
    OptionView, Outcome, PausedView, Phase, QuestionView, QuizState, QuizView, ReadAgain, Record, ResultLine,
    ResultView, Spent, VerdictView,
};
use gru_playground::shape::{Axis, AxisMeaning, Dim, Shape};

/// Structs; a field that is left out where there is no value is marked.
macro_rules! structs {
    ($($type:ident { $($field:ident $(: $how:tt)?),* $(,)? })*) => {
        $(impl ToJs for $type {
            fn to_js(&self) -> JsValue {
                let $type { $($field),* } = self;
                let mut writer = Writer::new(concat!($(stringify!($field), " "),*));
                $(structs!(@ writer $field $($how)?);)*
                writer.end()
            }
        })*
    };
    (@ $writer:ident $field:ident) => { $writer.next($field.to_js()) };
    (@ $writer:ident $field:ident given) => { $writer.next(given($field.as_ref())) };
}
pub(super) use structs;

structs! {
    Call { config, input, h_0: given, release }
    Config {
        input_size: given,
        hidden_size: given,
        num_layers: given,
        bias: given,
        batch_first: given,
        dropout: given,
        bidirectional: given,
        dtype,
        other,
    }
    Tensor { shape, dtype }
    GruConfig { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional }
    AxisMeaning { axis, letters, words }

    Diagnosis { module, trace, diagnostics }
    Diagnostic { code, severity, exception, message, why, labels, notes, help }
    Label { place, text }
    Fix { statement, code, edits }
    ShapeTrace { batched, seq_len, batch, tensors, elided_layers }
    TracedTensor { name, role, layer, reverse, shape, axes }
    ReleaseRange { from, to, label, changes }

    CodeLine { segments }
    Segment { text, kind, axis, place }

    QuizState { version, bank, phase, mode, seed, records, date }
    Record { question, spent, hint, tried, outcome, remaining_ms, elapsed_ms }
    IntroView { badge, lines, marks, modes, mode, about, badge_about }
    ModeView { mode, label }
    Mark { number, kind, level, state }
    OpenView {
        marks,
        question,
        options,
        attempts,
        attempts_left,
        hint,
        clock,
        elapsed_ms,
        notice,
        announcement,
    }
    PausedView { marks, because, text, attempts, attempts_left, clock, elapsed_ms }
    ClosedView {
        marks,
        question,
        options,
        verdict,
        explanation,
        computed,
        hint,
        elapsed_ms,
        elapsed,
        read_again,
        last,
    }
    QuestionView { id, number, of, kind, level, title, text, code, curves }
    CodeView { text, call }
    CurvesView { training, validation, description }
    OptionView { id, number, text, state, reply }
    ClockView { limit_ms, remaining_ms, text }
    Notice { kind, text }
    Announcement { id, text }
    VerdictView { solved, right, wrong }
    ComputedView { label, call, results, error }
    ResultLine { expression, text }
    ReadAgain { question, title, text, call }
    FinishedView { marks, results, solved, total_ms, total, mode, badge, read_again }
    ResultView { id, number, kind, title, solved, attempts, time_outs, hint, tried, elapsed_ms, elapsed }
    BadgeView { title, date, mode, total, seed, call, about }
}

/// Enums whose variants are names.
macro_rules! names {
    ($($type:ident)*) => {
        $(impl ToJs for $type {
            fn to_js(&self) -> JsValue {
                $type::NAMES[self.index()].to_js()
            }
        })*
    };
}

names! { Axis Because Dtype MarkState Mode NoticeKind OptionState Outcome Phase Role SegmentKind Severity }

impl ToJs for Argument {
    fn to_js(&self) -> JsValue {
        match self {
            Argument::Tensor(tensor) => tensor.to_js(),
            Argument::NotATensor { value } => only("value ", value.to_js()),
        }
    }
}

impl ToJs for Value {
    fn to_js(&self) -> JsValue {
        match self {
            Value::None => JsValue::NULL,
            Value::Bool(value) => value.to_js(),
            Value::Int(value) => value.to_js(),
            Value::Float(value) if value.fract() == 0.0 => only("float ", value.to_js()),
            Value::Float(value) => value.to_js(),
            Value::Str(text) => text.to_js(),
            Value::Tuple(values) => only("tuple ", values.to_js()),
            Value::List(values) => values.to_js(),
        }
    }
}

/// An option's name and value.
impl ToJs for (String, Value) {
    fn to_js(&self) -> JsValue {
        Array::of2(&self.0.to_js(), &self.1.to_js()).into()
    }
}

/// What a variant holds, behind its name: one field or two.
fn variant(names: &'static str, variant: &str, first: JsValue, second: JsValue) -> JsValue {
    let mut writer = Writer::new(names);
    writer.next(variant.to_js());
    writer.next(first);
    writer.next(second);
    writer.end()
}

impl ToJs for Place {
    fn to_js(&self) -> JsValue {
        let (names, part, first, second) = match self {
            Place::Option { name } => ("part name ", "option", name.to_js(), JsValue::UNDEFINED),
            Place::Input { axis } => ("part axis ", "input", axis.to_js(), JsValue::UNDEFINED),
            Place::H0 { axis } => ("part axis ", "h_0", axis.to_js(), JsValue::UNDEFINED),
            Place::Text { start, end } => ("part start end ", "text", start.to_js(), end.to_js()),
        };
        variant(names, part, first, second)
    }
}

impl ToJs for Edit {
    fn to_js(&self) -> JsValue {
        let mut new_value = JsValue::UNDEFINED;
        let (names, edit, first) = match self {
            Edit::SetOption { name, value } => {
                if let Some(value) = value {
                    new_value = value.to_js();
                }
                ("edit name value ", "set_option", name.to_js())
            }
            Edit::SetInputShape { shape } => ("edit shape ", "set_input_shape", shape.to_js()),
            Edit::SetH0Shape { shape } => ("edit shape ", "set_h_0_shape", shape.to_js()),
            Edit::SetInputDtype { dtype } => ("edit dtype ", "set_input_dtype", dtype.to_js()),
            Edit::SetH0Dtype { dtype } => ("edit dtype ", "set_h_0_dtype", dtype.to_js()),
            Edit::SetModuleDtype { dtype } => ("edit dtype ", "set_module_dtype", dtype.to_js()),
        };
        variant(names, edit, first, new_value)
    }
}

impl ToJs for QuizView {
    fn to_js(&self) -> JsValue {
        let (phase, view) = match self {
            QuizView::Intro(view) => ("intro", view.to_js()),
            QuizView::Open(view) => ("open", view.to_js()),
            QuizView::Paused(view) => ("paused", view.to_js()),
            QuizView::Closed(view) => ("closed", view.to_js()),
            QuizView::Finished(view) => ("finished", view.to_js()),
        };
        view.unchecked_ref::<PlainObject>().set("phase", phase.to_js());
        view
    }
}

impl ToJs for Spent {
    fn to_js(&self) -> JsValue {
        String::from(self.clone()).to_js()
    }
}

impl ToJs for Release {
    fn to_js(&self) -> JsValue {
        text(self)
    }
}

impl ToJs for Shape {
    fn to_js(&self) -> JsValue {
        self.0.to_js()
    }
}

impl ToJs for Dim {
    fn to_js(&self) -> JsValue {
        JsValue::from_f64(self.0 as f64)
    }
}

impl ToJs for Count {
    fn to_js(&self) -> JsValue {
        let digits = text(self);
        // Only a text that is no number stays as it is.
        BigInt::new(&digits).map_or(digits, JsValue::from)
    }
}
