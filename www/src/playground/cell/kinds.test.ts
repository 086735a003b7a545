import { describe, expect, it } from 'vitest';
import { kindOf, type Kind } from './kinds.js';
import { stepNumbers, unitNumbers, type StepTrace } from './numbers.js';
import type { Box } from './plan.js';

/** A trace of these quantities: one layer, L = 3, N = 1, H = 2; the numbers count up, the quantities by hundreds. */
function traceOf(...names: string[]): StepTrace {
  const kept = names.map((name, place) => [name, Float32Array.from({ length: 6 }, (_, index) => 100 * place + index)] as const);
  return { layer: 0, reverse: false, sample: 0, shape: [3, 1, 2], ...Object.fromEntries(kept) } as unknown as StepTrace;
}

const GRU = traceOf('h', 'r', 'z', 'n', 'pre_r', 'pre_z', 'pre_n', 'n_input', 'n_hidden');
const LSTM = traceOf('h', 'c', 'i', 'f', 'g', 'o', 'tanh_c', 'pre_i', 'pre_f', 'pre_g', 'pre_o');
const RNN = traceOf('h', 'pre');
const LAYOUT = { steps: 3, batch: 1, batched: true, batchFirst: false, layers: 1, directions: 1, hidden: 2 } as const;
const AT = { sample: 0, layer: 0, reverse: false, step: 1, unit: 1 };
const WHERE = { unit: 1, features: 3, hidden: 2, before: 0, reads: 'the input has', next: 'step 2 reads it' } as const;

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe.each([['GRU', GRU], ['LSTM', LSTM], ['RNN', RNN]] as const)('the picture of a step of an %s', (_, trace) => {
  const kind: Kind = kindOf(trace);

  it.each([228, 300, 380, 700])('has room for each part at %i px, with nothing on anything else', (width) => {
    const plan = kind.plan(width);
    expect(plan.width).toBeLessThanOrEqual(width);
    const boxes = kind.parts.map(({ name }) => plan.boxes[name]).filter((box) => box !== undefined);
    expect(boxes).toHaveLength(kind.parts.length);
    for (const [index, box] of boxes.entries()) {
      expect(box.x >= 0 && box.x + box.w <= plan.width && box.y + box.h <= plan.height).toBe(true);
      expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
    }
    expect(Math.max(...plan.ways.map(({ stage }) => stage), ...kind.parts.map(({ stage }) => stage))).toBeLessThan(kind.stages);
  });

  it('finds every number that it shows in the trace', () => {
    const numbers = unitNumbers(trace, LAYOUT, AT, null);
    const shown = [...kind.columns, ...kind.parts.filter(({ draws }) => draws === 'bars').map(({ name }) => name)];
    expect(shown.filter((name) => numbers[name] === undefined)).toEqual([]);
    const told = Array.from({ length: kind.stages }, (__, stage) => kind.told(stage, numbers, WHERE, []).sentences.join(' '));
    expect(told.join(' ')).not.toContain('nan');
    expect(new Set(Array.from({ length: kind.stages }, (__, stage) => kind.told(stage, numbers, WHERE, []).name)).size).toBe(kind.stages);
  });
});

it('takes the state before from the step before, in the order in which a direction reads, and at first from h_0', () => {
  expect(unitNumbers(LSTM, LAYOUT, AT, null)).toMatchObject({ h: 3, c: 103, h_prev: 1, c_prev: 101 });
  expect(unitNumbers(LSTM, LAYOUT, { ...AT, reverse: true }, null)).toMatchObject({ h_prev: 5, c_prev: 105 });
  expect(unitNumbers(LSTM, LAYOUT, { ...AT, step: 0 }, Float32Array.of(7, 8))).toMatchObject({ h_prev: 8, c_prev: 0 });
  expect(unitNumbers(RNN, LAYOUT, AT, null)).not.toHaveProperty('c_prev');
});

it('shows a few units around the one that is looked at', () => {
  const values = { input: Float32Array.from({ length: 9 }, (_, index) => index), input_shape: [3, 1, 3], h_0: null, trace: [] };
  const { x, units, before } = stepNumbers(values, GRU, LAYOUT, AT);
  expect([x.of, x.values, units.map(({ unit }) => unit), before]).toEqual([3, [3, 4, 5], [0, 1], 0]);
});
