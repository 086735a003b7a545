import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Engine } from '../../engine/engine.js';
import { axisLetters } from '../axes.js';
import { axisStyles } from '../axis.styles.js';
import { baseStyles } from '../base.styles.js';
import type { Numbers } from '../save/csv.js';
import '../save/gru-save.js';
import { PrintController } from '../printing.js';
import { DarkController } from '../theme.js';
import { endsOf } from './gru-scale.js';
import { Keyboard, moved } from './keyboard.js';
import { cellText, type Cell, type Matrix } from './matrix.js';
import { Painter } from './painter.js';
import { MOST_CELL, Scroller, span } from './scroller.js';
import { whenResized } from '../resized.js';
import styles from './gru-heatmap.css?inline';

/** Nobody reads on sooner after a change, and who drags a slider is not held up. */
const REST_MS = 200;

/** A canvas has such a side everywhere, and a sheet makes it smaller. */
const PAPER_SIDE = 4096;
/** With more cells than these in a line they are so small on paper that lines between them would be most of it. */
const LINED = 36;
const UNLINED_CELL = 8;
const PAPER_INK = { dark: false, mark: '#000000', ground: '#ffffff' };

/**
 * A matrix as a heatmap with one cell selected; only the cells in sight are painted, whatever the size.
 *
 * To a screen reader it is a grid whose cells are named by index and value.
 *
 * @fires gru-cell - the cell that a click or a key leads to
 * @fires gru-open - the cell that is pressed: by a click, Enter or the space bar
 */
@customElement('gru-heatmap')
export class GruHeatmap extends LitElement {
  static override styles = [baseStyles, axisStyles, unsafeCSS(styles)];

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
  /** Whether the menu that saves it is open. */
  @state() private _saving = false;

  @query('.box') private readonly _box!: HTMLElement;
  @query('.content') private readonly _content!: HTMLElement;
  @query('canvas') private readonly _canvas!: HTMLCanvasElement;
  @query('.paper') private readonly _paper!: HTMLCanvasElement;
  @query('.cells') private readonly _cells!: HTMLElement;

