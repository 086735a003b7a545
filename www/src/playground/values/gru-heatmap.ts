import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Engine } from '../../engine/engine.js';
import { axisLetters } from '../../ui/axes.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { formatValue } from '../../ui/numbers.js';
import { DarkController } from '../../ui/theme.js';
import './gru-scale.js';
import { cellName, gather, valueAt, type Matrix } from './matrix.js';
import { barWidth } from './scroll-bar.js';
import { cellAt, fit, moved, scrollTo, span, type Box, type Span } from './viewport.js';

/** A cell that a learner went to. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Lines between cells are drawn from this side on. */
const GRID_FROM = 9;

/**
 * A matrix as a heatmap with one cell selected; only the cells in sight are painted, whatever the size.
 *
 * @fires gru-cell - the cell that a click or a key leads to
 */
@customElement('gru-heatmap')
export class GruHeatmap extends LitElement {
  static override styles = [
    baseStyles,
    axisStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--gru-space-3);
        margin-bottom: var(--gru-space-1);
        font-size: var(--gru-text-xs);
        line-height: 1.5;
      }

      .title {
        color: var(--gru-ink-2);
      }

      .title code {
        color: var(--gru-ink);
        font-weight: 600;
        font-size: var(--gru-text-s);
      }

      .readout {
        font-family: var(--gru-mono);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }

      /* What a matrix does not fill stays free, so that nothing below moves when sizes change. */
      .room {
        min-height: calc(var(--gru-heatmap-height, 7.5rem) + 2.25rem);
      }

      /* The edges are those of the blocks in the shape flow: steps down the left, features along the bottom. */
      .frame {
        display: grid;
        grid-template: auto auto / auto minmax(0, 1fr);
        gap: 2px;
      }

      .edge {
        position: relative;
        background: var(--axis);
        border-radius: 2px;
      }

      .edge.rows {
        width: calc(3px + var(--axis-lit) * 2px);
        margin-inline: calc(1px - var(--axis-lit) * 1px);
        align-self: start;
      }

      .edge.columns {
        grid-column: 2;
        height: calc(3px + var(--axis-lit) * 2px);
        justify-self: start;
      }

      .box {
        position: relative;
        max-height: var(--gru-heatmap-height, 7.5rem);
        overflow: auto;
        scrollbar-width: thin;
        overscroll-behavior: contain;
        background: var(--gru-panel);
        cursor: crosshair;
      }

      .box:focus-visible {
        outline-offset: 1px;
      }

      canvas {
        position: sticky;
        inset-block-start: 0;
        inset-inline-start: 0;
        display: block;
      }

      .content {
        position: relative;
      }

      footer {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--gru-space-3);
        margin-top: var(--gru-space-1);
        font: 600 var(--gru-text-xs) / 1.5 var(--gru-mono);
      }

      .letters {
        display: flex;
        gap: var(--gru-space-2);
      }
    `,
  ];

  @property({ attribute: false }) engine: Pick<Engine, 'heatmap' | 'colorScale'> | undefined;
  @property({ attribute: false }) matrix: Matrix | undefined;
  /** What it shows, beside its name. */
  @property() words = '';
  /** The name of its rows for screen readers: steps, states. */
  @property() rowNoun = 'steps';
  /** The name of its columns likewise. */
  @property() columnNoun = 'units';
  /** The selected cell. */
  @property({ type: Number }) row = 0;
  @property({ type: Number }) column = 0;
  /** Whether a line marks the selected row. */
  @property({ type: Boolean }) marked = false;

  @state() private _hovered: Cell | undefined;
  @state() private _beyond = false;
  @state() private _strange = false;
  /** What is said to a screen reader after a key. */
  @state() private _said = '';

  @query('.box') private readonly _box!: HTMLElement;
  @query('.content') private readonly _content!: HTMLElement;
  @query('canvas') private readonly _canvas!: HTMLCanvasElement;

  readonly #theme = new DarkController(this);
  readonly #resized = new ResizeObserver(() => {
    const { width, height } = this.#room ?? {};
    this.#room = this.#readRoom();
    // Its height follows the matrix: that is no news.
    if (width === this.#room.width && height === this.#room.height) return;
    this.#fitted = '';
    this.#later();
  });
  #buffer: OffscreenCanvas | undefined;
  #frame = 0;
  /** What the cells were last fitted to. */
  #fitted = '';
  #room: Box | undefined;
  #seen: Box = { width: 0, height: 0 };
  #scrolled = { left: 0, top: 0 };
  /** The colours of marks and ground, and the theme that they are of. */
  #ink: { readonly dark: boolean; readonly mark: string; readonly ground: string } | undefined;
  #cell = 6;
  #rows: Span = span(0, 1, 1, 0);
  #columns: Span = span(0, 1, 1, 0);

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resized.observe(this._box);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this._box);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('row') || changed.has('column') || changed.has('matrix')) this.#reveal();
    this.#later();
  }

  protected override render() {
    const { matrix, row, column } = this;
    if (!matrix) return nothing;
    const { name, rows, columns, rowAxis, columnAxis } = matrix;
    const at = this._hovered ?? { row, column };
    const told = tell(matrix, at);
    return html`<header>
        <span class="title"><code>${name}</code> ${this.words}</span>
        <span class="readout">${told}</span>
      </header>
      <div class="room"><div class="frame">
        <div class="edge rows" data-axis=${rowAxis}></div>
        <div
          class="box"
          tabindex="0"
          role="group"
          aria-roledescription="heatmap"
          aria-label="${name} ${this.words}: ${rows} ${this.rowNoun} of ${columns} ${this.columnNoun}. ${told}. Arrow keys go from cell to cell."
          @scroll=${this.#scroll}
          @keydown=${this.#key}
          @pointermove=${this.#hover}
          @pointerleave=${this.#leave}
          @click=${this.#click}
        >
          <div class="content"><canvas aria-hidden="true"></canvas></div>
        </div>
        <div class="edge columns" data-axis=${columnAxis}></div>
      </div>
      <footer>
        <span class="letters" aria-hidden="true">
          <span class="axis" data-axis=${rowAxis}>\u2193 ${axisLetters(rowAxis === 'D' ? 'D*num_layers' : rowAxis)}</span>
          <span class="axis" data-axis=${columnAxis}
            >\u2192 ${axisLetters(matrix.split === undefined ? columnAxis : `D*${columnAxis}`)}</span
          >
        </span>
        <gru-scale
          .engine=${this.engine}
          .map=${matrix.map}
          .ends=${matrix.ends}
          ?beyond=${this._beyond}
          ?strange=${this._strange}
        ></gru-scale>
      </footer></div>
      <span class="visually-hidden" role="status">${this._said}</span>`;
  }

  /** Paints with the next frame, however often it is asked for. */
  readonly #later = (): void => {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  };

  /**
   * Fits cells and content to the box, and finds the cells in sight.
   *
   * What the browser would have to lay the page out for is read only when sizes changed: steps follow each other fast.
   */
  #measure({ rows, columns }: Matrix): void {
    const content = this._content;
    const ratio = window.devicePixelRatio || 1;
    const fitted = `${rows} ${columns} ${ratio}`;
    if (this.#fitted !== fitted) {
      this.#room ??= this.#readRoom();
      const { cell, seen } = fit(rows, columns, this.#room, barWidth(), ratio);
      const [width, height] = [span(columns, cell, 0, 0).extent, span(rows, cell, 0, 0).extent];
      content.style.width = `${width}px`;
      content.style.height = `${height}px`;
      [this.#fitted, this.#cell, this.#seen] = [fitted, cell, seen];
      // The browser scrolls back from beyond the new end by itself.
      const { left, top } = this.#scrolled;
      this.#scrolled = { left: Math.min(left, Math.max(0, width - seen.width)), top: Math.min(top, Math.max(0, height - seen.height)) };
    }
    this.#rows = span(rows, this.#cell, this.#seen.height, this.#scrolled.top);
    this.#columns = span(columns, this.#cell, this.#seen.width, this.#scrolled.left);
  }

  /** How wide the box is, and how high it may become. */
  #readRoom(): Box {
    return { width: this._box.offsetWidth, height: parseFloat(getComputedStyle(this._box).maxHeight) };
  }

  #paint(): void {
    const { matrix, engine } = this;
    if (!matrix || !engine || !this.isConnected) return;
    this.#measure(matrix);
    const { width, height } = this.#seen;
    const ratio = window.devicePixelRatio || 1;
    const [rows, columns, cell] = [this.#rows, this.#columns, this.#cell];
    const seen = {
      width: Math.min(width, matrix.columns * cell),
      height: Math.min(height, matrix.rows * cell),
    };
    for (const [edge, size, side] of [
      ['.edge.rows', seen.height, 'height'],
      ['.edge.columns', seen.width, 'width'],
    ] as const) {
      this.renderRoot.querySelector<HTMLElement>(edge)?.style.setProperty(side, `${size}px`);
    }
    const canvas = this._canvas;
    const device = { width: Math.round(seen.width * ratio), height: Math.round(seen.height * ratio) };
    if (canvas.width !== device.width || canvas.height !== device.height) {
      canvas.width = device.width;
      canvas.height = device.height;
      canvas.style.width = `${device.width / ratio}px`;
      canvas.style.height = `${device.height / ratio}px`;
    }
    const context = canvas.getContext('2d');
    if (!context || rows.count === 0 || columns.count === 0) return;
    const part = gather(matrix, rows.first, rows.count, columns.first, columns.count);
    const image = engine.heatmap(
      part.values,
      0,
      rows.count,
      columns.count,
      columns.count,
      1,
      matrix.map,
      this.#theme.dark,
    );
    this._beyond = part.beyond;
    this._strange = part.notFinite;
    const buffer = (this.#buffer ??= new OffscreenCanvas(1, 1));
    buffer.width = columns.count;
    buffer.height = rows.count;
    buffer.getContext('2d')?.putImageData(image, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, seen.width, seen.height);
    context.imageSmoothingEnabled = false;
    context.drawImage(buffer, columns.start, rows.start, columns.count * cell, rows.count * cell);
    this.#lines(context, seen, ratio);
    this.#marks(context, seen);
  }

  #colours(): { readonly mark: string; readonly ground: string } {
    const { dark } = this.#theme;
    if (this.#ink?.dark !== dark) {
      const { color, backgroundColor } = getComputedStyle(this._box);
      this.#ink = { dark, mark: color, ground: backgroundColor };
    }
    return this.#ink;
  }

  /** Hair lines between cells, and a line where the reverse direction begins. */
  #lines(context: CanvasRenderingContext2D, seen: { width: number; height: number }, ratio: number): void {
    const [rows, columns, cell] = [this.#rows, this.#columns, this.#cell];
    const hair = 1 / ratio;
    const { mark, ground } = this.#colours();
    if (cell >= GRID_FROM) {
      context.fillStyle = ground;
      for (let j = 1; j < columns.count; j += 1) context.fillRect(columns.start + j * cell - hair, 0, hair, seen.height);
      for (let i = 1; i < rows.count; i += 1) context.fillRect(0, rows.start + i * cell - hair, seen.width, hair);
    }
    const split = this.matrix?.split;
    if (split !== undefined) {
      context.fillStyle = mark;
      context.fillRect(columns.start + (split - columns.first) * cell - 1, 0, 1.5, seen.height);
    }
  }

  /** The selected row, the selected cell and the cell under the pointer. */
  #marks(context: CanvasRenderingContext2D, seen: { width: number; height: number }): void {
    const [rows, columns, cell] = [this.#rows, this.#columns, this.#cell];
    const { mark, ground } = this.#colours();
    // Around the cells rather than on them, but never beyond the picture.
    const outline = (x: number, y: number, w: number, h: number, line: number): void => {
      const [left, top] = [Math.max(line / 2, x - line / 2), Math.max(line / 2, y - line / 2)];
      const right = Math.min(seen.width - line / 2, x + w + line / 2);
      const bottom = Math.min(seen.height - line / 2, y + h + line / 2);
      for (const [width, style] of [
        [line + 2, ground],
        [line, mark],
      ] as const) {
        context.strokeStyle = style;
        context.lineWidth = width;
        context.strokeRect(left, top, right - left, bottom - top);
      }
    };
    const y = (row: number) => rows.start + (row - rows.first) * cell;
    const x = (column: number) => columns.start + (column - columns.first) * cell;
    if (this.marked) outline(0, y(this.row), seen.width, cell, 1);
    outline(x(this.column), y(this.row), cell, cell, 2);
    const { _hovered: hovered } = this;
    if (hovered) outline(x(hovered.column), y(hovered.row), cell, cell, 1);
  }

  /** Scrolls the selected cell into sight. */
  #reveal(): void {
    const { matrix } = this;
    const box = this._box as HTMLElement | null;
    if (!matrix || !box) return;
    this.#measure(matrix);
    const { width, height } = this.#seen;
    if (width === 0) return;
    const top = scrollTo(this.row, matrix.rows, this.#cell, height, this.#scrolled.top);
    const left = scrollTo(this.column, matrix.columns, this.#cell, width, this.#scrolled.left);
    if (top !== this.#scrolled.top) box.scrollTop = top;
    if (left !== this.#scrolled.left) box.scrollLeft = left;
    this.#scrolled = { left, top };
  }

  readonly #scroll = (): void => {
    this.#scrolled = { left: this._box.scrollLeft, top: this._box.scrollTop };
    this.#later();
  };

  #under(event: PointerEvent | MouseEvent): Cell | undefined {
    const box = this._box.getBoundingClientRect();
    const row = cellAt(this.#rows, this.#cell, event.clientY - box.top);
    const column = cellAt(this.#columns, this.#cell, event.clientX - box.left);
    return row === undefined || column === undefined ? undefined : { row, column };
  }

  readonly #hover = (event: PointerEvent): void => {
    const cell = this.#under(event);
    if (cell?.row === this._hovered?.row && cell?.column === this._hovered?.column) return;
    this._hovered = cell;
  };

  readonly #leave = (): void => {
    this._hovered = undefined;
  };

  readonly #click = (event: MouseEvent): void => {
    const cell = this.#under(event);
    if (cell) this.#go(cell);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { matrix } = this;
    if (!matrix || event.altKey || event.metaKey) return;
    const to = moved(event.key, event.ctrlKey, this, matrix.rows, matrix.columns);
    if (!to) return;
    event.preventDefault();
    this._hovered = undefined;
    this._said = tell(matrix, to);
    this.#go(to);
  };

  #go(cell: Cell): void {
    this.dispatchEvent(new CustomEvent('gru-cell', { detail: cell }));
  }
}

/** A cell by its name, with its value: `out[4, 0, 7] = 0.1312`. */
function tell(matrix: Matrix, { row, column }: Cell): string {
  return `${cellName(matrix, row, column)} = ${matrix.told?.(row, column) ?? formatValue(valueAt(matrix, row, column))}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-heatmap': GruHeatmap;
  }
  interface HTMLElementEventMap {
    'gru-cell': CustomEvent<Cell>;
  }
}
