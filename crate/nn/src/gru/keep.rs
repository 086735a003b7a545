//! What a call keeps of another when a layer is added or a size changes: every number that both have a place for.

use ndarray::{ArrayBase, ArrayD, ArrayViewD, ArrayViewMutD, Axis, AxisDescription, IxDyn, RawData, Slice};

use super::{Gru, GruConfig, ParameterKind, ParameterSpec, Plan, Real, RecurrentError};
use crate::parameters::Options as _;
use crate::sequence::{Layout, Order};

/// Puts the numbers of a module's parameters where another module has a place for them: in the tensors that both have, each gate's
/// rows, each unit and, above layer 0, each direction's columns by themselves.
pub fn keep_parameters<T: Real>(from: &Gru<T>, into: &mut Gru<T>) {
    let (old, new) = (from.config().plan(), into.config().plan());
    let numbers: Vec<&[T]> = from.elements().collect();
    for (spec, elements) in new.parameters().zip(into.parameters_mut()) {
        if let Some((place, before)) = namesake(&old, &spec) {
            let from = ArrayViewD::from_shape(parts(&old, &before), numbers[place]);
            let into = ArrayViewMutD::from_shape(parts(&new, &spec), elements);
            if let (Ok(from), Ok(into)) = (from, into) {
                keep(&from, into);
            }
        }
    }
}

/// Puts the numbers of an input where another has a place for them: by step, sample and feature, whatever the order of the axes.
///
/// # Errors
/// [`RecurrentError::InputRank`] or [`RecurrentError::InputSize`] for an input that is not the module's.
pub fn keep_input<T: Real>(
    from: &ArrayD<T>,
    from_config: &GruConfig,
    into: &mut ArrayD<T>,
    into_config: &GruConfig,
) -> Result<(), RecurrentError> {
    let old = Layout::of_input(from_config, from.shape())?;
    let new = Layout::of_input(into_config, into.shape())?;
    keep(&steps_first(from.view(), old.order), steps_first(into.view_mut(), new.order));
    Ok(())
}

/// Puts the numbers of an `h_0` where another has a place for them: by layer, direction, sample and unit.
pub fn keep_states<T: Real>(
    from: &ArrayD<T>,
    from_config: &GruConfig,
    into: &mut ArrayD<T>,
    into_config: &GruConfig,
) {
    let (old, new) = (states(from_config, from.shape()), states(into_config, into.shape()));
    let (Some(from), Some(into)) = (from.as_slice(), into.as_slice_mut()) else { return };
    let (from, into) = (ArrayViewD::from_shape(old, from), ArrayViewMutD::from_shape(new, into));
    if let (Ok(from), Ok(into)) = (from, into) {
        keep(&from, into);
    }
}

/// How many numbers of a module's parameters another keeps.
pub fn kept_parameters(from: &GruConfig, into: &GruConfig) -> u128 {
    let (old, new) = (from.plan(), into.plan());
    let kept = |spec: ParameterSpec| {
        let (_, before) = namesake(&old, &spec)?;
        Some(shared(&parts(&old, &before), &parts(&new, &spec)).map(|size| size as u128).product::<u128>())
    };
    new.parameters().filter_map(kept).sum()
}

/// The parameter of that name in another module, and its place there.
fn namesake(plan: &Plan, spec: &ParameterSpec) -> Option<(usize, ParameterSpec)> {
    let place = plan.place(&plan.name(spec))?;
    Some((place, plan.parameter(place as u128)?))
}

/// A parameter's shape, with what stands beside each other in one axis taken apart: the gates in the rows, (3, H); the directions in
/// the columns that read the layer below, (D, H).
fn parts(plan: &Plan, spec: &ParameterSpec) -> Vec<usize> {
    let mut shape = vec![plan.gates as usize, plan.hidden_size as usize];
    match spec.columns {
        Some(_) if spec.kind == ParameterKind::WeightIh && spec.layer > 0 => {
            shape.extend([plan.directions as usize, plan.state_size as usize]);
        }
        Some(columns) => shape.push(columns as usize),
        None => {}
    }
    shape
}

/// (`num_layers`, D, N, H) of states that are (D*`num_layers`, N, H), or (D*`num_layers`, H) without a batch.
fn states(config: &GruConfig, shape: &[usize]) -> Vec<usize> {
    let batch = if let [_, batch, _] = *shape { batch } else { 1 };
    vec![config.num_layers as usize, config.directions() as usize, batch, config.hidden_size as usize]
}

/// (L, N, F), whatever order the axes are in; N is 1 without a batch.
fn steps_first<S: RawData>(mut sequence: ArrayBase<S, IxDyn>, order: Order) -> ArrayBase<S, IxDyn> {
    match order {
        Order::Unbatched => return sequence.insert_axis(Axis(1)),
        Order::BatchFirst => sequence.swap_axes(0, 1),
        Order::StepFirst => {}
    }
    sequence
}

/// The sizes that both of two shapes of one rank have.
fn shared(from: &[usize], into: &[usize]) -> impl Iterator<Item = usize> {
    from.iter().zip(into).map(|(&from, &into)| from.min(into))
}

/// Copies what stands at the same indices.
fn keep<T: Real>(from: &ArrayViewD<'_, T>, mut into: ArrayViewMutD<'_, T>) {
    let both: Vec<usize> = shared(from.shape(), into.shape()).collect();
    let part = |axis: AxisDescription| Slice::from(0..both[axis.axis.index()]);
    into.slice_each_axis_mut(part).assign(&from.slice_each_axis(part));
}
