//! A call that is opened: run with every gate kept, and once more with another number in it.

use ndarray::{ArrayD, ArrayViewD};

use super::{EditedRun, InsideView, NumberEdit, TensorChange};
use crate::experiment::RunValues;
use crate::fault::Fault;
use crate::tensor::TypedArray;
use gru_playground::gru::sequence::Layout;
use gru_playground::gru::{CallOptions, Options, Output, Recurrent};
use gru_playground::inside::{TracedCall, UnitArithmetic, UnitPlace, unit_arithmetic};

/// A module with what it is called with; an `h_0` that is left out is zero.
pub(super) struct OpenCall<C> {
    pub module: Recurrent<f32, C>,
    pub input: ArrayD<f32>,
    pub h_0: Option<ArrayD<f32>>,
}

/// A number that was another: its name as `PyTorch` indexes it, and what it was.
struct ChangedNumber {
    name: String,
    was: f32,
}

impl<C: Options> OpenCall<C> {
    /// Opens one unit at one step; with an edit, after it, with what it changes: of the results, and of what `more` compares.
    pub fn look<A: TypedArray<f32>, R>(
        mut self,
        at: UnitPlace,
        edit: Option<&NumberEdit>,
        more: impl FnOnce(&Output<f32>, &Output<f32>) -> Vec<TensorChange>,
        take: impl FnOnce(&InsideView<'_, A>) -> R,
    ) -> Result<R, Fault> {
        let before = self.run()?;
        let Some(edit) = edit else {
            return Ok(take(&InsideView { arithmetic: self.open(&before, at)?, edited: None }));
        };
        let ChangedNumber { name, was } = self.change(edit)?;
        let after = self.run()?;
        let mut changes = vec![
            changed("out", &before.output.view(), &after.output.view()),
            changed("h_n", &before.h_n.view(), &after.h_n.view()),
        ];
        changes.extend(more(&before, &after));
        let edited = Some(EditedRun { name, was, values: self.values(&after), changes });
        Ok(take(&InsideView { arithmetic: self.open(&after, at)?, edited }))
    }

    /// The call, every gate kept.
    fn run(&self) -> Result<Output<f32>, Fault> {
        let options = CallOptions::of(self.h_0.as_ref().map(|h_0| h_0.view())).traced();
        Ok(self.module.call(self.input.view(), options)?)
    }

    /// Runs it and gives all its values.
    pub fn give_values<A: TypedArray<f32>, R>(
        &self,
        take: impl FnOnce(&RunValues<'_, A>) -> R,
    ) -> Result<R, Fault> {
        let result = self.run()?;
        Ok(take(&self.values(&result)))
    }

    /// All values of a run.
    fn values<'a, A: TypedArray<f32>>(&'a self, result: &'a Output<f32>) -> RunValues<'a, A> {
        RunValues::of(&self.input, self.h_0.as_ref(), result)
    }

    fn open(&self, result: &Output<f32>, at: UnitPlace) -> Result<UnitArithmetic, Fault> {
        let (input, h_0) = (self.input.view(), self.h_0.as_ref().map(|h_0| h_0.view()));
        let trace = result.trace.as_ref();
        let trace = trace.ok_or_else(|| Fault::argument("at", "nothing was kept of the call"))?;
        let call = TracedCall { input: &input, h_0: h_0.as_ref(), c_0: None, trace };
        Ok(unit_arithmetic(&self.module, call, at)?)
    }

    /// Puts a number in its place. An `h_0` that is left out is zero, until one of its numbers is not.
    fn change(&mut self, edit: &NumberEdit) -> Result<ChangedNumber, Fault> {
        let plan = self.module.config().plan();
        let mut shape = Vec::new();
        let elements = match edit.tensor.as_str() {
            "input" => {
                shape.extend_from_slice(self.input.shape());
                self.input.as_slice_mut()
            }
            "h_0" => {
                let cells = (plan.num_layers * plan.directions) as usize;
                let of_call = Layout::of_input(self.module.config(), self.input.shape())?;
                shape = of_call.states(cells, plan.state_size as usize);
                let states = self.h_0.get_or_insert_with(|| ArrayD::zeros(shape.clone()));
                states.as_slice_mut()
            }
            name => match plan.place(name) {
                Some(place) => {
                    let found = self.module.state_dict().nth(place);
                    shape.extend(found.iter().flat_map(|(_, tensor)| tensor.shape()));
                    self.module.parameters_mut().nth(place)
                }
                None => None,
            },
        };
        let element = elements.and_then(|elements| elements.get_mut(edit.index));
        let element = element.ok_or_else(|| Fault::argument("edit", "the call has no such number"))?;
        let was = std::mem::replace(element, edit.value);
        Ok(ChangedNumber { name: format!("{}{}", edit.tensor, indexed(&shape, edit.index)), was })
    }
}

/// An element's place as `PyTorch` indexes it: `[3, 1]`.
fn indexed(shape: &[usize], index: usize) -> String {
    let mut rest = index;
    let mut places: Vec<String> = Vec::new();
    for &size in shape.iter().rev() {
        places.insert(0, (rest % size.max(1)).to_string());
        rest /= size.max(1);
    }
    format!("[{}]", places.join(", "))
}

fn changed(name: &'static str, before: &ArrayViewD<'_, f32>, after: &ArrayViewD<'_, f32>) -> TensorChange {
    let (changed, largest) = compared(before.iter().zip(after));
    let count = before.len();
    let words = match changed {
        0 => format!("{name}: none of {count} numbers changed."),
        _ => format!("{name}: {changed} of {count} numbers changed; the largest by {}.", rounded(largest)),
    };
    TensorChange { name, changed, count, largest, words }
}

/// How many numbers are others, and by how much the one that changed most is.
pub(super) fn compared<'a>(pairs: impl Iterator<Item = (&'a f32, &'a f32)>) -> (usize, f32) {
    let other = pairs.filter(|(a, b)| a.to_bits() != b.to_bits());
    other.fold((0, 0.0), |(count, largest), (a, b)| (count + 1, f32::max(largest, (b - a).abs())))
}

/// Two digits that say something.
fn rounded(by: f32) -> String {
    if by >= 0.01 { format!("{by:.2}") } else { format!("{by:.1e}") }
}
