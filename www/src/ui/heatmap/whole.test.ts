import { describe, expect, it } from 'vitest';
import { csvFile } from '../save/csv.js';
import type { Matrix } from './matrix.js';
import { cellOf, wholeTable } from './whole.js';

const matrix = (rows: number, columns: number, values = new Float32Array(0)): Matrix => ({
  name: 'out',
  values,
  offset: 0,
  rows,
  rowStride: columns,
  columns,
  columnStride: 1,
  map: 'diverging',
  rowAxis: 'L',
  columnAxis: 'H_out',
  split: undefined,
  index: (row, column) => [row, 0, column],
});

describe('a whole heatmap', () => {
  it('has cells as large as a picture can hold, and never smaller than a pixel', () => {
    expect(cellOf(matrix(5, 20))).toBe(22);
    expect(cellOf(matrix(1000, 20))).toBe(16);
    expect(cellOf(matrix(2000, 2000))).toBe(2);
    // With 4 the two lines of words would make it 4096 × 4160, more than 2^24.
    expect(cellOf(matrix(1024, 1024))).toBe(3);
    expect(cellOf(matrix(16_000, 20))).toBe(1);
  });

  it.each([[20_000, 20, '20\u202f000 × 20'], [4000, 1001, '4\u202f000 × 1\u202f001']])('of %d rows and %d columns is too large for a picture', (rows, columns, size) => {
    expect(() => cellOf(matrix(rows, columns))).toThrow(`it has ${size} cells, too many for a picture. CSV has all of them.`);
  });

  it('is a table with a row for each of its own, and all digits', () => {
    const table = wholeTable(matrix(2, 3, Float32Array.of(1, 0.1, -2, NaN, 4, 5)), 'steps');
    expect(csvFile(table).join('')).toBe(`steps,0,1,2\r\n0,1,${Math.fround(0.1)},-2\r\n1,nan,4,5\r\n`);
  });

  it('is refused as a table of more numbers than one file should have', () => {
    expect(() => wholeTable(matrix(16_000, 1001), 'steps')).toThrow('too many for one file');
  });
});
