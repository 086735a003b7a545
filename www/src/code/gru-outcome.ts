import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine, NamedValue, PrintedTensor, ProgramFix, ProgramRun, TensorSample } from '../engine/engine.js';
import { formatShape } from '../state/python.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import '../ui/heatmap/gru-heatmap.js';
import type { Cell } from '../ui/heatmap/matrix.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { plural } from '../ui/numbers.js';
import { ScrollStops } from '../ui/scroll-stops.js';
import { tableTwin } from '../ui/table/table.js';
import { tableStyles } from '../ui/table/table.styles.js';
import { tensorMatrix } from './heat.js';
import { outcomeOf } from './around.js';
import { FIRST_BOUNDS, type Patience } from './patience.js';
import { shapeOf } from './shapes.js';
import { canGoOn, endingOf, failureWords, kindWords, lineWords, whyStopped } from './words.js';
import styles from './gru-outcome.css?inline';

/** The page of all names that run, of the site that this code came with; a package and a file on a disk have none beside them. */
const NAMES = ['package', 'single'].includes(import.meta.env.MODE) ? undefined : new URL(/* @vite-ignore */ '../python.html', import.meta.url).href;

interface ShownTensor extends PrintedTensor {
  readonly values: TensorSample;
}

/**
 * What came of a program: what it printed, what it raised, why, and what mends it.
 *
 * @fires gru-line - the way to a line is asked for
 * @fires gru-mend - a fix is to be applied
 * @fires gru-run-on - a program that was stopped is to go on for longer
 */
