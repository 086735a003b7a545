import { describe, expect, it } from 'vitest';
import { blocks, paddedCells } from './grid.js';

const rows = [
  { sample: 1, step: 0 },
  { sample: 0, step: 0 },
  { sample: 1, step: 1 },
];

describe('the grid of a padded batch', () => {
  it('says of each step where it went', () => {
    const cells = paddedCells(2, 3, { rows });
    expect(cells.map((line) => line.map(({ row }) => row))).toEqual([
      [1, undefined, undefined],
      [0, 2, undefined],
    ]);
    expect(paddedCells(1, 2, null)[0]?.map(({ row }) => row)).toEqual([undefined, undefined]);
  });

  it('parts the data as batch_sizes says, as far as there is any', () => {
    const sizes = (batch_sizes: number[]) => blocks({ rows, batch_sizes }).map((block) => block.map(({ row }) => row));
    expect(sizes([2, 1])).toEqual([[0, 1], [2]]);
    expect(sizes([2, 1, 1])).toEqual([[0, 1], [2], []]);
  });
});
