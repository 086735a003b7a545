//! What `PyTorch` says of a call, why, and what would mend it.

use nn::gru::{Equation, GruConfig};
use serde::{Deserialize, Serialize};

use crate::call::{Call, Device, Dtype, Place, Value};
use crate::shape::{AxisMeaning, Shape};

mod broken;
mod draft;
mod fix;
mod notes;
mod prelude;
mod releases;
mod rule;
mod rules;
mod run_plan;
mod shared;
#[cfg(test)]
mod testing;
mod trace;
pub mod typed_shape;
mod view;

pub use broken::{BrokenFlow, BrokenTensor, Joint, JointAt};
pub use draft::{Draft, DraftReading, FollowingShapes, Holder};
pub use fix::apply;
pub use releases::release_ranges;
pub use run_plan::{NoRun, RunPlan};
pub use trace::parameter_axes;

use rule::{Rule, Stage};
use view::View;

/// What `PyTorch` says of a call: the way of its shapes, or the exception, why, and what mends it.
///
/// It looks at sizes alone, so it answers at once whatever they are.
pub fn diagnose(call: &Call) -> Diagnosis {
    let view = View::new(call);
    let refused = rules::first_index(&view).map(|index| (index, rules::ORDER[index].rule));
    let is_constructed = refused.is_none_or(|(_, rule)| rule.mistake.stage != Stage::Constructor);
    let module = is_constructed.then(|| trace::module(&view)).flatten();
    let mut diagnostics: Vec<Diagnostic> =
        refused.map(|(index, rule)| error(&view, index, rule)).into_iter().collect();
    if refused.is_none_or(|(index, _)| rules::warns_before(index)) {
        diagnostics.extend(notes::dropout_warning(&view));
    }
    let trace = match (&module, refused) {
        (Some(module), None) => trace::trace(&view, module),
        _ => None,
    };
    if trace.is_some() {
        diagnostics.extend(notes::notes(&view));
    }
    let h_0_shape = module.as_ref().and_then(|_| view.right_h_0());
    let error = diagnostics.first().filter(|_| refused.is_some());
    let broken = error.map(|error| broken::broken_flow(&view, module.as_ref(), error));
    Diagnosis { module, h_0_shape, trace, broken, diagnostics }
}

/// The diagnostic of a call that a rule refuses, the one at this row of the table.
fn error(view: &View, refused_at: usize, rule: &Rule) -> Diagnostic {
    let explanation = (rule.mistake.why)(view);
    Diagnostic {
        code: rule.mistake.code.to_owned(),
        severity: Severity::Error,
        exception: Some(rule.exception.to_owned()),
        message: rule.message(view),
        why: explanation.why,
        labels: explanation.labels,
        notes: explanation.notes,
        help: fix::fixes(view.call, refused_at),
    }
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Severity {
    /// `PyTorch` raises an exception.
    Error,
    /// `PyTorch` warns and goes on.
    Warning,
    /// `PyTorch` says nothing, yet the result may not be what was meant.
    Note,
}

/// A place, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is to be seen there, such as `10 features`.
    pub text: String,
}

/// One change to a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", try_from = "EditFields")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Edit {
    /// Give an option a value, or with none go back to its default.
    SetOption {
        /// The option's name.
        name: String,
        /// Its new value; none removes the option.
        #[cfg_attr(feature = "types", ts(type = "Value | undefined"))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
    /// Make the input a tensor of this shape.
    SetInputShape {
        /// The new shape.
        #[cfg_attr(feature = "types", ts(type = "number[]"))]
        shape: Shape,
    },
    /// Convert the input.
    SetInputDtype {
        /// The new element type.
        dtype: Dtype,
    },
    /// Give an initial hidden state of this shape, or with none leave it out.
    #[serde(rename = "set_h_0_shape")]
    SetH0Shape {
        /// The new shape.
        #[cfg_attr(feature = "types", ts(type = "number[] | null"))]
        shape: Option<Shape>,
    },
    /// Convert the initial hidden state.
    #[serde(rename = "set_h_0_dtype")]
    SetH0Dtype {
        /// The new element type.
        dtype: Dtype,
    },
    /// Convert the module's parameters.
    SetModuleDtype {
        /// The new element type.
        dtype: Dtype,
    },
    /// Move the input.
    SetInputDevice {
        /// Where it then is.
        device: Device,
    },
    /// Move the initial hidden state.
    #[serde(rename = "set_h_0_device")]
    SetH0Device {
        /// Where it then is.
        device: Device,
    },
}

