import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Axis, Value } from '../engine/engine.js';
import { formatPython, parsePython, parseWhole } from '../state/python.js';
import { announce } from './announcer.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';
import { formStyles } from './form.styles.js';
import './gru-axis.js';
import { sliderStyles } from './slider.styles.js';
import { Slides } from './slides.js';
import { cutWords, fieldLength, typedIn } from './typed.js';
import styles from './gru-number.css?inline';

/** Keys that follow each other sooner are one change. */
const SAY_MS = 250;

/** What may be typed: a whole number, a number, or any Python literal. */
export type NumberKind = 'whole' | 'real' | 'python';

/**
 * A number as a slider and a field together. The field takes more than the slider's range, and keeps what it cannot read.
 *
 * @fires gru-number - a new value
 * @fires gru-draft - the text that could not be read, or null once it can be
 */
@customElement('gru-number')
export class GruNumber extends LitElement {
  static override styles = [baseStyles, axisStyles, formStyles, sliderStyles, unsafeCSS(styles)];

  /** Its name, in PyTorch's words. */
  @property() name = '';
  @property() axis: Axis | undefined;
  /** The letters before its name where they are not the axis' own. */
  @property() letters = '';
  @property({ attribute: false }) value: Value = 0;
  @property() kind: NumberKind = 'whole';
  @property({ type: Number }) min = 1;
  @property({ type: Number }) max = 10;
  @property({ type: Number }) step = 1;
  /** Whether there is no slider. */
  @property({ type: Boolean }) bare = false;
  @property({ type: Boolean }) disabled = false;
  /** Whether it has no effect now, because something else is typed in its stead. */
  @property({ type: Boolean }) unused = false;
  /** One sentence that explains it. */
  @property() help = '';
  /** A typed text that could not be read. */
  @property() draft: string | undefined;
  /** What is wrong with the value, where PyTorch refuses it. */
  @property() wrong: string | undefined;

  /** What stands in the field while it is typed in, so that nothing is rewritten below the cursor. */
  @state() private _typed: string | undefined;
  @state() private _wasCut = false;
  #saying: ReturnType<typeof setTimeout> | undefined;
  @query('input[type=text]') private readonly _field!: HTMLInputElement;

  constructor() {
    super();
    new Slides(this, (slider) => { this.#slide(slider); });
  }

  /** The value as a number on the slider. */
  get #number(): number {
    const { value } = this;
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return Number(value);
    if (value === null || typeof value !== 'object') return this.min;
    if ('int64' in value) return value.int64;
    return 'float' in value ? value.float : this.min;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#saying);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value') || changed.has('min') || changed.has('max')) {
      const share = (this.#number - this.min) / (this.max - this.min);
      this.style.setProperty('--filled', `${Math.max(0, Math.min(1, share)) * 100}%`);
    }
  }

  protected override render() {
    const { name, axis, draft, wrong } = this;
    const text = this._typed ?? draft ?? formatPython(this.value);
    return html`<div class="field ${wrong ? 'wrong' : ''}" data-axis=${axis ?? nothing}>
      <div class="row">
        ${axis ? html`<gru-axis axis=${axis} letters=${this.letters}></gru-axis>` : nothing}
        <label for="number" data-tip=${this.help || nothing}>${name}</label>
        ${this.unused ? html`<span id="unused" class="unused">not used</span>` : nothing}
        <input
          id="number"
          type="text"
          inputmode=${this.kind === 'whole' ? 'numeric' : 'text'}
          autocomplete="off"
          spellcheck="false"
          maxlength=${fieldLength()}
          .value=${live(text)}
          ?disabled=${this.disabled}
          aria-invalid=${draft !== undefined || wrong !== undefined ? 'true' : 'false'}
          aria-describedby="unused help problem"
          data-tip=${wrong ?? nothing}
          @input=${this.#type}
          @keydown=${this.#key}
          @blur=${this.#settle}
        />
      </div>
      ${this.bare ? nothing : this.#slider()}
      <span id="help" class="visually-hidden">${this.help} ${wrong ?? ''}</span>
      <div id="problem">${draft === undefined ? nothing : html`<p class="problem">${this.#problem()}</p>`}</div>
    </div>`;
  }

  #slider() {
    const beyond = this.#number < this.min || this.#number > this.max;
    return html`<input
      type="range"
      aria-label="${this.name} slider"
      aria-valuetext=${beyond ? `${formatPython(this.value)}, beyond the slider` : nothing}
      min=${this.min}
      max=${this.max}
      step=${this.step}
      .value=${live(String(Math.max(this.min, Math.min(this.max, this.#number))))}
      ?disabled=${this.disabled}
    />`;
  }

  #problem(): string {
    const needed = { whole: 'a whole number', real: 'a number', python: 'a number or another Python value' }[this.kind];
    return `${this._wasCut ? `${cutWords()} ` : ''}${this.name} needs ${needed}. It stays ${formatPython(this.value)} until this can be read.`;
  }

  #read(text: string): Value | undefined {
    if (this.kind === 'whole') return parseWhole(text);
    const value = parsePython(text);
    return this.kind === 'real' && typeof value !== 'number' && !isFloat(value) ? undefined : value;
  }

  readonly #type = (): void => {
    const { text, wasCut } = typedIn(this._field);
    this._typed = text;
    this._wasCut = wasCut;
    if (wasCut) announce(this, cutWords(), true);
    const value = this.#read(text);
    this.#draft(value === undefined ? text : undefined);
    if (value !== undefined) this.#give(value);
  };

  #slide({ valueAsNumber }: HTMLInputElement): void {
    // Steps such as 0.05 leave binary dust behind.
    const number = Number(valueAsNumber.toFixed(6));
    this._typed = undefined;
    this.#draft(undefined);
    this.#give(this.step < 1 && Number.isInteger(number) ? { float: number } : number);
  }

  /** Up and down count, as in a number field. */
  readonly #key = (event: KeyboardEvent): void => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined || typeof this.value !== 'number' || !Number.isInteger(this.value)) return;
    event.preventDefault();
    const next = this.value + direction;
    if (!Number.isSafeInteger(next)) return;
    this._typed = undefined;
    this.#draft(undefined);
    this.#give(next);
    this.#say(next);
  };

  readonly #settle = (): void => {
    this._typed = undefined;
    this._wasCut = false;
  };

  /** A field whose text is changed for it is not read by itself; of keys held down, only where they end is said. */
  #say(value: Value): void {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => { announce(this, `${this.name} ${formatPython(value)}`); }, SAY_MS);
  }

  #give(value: Value): void {
    this.dispatchEvent(new CustomEvent('gru-number', { detail: value }));
  }

  #draft(text: string | undefined): void {
    if (text === this.draft) return;
    this.dispatchEvent(new CustomEvent('gru-draft', { detail: { name: this.name, text }, bubbles: true, composed: true }));
  }
}

function isFloat(value: Value | undefined): value is { float: number } {
  return typeof value === 'object' && value !== null && 'float' in value;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-number': GruNumber;
  }
  interface HTMLElementEventMap {
    'gru-number': CustomEvent<Value>;
    'gru-draft': CustomEvent<{ readonly name: string; readonly text: string | undefined }>;
  }
}
