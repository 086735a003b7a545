/** A printed tensor as a heatmap: the last axis to the right, all others downwards. */
import type { TensorSample } from '../engine/engine.js';
import type { Matrix } from '../ui/heatmap/matrix.js';
import { formatValue } from '../ui/numbers.js';

/** The colours go from the largest size below zero to the same above it; from zero on where nothing is below it. */
export function tensorMatrix(name: string, { data, shape }: TensorSample): Matrix {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  let most = 0;
  let below = false;
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    most = Math.max(most, Math.abs(value));
    below ||= value < 0;
  }
  const scale = most === 0 ? 1 : most;
  return {
    name,
    values: Float32Array.from(data, (value) => value / scale),
    offset: 0,
    rows,
    rowStride: columns,
    columns,
    columnStride: 1,
    map: below ? 'diverging' : 'sequential',
    rowAxis: undefined,
    columnAxis: undefined,
    split: undefined,
    index: (row, column) => indexOf(shape, row, column),
    number: (row, column) => data[row * columns + column] ?? NaN,
    ends: [below ? formatValue(-scale) : '0', formatValue(scale)],
  };
}

/** The index of a cell, as PyTorch takes it. */
function indexOf(shape: readonly number[], row: number, column: number): number[] {
  if (shape.length === 0) return [];
  const index = [column];
  let left = row;
  for (const size of shape.slice(0, -1).reverse()) {
    index.unshift(left % size);
    left = Math.floor(left / size);
  }
  return index;
}
