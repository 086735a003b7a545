/** The table twin of the heatmaps: one step's values, a page at a time. */
import type { GateTrace } from '../../engine/engine.js';
import { cellName, valueAt, type Matrix } from '../../ui/heatmap/matrix.js';
import { formatValue } from '../../ui/numbers.js';
import type { Layout, Selection } from './matrix.js';
import { unitStep } from './unit.js';

export const PAGE = 20;

export interface TablePage {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first text of each row names it. */
  readonly rows: readonly (readonly string[])[];
  readonly page: number;
  readonly pages: number;
}

/** The indices of a page that lies within what there is. */
function slice(count: number, page: number): { page: number; pages: number; indices: number[] } {
  const pages = Math.max(1, Math.ceil(count / PAGE));
  const at = Math.max(0, Math.min(pages - 1, page));
  const indices = Array.from({ length: Math.min(PAGE, count - at * PAGE) }, (_, index) => at * PAGE + index);
  return { page: at, pages, indices };
}

/** One row of a matrix, a cell a line. */
export function rowPage(matrix: Matrix, row: number, page: number): TablePage {
  const { indices, ...at } = slice(matrix.columns, page);
  return {
    caption: `${matrix.name}, ${matrix.columns} values`,
    columns: ['Index', 'Value'],
    rows: indices.map((column) => [cellName(matrix, row, column), formatValue(valueAt(matrix, row, column))]),
    ...at,
  };
}

/** What every unit of a layer does at one step. */
export function gatesPage(
  trace: GateTrace,
  layout: Layout,
  selection: Selection,
  h_0: Float32Array | null,
  page: number,
): TablePage {
  const { indices, ...at } = slice(layout.hidden, page);
  const { layer, reverse, step, sample } = selection;
  const way = layout.directions === 2 ? (reverse ? ', reverse' : ', forward') : '';
  return {
    caption: `Gates of layer ${layer}${way} at step ${step}, sample ${sample}`,
    columns: ['Unit', 'r', 'z', 'n', 'h before', "h'"],
    rows: indices.map((unit) => {
      const { r, z, n, h_prev, h } = unitStep(trace, layout, { ...selection, unit }, h_0);
      return [String(unit), ...[r, z, n].map(formatValue), h_prev === undefined ? '' : formatValue(h_prev), formatValue(h)];
    }),
    ...at,
  };
}
