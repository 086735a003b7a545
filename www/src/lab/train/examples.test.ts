import { expect, it } from 'vitest';
import { exampleRows } from './examples.js';

it('the marked numbers of an addition are read, and what the model says stands beside their sum', () => {
  const x = [0.5, 0, 0.25, 1, 0.75, 0, 0.125, 1, /* second */ 0.1, 1, 0.2, 0, 0.3, 1, 0.4, 0];
  const rows = exampleRows('adding', { x, y: [0.375, 0.4], predictions: [0.3701, -0.5] });
  expect(rows.map(({ input, target, answer }) => [input, target, answer])).toEqual([
    ['0.25 + 0.13', '0.38', '0.37'],
    ['0.10 + 0.30', '0.40', '−0.50'],
  ]);
});

it('what is shown of an addition adds up, with as many decimals as that takes', () => {
  const rows = exampleRows('adding', { x: [0.496, 1, 0.8969, 1, /* second */ 0.5, 1, 0.25, 1], y: [1.3929, 0.75], predictions: [1.4, 0.7] });
  expect(rows.map(({ input, target, answer }) => [input, target, answer])).toEqual([
    ['0.496 + 0.897', '1.393', '1.400'],
    ['0.50 + 0.25', '0.75', '0.70'],
  ]);
});

it('a class is right where its logit is the largest', () => {
  const rows = exampleRows('recall', { x: [3, 1, 2, 0], y: [3, 2], predictions: [0, 0, 0, 2, 0, 5, 0, 0] });
  expect(rows.map(({ input, answer, right }) => [input, answer, right])).toEqual([['3 1', '3 (71\u202f%)', true], ['2 0', '1 (98\u202f%)', false]]);
});

it('yes or no is told by the sign of the logit', () => {
  const x = [0.1, 1, -1, 0, -1, 0, 0.2, 1];
  const rows = exampleRows('order', { x, y: [1, 0], predictions: [2, 1] });
  expect(rows.map(({ input, target, answer, right }) => [input, target, answer, right])).toEqual([
    ['up at step 1, down at step 2', 'up first', 'up first (88\u202f%)', true],
    ['up at step 3, down at step 0', 'down first', 'up first (73\u202f%)', false],
  ]);
});

it('before a run there are examples without answers; without examples there is nothing', () => {
  expect(exampleRows('sine', { x: [0, 0.5, 1, -0.5], y: [0.5], predictions: undefined })).toEqual([
    { steps: ['0.00', '0.50', '1.00', '−0.50'].map((text, at) => ({ at, text, counts: false })), input: '… 0.50, 1.00, −0.50', wave: [0, 0.5, 1, -0.5], target: '0.50', answer: '', right: undefined },
  ]);
  expect(exampleRows('sine', { x: [], y: [], predictions: undefined })).toEqual([]);
});

it('every step of a sequence is there, marked where it counts; of a long one what is far from that is left out', () => {
  const [row] = exampleRows('adding', { x: [0.5, 0, 0.25, 1, 0.75, 0, 0.125, 1], y: [0.375], counts: [[1, 3]], predictions: undefined });
  expect(row?.steps).toEqual(['0.50', '0.25', '0.75', '0.13'].map((text, at) => ({ at, text, counts: at % 2 === 1 })));
  const long = Array.from({ length: 60 }, (_, at) => at % 8);
  const [far] = exampleRows('recall', { x: long, y: [0], counts: [[0]], predictions: undefined });
  expect(far?.steps.slice(0, 2)).toEqual([{ at: 0, text: '0', counts: true }, { at: 1, text: '1', counts: false }]);
  expect(far?.steps.slice(6)).toEqual([{ skipped: 51 }, ...[57, 58, 59].map((at) => ({ at, text: String(at % 8), counts: false }))]);
});
