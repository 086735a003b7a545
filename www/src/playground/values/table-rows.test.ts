import { expect, it } from 'vitest';
import type { GateTrace } from '../../engine/engine.js';
import { outputMatrix, type Layout } from './matrix.js';
import { gatesPage, PAGE, rowPage } from './table-rows.js';

const LAYOUT: Layout = { steps: 2, batch: 2, batched: true, batchFirst: false, layers: 1, directions: 1, hidden: 45 };

it('turns pages, and stays within them', () => {
  const output = Float32Array.from({ length: 2 * 2 * 45 }, (_, index) => index / 1000);
  const matrix = outputMatrix({ output }, LAYOUT, 1);
  const first = rowPage(matrix, 1, 0);
  expect([first.page, first.pages, first.rows.length]).toEqual([0, 3, PAGE]);
  expect(first.rows[0]).toEqual(['out[1, 1, 0]', '0.1350']);
  const last = rowPage(matrix, 1, 99);
  expect([last.page, last.rows.length]).toEqual([2, 5]);
  expect(last.rows.at(-1)).toEqual(['out[1, 1, 44]', '0.1790']);
});

it('lists the gates of every unit with the state before and after', () => {
  const names = ['r', 'z', 'n', 'h', 'pre_r', 'pre_z', 'n_input', 'n_hidden'];
  const gates = Object.fromEntries(names.map((name, index) => [name, new Float32Array(180).fill(index / 10)]));
  const page = gatesPage(
    { ...gates, sample: 0, shape: [2, 2, 45] } as unknown as GateTrace,
    LAYOUT,
    { sample: 0, layer: 0, reverse: false, step: 0, unit: 0 },
    null,
    0,
  );
  expect(page.caption).toBe('Gates of layer 0 at step 0, sample 0');
  expect(page.rows[3]).toEqual(['3', '0.0000', '0.1000', '0.2000', '0.0000', '0.3000']);
});
