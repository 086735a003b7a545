/** Which cells of a matrix a scrolled box shows, and how large they are; all in CSS pixels. */

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
  if (length <= seen) return { extent, first: 0, count: cells, start: 0 };
  // Beyond the longest extent the whole way of the scroll bar stands for the whole way of the cells.
  const share = extent === length ? 1 : (length - seen) / (extent - seen);
  const from = Math.max(0, Math.min(length - seen, scrolled * share));
  const first = Math.floor(from / cell);
  const last = Math.min(cells, Math.ceil((from + seen) / cell));
  return { extent, first, count: last - first, start: first * cell - from };
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

/** Where a key leads among cells; none for keys that do not move. */
export function moved(
  key: string,
  control: boolean,
  at: { readonly row: number; readonly column: number },
  rows: number,
  columns: number,
): { row: number; column: number } | undefined {
  const { row, column } = at;
  const PAGE = 10;
  const to: { row: number; column: number } | undefined = {
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
