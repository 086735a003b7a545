/** One hidden unit at one step: the numbers that make h. */
import type { GateTrace } from '../../engine/engine.js';
import { placeInTrace, type Layout, type Selection } from './matrix.js';

export interface UnitStep {
  readonly pre_r: number;
  readonly pre_z: number;
  readonly n_input: number;
  readonly n_hidden: number;
  readonly r: number;
  readonly z: number;
  readonly n: number;
  /** The state before the step; none where it is h_0 and that was not kept. */
  readonly h_prev: number | undefined;
  readonly h: number;
  /** Where the state before the step comes from: a step, or h_0. */
  readonly before: number | 'h_0';
}

/** The step before, in the order in which a direction reads. */
export function stepBefore(step: number, reverse: boolean, steps: number): number | 'h_0' {
  if (reverse) return step === steps - 1 ? 'h_0' : step + 1;
  return step === 0 ? 'h_0' : step - 1;
}

/** The numbers of a unit; `h_0` is the call's, or null where it was left out and is zero. */
export function unitStep(trace: GateTrace, layout: Layout, at: Selection, h_0: Float32Array | null): UnitStep {
  const { batch, hidden, steps, directions } = layout;
  const { sample, layer, reverse, step, unit } = at;
  const place = (t: number) => placeInTrace(trace, t, sample, unit);
  const before = stepBefore(step, reverse, steps);
  const row = layer * directions + Number(reverse);
  const initial = h_0 === null ? 0 : h_0[(row * batch + sample) * hidden + unit];
  const read = (values: Float32Array) => values[place(step)] ?? NaN;
  return {
    pre_r: read(trace.pre_r),
    pre_z: read(trace.pre_z),
    n_input: read(trace.n_input),
    n_hidden: read(trace.n_hidden),
    r: read(trace.r),
    z: read(trace.z),
    n: read(trace.n),
    h: read(trace.h),
    h_prev: before === 'h_0' ? initial : trace.h[place(before)],
    before,
  };
}
