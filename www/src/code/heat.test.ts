import { expect, it } from 'vitest';
import { cellText } from '../ui/heatmap/matrix.js';
import { tensorMatrix } from './heat.js';

it('shows the last axis to the right, and names each cell by its index', () => {
  const matrix = tensorMatrix('x', { data: Array.from({ length: 24 }, (_, at) => at - 12), shape: [2, 3, 4] });
  expect([matrix.rows, matrix.columns, matrix.map]).toEqual([6, 4, 'diverging']);
  expect(matrix.ends).toEqual(['−12.0000', '12.0000']);
  expect(cellText(matrix, { row: 4, column: 1 })).toBe('x[1, 1, 1] = 5.0000');
  expect(matrix.values[17]).toBeCloseTo(5 / 12, 6);
});

it('begins at zero where nothing is below it, and bears numbers that are none', () => {
  expect(tensorMatrix('x', { data: [0, 2, Infinity, NaN], shape: [4] })).toMatchObject({ rows: 1, columns: 4, map: 'sequential', ends: ['0', '2.0000'] });
  const single = tensorMatrix('x', { data: [-3], shape: [] });
  expect([single.rows, single.columns, single.index(0, 0)]).toEqual([1, 1, []]);
  expect(tensorMatrix('x', { data: [0, 0], shape: [2] }).values).toEqual(Float32Array.of(0, 0));
});