/// An edit as it is read: a tagged enum would be read twice, and forget where in it a mistake is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditFields {
    edit: EditName,
    name: Option<String>,
    #[serde(default)]
    value: Option<Value>,
    shape: Option<Shape>,
    dtype: Option<Dtype>,
    device: Option<Device>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EditName {
    SetOption,
    SetInputShape,
    SetInputDtype,
    #[serde(rename = "set_h_0_shape")]
    SetH0Shape,
    #[serde(rename = "set_h_0_dtype")]
    SetH0Dtype,
    SetModuleDtype,
    SetInputDevice,
    #[serde(rename = "set_h_0_device")]
    SetH0Device,
}

impl TryFrom<EditFields> for Edit {
    type Error = &'static str;

    fn try_from(fields: EditFields) -> Result<Self, &'static str> {
        let EditFields { edit, name, value, shape, dtype, device } = fields;
        if let (None, None, None, None, Some(device)) = (&name, &value, &shape, dtype, device) {
            return match edit {
                EditName::SetInputDevice => Ok(Edit::SetInputDevice { device }),
                EditName::SetH0Device => Ok(Edit::SetH0Device { device }),
                _ => Err("not the keys of this edit"),
            };
        }
        Ok(match (edit, name, value, shape, dtype) {
            (EditName::SetOption, Some(name), value, None, None) => Edit::SetOption { name, value },
            (EditName::SetInputShape, None, None, Some(shape), None) => Edit::SetInputShape { shape },
            (EditName::SetInputDtype, None, None, None, Some(dtype)) => Edit::SetInputDtype { dtype },
            (EditName::SetH0Shape, None, None, shape, None) => Edit::SetH0Shape { shape },
            (EditName::SetH0Dtype, None, None, None, Some(dtype)) => Edit::SetH0Dtype { dtype },
            (EditName::SetModuleDtype, None, None, None, Some(dtype)) => Edit::SetModuleDtype { dtype },
            _ => return Err("not the keys of this edit"),
        })
    }
}

/// A change that makes the call legal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Fix {
    /// What the change does, as a statement: `insert a batch axis of 1`.
    pub statement: String,
    /// The lines of Python that make it: of a tensor that the learner has, `x = x.unsqueeze(1)`, and else
    /// what the call's code then says, `gru = nn.GRU(input_size=8, hidden_size=16)`.
    pub code: String,
    /// The changes, in order.
    pub edits: Vec<Edit>,
}

/// One thing to say about a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Diagnostic {
    /// A stable name such as `input-features`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The exception or warning class that `PyTorch` uses: `RuntimeError`; none for notes.
    pub exception: Option<String>,
    /// What `PyTorch` says, to the character; for notes, the fact in our words.
    pub message: String,
    /// Why, in a learner's words with the axes named.
    pub why: String,
    /// Where to look.
    pub labels: Vec<Label>,
    /// Circumstances worth knowing.
    pub notes: Vec<String>,
    /// Changes that make the call legal, the likeliest first.
    pub help: Vec<Fix>,
}

impl Diagnostic {
    /// A fact and why, without an exception, labels, notes or help.
    pub fn new(code: &str, severity: Severity, message: impl Into<String>, why: impl Into<String>) -> Self {
        Diagnostic {
            code: code.to_owned(),
            severity,
            exception: None,
            message: message.into(),
            why: why.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }
}

/// What a traced tensor is to the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum Role {
    /// The call's input.
    Input,
    /// The call's initial hidden state, given or zero.
    #[serde(rename = "h_0")]
    H0,
    /// What a layer takes.
    LayerInput,
    /// What a layer takes at one step.
    StepInput,
    /// `W_ih x + b_ih` of a direction: r, z and n stacked.
    InputProduct,
    /// `W_hh h + b_hh` of one step of a direction: r, z and n stacked.
    HiddenProduct,
    /// One gate of one step of a direction.
    Gate,
    /// What one direction of a layer gives over all steps.
    DirectionOutput,
    /// What a layer gives: its directions side by side.
    LayerOutput,
    /// The call's first result.
    Output,
    /// The call's second result.
    #[serde(rename = "h_n")]
    HN,
}

/// One tensor on the way from the input to the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TracedTensor {
    /// Its name: `input`, `W_ih_l0 x + b_ih_l0`, `r`, `output`, `h_n`.
    pub name: String,
    /// What it is to the call.
    pub role: Role,
    /// The layer it belongs to, counted from 0.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub layer: Option<u64>,
    /// Whether it belongs to the reverse direction.
    pub reverse: bool,
    /// Its shape.
    #[cfg_attr(feature = "types", ts(type = "number[]"))]
    pub shape: Shape,
    /// The meaning of each axis, as many as the shape has.
    pub axes: Vec<AxisMeaning>,
}

/// Every tensor of a legal call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShapeTrace {
    /// Whether the input has a batch axis.
    pub batched: bool,
    /// Steps.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub seq_len: u64,
    /// Sequences side by side; 1 for unbatched input.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub batch: u64,
    /// The tensors in the order in which they arise; layers beyond the first
    /// [`ShapeTrace::LAYERS`] but the last are left out.
    pub tensors: Vec<TracedTensor>,
    /// What every layer computes at a step.
    pub equations: Vec<Equation>,
    /// How many layers are left out.
    #[serde(serialize_with = "num::serialize_rounded")]
    pub elided_layers: u64,
}

