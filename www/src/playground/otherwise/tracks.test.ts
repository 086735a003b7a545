import { expect, it } from 'vitest';
import type { GateTrace } from '../../engine/engine.js';
import type { Layout } from '../values/matrix.js';
import { tracksOf } from './tracks.js';

const numbers = Float32Array.from({ length: 12 }, (_, at) => at);
/** Three steps of two samples with two units. */
const TRACE = { layer: 0, reverse: true, sample: 0, shape: [3, 2, 2], r: numbers, z: numbers, h: numbers } as unknown as GateTrace;
const LAYOUT: Layout = { steps: 3, batch: 2, batched: true, batchFirst: false, layers: 1, directions: 2, hidden: 2 };

it('has the numbers of one unit of one sample, in the order in which they are read', () => {
  const at = { sample: 1, layer: 0, reverse: true, step: 0, unit: 1 };
  const tracks = tracksOf(TRACE, LAYOUT, at, ['z', 'h']);
  expect(tracks.map(({ name }) => name)).toEqual(['z', 'h']);
  expect(tracks[0]?.values).toEqual([11, 7, 3]);
  expect(tracksOf(TRACE, LAYOUT, { ...at, reverse: false }, ['z'])[0]?.values).toEqual([3, 7, 11]);
});

it('gives each voice a side and a timbre of its own', () => {
  const tracks = tracksOf(TRACE, LAYOUT, { sample: 0, layer: 0, reverse: false, step: 0, unit: 0 }, ['r', 'z', 'h']);
  expect(new Set(tracks.map(({ pan }) => pan)).size).toBe(3);
  expect(new Set(tracks.map(({ wave }) => wave)).size).toBe(3);
});
