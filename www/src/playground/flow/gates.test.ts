import { expect, it } from 'vitest';
import { legal } from './fixtures.js';
import { stepShapes } from './gates.js';

it('takes the shapes of one step from the trace', () => {
  const { trace } = legal().diagnosis;
  if (!trace) throw new Error('no trace');
  const shapes = stepShapes(trace, 1, false);
  expect(shapes?.x.shape).toEqual([3, 20]);
  expect(shapes?.h.shape).toEqual([3, 20]);
  expect(shapes?.inputProduct.shape).toEqual([5, 3, 60]);
  expect(shapes?.hiddenProduct.shape).toEqual([3, 60]);
  expect(stepShapes(trace, 0, false)?.x.axes.map(({ axis }) => axis)).toEqual(['N', 'H_in']);
});

it('reads a layer that was left out of the trace as the last one', () => {
  const { trace } = legal({ num_layers: 100 }).diagnosis;
  expect(trace && stepShapes(trace, 50, false)?.x.shape).toEqual([3, 20]);
});
