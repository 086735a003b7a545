/** The painter of a heatmap: the cells in sight on a canvas, whatever the size of the matrix. */
import type { Engine } from '../../engine/engine.js';
import { gather, type Cell, type Matrix, type Part } from './matrix.js';
import type { Scroller } from './scroller.js';

/** Which cells are painted, and where. */
export type Sight = Pick<Scroller, 'rows' | 'columns' | 'cell' | 'filled'>;

/** Lines between cells are drawn from this side on. */
const GRID_FROM = 9;

/** What is drawn over the cells. */
export interface Marks {
  readonly selected: Cell;
  /** Whether a line marks the selected row. */
  readonly row: boolean;
  readonly hovered: Cell | undefined;
}

/** The colours of marks and ground, and whether they are of the dark theme. */
export interface Ink {
  readonly dark?: boolean;
  readonly mark: string;
  readonly ground: string;
}

export class Painter {
  readonly #box: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  #buffer: OffscreenCanvas | undefined;
  /** The colours of marks and ground, and the theme that they are of. */
  #ink: Ink = { mark: '', ground: '' };

  /** With an `ink` for a theme of its own, the box is not asked for that. */
  constructor(box: HTMLElement, canvas: HTMLCanvasElement, ink?: Ink) {
    this.#box = box;
    this.#canvas = canvas;
    if (ink) this.#ink = ink;
  }

  /** Paints what is in sight; says what in it the colours cannot tell. */
  paint(matrix: Matrix, engine: Pick<Engine, 'heatmap'>, dark: boolean, sight: Sight, marks?: Marks, ratio = window.devicePixelRatio || 1): Part | undefined {
    const { rows, columns, cell, filled } = sight;
    const canvas = this.#canvas;
    const device = { width: Math.round(filled.width * ratio), height: Math.round(filled.height * ratio) };
    if (canvas.width !== device.width || canvas.height !== device.height) {
      canvas.width = device.width;
      canvas.height = device.height;
      canvas.style.width = `${device.width / ratio}px`;
      canvas.style.height = `${device.height / ratio}px`;
    }
    const context = canvas.getContext('2d');
    if (!context || rows.count === 0 || columns.count === 0) return undefined;
    const part = gather(matrix, rows.first, rows.count, columns.first, columns.count);
    const image = engine.heatmap(part.values, 0, rows.count, columns.count, columns.count, 1, matrix.map, dark);
    const buffer = (this.#buffer ??= new OffscreenCanvas(1, 1));
    buffer.width = columns.count;
    buffer.height = rows.count;
    buffer.getContext('2d')?.putImageData(image, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, filled.width, filled.height);
    context.imageSmoothingEnabled = false;
    context.drawImage(buffer, columns.start, rows.start, columns.count * cell, rows.count * cell);
    if (this.#ink.dark !== dark) {
      const { color, backgroundColor } = getComputedStyle(this.#box);
      this.#ink = { dark, mark: color, ground: backgroundColor };
    }
    if (matrix.known) this.#empty(context, sight, matrix.known);
    this.#lines(context, sight, matrix.split, 1 / ratio);
    if (matrix.was) this.#changed(context, sight, matrix.was);
    if (marks) this.#marks(context, sight, marks);
    return part;
  }

  /** Cells without a number yet: the ground, and a dot in the middle where there is room for one. */
  #empty(context: CanvasRenderingContext2D, { rows, columns, cell }: Sight, known: NonNullable<Matrix['known']>): void {
    const { mark, ground } = this.#ink;
    const dot = cell >= GRID_FROM ? 2 : 0;
    for (let i = 0; i < rows.count; i += 1) {
      for (let j = 0; j < columns.count; j += 1) {
        if (known(rows.first + i, columns.first + j)) continue;
        const [x, y] = [columns.start + j * cell, rows.start + i * cell];
        context.fillStyle = ground;
        context.fillRect(x, y, cell, cell);
        context.fillStyle = mark;
        context.globalAlpha = 0.35;
        context.fillRect(x + (cell - dot) / 2, y + (cell - dot) / 2, dot, dot);
        context.globalAlpha = 1;
      }
    }
  }

  /** A frame within each cell whose number has changed. */
  #changed(context: CanvasRenderingContext2D, { rows, columns, cell }: Sight, was: NonNullable<Matrix['was']>): void {
    const { mark, ground } = this.#ink;
    for (let i = 0; i < rows.count; i += 1) {
      for (let j = 0; j < columns.count; j += 1) {
        if (was(rows.first + i, columns.first + j) === undefined) continue;
        const [x, y] = [columns.start + j * cell, rows.start + i * cell];
        context.lineWidth = 1;
        context.strokeStyle = ground;
        context.strokeRect(x + 2.5, y + 2.5, Math.max(1, cell - 5), Math.max(1, cell - 5));
        context.strokeStyle = mark;
        context.strokeRect(x + 1.5, y + 1.5, Math.max(1, cell - 3), Math.max(1, cell - 3));
      }
    }
  }

  /** Hair lines between cells, and a line where the reverse direction begins. */
  #lines(context: CanvasRenderingContext2D, { rows, columns, cell, filled }: Sight, split: number | undefined, hair: number): void {
    const { mark, ground } = this.#ink;
    if (cell >= GRID_FROM) {
      context.fillStyle = ground;
      for (let j = 1; j < columns.count; j += 1) context.fillRect(columns.start + j * cell - hair, 0, hair, filled.height);
      for (let i = 1; i < rows.count; i += 1) context.fillRect(0, rows.start + i * cell - hair, filled.width, hair);
    }
    if (split !== undefined) {
      context.fillStyle = mark;
      context.fillRect(columns.start + (split - columns.first) * cell - 1, 0, 1.5, filled.height);
    }
  }

  /** The selected row, the selected cell and the cell under the pointer. */
  #marks(context: CanvasRenderingContext2D, { rows, columns, cell, filled }: Sight, { selected, row, hovered }: Marks): void {
    const { mark, ground } = this.#ink;
    // Around the cells rather than on them, but never beyond the picture.
    const outline = (x: number, y: number, w: number, h: number, line: number): void => {
      const [left, top] = [Math.max(line / 2, x - line / 2), Math.max(line / 2, y - line / 2)];
      const right = Math.min(filled.width - line / 2, x + w + line / 2);
      const bottom = Math.min(filled.height - line / 2, y + h + line / 2);
      for (const [width, style] of [
        [line + 2, ground],
        [line, mark],
      ] as const) {
        context.strokeStyle = style;
        context.lineWidth = width;
        context.strokeRect(left, top, right - left, bottom - top);
      }
    };
    const y = (at: Cell) => rows.start + (at.row - rows.first) * cell;
    const x = (at: Cell) => columns.start + (at.column - columns.first) * cell;
    if (row) outline(0, y(selected), filled.width, cell, 1);
    outline(x(selected), y(selected), cell, cell, 2);
    if (hovered) outline(x(hovered), y(hovered), cell, cell, 1);
  }
}
