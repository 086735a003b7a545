//! A call that was kept, so that a loss can be differentiated by all that went into it.

use ndarray::ArrayD;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::tensor::{
    StateDictData, States, TensorData, TypedArray, UnitTrace, optional_array, optional_tensor, unit_traces,
    view,
};
use gru_playground::gru::{self, BackwardRun, CallOptions, DropoutMask, Gradients, RecurrentError, Upstream};
use gru_playground::packed::PackedSequence;
use gru_playground::rnn::RecurrentCell;

/// The gradients of a loss by what a call gave, each of its shape; an absent one is zero.
#[derive(Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Upstream", optional_fields = nullable, concrete(A = crate::tests::Float32Array)))]
pub struct UpstreamData<A> {
    /// By the output.
    pub output: Option<TensorData<A>>,
    /// By the last hidden states.
    pub h_n: Option<TensorData<A>>,
    /// By an LSTM's last cell states.
    pub c_n: Option<TensorData<A>>,
}

impl<A> Default for UpstreamData<A> {
    fn default() -> Self {
        UpstreamData { output: None, h_n: None, c_n: None }
    }
}

/// The gradients of a loss by what went into a call.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Gradients", concrete(A = crate::tests::Float32Array)))]
pub struct GradientData<A> {
    /// By each parameter.
    pub parameters: StateDictData<A>,
    /// By the input.
    pub input: TensorData<A>,
    /// By the initial hidden states.
    pub h_0: TensorData<A>,
    /// By an LSTM's initial cell states; else null.
    pub c_0: Option<TensorData<A>>,
}

/// What a GRU or RNN gives, and an LSTM with its cell states.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Output", concrete(A = crate::tests::Float32Array)))]
#[allow(clippy::struct_field_names)] // PyTorch's name
pub struct OutputData<A> {
    /// The last layer's hidden states.
    pub output: TensorData<A>,
    /// Every layer's last hidden state.
    pub h_n: TensorData<A>,
    /// Every layer's last cell state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(skip))]
    pub c_n: Option<TensorData<A>>,
}

/// What was called, with what went into it beside the states.
pub(crate) enum Callee {
    /// A module.
    Module { module: gru::Module<f32>, input: ArrayD<f32>, mask: Option<DropoutMask<f32>> },
    /// A module, over a packed sequence.
    Packed { module: gru::Module<f32>, sequence: PackedSequence<f32> },
    /// A single cell.
    Cell { cell: RecurrentCell<f32>, input: ArrayD<f32> },
}

/// A call with all that its backward pass needs.
///
/// Of a packed call the output is the data of the sequence that it gave; of a cell's, `h_1`, which is `h_n` too.
pub struct Recorded {
    callee: Callee,
    states: States,
    outcome: gru::Output<f32>,
}

impl Recorded {
    pub(crate) fn new(callee: Callee, states: States, outcome: gru::Output<f32>) -> Self {
        Recorded { callee, states, outcome }
    }

    /// What the call gave.
    pub fn output<A: TypedArray<f32>>(&self) -> OutputData<A> {
        let [output, h_n] =
            [&self.outcome.output, &self.outcome.h_n].map(|array| TensorData::of(&array.view()));
        OutputData { output, h_n, c_n: optional_tensor(self.outcome.c_n.as_ref()) }
    }

    /// The same as the core has it.
    pub fn outcome(&self) -> &gru::Output<f32> {
        &self.outcome
    }

    /// Every gate of every layer and direction.
    ///
    /// # Errors
    /// `BackwardError` after [`Recorded::backward`].
    pub fn trace<A: TypedArray<f32>>(&self) -> Result<Vec<UnitTrace<A>>, Fault> {
        Ok(unit_traces(self.outcome.trace.as_ref().ok_or_else(used_up)?))
    }

    /// What `loss.backward()` leaves in the parameters, the input and the states, from the gradients of the loss by
    /// what the call gave. As in `PyTorch`, once.
    ///
    /// # Errors
    /// `BackwardError` the second time, `ShapeError` for gradients that do not fit, `TooLargeError` beyond 512 MB.
    pub fn backward<A: TypedArray<f32>>(
        &mut self,
        upstream: UpstreamData<A>,
    ) -> Result<GradientData<A>, Fault> {
        let UpstreamData { output, h_n, c_n } = upstream;
        let output = optional_array("upstream.output", output)?;
        let (h_n, c_n) = (optional_array("upstream.h_n", h_n)?, optional_array("upstream.c_n", c_n)?);
        // A gradient that does not fit is refused before the trace is used up.
        let outcome = &self.outcome;
        check_gradient("output", Some(&outcome.output), output.as_ref())?;
        check_gradient("h_n", Some(&outcome.h_n), h_n.as_ref())?;
        check_gradient("c_n", outcome.c_n.as_ref(), c_n.as_ref())?;
        let trace = self.outcome.trace.take().ok_or_else(used_up)?;
        let [h_0, c_0] = self.states.views();
        let options = CallOptions { c_0, ..CallOptions::of(h_0) };
        let upstream =
            Upstream { output: view(output.as_ref()), h_n: view(h_n.as_ref()), c_n: view(c_n.as_ref()) };
        let gradients = match &self.callee {
            Callee::Module { module, input, mask } => {
                let options = CallOptions { mask: mask.as_ref(), ..options };
                BackwardRun::new(module, input.view(), options, trace, upstream)?.finish()
            }
            Callee::Packed { module, sequence } => {
                module.backward_packed(sequence, &options, trace, upstream)?
            }
            Callee::Cell { cell, input } => {
                // A loss may know the step by either name.
                let by_h_1 = sum(output.as_ref(), h_n.as_ref());
                let upstream = (view(by_h_1.as_ref()), view(c_n.as_ref()));
                cell.backward(input.view(), (options.h_0, options.c_0), trace, upstream)?
            }
        };
        Ok(GradientData::of(&gradients))
    }
}

impl<A: TypedArray<f32>> GradientData<A> {
    /// Gradients of the core's.
    fn of(Gradients { parameters, input, h_0, c_0 }: &Gradients<f32>) -> Self {
        GradientData {
            parameters: StateDictData::of(
                parameters.iter().map(|(name, array)| (name.clone(), array.view())),
            ),
            input: TensorData::of(&input.view()),
            h_0: TensorData::of(&h_0.view()),
            c_0: optional_tensor(c_0.as_ref()),
        }
    }
}

/// The sum of two gradients of one shape, where there are two.
fn sum(one: Option<&ArrayD<f32>>, other: Option<&ArrayD<f32>>) -> Option<ArrayD<f32>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other).cloned(),
    }
}

/// Whether a gradient is of the shape of what it belongs to.
fn check_gradient(
    of: &'static str,
    expected: Option<&ArrayD<f32>>,
    got: Option<&ArrayD<f32>>,
) -> Result<(), RecurrentError> {
    match (expected, got) {
        (None, Some(_)) => Err(RecurrentError::NoCellState),
        (Some(expected), Some(got)) if expected.shape() != got.shape() => {
            let [expected, got] = [expected, got].map(|array| array.shape().to_vec());
            Err(RecurrentError::GradientShape { of, expected, got })
        }
        _ => Ok(()),
    }
}

/// `PyTorch`'s first words for it.
fn used_up() -> Fault {
    Fault::new("BackwardError", &"Trying to backward through the graph a second time")
}
