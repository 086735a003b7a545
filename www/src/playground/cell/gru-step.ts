import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine, RunValues } from '../../engine/engine.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import '../../ui/gru-choice.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import type { GruScrubber, Time } from '../values/gru-scrubber.js';
import '../values/gru-scrubber.js';
import type { PressedPart } from '../values/gru-unit.js';
import '../values/gru-unit.js';
import { inputMatrix, within, type Layout, type Selection } from '../values/matrix.js';
import { inputSubject } from '../values/pressed.js';
import { unitStep } from '../values/unit.js';
import type { GruArithmetic } from './gru-arithmetic.js';
import './gru-arithmetic.js';
import './gru-cell.js';
import './gru-parts.js';
import styles from './gru-step.css?inline';
import { kindOf } from './kinds.js';
import { unitNumbers, type StepTrace } from './numbers.js';
import type { Edited, Source, Subject, TermLink } from './source.js';

/**
 * The inside of one step of any call: the control of time, the picture of the step, the arithmetic of one unit with numbers that open,
 * and what another number changes.
 *
 * @fires gru-step - the step that is gone to
 */
@customElement('gru-step')
export class GruStep extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine: Pick<Engine, 'colorScale'> | undefined;
  /** All numbers of the call. */
  @property({ attribute: false }) values: RunValues | undefined;
  @property({ attribute: false }) source: Source | undefined;
  @property({ attribute: false }) layout: Layout | undefined;
  @property({ attribute: false }) equations: readonly string[] = [];
  @property({ type: Number }) step = 0;
  /** What x is, continuing `8 numbers that`, where it is no step of a call's input. */
  @property() reads = '';
  /** The unit that is known to remember: it is looked at first. */
  @property({ attribute: false }) remembering: number | undefined;

  /** The unit that was chosen. */
  @state() private _unit: number | undefined;
  @state() private _sample = 0;
  /** How far the step is that is walked through; none where it is over. */
  @state() private _stage: number | undefined;
  @state() private _subject: Subject | undefined;
  @state() private _edited: Edited | undefined;

  #giveBack: (() => void) | undefined;
  /** Whether the step is gone to by the control of time here, which sets the stage itself. */
  #walks = false;

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source') && changed.get('source')?.key !== this.source?.key) this._subject = this._edited = this._stage = undefined;
    if (!changed.has('step')) return;
    if (!this.#walks) this._stage = undefined;
    this.#walks = false;
  }

  protected override render() {
    const { layout, source, equations, remembering, _stage: stage, _edited: edited } = this;
    const values = edited && this.values ? edited.values : this.values;
    const [gates] = values?.trace ?? [];
    if (!values || !gates || !layout || !source) return nothing;
    // Of another module than a GRU they are other gates.
    const trace: StepTrace = gates;
    const { stages } = kindOf(trace);
    const at = within(layout, { sample: this._sample, layer: 0, reverse: false, step: this.step, unit: this._unit ?? remembering ?? 0 });
    return html`<div class="choices">
        <gru-scrubber .step=${at.step} .steps=${layout.steps} .stages=${stages} .stage=${stage} @gru-time=${({ detail }: CustomEvent<Time>) => { this.#time(detail); }}></gru-scrubber>
        ${layout.batch > 1
          ? html`<gru-choice name="sample" axis="N" .value=${at.sample} .count=${layout.batch} @gru-choice=${({ detail }: CustomEvent<number>) => (this._sample = detail)}></gru-choice>`
          : nothing}
        <gru-choice name="unit" axis="H_out" .value=${at.unit} .count=${layout.hidden} @gru-choice=${({ detail }: CustomEvent<number>) => (this._unit = detail)}></gru-choice>
        ${remembering === undefined
          ? nothing
          : html`<span class="which">${at.unit === remembering ? 'It is the unit that remembers.' : `Unit ${remembering} is the one that remembers.`}</span>`}
      </div>
      ${edited
        ? html`<div class="edited">
            <p>${edited.sentences.join(' ')}</p>
            <button type="button" class="button" @click=${this.#undo}>Undo</button>
          </div>`
        : nothing}
      <gru-cell
        .engine=${this.engine}
        .result=${values}
        .trace=${trace}
        .layout=${layout}
        .selection=${at}
        .equations=${equations}
        .reads=${this.reads}
        .stage=${stage}
        @gru-stage=${({ detail }: CustomEvent<number>) => { this.#go(detail); }}
        @gru-unit=${({ detail }: CustomEvent<number>) => (this._unit = detail)}
      ></gru-cell>
      ${'z' in trace
        ? html`<gru-unit .numbers=${unitStep(gates, layout, at, values.h_0)} @gru-part=${({ detail }: CustomEvent<PressedPart>) => { this.#open(detail, at); }}></gru-unit>`
        : html`<gru-parts
            .numbers=${unitNumbers(trace, layout, at, values.h_0)}
            .equations=${equations}
            @gru-part=${({ detail }: CustomEvent<PressedPart>) => { this.#open(detail, at); }}
          ></gru-parts>`}
      ${this._subject
        ? html`<gru-arithmetic
            side="end"
            .source=${source}
            .subject=${this._subject}
            .equations=${equations}
            .sizes=${{ batch: layout.batch, hidden: layout.hidden, directions: layout.directions }}
            @gru-close=${this.#shut}
            @gru-follow=${({ detail }: CustomEvent<TermLink>) => { this.#follow(detail, values, layout); }}
            @gru-number-edited=${({ detail }: CustomEvent<Edited | undefined>) => (this._edited = detail)}
          ></gru-arithmetic>`
        : nothing}`;
  }

  get #scrubber(): GruScrubber | null {
    return this.renderRoot.querySelector('gru-scrubber');
  }

  get #arithmetic(): GruArithmetic | null {
    return this.renderRoot.querySelector('gru-arithmetic');
  }

  #time({ step, stage }: Time): void {
    this._stage = stage;
    this.#tell(step);
  }

  #go(stage: number): void {
    this.#scrubber?.pause();
    this._stage = stage;
  }

  #tell(step: number): void {
    if (step === this.step) return;
    this.#walks = true;
    this.dispatchEvent(new CustomEvent('gru-step', { detail: step }));
  }

  #open({ what, giveBack }: PressedPart, at: Selection): void {
    this.#giveBack = giveBack;
    this.#scrubber?.pause();
    this._subject = { what, at };
  }

  /** Goes to where a term comes from, and opens it. */
  #follow(link: TermLink, values: RunValues, layout: Layout): void {
    const { _subject: subject } = this;
    if (!subject) return;
    const { at } = subject;
    if (link.to === 'input') {
      this._subject = inputSubject(inputMatrix(values, layout, at.sample), { row: at.step, column: link.feature }, at);
    } else {
      this._unit = link.at.unit;
      this.#tell(link.at.step);
      this._subject = { what: link.what, at: link.at };
    }
    void this.updateComplete.then(() => { this.#arithmetic?.lead(); });
  }

  readonly #undo = (): void => {
    this.#arithmetic?.undo();
    this._edited = undefined;
  };

  readonly #shut = (event: Event): void => {
    event.stopPropagation();
    this._subject = this._edited = undefined;
    this.#giveBack?.();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-step': GruStep;
  }
  interface HTMLElementEventMap {
    'gru-step': CustomEvent<number>;
  }
}
