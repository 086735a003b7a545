import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Diagnosis, Engine, GateTrace, NumberEdit, RunRequest, RunResult } from '../../engine/engine.js';
import { changeEvent } from '../../state/events.js';
import { announce } from '../../ui/announcer.js';
import type { ValuesView } from '../../state/playground-state.js';
import { axisStyles } from '../../ui/axis.styles.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { moduleOf } from '../module.js';
import '../../ui/gru-choice.js';
import type { GruArithmetic } from '../cell/gru-arithmetic.js';
import type { Edited, Source, Subject, TermLink } from '../cell/source.js';
import type { Cell, Matrix } from '../../ui/heatmap/matrix.js';
import type { GruHeatmap } from '../../ui/heatmap/gru-heatmap.js';
import '../../ui/heatmap/gru-heatmap.js';
import type { GruScrubber, Time } from './gru-scrubber.js';
import './gru-scrubber.js';
import type { PressedPart } from './gru-unit.js';
import './gru-unit.js';

import { knownFinal, knownGate, knownOutput, STAGES, type Walk } from './known.js';
import {
  finalMatrix,
  gateMatrix,
  GATES,
  inputMatrix,
  layoutOf,
  outputMatrix,
  within,
  withinTrace,
  type Gate,
  type Layout,
  type Selection,
} from './matrix.js';
import { changedFrom, finalSubject, gateSubject, inputSubject, outputSubject } from './pressed.js';
import { unitStep } from './unit.js';
import styles from './gru-values.css?inline';

const SHOWN: readonly Gate[] = ['r', 'z', 'n', 'h'];
const PARTS_OF_N: readonly Gate[] = ['n_input', 'n_hidden'];

/** What came out, the gates, the arithmetic. */
const GROUPS = 3;
/** Below this width the arithmetic stands at the lower edge of the window. */
const NARROW = 1100;
const NO_ARITHMETIC = 'What opens the arithmetic did not load. Reload the page.';
/** What is loaded once it is unfolded. */
const MORE = { table: () => import('./gru-values-table.js'), otherwise: () => import('../otherwise/gru-otherwise.js') };
const NO_MORE = 'The other form of the values did not load. Reload the page.';
const NO_CELL = 'What draws the step did not load. Reload the page.';

/**
 * The computed values: output and h_n of a sample, the gates of a layer and direction, and the arithmetic of one unit.
 *
 * One selection (sample, layer, direction, step, unit) moves all panels together. It is kept as chosen, and shown as far as
 * the result at hand has it.
 *
 * @fires gru-change - another sample, layer, direction, step or edit
 * @fires gru-walk - whether a step is being walked through
 */
