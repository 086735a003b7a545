/** The numbers of one step that the picture shows: a few units around the one that is looked at. */
import type { GateTrace, RunValues } from '../../engine/engine.js';
import { inputRow, placeInTrace, type Layout, type Selection } from '../values/matrix.js';
import { stepBefore } from '../values/unit.js';

/** What a step shows of a run. */
export type StepValues = Pick<RunValues, 'input' | 'input_shape' | 'h_0' | 'trace'>;

/** The gates of a layer and direction of any module: its quantities by their names, of which each has h. */
export type StepTrace = Pick<GateTrace, 'layer' | 'reverse' | 'sample' | 'shape' | 'h'>;

/** A unit's numbers by their names: `r`, `pre_r`, `h`; `h_prev` and `c_prev`; what was not kept is missing. */
export type UnitNumbers = Readonly<Partial<Record<string, number>>>;

/** So many units are shown at once, and so many features of the input. */
export const MOST = 6;

/** So many indices out of `count`, around the chosen one. */
export function around(count: number, chosen: number, most = MOST): number[] {
  const shown = Math.min(count, most);
  const first = Math.max(0, Math.min(count - shown, chosen - Math.floor(shown / 2)));
  return Array.from({ length: shown }, (_, index) => first + index);
}

export interface StepNumbers {
  /** The features of x that are shown, and how many there are; no numbers where the layer below was not kept. */
  readonly x: { readonly from: number; readonly of: number; readonly values: readonly number[] | undefined };
  readonly units: readonly { readonly unit: number; readonly at: UnitNumbers }[];
  readonly of: number;
  /** The unit that is looked at. */
  readonly chosen: UnitNumbers;
  /** Where the state before the step comes from: a step, or h_0. */
  readonly before: number | 'h_0';
}

/** What one step of a layer reads: the input's features, or what both directions of the layer below gave. */
function readBy(result: StepValues, layout: Layout, at: Selection): { of: number; value: ((index: number) => number) | undefined } {
  const { layer, sample, step } = at;
  const { directions, hidden } = layout;
  if (layer === 0) {
    return inputRow(result, layout, sample, step);
  }
  const below = [false, true].slice(0, directions).map((reverse) => result.trace.find((kept) => kept.layer === layer - 1 && kept.reverse === reverse));
  const isThere = below.every((kept) => kept && sample >= kept.sample && sample < kept.sample + (kept.shape[1] ?? 0));
  return {
    of: directions * hidden,
    value: isThere
      ? (index) => {
          const kept = below[Math.floor(index / hidden)];
          return kept ? (kept.h[placeInTrace(kept, step, sample, index % hidden)] ?? NaN) : NaN;
        }
      : undefined,
  };
}

/** All numbers of a unit at a step; `h_0` is the call's, or null where it was left out and is zero. */
export function unitNumbers(trace: StepTrace, { batch, hidden, steps, directions }: Layout, { sample, layer, reverse, step, unit }: Selection, h_0: Float32Array | null): UnitNumbers {
  const before = stepBefore(step, reverse, steps);
  const place = (t: number) => placeInTrace(trace, t, sample, unit);
  const kept = Object.entries(trace).filter((entry): entry is [string, Float32Array] => entry[1] instanceof Float32Array);
  const numbers: Record<string, number> = Object.fromEntries(kept.map(([name, values]) => [name, values[place(step)] ?? NaN]));
  const row = layer * directions + Number(reverse);
  const initial = h_0 === null ? 0 : h_0[(row * batch + sample) * hidden + unit];
  const old = (name: string, first: number | undefined) => (before === 'h_0' ? first : kept.find(([found]) => found === name)?.[1][place(before)]);
  const [h_prev, c_prev] = [old('h', initial), 'c' in numbers ? old('c', 0) : undefined];
  return { ...numbers, ...(h_prev !== undefined && { h_prev }), ...(c_prev !== undefined && { c_prev }) };
}

export function stepNumbers(result: StepValues, trace: StepTrace, layout: Layout, at: Selection): StepNumbers {
  const { of, value } = readBy(result, layout, at);
  const features = around(of, Math.min(at.unit, of - 1));
  const unit = (index: number) => unitNumbers(trace, layout, { ...at, unit: index }, result.h_0);
  return {
    x: { from: features[0] ?? 0, of, values: value && features.map(value) },
    units: around(layout.hidden, at.unit).map((index) => ({ unit: index, at: unit(index) })),
    of: layout.hidden,
    chosen: unit(at.unit),
    before: stepBefore(at.step, at.reverse, layout.steps),
  };
}