@customElement('gru-outcome')
export class GruOutcome extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) run!: ProgramRun;
  @property({ attribute: false }) patience: Patience = FIRST_BOUNDS;
  /** How many lines the code has. */
  @property({ type: Number }) lines = 0;
  /** Whether the code has been changed since. */
  @property({ type: Boolean, reflect: true }) stale = false;
  /** Whether fixes can be applied. */
  @property({ type: Boolean }) fixed = false;
  /** Whether checks stand after the code. */
  @property({ type: Boolean }) checked = false;

  /** The printed tensor that is shown as a heatmap, by its place. */
  @state() private _heat: number | undefined;
  @state() private _cell: Cell = { row: 0, column: 0 };

  constructor() {
    super();
    new KeepFocus(this);
    new ScrollStops(this, 'pre');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('run') && this._heat !== undefined && this.#tensors.length <= this._heat) this._heat = undefined;
  }

  protected override render() {
    const { run } = this;
    return html`${this.#ending()} ${this.#explanation()} ${run.stdout === '' ? nothing : this.#stdout()} ${this.#warnings()} ${this.#tables()}`;
  }

  #ending() {
    const { raised, refused, stopped, stdout } = this.run;
    switch (endingOf(this.run)) {
      case 'refused':
        return html`<p class="ending refused">
          <strong>Not done here:</strong> <code>${refused?.what}</code> (${this.#line(refused?.line ?? 0)}). The code up to there was run.
          ${NAMES === undefined ? nothing : html`<a href=${`${NAMES}#${refused?.what ?? ''}`} target="_blank" rel="noopener">Names that run here</a>`}
        </p>`;
      case 'stopped':
        return html`<div class="ending stopped">
          <p><strong>Stopped</strong> in ${this.#line(stopped?.line ?? 0)} ${stopped && whyStopped(stopped, this.patience)}.</p>
          ${canGoOn(this.run) ? html`<button type="button" class="button" @click=${() => this.#emit('gru-run-on')}>Run on</button>` : nothing}
        </div>`;
      case 'raised':
        if (raised && outcomeOf(this.run, this.lines, this.checked) === 'failed') return html`<p class="ending failed"><strong>Not yet:</strong> ${failureWords(raised)}</p>`;
        return html`<div class="ending raised">
          <p class="where">${this.#line(raised?.line ?? 0)}</p>
          <pre class="exception" role="region" aria-label="Exception"><span class="class">${raised?.kind}</span>${raised?.message === '' ? '' : `: ${raised?.message ?? ''}`}</pre>
        </div>`;
      case 'ran':
        if (this.checked) return html`<p class="ending passed"><strong>Passed:</strong> the checks hold.</p>`;
        return stdout === '' ? html`<p class="ending quiet">The code ran and printed nothing. The shapes that it made stand beside its lines.</p>` : nothing;
    }
  }

  #explanation() {
    const { explanation } = this.run;
    if (!explanation) return nothing;
    const { cause, vain, notes, labels, fixes } = explanation;
    return html`<section class="why" aria-label="Why, and fixes">
      <p class="cause">${cause}</p>
      ${labels.length === 0
        ? nothing
        : html`<ul class="places" aria-label="Where">
            ${labels.map(({ text }) => html`<li>${text}</li>`)}
          </ul>`}
      ${vain === '' ? nothing : html`<p><strong>In vain:</strong> ${vain}</p>`} ${notes.map((note) => html`<p class="quiet">${note}</p>`)}
      ${fixes.length === 0 || !this.fixed
        ? nothing
        : html`<h3>Fixes</h3>
            <ul class="fixes">
              ${fixes.map(
                (fix) => html`<li>
                  <button type="button" class="button fix" ?disabled=${this.stale} @click=${() => this.#emit('gru-mend', fix)}>
                    <span>${fix.title}</span>${fix.keeps_data ? nothing : html`<span class="quiet">changes the data</span>`}
                  </button>
                </li>`,
              )}
            </ul>`}
    </section>`;
  }

  /** What was printed; each tensor in it can be opened as a heatmap. */
  #stdout() {
    const { stdout } = this.run;
    const printed = this.#tensors;
    const shown = this._heat === undefined ? undefined : printed[this._heat];
    return html`<section class="printed" aria-label="Printed">
      <h3>Printed</h3>
      <pre role="region" aria-label="What the code printed">${stdout}</pre>
      ${printed.length === 0
        ? nothing
        : html`<p class="tensors">
            As a heatmap:
            ${printed.map(
              (tensor, index) =>
                html`<button type="button" class="button" aria-pressed=${String(index === this._heat)} @click=${() => this.#open(index)}>
                  ${this.#lineOf(tensor)}${formatShape(tensor.values.shape)}
                </button>`,
            )}
          </p>`}
      ${shown
        ? html`<gru-heatmap
            .engine=${this.engine}
            .matrix=${tensorMatrix('printed tensor', shown.values)}
            words=${formatShape(shown.values.shape)}
            rowNoun="rows"
            columnNoun="columns"
            .row=${this._cell.row}
            .column=${this._cell.column}
            @gru-cell=${({ detail }: CustomEvent<Cell>) => (this._cell = detail)}
          ></gru-heatmap>`
        : nothing}
    </section>`;
  }

  /** The printed tensors that are small enough to be shown; a single number is no picture. */
  get #tensors(): ShownTensor[] {
    return this.run.printed.filter((tensor): tensor is ShownTensor => tensor.values !== null && tensor.values.shape.length > 0);
  }

  /** Where in the output a tensor begins, as the output's lines are counted. */
  #lineOf({ from }: ShownTensor): string {
    return this.#tensors.length === 1 ? '' : `output line ${this.run.stdout.slice(0, from).split('\n').length}: `;
  }

  #open(index: number): void {
    this._heat = index === this._heat ? undefined : index;
    this._cell = { row: 0, column: 0 };
  }

  #warnings() {
    const { warnings } = this.run;
    if (warnings.length === 0) return nothing;
    return html`<section class="warnings" aria-label="Warnings">
      <h3>${plural(warnings.length, 'warning')}</h3>
      <ul>
        ${warnings.map(({ category, message, line }) => html`<li><code>${category}: ${message}</code> (${this.#line(line)})</li>`)}
      </ul>
    </section>`;
  }

  /** The text twins: of the shapes beside the lines, and of what is shown for a name. */
  #tables() {
    const { lines, names } = this.run;
    const made = lines.flatMap(({ line, values }) => (line < 1 || line > this.lines ? [] : values.filter(({ shape }) => shape).map((value) => ({ line, value }))));
    return html`<div class="twins">
      ${made.length === 0
        ? nothing
        : tableTwin(
            {
              label: 'Shapes that each line made',
              columns: [{ name: 'line', kind: 'number' }, { name: 'name' }, { name: 'shape' }, { name: 'dtype' }],
              rows: made.map(({ line, value }) => [
                { value: line, shown: String(line) },
                { value: value.name, shown: html`<code>${value.name}</code>` },
                { value: formatShape(value.shape ?? []), shown: shapeOf(value) },
                { value: value.dtype ?? '', shown: html`<code>${value.dtype?.replace(/^torch\./, '')}</code>` },
              ]),
            },
            'Shapes line by line, as a table',
          )}
      ${names.length === 0
        ? nothing
        : tableTwin(
            {
              label: 'Names at the end',
              columns: [{ name: 'name' }, { name: 'is' }, { name: 'value' }, { name: 'grad_fn' }],
              rows: names.map((value) => [
                { value: value.name, shown: html`<code>${value.name}</code>` },
                kindWords(value),
                { value: value.text, shown: html`<code>${value.text}</code>` },
                { value: value.grad_fn ?? '', shown: gradOf(value) },
              ]),
            },
            'Names at the end, as a table',
          )}
    </div>`;
  }

  #line(line: number) {
    const words = lineWords(line, this.lines);
    if (!words.startsWith('line')) return words;
    return html`<button type="button" class="link" @click=${() => this.#emit('gru-line', line)}>${words}</button>`;
  }

  #emit(name: 'gru-line' | 'gru-mend' | 'gru-run-on', detail?: number | ProgramFix): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function gradOf({ grad_fn, requires_grad }: NamedValue) {
  if (grad_fn !== null) return html`<code>${grad_fn}</code>`;
  return requires_grad ? html`<code>requires_grad=True</code>` : nothing;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-outcome': GruOutcome;
  }
}
