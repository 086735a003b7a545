/** A matrix as a heatmap shows it: a view into a flat tensor, never a copy. */
import type { Axis, ColorMap } from '../../engine/engine.js';
import { formatValue } from '../numbers.js';

/** A cell that a learner went to. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Cell (row, column) lies at `offset + row * rowStride + column * columnStride`. */
export interface Matrix {
  /** Its name in PyTorch's terms: `out`, `h_n`, `r`. */
  readonly name: string;
  readonly values: Float32Array;
  readonly offset: number;
  readonly rows: number;
  readonly rowStride: number;
  readonly columns: number;
  readonly columnStride: number;
  readonly map: ColorMap;
  /** What its rows and columns are; undefined where nobody knows. */
  readonly rowAxis: Axis | undefined;
  readonly columnAxis: Axis | undefined;
  /** The column at which the reverse direction begins; none where there is one direction. */
  readonly split: number | undefined;
  /** The index of a cell within the tensor, as PyTorch takes it. */
  readonly index: (row: number, column: number) => readonly number[];
  /** The number that a cell's colour stands for, where `values` has another. */
  readonly number?: (row: number, column: number) => number;
  /** The ends of the scale, where they are not those of the map. */
  readonly ends?: readonly [low: string, high: string];
  /** Whether a cell has its number yet; where it has none it is left empty. All have, where nothing says. */
  readonly known?: ((row: number, column: number) => boolean) | undefined;
  /** What a cell's number was before a change of another; none where it is the same. */
  readonly was?: ((row: number, column: number) => number | undefined) | undefined;
}

export function valueAt({ values, offset, rowStride, columnStride, number }: Matrix, row: number, column: number): number {
  return number ? number(row, column) : (values[offset + row * rowStride + column * columnStride] ?? NaN);
}

/** `out[4, 0, 7]`. */
export function cellName(matrix: Matrix, row: number, column: number): string {
  const name = matrix.name.includes(' ') ? `(${matrix.name})` : matrix.name;
  return `${name}[${matrix.index(row, column).join(', ')}]`;
}

/** A cell by its name, with its value: `out[4, 0, 7] = 0.1312`. */
export function cellText(matrix: Matrix, { row, column }: Cell): string {
  const name = cellName(matrix, row, column);
  if (matrix.known?.(row, column) === false) return `${name}: not yet`;
  const was = matrix.was?.(row, column);
  return `${name} = ${formatValue(valueAt(matrix, row, column))}${was === undefined ? '' : ` (was ${formatValue(was)})`}`;
}

/** A rectangle of a matrix as rows without gaps, and what in it the colours cannot tell. */
export interface Part {
  readonly values: Float32Array;
  /** Whether a value is NaN or infinite. */
  readonly notFinite: boolean;
  /** Whether a value lies beyond the ends of the map. */
  readonly beyond: boolean;
}

/** Copies a rectangle out, so that only what is seen goes to the engine. */
export function gather(matrix: Matrix, row: number, rows: number, column: number, columns: number): Part {
  const { values, offset, rowStride, columnStride, map } = matrix;
  const low = map === 'diverging' ? -1 : 0;
  const part = new Float32Array(rows * columns);
  let [notFinite, beyond] = [false, false];
  for (let i = 0; i < rows; i += 1) {
    const start = offset + (row + i) * rowStride + column * columnStride;
    for (let j = 0; j < columns; j += 1) {
      const value = values[start + j * columnStride] ?? NaN;
      part[i * columns + j] = value;
      if (!Number.isFinite(value)) notFinite = true;
      else if (value < low || value > 1) beyond = true;
    }
  }
  return { values: part, notFinite, beyond };
}
