//! What the core says of a bank's runs: computed when asked for, never read from the bank.

use super::schema::Run;
use super::view::{ComputedView, ResultLine};
use call::diagnostic::{Diagnosis, Role, diagnose};
use call::shape::{Dim, Shape};

/// A run, with the shapes that it asks for or the exception that it raises.
///
/// ```
/// use gru_playground_quiz::{BANK, compute};
///
/// let (_, question) = BANK.find("output-shape").expect("a question of this id");
/// let computed = compute(&question.runs[0]);
/// assert_eq!(computed.results[0].text, "torch.Size([5, 3, 20])");
/// ```
pub fn compute(run: &Run) -> ComputedView {
    let call = run.call();
    let diagnosis = diagnose(&call);
    let exception = |name: &Option<String>| name.as_deref().unwrap_or("Exception").to_owned();
    let result = |tensor: &str| {
        let expression = match tensor {
            "out" | "h_n" => format!("{tensor}.shape"),
            _ => format!("gru.{tensor}.shape"),
        };
        Some(ResultLine { expression, text: shape(&diagnosis, tensor)?.torch_size() })
    };
    ComputedView {
        label: run.label.clone(),
        results: run.gives.iter().filter_map(|gives| result(&gives.tensor)).collect(),
        error: diagnosis.error().map(|error| format!("{}: {}", exception(&error.exception), error.message)),
        call,
    }
}

/// The shape of `out`, `h_n` or a parameter; none if the call raises or has no such parameter.
pub(super) fn shape(diagnosis: &Diagnosis, tensor: &str) -> Option<Shape> {
    let traced = |role: Role| {
        let trace = diagnosis.trace.as_ref()?;
        trace.tensors.iter().find(|tensor| tensor.role == role).map(|tensor| tensor.shape.clone())
    };
    match tensor {
        "out" => traced(Role::Output),
        "h_n" => traced(Role::HN),
        name => {
            let mut parameters = diagnosis.module.as_ref()?.parameters();
            let parameter = parameters.find(|parameter| parameter.name() == name)?;
            Some(Shape(parameter.shape().into_iter().map(|size| Dim(size as i128)).collect()))
        }
    }
}
