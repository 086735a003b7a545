/** The scroller of a heatmap: which cells of a matrix a scrolled box shows, and how large they are; all in CSS pixels. */
import type { Cell, Matrix } from './matrix.js';

/** Cells are squares, never smaller than a pointer can tell apart, never so large that few look like many. */
export const LEAST_CELL = 6;
export const MOST_CELL = 22;

/** Browsers cannot scroll through more than about this; beyond it the scroll bar covers several rows a pixel. */
const MOST_EXTENT = 8_000_000;

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** The side of a cell: as large as lets everything be seen, in whole device pixels. */
export function cellSize(rows: number, columns: number, box: Box, ratio: number): number {
  const fitting = Math.min(box.width / Math.max(1, columns), box.height / Math.max(1, rows));
  const side = Math.max(LEAST_CELL, Math.min(MOST_CELL, fitting));
  const whole = Math.floor(side * ratio) / ratio;
  return whole >= LEAST_CELL ? whole : Math.ceil(LEAST_CELL * ratio) / ratio;
}

/** How a matrix lies in its box: the side of its cells, and what of the box its scroll bars leave. */
export interface Fit {
  readonly cell: number;
  readonly seen: Box;
}

/**
 * Fits a matrix into a box that grows with it up to the room there is; a scroll bar takes so many pixels.
 *
 * Reckoned rather than asked of the browser, which would lay the page out for the answer.
 */
export function fit(rows: number, columns: number, room: Box, bar: number, ratio: number): Fit {
  let [down, across] = [false, false];
  for (;;) {
    const [width, height] = [Math.max(0, room.width - (down ? bar : 0)), Math.max(0, room.height - (across ? bar : 0))];
    const cell = cellSize(rows, columns, { width, height }, ratio);
    const [tall, wide] = [rows * cell > height, columns * cell > width];
    if ((down || !tall) && (across || !wide)) return { cell, seen: { width, height: Math.min(rows * cell, height) } };
    // A bar takes room, and so may bring the other; neither goes again.
    down ||= tall;
    across ||= wide;
  }
}

/** One direction of a scrolled box. */
export interface Span {
  readonly cells: number;
  /** How long the scrolled content is made. */
  readonly extent: number;
  /** The first cell seen, and how many. */
  readonly first: number;
  readonly count: number;
  /** Where the first cell begins, at or before the box's edge. */
  readonly start: number;
}

/** The cells seen in one direction, at a scroll position. */
export function span(cells: number, cell: number, seen: number, scrolled: number): Span {
  const length = cells * cell;
  const extent = Math.min(length, MOST_EXTENT);
  if (length <= seen) return { cells, extent, first: 0, count: cells, start: 0 };
  // Beyond the longest extent the whole way of the scroll bar stands for the whole way of the cells.
  const share = extent === length ? 1 : (length - seen) / (extent - seen);
  const from = Math.max(0, Math.min(length - seen, scrolled * share));
  const first = Math.floor(from / cell);
  const last = Math.min(cells, Math.ceil((from + seen) / cell));
  return { cells, extent, first, count: last - first, start: first * cell - from };
}

/** The scroll position that brings a cell into view, or the same when it is seen already. */
export function scrollTo(index: number, cells: number, cell: number, seen: number, scrolled: number): number {
  const length = cells * cell;
  if (length <= seen) return 0;
  const extent = Math.min(length, MOST_EXTENT);
  const share = extent === length ? 1 : (length - seen) / (extent - seen);
  const from = scrolled * share;
  const [start, end] = [index * cell, (index + 1) * cell];
  if (start >= from && end <= from + seen) return scrolled;
  const wanted = start < from ? start : end - seen;
  return wanted / share;
}

/** The cell below a point of the box, if there is one. */
export function cellAt({ first, count, start }: Span, cell: number, position: number): number | undefined {
  const index = Math.floor((position - start) / cell);
  return index >= 0 && index < count ? first + index : undefined;
}

let bar: number | undefined;

