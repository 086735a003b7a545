import { expect, it } from 'vitest';
import { gradientChart, learningChart, stateMatrix } from './pictures.js';
import type { MemoryInside, MemoryOutcome } from './settings.js';

const INSIDE: MemoryInside = { tokens: [3, 1], answer: 3, probability: 0.9, letter: 'c', states: [0.5, -2, 1, 4], before: [0.1, 1], after: [0.5, 1] };

it('states beyond 1 have a scale of their own, and every cell tells its own number', () => {
  const matrix = stateMatrix(INSIDE);
  expect([matrix.rows, matrix.columns, [...matrix.values], matrix.ends]).toEqual([2, 2, [0.125, -0.5, 0.25, 1], ['\u22124', '4']]);
  expect(matrix.number?.(1, 0)).toBe(-2);
  expect(stateMatrix({ ...INSIDE, states: [0.5, 0, 0, 0] }).ends?.[1]).toBe('1');
});

it('the gradient is that of the time that is asked for', () => {
  const seen = [{ cell: 'lstm' as const, name: 'LSTM', inside: INSIDE }];
  expect(gradientChart(seen, 'before').series[0]?.points.map(({ y }) => y)).toEqual([0.1, 1]);
  expect(gradientChart(seen, 'after').series[0]?.points.map(({ y }) => y)).toEqual([0.5, 1]);
});

it('of several seeds the one in the middle is drawn, in the order of the cells', () => {
  const outcome = (cell: 'rnn' | 'lstm', number: number, accuracy: number): MemoryOutcome => ({
    cell, number, accuracy, validation: [{ steps: 5, accuracy }], broken: null, inside: null,
  });
  const chart = learningChart([outcome('lstm', 0, 1), outcome('rnn', 0, 0.9), outcome('rnn', 1, 0.1), outcome('rnn', 2, 0.3)], new Map(), 50, 0.125);
  expect(chart.series.map(({ name, points }) => [name, points[0]?.y])).toEqual([['rnn', 0.3], ['lstm', 1]]);
});
