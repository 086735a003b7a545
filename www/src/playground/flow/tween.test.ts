import { expect, it } from 'vitest';
import { legal, type Example } from './fixtures.js';
import { layout, type Scene } from './layout.js';
import { flowOf } from './model.js';
import { alike, between } from './tween.js';

function scene(example: Example = {}, width = 900): Scene {
  const { call, diagnosis } = legal(example);
  return layout(flowOf(diagnosis, call), width);
}

it('ends in the target itself', () => {
  const [from, to] = [scene(), scene({ num_layers: 3 })];
  expect(between(from, to, 1)).toBe(to);
});

it('slides a new layer in and moves the others there', () => {
  const [from, to] = [scene(), scene({ num_layers: 3 })];
  const half = between(from, to, 0.5);
  const at = (in_: Scene, key: string) => in_.parts.find((part) => part.key === key)?.at;
  expect(at(half, 'layer-2')?.opacity).toBeCloseTo(0.5);
  expect(at(half, 'layer-2')?.x).toBeLessThan(at(to, 'layer-2')?.x ?? 0);
  expect(at(half, 'layer-1')?.x).toBeCloseTo(((at(from, 'layer-1')?.x ?? 0) + (at(to, 'layer-1')?.x ?? 0)) / 2);
});

it('unfolds a batch row by row', () => {
  const [from, to] = [scene({ N: 1 }), scene({ N: 4 })];
  const sheets = (t: number) => between(from, to, t).parts.find(({ key }) => key === 'input')?.at.sheets;
  expect([sheets(0), sheets(0.5), sheets(1)]).toEqual([1, 2.5, 4]);
});

it('fades what is gone', () => {
  const half = between(scene({ num_layers: 3 }), scene(), 0.5);
  expect(half.parts.find(({ key }) => key === 'layer-2')?.at.opacity).toBeCloseTo(0.5);
});

it('does not turn one orientation into the other', () => {
  const to = scene({}, 320);
  expect(between(scene(), to, 0.1)).toBe(to);
});

it('knows scenes that look alike', () => {
  expect(alike(scene(), scene())).toBe(true);
  expect(alike(scene(), scene({ L: 6 }))).toBe(false);
});
