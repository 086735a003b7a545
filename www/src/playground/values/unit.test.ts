import { expect, it } from 'vitest';
import type { GateTrace } from '../../engine/engine.js';
import type { Layout } from './matrix.js';
import { stepBefore, unitStep } from './unit.js';

const LAYOUT: Layout = { steps: 3, batch: 2, batched: true, batchFirst: false, layers: 2, directions: 2, hidden: 2 };

function trace(layer: number, reverse: boolean): GateTrace {
  const values = (base: number) => Float32Array.from({ length: 12 }, (_, index) => base + index);
  const names = ['r', 'z', 'n', 'h', 'pre_r', 'pre_z', 'pre_n', 'n_input', 'n_hidden'];
  const gates = Object.fromEntries(names.map((name, index) => [name, values(100 * index)]));
  return { layer, reverse, sample: 0, shape: [3, 2, 2], ...gates } as unknown as GateTrace;
}

it('finds the step before in the order in which a direction reads', () => {
  expect([0, 1, 2].map((step) => stepBefore(step, false, 3))).toEqual(['h_0', 0, 1]);
  expect([0, 1, 2].map((step) => stepBefore(step, true, 3))).toEqual([1, 2, 'h_0']);
});

it('reads the numbers of one unit at (step, sample, unit)', () => {
  const at = { sample: 1, layer: 0, reverse: false, step: 2, unit: 1 };
  // Position (2 * 2 + 1) * 2 + 1 = 11; the step before lies one row of 4 earlier.
  expect(unitStep(trace(0, false), LAYOUT, at, null)).toEqual({
    r: 11,
    z: 111,
    n: 211,
    h: 311,
    h_prev: 307,
    pre_r: 411,
    pre_z: 511,
    n_input: 711,
    n_hidden: 811,
    before: 1,
  });
});

it('takes the state before the first step from h_0, of the right layer and direction', () => {
  const h_0 = Float32Array.from({ length: 4 * 2 * 2 }, (_, index) => index);
  const first = { sample: 1, layer: 1, reverse: true, step: 2, unit: 0 };
  // h_0[layer 1, reverse = row 3, sample 1, unit 0]
  expect(unitStep(trace(1, true), LAYOUT, first, h_0)).toMatchObject({ h_prev: (3 * 2 + 1) * 2, before: 'h_0' });
  expect(unitStep(trace(1, true), LAYOUT, first, null).h_prev).toBe(0);
});

it('reads them where one sample was kept alone', () => {
  const at = { sample: 1, layer: 0, reverse: false, step: 2, unit: 1 };
  const alone = { ...trace(0, false), sample: 1, shape: [3, 1, 2] };
  // Position 2 * 2 + 1 = 5; the step before lies one row of 2 earlier.
  expect(unitStep(alone, LAYOUT, at, null)).toMatchObject({ r: 5, h: 305, h_prev: 303 });
});
