import { describe, expect, it } from 'vitest';
import { heatMatrix, spanOf } from './heat.js';

describe('the heatmaps of gradients', () => {
  it('have one scale for all modules, which holds what counts', () => {
    expect(spanOf([{ units: [1, -0.5] }, { units: [1e-5, 0] }])).toEqual({ low: -5, high: 0 });
    expect(spanOf([{ units: [1e30, 1e-30, NaN, Infinity] }])).toEqual({ low: 18, high: 30 });
    expect(spanOf([{ units: [0, 0] }])).toEqual({ low: -12, high: 0 });
    expect(spanOf([{ units: [2, 2] }])).toEqual({ low: 0, high: 1 });
  });

  it('put units downwards and steps to the right, and tell the number itself', () => {
    // Three steps of two units.
    const matrix = heatMatrix({ units: [1, 0.1, 0.01, 0, -10, NaN] }, 3, { low: -2, high: 1 });
    expect([matrix.rows, matrix.columns]).toEqual([2, 3]);
    const cell = (row: number, column: number) => matrix.values[row * matrix.rowStride + column * matrix.columnStride];
    expect(cell(0, 0)).toBeCloseTo(2 / 3);
    expect(cell(0, 1)).toBe(0);
    expect(cell(0, 2)).toBe(1);
    expect(cell(1, 2)).toBeNaN();
    expect(matrix.number?.(0, 2)).toBe(-10);
    expect(matrix.index(1, 2)).toEqual([2, 0, 1]);
    expect(matrix.ends).toEqual(['≤10⁻²', '10¹']);
  });
});
