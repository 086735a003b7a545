/** The table twin of the heatmaps: one step's values, a page at a time, or without one all of them. */
import type { GateTrace } from '../../engine/engine.js';
import { cellName, valueAt, type Matrix } from '../../ui/heatmap/matrix.js';
import type { Column, Table } from '../../ui/table/table.js';
import type { Layout, Selection } from './matrix.js';
import { unitStep } from './unit.js';

export const PAGE = 20;

export interface TablePage {
  readonly table: Table;
  readonly page: number;
  readonly pages: number;
}

/** The indices of a page that lies within what there is. */
function slice(count: number, page: number | undefined): { page: number; pages: number; indices: number[] } {
  const size = page === undefined ? Math.max(1, count) : PAGE;
  const pages = Math.max(1, Math.ceil(count / size));
  const at = Math.max(0, Math.min(pages - 1, page ?? 0));
  const indices = Array.from({ length: Math.min(size, count - at * size) }, (_, index) => at * size + index);
  return { page: at, pages, indices };
}

function named(caption: string, columns: readonly string[], rows: Table['rows']): Table {
  return { label: caption, caption, captioned: true, columns: columns.map((name, index): Column => (index === 0 ? { name } : { name, kind: 'number' })), rows };
}

/** One row of a matrix, a cell a line. */
export function rowPage(matrix: Matrix, row: number, page?: number): TablePage {
  const { indices, ...at } = slice(matrix.columns, page);
  const rows = indices.map((column) => [cellName(matrix, row, column), valueAt(matrix, row, column)]);
  return { table: named(`${matrix.name}, ${matrix.columns} values`, ['Index', 'Value'], rows), ...at };
}

/** What every unit of a layer does at one step. */
export function gatesPage(
  trace: GateTrace,
  layout: Layout,
  selection: Selection,
  h_0: Float32Array | null,
  page?: number,
): TablePage {
  const { indices, ...at } = slice(layout.hidden, page);
  const { layer, reverse, step, sample } = selection;
  const way = layout.directions === 2 ? (reverse ? ', reverse' : ', forward') : '';
  const caption = `Gates of layer ${layer}${way} at step ${step}, sample ${sample}`;
  const rows = indices.map((unit) => {
    const { r, z, n, h_prev, h } = unitStep(trace, layout, { ...selection, unit }, h_0);
    return [String(unit), r, z, n, h_prev ?? '', h];
  });
  return { table: named(caption, ['Unit', 'r', 'z', 'n', 'h_prev', 'h'], rows), ...at };
}