impl ShapeTrace {
    /// How many layers are traced at most, so that no `num_layers` makes a trace long.
    pub const LAYERS: u64 = 32;
}

/// What is to be said of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Diagnosis {
    /// The module, where its constructor succeeds.
    #[cfg_attr(feature = "types", ts(type = "Required<GruConfig> | null"))]
    pub module: Option<GruConfig>,
    /// The shape of the `h_0` that the module takes beside this input, where that has two axes or three.
    #[cfg_attr(feature = "types", ts(type = "number[] | null"))]
    pub h_0_shape: Option<Shape>,
    /// Every tensor, where the call is legal.
    pub trace: Option<ShapeTrace>,
    /// What is known of the tensors, where the call is not legal.
    pub broken: Option<BrokenFlow>,
    /// At most one error, the first that `PyTorch` raises; then warnings and notes.
    pub diagnostics: Vec<Diagnostic>,
}

impl Diagnosis {
    /// Whether `PyTorch` runs the call.
    pub fn is_legal(&self) -> bool {
        self.trace.is_some()
    }

    /// The error, where there is one.
    pub fn error(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// A run of releases that answer every call alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ReleaseRange {
    /// The first release of the range.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub from: crate::call::Release,
    /// The last release of the range that was run.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub to: crate::call::Release,
    /// The range as a person would write it: `2.11 to 2.15`.
    pub label: String,
    /// What changed with its first release, a sentence each.
    pub changes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Argument, Config, Release};

    fn call<const RANK: usize>(num_layers: i64, batch_first: bool, shape: [i64; RANK]) -> Call {
        let config = Config {
            input_size: Some(Value::Int(10)),
            hidden_size: Some(Value::Int(20)),
            num_layers: Some(Value::Int(num_layers)),
            batch_first: Some(Value::Bool(batch_first)),
            bidirectional: Some(Value::Bool(true)),
            ..Config::default()
        };
        Call { config, input: Argument::tensor(shape), h_0: None, release: Release::NEWEST }
    }

    #[test]
    fn a_diagnosis_has_the_shape_of_the_h_0_that_fits() {
        let shape = |call: &Call| diagnose(call).h_0_shape.map(|shape| shape.to_string());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(shape(&call(2, false, [5, 3, 10])), is("(4, 3, 20)"));
        assert_eq!(shape(&call(2, true, [5, 3, 10])), is("(4, 5, 20)"));
        assert_eq!(shape(&call(2, false, [5, 10])), is("(4, 20)"));
        // Of a call that is refused for its input too, but of no module and of no sequence.
        assert_eq!(shape(&call(2, false, [5, 3, 11])), is("(4, 3, 20)"));
        assert_eq!(shape(&call(0, false, [5, 3, 10])), None);
        assert_eq!(shape(&call(2, false, [10])), None);
    }

    #[test]
    fn a_million_axes_are_answered_at_once() {
        let started = std::time::Instant::now();
        for sizes in [[1_i64, 1], [2, 3], [1, 2], [0, 1], [1 << 40, -1]] {
            let axes = || Shape::new((0..1_000_000).map(|axis| sizes[axis % 2]));
            let tensor = |shape| Argument::Tensor(crate::call::Tensor::new(shape));
            for batch_first in [false, true] {
                let long = Call { input: tensor(axes()), ..call(2, batch_first, [5, 3, 10]) };
                assert!(!diagnose(&long).is_legal());
                let state = Call { h_0: Some(tensor(axes())), ..call(2, batch_first, [5, 3, 10]) };
                assert!(!diagnose(&state).is_legal());
            }
        }
        // A look at every pair of them would take hours.
        assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    }

    #[test]
    fn a_call_refused_for_its_h_0_runs_with_the_shape_that_fits() {
        for release in [Release::OLDEST, Release::new(1, 11, 0), Release::NEWEST] {
            for wrong in
                [Shape::new([4, 20]), Shape::new([4, 3, 21]), Shape::new([2, 3, 20]), Shape::default()]
            {
                let h_0 = |shape: Shape| Some(Argument::Tensor(crate::call::Tensor::new(shape)));
                let refused = Call { h_0: h_0(wrong), release, ..call(2, false, [5, 3, 10]) };
                let diagnosis = diagnose(&refused);
                assert!(diagnosis.error().is_some(), "{refused:?}");
                let mended =
                    Call { h_0: h_0(diagnosis.h_0_shape.expect("a module and a sequence")), ..refused };
                assert!(diagnose(&mended).is_legal(), "{mended:?}");
            }
        }
    }
}
