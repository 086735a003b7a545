/** A table as a file that every spreadsheet and `pandas.read_csv` reads: RFC 4180, numbers with all their digits. */
import type { Cell, Table } from '../table/table.js';

/** What a file has of a table; its rows may be made one by one. */
export interface Numbers extends Pick<Table, 'columns' | 'foot'> {
  readonly rows: Iterable<readonly Cell[]>;
}

/** The file's rows. */
export function csvFile({ columns, rows, foot }: Numbers): string[] {
  const row = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`;
  return [row(columns.map(({ name }) => name)), ...Array.from(rows, row), ...(foot ? [row(foot)] : [])];
}

function field(cell: Cell): string {
  const value = typeof cell === 'object' ? cell.value : cell;
  if (typeof value === 'number') return Number.isNaN(value) ? 'nan' : String(value).replace('Infinity', 'inf');
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
