/** A table as a file that every spreadsheet and `pandas.read_csv` reads: RFC 4180, numbers with all their digits. */
import type { Cell, Table } from '../table/table.js';

export function csvFile({ columns, rows, foot }: Pick<Table, 'columns' | 'rows' | 'foot'>): string {
  return [columns.map(({ name }) => name), ...rows, ...(foot ? [foot] : [])].map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  const value = typeof cell === 'object' ? cell.value : cell;
  if (typeof value === 'number') return Number.isNaN(value) ? 'nan' : String(value).replace('Infinity', 'inf');
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
