/** The numbers of one step that the picture shows: a few units around the one that is looked at. */
import type { GateTrace, RunResult } from '../../engine/engine.js';
import { inputRow, placeInTrace, type Layout, type Selection } from '../values/matrix.js';
import { unitStep, type UnitStep } from '../values/unit.js';

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
  readonly units: readonly { readonly unit: number; readonly at: UnitStep }[];
  readonly of: number;
  /** The unit that is looked at. */
  readonly chosen: UnitStep;
}

/** What one step of a layer reads: the input's features, or what both directions of the layer below gave. */
function readBy(result: RunResult, layout: Layout, at: Selection): { of: number; value: ((index: number) => number) | undefined } {
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

export function stepNumbers(result: RunResult, trace: GateTrace, layout: Layout, at: Selection): StepNumbers {
  const { of, value } = readBy(result, layout, at);
  const features = around(of, Math.min(at.unit, of - 1));
  const unit = (index: number) => unitStep(trace, layout, { ...at, unit: index }, result.h_0);
  return {
    x: { from: features[0] ?? 0, of, values: value && features.map(value) },
    units: around(layout.hidden, at.unit).map((index) => ({ unit: index, at: unit(index) })),
    of: layout.hidden,
    chosen: unit(at.unit),
  };
}
