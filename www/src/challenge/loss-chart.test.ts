import { expect, it } from 'vitest';
import { lossChart, lowest } from './loss-chart.js';

const curves = { training: [3, 2, 1], validation: [3, 1, 1], description: 'Training loss falls.' };

it('marks where validation loss is lowest as a part of the answer alone, at the first of equals', () => {
  expect(lossChart(curves, false).marks).toEqual([]);
  expect(lossChart(curves, true).marks).toEqual([{ x: 2, text: 'lowest after epoch 2', tone: 'N' }]);
  expect(lowest([])).toBeUndefined();
});

it('tells the curves apart by dash, by marker and by name', () => {
  const looks = lossChart(curves, false).series.map(({ name, dash, marker }) => [name, dash, marker]);
  expect(looks).toEqual([['training', undefined, 'circle'], ['validation', '7 5', 'square']]);
});