/** What a thin scroll bar takes of a box, asked of the browser once; nothing where it lies over what it scrolls. */
function barWidth(): number {
  if (bar !== undefined) return bar;
  const probe = document.createElement('div');
  for (const [property, value] of [
    ['position', 'absolute'],
    ['visibility', 'hidden'],
    ['overflow', 'scroll'],
    ['scrollbar-width', 'thin'],
    ['inline-size', '100px'],
  ] as const) {
    probe.style.setProperty(property, value);
  }
  document.body.append(probe);
  bar = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return bar;
}

/**
 * Fits a matrix into a box that scrolls, and knows the cells in sight.
 *
 * What the browser would have to lay the page out for is read only when sizes changed: steps follow each other fast.
 */
export class Scroller {
  readonly #box: HTMLElement;
  readonly #content: HTMLElement;
  /** What the cells were last fitted to. */
  #fitted = '';
  #room: Box | undefined;
  #seen: Box = { width: 0, height: 0 };
  #scrolled = { left: 0, top: 0 };
  cell = LEAST_CELL;
  rows = span(0, 1, 1, 0);
  columns = span(0, 1, 1, 0);

  constructor(box: HTMLElement, content: HTMLElement) {
    this.#box = box;
    this.#content = content;
  }

  /** What of the box the cells fill. */
  get filled(): Box {
    const { rows, columns, cell } = this;
    return { width: Math.min(this.#seen.width, columns.cells * cell), height: Math.min(this.#seen.height, rows.cells * cell) };
  }

  /** Reads how large the box may become; says whether that is news. Its height follows the matrix: that is none. */
  resized(): boolean {
    const { width, height } = this.#room ?? {};
    this.#room = { width: this.#box.offsetWidth, height: parseFloat(getComputedStyle(this.#box).maxHeight) };
    if (width === this.#room.width && height === this.#room.height) return false;
    this.#fitted = '';
    return true;
  }

  /** Follows the box, which was scrolled. */
  follow(): void {
    this.#scrolled = { left: this.#box.scrollLeft, top: this.#box.scrollTop };
  }

  /** Fits cells and content to the box, and finds the cells in sight. */
  measure({ rows, columns }: Matrix): void {
    const ratio = window.devicePixelRatio || 1;
    const fitted = `${rows} ${columns} ${ratio}`;
    if (this.#fitted !== fitted) {
      if (!this.#room) this.resized();
      const { cell, seen } = fit(rows, columns, this.#room ?? this.#seen, barWidth(), ratio);
      const [width, height] = [span(columns, cell, 0, 0).extent, span(rows, cell, 0, 0).extent];
      this.#content.style.width = `${width}px`;
      this.#content.style.height = `${height}px`;
      [this.#fitted, this.cell, this.#seen] = [fitted, cell, seen];
      // The browser scrolls back from beyond the new end by itself.
      const { left, top } = this.#scrolled;
      this.#scrolled = { left: Math.min(left, Math.max(0, width - seen.width)), top: Math.min(top, Math.max(0, height - seen.height)) };
    }
    this.rows = span(rows, this.cell, this.#seen.height, this.#scrolled.top);
    this.columns = span(columns, this.cell, this.#seen.width, this.#scrolled.left);
  }

  /** Scrolls a cell into sight. */
  reveal(matrix: Matrix, { row, column }: Cell): void {
    this.measure(matrix);
    const { width, height } = this.#seen;
    if (width === 0) return;
    const top = scrollTo(row, matrix.rows, this.cell, height, this.#scrolled.top);
    const left = scrollTo(column, matrix.columns, this.cell, width, this.#scrolled.left);
    if (top !== this.#scrolled.top) this.#box.scrollTop = top;
    if (left !== this.#scrolled.left) this.#box.scrollLeft = left;
    this.#scrolled = { left, top };
    this.measure(matrix);
  }

  /** The cell below a point of the window. */
  under(x: number, y: number): Cell | undefined {
    const box = this.#box.getBoundingClientRect();
    const [row, column] = [cellAt(this.rows, this.cell, y - box.top), cellAt(this.columns, this.cell, x - box.left)];
    return row === undefined || column === undefined ? undefined : { row, column };
  }
}
