import { expect, it } from 'vitest';
import type { FlowModel } from './model.js';
import { finalText } from './why.js';

const model = (shape: readonly number[] | undefined, directions: 1 | 2, num_layers: number) => ({ h_n: { shape }, directions, num_layers }) as unknown as FlowModel;

it('says how many states h_n has, and of a batch why it stays in the middle', () => {
  expect(finalText(model([6, 4, 20], 2, 3))).toBe(
    'h_n holds the last state of each layer and direction, D·num_layers = 2·3 = 6 of them, each with a number for every unit. batch_first swaps the first two axes of x and out; h_n has no steps, so its batch stays in the middle.',
  );
  expect(finalText(model([2, 20], 1, 2))).toBe('h_n holds the last state of each layer, D·num_layers = 1·2 = 2 of them, each with a number for every unit.');
});