  readonly #theme = new DarkController(this);
  readonly #print = new PrintController(this);
  readonly #resized = whenResized(() => {
    if (this.#scroller?.resized()) this.#later();
  });
  readonly #watched = new IntersectionObserver((entries) => {
    this.#inSight = entries.at(-1)?.isIntersecting ?? false;
    this.#rest();
  });
  #box: HTMLElement | undefined;
  #painter: Painter | undefined;
  #scroller: Scroller | undefined;
  #keyboard: Keyboard | undefined;
  #inSight = false;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the learner went, from the selected cell on, until whoever owns the selection says so too. */
  #way: readonly Cell[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#box) this.#observe(this.#box);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#watched.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    clearTimeout(this.#timer);
  }

  #observe(box: HTMLElement): void {
    this.#resized.observe(box);
    this.#watched.observe(box);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.matrix) return;
    if (this._box !== this.#box) this.#take();
    if (changed.has('row') || changed.has('column') || changed.has('matrix')) {
      if (!this.#isUnderway(this.matrix)) this.#way = [];
      this.#scroller?.reveal(this.matrix, this.#selected);
    }
    if (this.#print.printing) this.#paintPaper(this.matrix);
    this.#later();
  }

  /** Paints all cells, as long as a canvas and a sheet of paper have room for them, at once: a browser that prints waits for no frame. */
  #paintPaper(matrix: Matrix): void {
    const { engine, _paper: paper } = this;
    const cell = paperCell(matrix);
    this.renderRoot.querySelector('.room')?.classList.toggle('whole', cell > 0);
    if (!engine || cell === 0) return;
    const { rows, columns } = matrix;
    const filled = { width: columns * cell, height: rows * cell };
    const sight = { rows: span(rows, cell, filled.height, 0), columns: span(columns, cell, filled.width, 0), cell, filled };
    const marks = { selected: this.#selected, row: this.marked, hovered: undefined };
    new Painter(this._box, paper, PAPER_INK).paint(matrix, engine, false, sight, marks, 1);
  }

  /** Takes the box that was drawn. */
  #take(): void {
    const box = (this.#box = this._box);
    this.#scroller = new Scroller(box, this._content);
    this.#painter = new Painter(box, this._canvas);
    this.#keyboard = new Keyboard(box, this._cells);
    this.#resized.disconnect();
    this.#watched.disconnect();
    this.#observe(box);
  }

  get #selected(): Cell {
    return this.#way.at(-1) ?? this.#owned;
  }

  /** The cell that the owner of the selection says. */
  get #owned(): Cell {
    return { row: this.row, column: this.column };
  }

  /** Whether the owner is still behind: what it says is of an earlier move, or only a part of the last one. */
  #isUnderway({ rows, columns }: Matrix): boolean {
    const to = this.#way.at(-1);
    if (!to || same(to, this.#owned) || to.row >= rows || to.column >= columns) return false;
    return this.#way.some(({ row }) => row === this.row) && this.#way.some(({ column }) => column === this.column);
  }

  protected override render() {
    const { matrix } = this;
    if (!matrix) return nothing;
    const { name, rows, columns, rowAxis, columnAxis } = matrix;
    return html`<header>
        <span class="title"><code>${name}</code> ${this.words} <slot></slot></span>
        <span class="readout" aria-hidden="true">${cellText(matrix, this._hovered ?? this.#selected)}</span>
      </header>
      <div class="room"><div class="frame">
        <div class="edge rows" data-axis=${rowAxis ?? nothing}></div>
        <div
          class="box"
          tabindex="-1"
          role="grid"
          aria-label="${name} ${this.words}: ${rows} ${this.rowNoun} of ${columns} ${this.columnNoun}"
          aria-rowcount=${rows}
          aria-colcount=${columns}
          @scroll=${this.#scroll}
          @focusin=${this.#focus}
          @keydown=${this.#key}
          @pointermove=${this.#hover}
          @pointerleave=${this.#leave}
          @click=${this.#click}
        >
          <div class="content"><div class="sight"><canvas aria-hidden="true"></canvas><div class="cells"></div></div></div>
        </div>
        <canvas class="paper" aria-hidden="true"></canvas>
        <div class="edge columns" data-axis=${columnAxis ?? nothing}></div>
      </div>
      <footer>
        <span class="letters" aria-hidden="true">
          ${rowAxis && html`<span class="axis" data-axis=${rowAxis}>\u2193 ${axisLetters(rowAxis === 'D' ? 'D*num_layers' : rowAxis)}</span>`}
          ${columnAxis &&
          html`<span class="axis" data-axis=${columnAxis}>\u2192 ${axisLetters(matrix.split === undefined ? columnAxis : `D*${columnAxis}`)}</span>`}
        </span>
        <details @toggle=${(event: Event) => (this._saving = (event.target as HTMLDetailsElement).open)}>
          <summary aria-label="Save ${name} ${this.words}">Save</summary>
          ${this._saving
            ? html`<gru-save
                .file=${`${name} ${this.words}`}
                .description=${`${rows} ${this.rowNoun} of ${columns} ${this.columnNoun}`}
                .picture=${() => this.#picture(matrix)}
                .table=${() => this.#numbers(matrix)}
              ></gru-save>`
            : nothing}
        </details>
        <gru-scale
          .engine=${this.engine}
          .map=${matrix.map}
          .ends=${matrix.ends}
          ?beyond=${this._beyond}
          ?strange=${this._strange}
        ></gru-scale>
      </footer></div>`;
  }

  async #picture(matrix: Matrix): Promise<HTMLCanvasElement> {
    const { engine } = this;
    if (!engine) throw new Error('there is no picture');
    const { wholePicture } = await import('./whole.js');
    return wholePicture(matrix, `${matrix.name} ${this.words}`, endsOf(matrix), engine, this.#theme.dark, this._box);
  }

  async #numbers(matrix: Matrix): Promise<Numbers> {
    return (await import('./whole.js')).wholeTable(matrix, this.rowNoun);
  }

  /** Paints with the next frame, however often it is asked for. */
  readonly #later = (): void => {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  };

  #paint(): void {
    const { matrix, engine } = this;
    if (!matrix || !engine || !this.isConnected || !this.#scroller) return;
    this.#scroller.measure(matrix);
    const { width, height } = this.#scroller.filled;
    for (const [edge, size, side] of [
      ['.edge.rows', height, 'height'],
      ['.edge.columns', width, 'width'],
    ] as const) {
      this.renderRoot.querySelector<HTMLElement>(edge)?.style.setProperty(side, `${size}px`);
    }
    const marks = { selected: this.#selected, row: this.marked, hovered: this._hovered };
    const part = this.#painter?.paint(matrix, engine, this.#theme.dark, this.#scroller, marks);
    if (part) [this._beyond, this._strange] = [part.beyond, part.notFinite];
    if (this.#keyboard?.focused) this.#draw();
    else this.#rest();
  }

  /** The elements follow once changes have come to rest. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#draw(); }, REST_MS);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    if (this.matrix && this.#scroller) this.#keyboard?.draw(this.matrix, this.#selected, this.#scroller, this.#inSight);
  }

  readonly #scroll = (): void => {
    this.#scroller?.follow();
    this.#later();
  };

  /** The focus leads to the selected cell; a screen reader may take it to another. */
  readonly #focus = ({ target, relatedTarget }: FocusEvent): void => {
    const cell = this.#keyboard?.cellOf(target);
    this.#inSight = true;
    // The stop that the tab key comes to may be drawn for a selection that has changed since.
    const isLate = !this._cells.contains(relatedTarget as Node | null) && (target as HTMLElement).tabIndex === 0;
    if (cell && !isLate && !same(cell, this.#selected)) this.#go(cell);
    else this.#draw();
  };

  readonly #hover = (event: PointerEvent): void => {
    const cell = this.#scroller?.under(event.clientX, event.clientY);
    if (!same(cell, this._hovered)) this._hovered = cell;
  };

  readonly #leave = (): void => {
    this._hovered = undefined;
  };

  readonly #click = (event: MouseEvent): void => {
    const cell = this.#scroller?.under(event.clientX, event.clientY);
    if (!cell) return;
    this.#go(cell);
    this.#press(cell);
  };

  #press(cell: Cell): void {
    this.dispatchEvent(new CustomEvent('gru-open', { detail: cell }));
  }

  /** Takes the focus to the selected cell. */
  focusCell(): void {
    this._box.focus({ preventScroll: true });
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { matrix } = this;
    if (!matrix || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#press(this.#selected);
      return;
    }
    const to = moved(event.key, event.ctrlKey, this.#selected, matrix.rows, matrix.columns);
    if (!to) return;
    event.preventDefault();
    this._hovered = undefined;
    this.#go(to);
  };

  #go(cell: Cell): void {
    if (!this.matrix || !this.#scroller) return;
    this.#way = same(cell, this.#owned) ? [] : [this.#owned, ...this.#way, cell];
    this.#scroller.reveal(this.matrix, cell);
    if (this.#keyboard?.focused) this.#draw();
    this.dispatchEvent(new CustomEvent('gru-cell', { detail: cell }));
  }
}

/** The side of a cell on paper: all of them on one sheet; 0 where they are too many. */
function paperCell({ rows, columns }: Matrix): number {
  const most = Math.max(rows, columns);
  return rows * columns === 0 ? 0 : Math.floor(Math.min(most > LINED ? UNLINED_CELL : MOST_CELL, PAPER_SIDE / most));
}

function same(one: Cell | undefined, other: Cell | undefined): boolean {
  return one?.row === other?.row && one?.column === other?.column;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-heatmap': GruHeatmap;
  }
  interface HTMLElementEventMap {
    'gru-cell': CustomEvent<Cell>;
    'gru-open': CustomEvent<Cell>;
  }
}
