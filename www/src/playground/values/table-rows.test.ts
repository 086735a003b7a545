import { expect, it } from 'vitest';
import type { GateTrace } from '../../engine/engine.js';
import { outputMatrix, type Layout } from './matrix.js';
import { gatesPage, PAGE, rowPage } from './table-rows.js';

const LAYOUT: Layout = { steps: 2, batch: 2, batched: true, batchFirst: false, layers: 1, directions: 1, hidden: 45 };

it('turns pages, and stays within them', () => {
  const output = Float32Array.from({ length: 2 * 2 * 45 }, (_, index) => index / 1000);
  const matrix = outputMatrix({ output }, LAYOUT, 1);
  const first = rowPage(matrix, 1, 0);
  expect([first.page, first.pages, first.table.rows.length]).toEqual([0, 3, PAGE]);
  expect(first.table.rows[0]).toEqual(['out[1, 1, 0]', Math.fround(0.135)]);
  const last = rowPage(matrix, 1, 99);
  expect([last.page, last.table.rows.length]).toEqual([2, 5]);
  expect(last.table.rows.at(-1)).toEqual(['out[1, 1, 44]', Math.fround(0.179)]);
  expect(rowPage(matrix, 1).table.rows).toHaveLength(45);
});

it('lists the gates of every unit with the state before and after', () => {
  const names = ['r', 'z', 'n', 'h', 'pre_r', 'pre_z', 'n_input', 'n_hidden'];
  const gates = Object.fromEntries(names.map((name, index) => [name, new Float32Array(180).fill(index / 10)]));
  const { table } = gatesPage(
    { ...gates, sample: 0, shape: [2, 2, 45] } as unknown as GateTrace,
    LAYOUT,
    { sample: 0, layer: 0, reverse: false, step: 0, unit: 0 },
    null,
    0,
  );
  expect(table.caption).toBe('Gates of layer 0 at step 0, sample 0');
  expect(table.rows[3]).toEqual(['3', ...[0, 0.1, 0.2, 0, 0.3].map(Math.fround)]);
});
