/** The keyboard of a heatmap, and its cells as elements: what a screen reader reads, and what has the focus. */
import { cellText, type Cell, type Matrix } from './matrix.js';
import type { Scroller } from './scroller.js';

/** Where a key leads among cells; none for keys that do not move. */
export function moved(
  key: string,
  control: boolean,
  at: Cell,
  rows: number,
  columns: number,
): Cell | undefined {
  const { row, column } = at;
  const PAGE = 10;
  const to: Cell | undefined = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    Home: { row: control ? 0 : row, column: 0 },
    End: { row: control ? rows - 1 : row, column: columns - 1 },
    PageUp: { row: row - PAGE, column },
    PageDown: { row: row + PAGE, column },
  }[key];
  return to && { row: Math.max(0, Math.min(rows - 1, to.row)), column: Math.max(0, Math.min(columns - 1, to.column)) };
}

/** So many columns of a wide matrix are elements at a time: those around the selected one. */
const MOST_COLUMNS = 48;

/** From one index up to another. */
interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** What is in sight and one more on either side, so that reading on leads there. */
function around(selected: number, cells: number, { first, count }: Scroller['rows'], most: number): Stretch {
  const [from, to] = [Math.min(selected, Math.max(0, first - 1)), Math.max(selected + 1, Math.min(cells, first + count + 1))];
  const start = Math.max(from, Math.min(selected - (most >> 1), to - most));
  return { first: start, end: Math.min(to, start + most) };
}

/** Makes the children those of a stretch, and leaves what stays where it is: the focus may be on one. */
function fill(parent: HTMLElement, role: 'row' | 'gridcell', index: 'ariaRowIndex' | 'ariaColIndex', { first, end }: Stretch): HTMLElement[] {
  const kept = new Map<number, HTMLElement>();
  for (const child of [...parent.children] as HTMLElement[]) {
    const at = Number(child[index]) - 1;
    if (at < first || at >= end) child.remove();
    else kept.set(at, child);
  }
  const children: HTMLElement[] = [];
  for (let at = first; at < end; at += 1) {
    let child = kept.get(at);
    if (!child) {
      child = document.createElement('div');
      child.role = role;
      child[index] = String(at + 1);
      parent.insertBefore(child, children.at(-1)?.nextSibling ?? (children.length === 0 ? parent.firstChild : null));
    }
    children.push(child);
  }
  return children;
}

/**
 * Elements for the cells in sight, each named by its index and value; one of them, the selected one, is a stop of the tab key.
 *
 * They lie over the picture and draw nothing but the ring of the focus.
 */
export class Keyboard {
  readonly #grid: HTMLElement;
  readonly #cells: HTMLElement;
  #stop: HTMLElement | undefined;

  constructor(grid: HTMLElement, cells: HTMLElement) {
    this.#grid = grid;
    this.#cells = cells;
  }

  /** Whether the focus is on the grid or on one of its cells. */
  get focused(): boolean {
    return this.#grid.matches(':focus-within');
  }

  /** The cell that an element stands for. */
  cellOf(element: EventTarget | null): Cell | undefined {
    if (!(element instanceof HTMLElement) || element.role !== 'gridcell') return undefined;
    return { row: Number(element.parentElement?.ariaRowIndex) - 1, column: Number(element.ariaColIndex) - 1 };
  }

  /** Draws all cells in sight, or the selected one alone; where the grid has the focus, that cell gets it. */
  draw(matrix: Matrix, selected: Cell, scroller: Scroller, all: boolean): void {
    const { rows, columns, cell } = scroller;
    if (matrix.rows * matrix.columns === 0) {
      this.#cells.replaceChildren();
      return;
    }
    const one = ({ row, column }: Cell) => [{ first: row, end: row + 1 }, { first: column, end: column + 1 }] as const;
    const [down, across] = all
      ? [around(selected.row, matrix.rows, rows, Infinity), around(selected.column, matrix.columns, columns, MOST_COLUMNS)]
      : one(selected);
    const { style } = this.#cells;
    style.setProperty('--cell', `${cell}px`);
    const [x, y] = [columns.start + (across.first - columns.first) * cell, rows.start + (down.first - rows.first) * cell];
    style.transform = `translate(${x}px, ${y}px)`;
    let stop: HTMLElement | undefined;
    fill(this.#cells, 'row', 'ariaRowIndex', down).forEach((line, i) => {
      fill(line, 'gridcell', 'ariaColIndex', across).forEach((element, j) => {
        const at = { row: down.first + i, column: across.first + j };
        element.ariaLabel = cellText(matrix, at);
        const isStop = at.row === selected.row && at.column === selected.column;
        if (isStop) stop = element;
        element.tabIndex = isStop ? 0 : -1;
      });
    });
    this.#stop = stop;
    if (this.focused) this.#stop?.focus({ preventScroll: true });
  }
}
