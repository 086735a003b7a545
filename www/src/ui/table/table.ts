/** A table as data: shown as a twin of a picture or by itself, and saved as CSV. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatValue } from '../numbers.js';
import '../save/gru-save.js';

/** What a cell holds: a number is written as PyTorch does; `shown` stands on the page for a value. */
export type Cell = string | number | { readonly value: string | number; readonly shown: unknown };

export interface Column {
  readonly name: string;
  /** Numbers stand right, in figures of one width; code in the same type. */
  readonly kind?: 'number' | 'mono';
}

export interface Table {
  /** What it is a table of. */
  readonly label: string;
  readonly caption?: string;
  /** Whether the caption is seen too. */
  readonly captioned?: boolean;
  readonly columns: readonly Column[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly Cell[])[];
  readonly foot?: readonly Cell[];
  readonly format?: (value: number) => string;
}

/** The table, which scrolls within itself; below it, what saves it, or all of it where not all is shown. */
export function tableView(table: Table, whole: () => Table = () => table): TemplateResult {
  return html`${tableBox(table)}<gru-save .file=${table.label} .table=${whole}></gru-save>`;
}

/** The same numbers as a picture's, behind a disclosure. */
export function tableTwin(table: Table, summary = 'The same as a table'): TemplateResult {
  return html`<details>
    <summary>${summary}</summary>
    ${tableBox(table)}
  </details>`;
}

/** The table alone. */
export function tableBox({ label, caption, captioned = false, columns, rows, foot, format = formatValue }: Table): TemplateResult {
  const row = (cells: readonly Cell[]) => html`<tr>
    ${cells.map((cell, index) => {
      const kind = columns[index]?.kind ?? nothing;
      return index === 0 ? html`<th scope="row" class=${kind}>${shown(cell, format)}</th>` : html`<td class=${kind}>${shown(cell, format)}</td>`;
    })}
  </tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table>
      ${caption === undefined ? nothing : html`<caption class=${captioned ? nothing : 'visually-hidden'}>${caption}</caption>`}
      <thead>
        <tr>
          ${columns.map(({ name, kind }) => html`<th scope="col" class=${kind === 'number' ? kind : nothing}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(row)}
      </tbody>
      ${foot ? html`<tfoot>${row(foot)}</tfoot>` : nothing}
    </table>
  </div>`;
}

function shown(cell: Cell, format: (value: number) => string): unknown {
  return typeof cell === 'number' ? format(cell) : typeof cell === 'string' ? cell : cell.shown;
}
