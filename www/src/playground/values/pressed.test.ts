import { expect, it } from 'vitest';
import { inputMatrix, outputMatrix, type Layout } from './matrix.js';
import { changedFrom, finalSubject, inputSubject, outputSubject } from './pressed.js';

const LAYOUT: Layout = { steps: 3, batch: 2, batched: true, batchFirst: true, layers: 2, directions: 2, hidden: 4 };
const AT = { sample: 1, layer: 0, reverse: false, step: 2, unit: 0 };

it('counts a number of the input row-major, whatever the order of its axes', () => {
  const input = Float32Array.from({ length: 2 * 3 * 5 }, (_, index) => index);
  const matrix = inputMatrix({ input, input_shape: [2, 3, 5] }, LAYOUT, 1);
  expect(inputSubject(matrix, { row: 2, column: 3 }, AT).input).toEqual({ tensor: 'input', index: 28, name: 'input[1, 2, 3]', value: 28 });
});

it('leads from the results to the states that they are', () => {
  expect(outputSubject({ row: 1, column: 6 }, LAYOUT, 1).at).toEqual({ sample: 1, layer: 1, reverse: true, step: 1, unit: 2 });
  // The reverse direction reads step 0 last.
  expect(finalSubject({ row: 1, column: 3 }, LAYOUT, 0).at).toEqual({ sample: 0, layer: 0, reverse: true, step: 0, unit: 3 });
  expect(finalSubject({ row: 2, column: 3 }, LAYOUT, 0).at).toEqual({ sample: 0, layer: 1, reverse: false, step: 2, unit: 3 });
});

it('tells what a number was where it is another', () => {
  const of = (first: number) => outputMatrix({ output: Float32Array.from({ length: 48 }, (_, index) => (index === 0 ? first : NaN)) }, LAYOUT, 0);
  const changed = changedFrom(of(2), of(1));
  expect([changed.was?.(0, 0), changed.was?.(0, 1)]).toEqual([1, undefined]);
});