@customElement('gru-values')
export class GruValues extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine: Pick<Engine, 'heatmap' | 'colorScale' | 'inside'> | undefined;
  @property({ attribute: false }) result: RunResult | undefined;
  /** The diagnosis of the very call that the result is of. */
  @property({ attribute: false }) diagnosis: Diagnosis | undefined;
  /** What was asked for the result. */
  @property({ attribute: false }) request: RunRequest | undefined;
  /** Why numbers are others than before a change of the module. */
  @property() redrawn = '';
  /** What a press beside that changes: the setting whose numbers are kept then, or null where all are drawn anew; else none. */
  @property({ attribute: false }) offered: string | null | undefined;
  /** Whether it can be told why h_n has its shape. */
  @property({ type: Boolean }) explained = false;
  /** What was chosen to look at; may lie beyond what the result has. */
  @property({ attribute: false, hasChanged: (view, before) => JSON.stringify(view) !== JSON.stringify(before) }) view: ValuesView = { sample: 0, layer: 0, reverse: false, step: 0 };

  /** The number that is another, as the address has it. */
  @property({ attribute: false }) edit: NumberEdit | null = null;

  @state() private _unit = 0;
  /** The feature of the input that is looked at. */
  @state() private _feature = 0;
  @state() private _parts = false;
  /** How many groups are there: at first each waits for a task of its own, so that a slow device answers in between. */
  @state() private _groups = 1;
  /** How far the step is that is walked through; none where all is shown as it ended. */
  @state() private _stage: number | undefined;
  /** Whether what draws a step is there: it is loaded once its place comes near. */
  @state() private _cell: 'loaded' | 'failed' | undefined;

  /** What is unfolded, and there. */
  @state() private _unfolded: ReadonlySet<keyof typeof MORE> = new Set();
  /** The number whose arithmetic is open. */
  @state() private _subject: Subject | undefined;
  /** What another number in the call changes. */
  @state() private _edited: Edited | undefined;
  /** Gives the focus back to what opened it. */
  #giveBack: (() => void) | undefined;
  /** Whether the arithmetic was opened by an address: it takes no focus. */
  #quiet = false;
  /** The call whose numbers are opened. */
  #source: Source | undefined;

  readonly #near = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#loadCell();
  }, { rootMargin: '100px' });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#near.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('result')) {
      this.#walk(undefined);
      this._subject = this._edited = undefined;
    }
    if (changed.has('request') || changed.has('engine')) this.#source = this.#sourceOf(this.request);
    // Without values the panel keeps the height that it had with them.
    if (changed.has('result') && changed.get('result')) {
      this.style.minHeight = this.result ? '' : `${this.offsetHeight}px`;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    // A number that was another in one call is none of another call.
    const before = changed.get('request');
    if (before && this.request && keyOf(before) !== keyOf(this.request)) this.#keepEdit(undefined);
    else if (this.edit && this.result && this.request && !this._subject) void this.#openEdited();
    if (this.result && this._groups < GROUPS) setTimeout(() => (this._groups += 1));
    const place = this._cell ? null : this.renderRoot.querySelector('.cell');
    if (place) this.#near.observe(place);
  }

  async #loadCell(): Promise<void> {
    this.#near.disconnect();
    if (this._cell) return;
    try {
      await import('../cell/gru-cell.js');
      this._cell = 'loaded';
    } catch {
      this._cell = 'failed';
      announce(this, NO_CELL, true);
    }
  }

  #walk(stage: number | undefined): void {
    if (stage === this._stage) return;
    const was = this._stage;
    this._stage = stage;
    if ((was === undefined) !== (stage === undefined)) this.dispatchEvent(new CustomEvent('gru-walk', { detail: stage !== undefined }));
  }

  /** Whoever begins to walk sees the picture. */
  #time({ step, stage }: Time): void {
    if (this._stage === undefined && stage !== undefined) this.#showCell();
    this.#walk(stage);
    if (step !== this.view.step) this.#change({ step });
  }

  /** With what stands above it, the flow, as far as there is room. */
  #showCell(): void {
    void this.#loadCell();
    const place = this.renderRoot.querySelector<HTMLElement>('.cell');
    if (!place) return;
    const { width, height } = place.getBoundingClientRect();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    place.scrollIntoView({ block: width > height ? 'end' : 'start', behavior: still ? 'auto' : 'smooth' });
  }

  protected override render() {
    const { result: drawn, diagnosis, view } = this;
    const result = drawn && this._edited ? { ...drawn, ...this._edited.values } : drawn;
    const module = diagnosis && moduleOf(diagnosis);
    if (!result || !diagnosis?.trace || !module) return nothing;
    const layout = layoutOf(diagnosis.trace, module);
    if (layout.batch === 0) return html`<p class="none">The batch is empty: there are no values to show.</p>`;
    const at = within(layout, { ...view, unit: this._unit });
    // Where only the gates in sight are kept, they stay until others that were chosen are there.
    const trace = result.trace.find(({ layer, reverse }) => layer === at.layer && reverse === at.reverse) ?? result.trace[0];
    const inside = trace ? withinTrace(trace, at) : at;
    const walk = this._stage === undefined ? undefined : { ...inside, stage: this._stage };
    return html`${this.#choices(layout, at)} ${trace ? this.#step(trace, layout, inside, result, diagnosis) : nothing}
    ${this.#told()} ${this.#results(result, layout, at, walk)}
    ${trace && this._groups > 1 ? this.#gates(trace, layout, inside, walk) : nothing}
    ${trace && this._groups > 2 ? this.#arithmetic(trace, layout, inside, result) : nothing}
      ${this.#more('table', 'Values of this step as a table', () => html`<gru-values-table .result=${result} .trace=${trace} .layout=${layout} .selection=${inside}></gru-values-table>`)}
      ${this.#more('otherwise', 'Walk the values as a tree, or hear them', () => html`<gru-otherwise .result=${result} .trace=${trace} .layout=${layout} .selection=${inside} @gru-unit=${this.#toUnit}></gru-otherwise>`)}
      ${this._subject
        ? html`<gru-arithmetic
            .source=${this.#source}
            .edit=${this.edit}
            .quiet=${this.#quiet}
            .subject=${this._subject}
            .equations=${diagnosis.trace.equations.map(({ text }) => text)}
            .sizes=${{ batch: layout.batch, hidden: layout.hidden, directions: layout.directions }}
            @gru-close=${this.#shut}
            @gru-follow=${({ detail }: CustomEvent<TermLink>) => { void this.#follow(detail, layout); }}
            @gru-edit=${({ detail }: CustomEvent<NumberEdit | undefined>) => { this.#keepEdit(detail); }}
            @gru-number-edited=${({ detail }: CustomEvent<Edited | undefined>) => (this._edited = detail)}
          ></gru-arithmetic>`
        : nothing}`;
  }

  /** The values without looking; what has them is loaded when they are asked for. */
  #more(name: keyof typeof MORE, summary: string, content: () => unknown) {
    return html`<details class="more" @toggle=${(event: Event) => void this.#unfold(name, event)}>
      <summary>${summary}</summary>
      ${this._unfolded.has(name) ? content() : nothing}
    </details>`;
  }

  readonly #toUnit = ({ detail }: CustomEvent<number>): void => {
    this._unit = detail;
  };

  async #unfold(name: keyof typeof MORE, event: Event): Promise<void> {
    const { open } = event.target as HTMLDetailsElement;
    const unfolded = new Set(this._unfolded);
    try {
      if (open) await MORE[name]();
      if (open) unfolded.add(name);
      else unfolded.delete(name);
      this._unfolded = unfolded;
    } catch {
      announce(this, NO_MORE, true);
    }
  }

  /** What another number changes, above the maps that show it. */
  #told() {
    const { _edited: edited } = this;
    if (!edited) {
      const { offered } = this;
      const press = offered === undefined ? nothing : html`<button type="button" class="button keep" @click=${() => this.dispatchEvent(changeEvent({ keep: offered }))}>${offered === null ? 'Draw all anew' : 'Keep the other numbers'}</button>`;
      return html`<p class="hint">${this.redrawn} Press a number to open its arithmetic, and to change what goes into it.</p>
        ${press}`;
    }
    return html`<div class="edited">
      <p>${edited.sentences.join(' ')} Changed numbers are framed. The code keeps the number as it was.</p>
      <button type="button" class="button" @click=${this.#undo}>Undo</button>
    </div>`;
  }

  #sourceOf(request: RunRequest | undefined): Source | undefined {
    const { engine } = this;
    if (!engine || !request) return undefined;
    return {
      key: keyOf(request),
      beside: request.weights,
      open: (at, edit, options) => engine.inside(request, at, edit, options),
      origin: 'It was drawn by torch.randn.',
      fate: 'Changed numbers are framed in the maps. The link has the change; the code keeps the number as it was.',
    };
  }

  /** A link has a number that is another: what it changes is shown beside the arithmetic, and nobody's focus is taken. */
  async #openEdited(): Promise<void> {
    const { diagnosis } = this;
    const module = diagnosis && moduleOf(diagnosis);
    if (!diagnosis?.trace || !module) return;
    const at = within(layoutOf(diagnosis.trace, module), { ...this.view, unit: this._unit });
    if (!(await this.#loadArithmetic()) || this._subject) return;
    this.#quiet = true;
    this.#giveBack = undefined;
    this._subject = { what: 'h', at };
  }

  #keepEdit(edit: NumberEdit | undefined): void {
    if (JSON.stringify(edit ?? null) !== JSON.stringify(this.edit)) this.dispatchEvent(changeEvent({ edit: edit ?? null }));
  }

  readonly #undo = (): void => {
    this.renderRoot.querySelector<GruArithmetic>('gru-arithmetic')?.undo();
    this._edited = undefined;
  };

  readonly #shut = (): void => {
    this._subject = this._edited = undefined;
    this.#keepEdit(undefined);
    this.#giveBack?.();
  };

  async #loadArithmetic(): Promise<boolean> {
    try {
      await import('../cell/gru-arithmetic.js');
      return true;
    } catch {
      announce(this, NO_ARITHMETIC, true);
      return false;
    }
  }

  /** Opens the arithmetic of a number. */
  async #open(subject: Subject, pressed: HTMLElement, giveBack: () => void): Promise<void> {
    this.#scrubber?.pause();
    this.#walk(undefined);
    this.#giveBack = giveBack;
    if (!(await this.#loadArithmetic())) return;
    this.#quiet = false;
    this._subject = subject;
    // On a narrow screen the lower half is covered.
    if (innerWidth < NARROW) pressed.scrollIntoView({ block: 'start' });
  }

  /** Goes to the cell that a term comes from, and opens it. */
  async #follow(link: TermLink, layout: Layout): Promise<void> {
    const { _subject: subject } = this;
    if (!subject) return;
    if (link.to === 'input') {
      this._feature = link.feature;
      this.#change({ step: subject.at.step });
      const { result } = this;
      if (result) this._subject = inputSubject(inputMatrix({ ...result, ...this._edited?.values }, layout, subject.at.sample), { row: subject.at.step, column: link.feature }, subject.at);
    } else {
      const { layer, reverse, step, unit } = link.at;
      this.#change({ layer, reverse, step }, unit);
      this._subject = { what: link.what, at: link.at };
    }
    // Who owns the selection says so in a moment.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    await this.updateComplete;
    const map = this.renderRoot.querySelector<GruHeatmap>(`gru-heatmap[data-map="${link.to === 'input' ? 'input' : 'h'}"]`);
    this.#giveBack = () => { map?.focusCell(); };
    map?.scrollIntoView({ block: 'nearest' });
    map?.focusCell();
  }

  #choices(layout: Layout, at: Selection) {
    const { directions } = layout;
    return html`<gru-scrubber
        .step=${at.step}
        .steps=${layout.steps}
        .reverse=${at.reverse}
        .stages=${STAGES.length}
        .stage=${this._stage}
        @gru-time=${({ detail }: CustomEvent<Time>) => { this.#time(detail); }}
      ></gru-scrubber>
      <div class="choices">
      <gru-choice
        name="sample"
        axis="N"
        .value=${at.sample}
        .count=${layout.batch}
        @gru-choice=${({ detail }: CustomEvent<number>) => this.#change({ sample: detail })}
      ></gru-choice>
      <gru-choice
        name="layer"
        axis="D"
        .value=${at.layer}
        .count=${layout.layers}
        @gru-choice=${({ detail }: CustomEvent<number>) => this.#change({ layer: detail })}
      ></gru-choice>
      ${
        directions === 1
          ? nothing
          : html`<fieldset>
              <legend>direction</legend>
              ${[false, true].map(
                (reverse) =>
                  html`<label
                    ><input
                      type="radio"
                      name="direction"
                      .checked=${at.reverse === reverse}
                      @change=${() => this.#change({ reverse })}
                    />${reverse ? 'reverse' : 'forward'}</label
                  >`,
              )}
            </fieldset>`
      }
    </div>`;
  }

  /** The picture of the step; its room is there before it is. */
  #step(trace: GateTrace, layout: Layout, at: Selection, result: RunResult, { trace: shapes }: Diagnosis) {
    return html`<div class="cell">
      ${this._cell === 'failed'
        ? html`<p>${NO_CELL}</p>`
        : this._cell
          ? html`<gru-cell
              .engine=${this.engine}
              .result=${result}
              .trace=${trace}
              .layout=${layout}
              .selection=${at}
              .equations=${shapes?.equations.map(({ text }) => text) ?? []}
              .stage=${this._stage}
              @gru-stage=${({ detail }: CustomEvent<number>) => {
                this.#scrubber?.pause();
                this.#walk(detail);
              }}
              @gru-unit=${this.#toUnit}
            ></gru-cell>`
          : nothing}
    </div>`;
  }

  get #scrubber(): GruScrubber | null {
    return this.renderRoot.querySelector('gru-scrubber');
  }

  #results(result: RunResult, layout: Layout, at: Selection, walk: Walk | undefined) {
    const { directions, hidden } = layout;
    const shift = at.reverse ? hidden : 0;
    const sample = layout.batched ? ` of sample ${at.sample}` : '';
    const before = this._edited?.before;
    const input = changedFrom(inputMatrix(result, layout, at.sample), before && inputMatrix(before, layout, at.sample));
    const output = { ...changedFrom(outputMatrix(result, layout, at.sample), before && outputMatrix(before, layout, at.sample)), known: walk && knownOutput(walk, layout) };
    const final = { ...changedFrom(finalMatrix(result, layout, at.sample), before && finalMatrix(before, layout, at.sample)), known: walk && knownFinal(walk, layout) };
    return html`<h3>Input and results${sample}</h3>
      <div class="grid results">
        ${this.#heatmap(input, 'what is read', {
          row: at.step,
          column: Math.min(this._feature, Math.max(0, input.columns - 1)),
          columnNoun: 'features',
          go: ({ row, column }) => {
            this._feature = column;
            this.#change({ step: row });
          },
          open: (cell) => inputSubject(input, cell, { ...at, step: cell.row }),
        })}
        ${this.#heatmap(output, directions === 2 ? 'last layer, forward | reverse' : 'last layer', {
          row: at.step,
          column: at.unit + shift,
          go: ({ row, column }) => {
            this.#change({ step: row, reverse: directions === 2 ? column >= hidden : at.reverse }, column % hidden);
          },
          open: (cell) => outputSubject(cell, layout, at.sample),
        })}
        ${this.#heatmap(final, 'last states', {
          row: at.layer * directions + Number(at.reverse),
          column: at.unit,
          rowNoun: 'states',
          about: this.explained ? html`<button type="button" class="why" aria-label="Why this shape: h_n" @click=${this.#why}>why this shape</button>` : nothing,
          go: ({ row, column }) => {
            this.#change({ layer: Math.floor(row / directions), reverse: row % directions === 1 }, column);
          },
          open: (cell) => finalSubject(cell, layout, at.sample),
        })}
      </div>`;
  }

  #gates(trace: GateTrace, layout: Layout, at: Selection, walk: Walk | undefined) {
    const shown = this._parts ? [...SHOWN, ...PARTS_OF_N] : SHOWN;
    const last = layout.steps - 1;
    const before = this._edited?.before.trace.find(({ layer, reverse }) => layer === at.layer && reverse === at.reverse);
    const order = at.reverse ? `reads t = ${last} first, t = 0 last` : '';
    return html`<h3>Inside layer ${at.layer}${layout.directions === 2 ? (at.reverse ? ', reverse' : ', forward') : ''}<span>${order}</span></h3>
      <div class="grid gates">
        ${shown.map((gate) =>
          this.#heatmap({ ...changedFrom(gateMatrix(trace, gate, layout, at.sample), before && gateMatrix(before, gate, layout, at.sample)), known: walk && knownGate(walk, gate) }, GATES[gate].words, {
            row: at.step,
            column: at.unit,
            go: ({ row, column }) => this.#change({ step: row }, column),
            open: (cell) => gateSubject(gate, cell, at),
          }),
        )}
      </div>
      <label class="parts"
        ><input type="checkbox" .checked=${this._parts} @change=${this.#toggleParts} />Show the parts of n</label
      >`;
  }

  #heatmap(
    matrix: Matrix,
    words: string,
    { row, column, rowNoun = 'steps', columnNoun = 'units', about = nothing, go, open }: Cell & { rowNoun?: string; columnNoun?: string; about?: unknown; go: (cell: Cell) => void; open: (cell: Cell) => Subject },
  ) {
    return html`<gru-heatmap
      data-map=${matrix.name}
      @gru-open=${({ detail, target }: CustomEvent<Cell>) => {
        const map = target as GruHeatmap;
        void this.#open(open(detail), map, () => { map.focusCell(); });
      }}
      .engine=${this.engine}
      .matrix=${matrix}
      .words=${words}
      .rowNoun=${rowNoun}
      .columnNoun=${columnNoun}
      .row=${row}
      .column=${column}
      marked
      @gru-cell=${({ detail }: CustomEvent<Cell>) => {
        // Who goes to a number wants to see it.
        if (matrix.known?.(detail.row, detail.column) === false) {
          this.#scrubber?.pause();
          this.#walk(undefined);
        }
        go(detail);
      }}
      >${about}</gru-heatmap
    >`;
  }

  #arithmetic(trace: GateTrace, layout: Layout, at: Selection, { h_0 }: RunResult) {
    return html`<div class="unit">
        <h3>How this state comes about <span>at t = ${at.step}, layer ${at.layer}</span> <span class="on-paper">unit ${at.unit}</span></h3>
        <gru-choice
          name="unit"
          axis="H_out"
          .value=${at.unit}
          .count=${layout.hidden}
          @gru-choice=${({ detail }: CustomEvent<number>) => (this._unit = detail)}
        ></gru-choice>
      </div>
      <gru-unit
        .numbers=${unitStep(trace, layout, at, h_0)}
        @gru-part=${({ detail: { what, giveBack }, currentTarget }: CustomEvent<PressedPart>) => { void this.#open({ what, at }, currentTarget as HTMLElement, giveBack); }}
      ></gru-unit>`;
  }

  readonly #why = (): void => {
    this.dispatchEvent(new CustomEvent('gru-why', { bubbles: true, composed: true }));
  };

  readonly #toggleParts = (event: Event): void => {
    this._parts = (event.target as HTMLInputElement).checked;
  };

  #change(view: Partial<ValuesView>, unit = this._unit): void {
    this._unit = unit;
    this.dispatchEvent(changeEvent(view));
  }
}

/** The same call has the same key. */
function keyOf({ call, seed }: RunRequest): string {
  return JSON.stringify([call, seed]);
}

declare global {
  interface HTMLElementEventMap {
    'gru-walk': CustomEvent<boolean>;
  }
}
