//! One run of the playground: what the shown code does, advanced piece by piece.

use ndarray::ArrayD;
use serde::Serialize;

use crate::fault::Fault;
use crate::generator::Seed;
use crate::kept::draw_kept;
use crate::tensor::{TypedArray, UnitTrace, elements, unit_traces};
use crate::weights::replace_parameters;
use gru_playground::cost::{Cost, LIMIT_BYTES};
use gru_playground::diagnostic::RunPlan;
use gru_playground::gru::sequence::Layout;
use gru_playground::gru::{CallOptions, ForwardRun, Gru, Keep, Output, Progress, Real, TracePlace};
use gru_playground::rng::TorchGenerator;

/// What a run drew and gave, row-major, shapes as `PyTorch` has them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(concrete(A = crate::tests::Float32Array)))]
pub struct RunValues<'a, A> {
    /// As drawn.
    pub input: A,
    /// Its shape.
    pub input_shape: &'a [usize],
    /// As drawn; null where the call leaves it out, so that it is zero.
    pub h_0: Option<A>,
    /// The last layer's hidden states.
    pub output: A,
    /// Its shape.
    pub output_shape: &'a [usize],
    /// Every layer's last hidden state.
    pub h_n: A,
    /// Its shape.
    pub h_n_shape: &'a [usize],
    /// The gates that were asked for; empty where keeping them would pass the memory limit.
    #[cfg_attr(test, ts(type = "GateTrace[]"))]
    pub trace: Vec<UnitTrace<A>>,
}

/// `torch.manual_seed(seed)`, then module, input and `h_0` drawn in that order, then the call; in float32.
pub struct Experiment {
    input: ArrayD<f32>,
    h_0: Option<ArrayD<f32>>,
    forward: ForwardRun<f32>,
}

impl Experiment {
    /// A run of a plan, with everything drawn and nothing computed; where weights are given, they then replace those
    /// drawn, one tensor after the other in `PyTorch`'s order. It keeps every gate, or those at the place given.
    ///
    /// # Errors
    /// `ArgumentError` for what is no place in the call, `ShapeError` for shapes that do not fit, `TooLargeError` beyond
    /// 512 MB.
    pub fn new(
        plan: RunPlan,
        seed: Seed,
        weights: Option<&[f32]>,
        keep: Option<TracePlace>,
    ) -> Result<Experiment, Fault> {
        Experiment::over(&cost_of(&plan)?, draw(plan, seed, weights)?, keep)
    }

    /// The same of a plan whose module, input and `h_0` keep every number of another plan's that they have a place for.
    ///
    /// # Errors
    /// As [`Experiment::new`], of either plan.
    pub fn keeping(
        plan: RunPlan,
        before: RunPlan,
        seed: Seed,
        keep: Option<TracePlace>,
    ) -> Result<Experiment, Fault> {
        Experiment::over(&cost_of(&plan)?, draw_kept(before, plan, seed)?, keep)
    }

    fn over(cost: &Cost, drawn: DrawnModule, keep: Option<TracePlace>) -> Result<Experiment, Fault> {
        let kept = if keep.is_some() { cost.traced_at_bytes() } else { cost.traced_bytes() };
        let traced = kept.within(LIMIT_BYTES).is_ok();
        let DrawnModule { gru, input, h_0 } = drawn;
        let given = h_0.as_ref().map(|h_0| h_0.view());
        let keep = match keep {
            _ if !traced => Keep::Nothing,
            Some(place) => Keep::One(place),
            None => Keep::Every,
        };
        let options = CallOptions { keep, ..CallOptions::of(given) };
        let forward = ForwardRun::new(&gru, input.view(), options)?;
        Ok(Experiment { input, h_0, forward })
    }

    /// Does about this many more multiply-adds.
    pub fn advance(&mut self, multiply_adds: u64) -> Progress {
        self.forward.advance(multiply_adds)
    }

    /// Does what is left and gives all values to what takes them.
    pub fn finish<A: TypedArray<f32>, R>(self, take: impl FnOnce(&RunValues<'_, A>) -> R) -> R {
        let result = self.forward.finish();
        take(&RunValues::of(&self.input, self.h_0.as_ref(), &result))
    }
}

impl<'a, A: TypedArray<f32>> RunValues<'a, A> {
    /// Of a call.
    pub(crate) fn of(input: &'a ArrayD<f32>, h_0: Option<&ArrayD<f32>>, result: &'a Output<f32>) -> Self {
        RunValues {
            input: copy(input),
            input_shape: input.shape(),
            h_0: h_0.map(copy),
            output: copy(&result.output),
            output_shape: result.output.shape(),
            h_n: copy(&result.h_n),
            h_n_shape: result.h_n.shape(),
            trace: result.trace.as_ref().map(unit_traces).unwrap_or_default(),
        }
    }
}

/// What a call of the shown code begins with.
pub(crate) struct DrawnModule {
    pub gru: Gru<f32>,
    pub input: ArrayD<f32>,
    pub h_0: Option<ArrayD<f32>>,
}

/// What a plan costs, refused where it would not fit.
pub(crate) fn cost_of(plan: &RunPlan) -> Result<Cost, Fault> {
    let layout = Layout::of_input(&plan.config, &plan.input_shape)?;
    // An empty batch costs nothing, yet its other axes must fit.
    let cost = Cost::of(&plan.config, layout.steps as u64, layout.batch.max(1) as u64, f32::BYTES);
    cost.forward_bytes().within(LIMIT_BYTES)?;
    Ok(cost)
}

/// Draws a plan's module, input and `h_0` in `PyTorch`'s order; weights that are given then replace those drawn.
pub(crate) fn draw(plan: RunPlan, seed: Seed, weights: Option<&[f32]>) -> Result<DrawnModule, Fault> {
    drawn(plan, &mut seed.stream(), weights)
}

/// The same from a stream that goes on.
pub(crate) fn drawn(
    plan: RunPlan,
    generator: &mut TorchGenerator,
    weights: Option<&[f32]>,
) -> Result<DrawnModule, Fault> {
    let RunPlan { config, input_shape, h_0_shape } = plan;
    let mut gru = Gru::new(config, generator)?;
    if let Some(weights) = weights {
        replace_parameters(&mut gru, weights)?;
    }
    let input = generator.randn(input_shape);
    let h_0 = h_0_shape.map(|shape| generator.randn(shape));
    Ok(DrawnModule { gru, input, h_0 })
}

/// The elements of what the core made.
fn copy<A: TypedArray<f32>>(array: &ArrayD<f32>) -> A {
    A::of(elements(&array.view()))
}
