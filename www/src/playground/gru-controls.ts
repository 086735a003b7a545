import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Axis, DraftReading, Dtype, Holder, Label, Place, ReleaseRange, Value } from '../engine/engine.js';
import { changeEvent } from '../state/events.js';
import { DTYPES, FLOATING_DTYPES, HOLDERS, OPENING, type Hideable, type Options, type PlaygroundState } from '../state/playground-state.js';
import { formatPython, isTruthy } from '../state/python.js';
import { keptQuery } from '../state/url.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formStyles } from '../ui/form.styles.js';
import { KeepFocus } from '../ui/keep-focus.js';
import type { NumberKind } from '../ui/gru-number.js';
import '../ui/gru-number.js';
import '../ui/gru-shape-field.js';
import { controlsStyles } from '../ui/controls.styles.js';
import { WORDS } from './words.js';

/** The numbers that have a field. */
type NumberName = 'seq_len' | 'batch' | 'num_layers' | 'input_size' | 'hidden_size' | 'dropout' | 'seed';
type FlagName = 'bidirectional' | 'batch_first' | 'bias';
type TypeName = 'dtype' | 'input_dtype' | 'h_0_dtype';
type HolderName = 'input_on' | 'h_0_on';

const HOLDER_WORDS: Readonly<Record<Holder, string>> = {
  tensor: 'a tensor',
  cuda: 'a tensor on the GPU (cuda)',
  numpy: 'a NumPy array',
};

interface NumberField {
  readonly axis?: Axis;
  readonly letters?: string;
  readonly kind?: NumberKind;
  readonly max?: number;
  readonly min?: number;
  readonly step?: number;
  readonly bare?: boolean;
}

const NUMBERS: Readonly<Record<NumberName, NumberField>> = {
  seq_len: { axis: 'L', max: 32 },
  batch: { axis: 'N', max: 16 },
  // Letters and name together are the axis that it makes: D·num_layers.
  num_layers: { axis: 'D', letters: 'D*', kind: 'python', max: 6 },
  input_size: { axis: 'H_in', kind: 'python', max: 64 },
  hidden_size: { axis: 'H_out', kind: 'python', max: 64 },
  dropout: { kind: 'python', min: 0, max: 1, step: 0.05 },
  seed: { bare: true },
};

/** Everything that a learner can set. */
@customElement('gru-controls')
export class GruControls extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, controlsStyles];

  @property({ attribute: false }) state: PlaygroundState = OPENING;
  /** What the button that undoes everything leads back to. */
  @property({ attribute: false }) opening: PlaygroundState = OPENING;
  /** Texts that could not be read, by field. */
  @property({ attribute: false }) drafts: Readonly<Record<string, string>> = {};
  @property({ attribute: false }) releases: readonly ReleaseRange[] = [];
  /** What the core reads of the state: the shapes that follow, and what is wrong with the typed ones. */
  @property({ attribute: false }) reading!: DraftReading;
  /** Where PyTorch has something against the call. */
  @property({ attribute: false }) labels: readonly Label[] = [];

  /** Whether what a closed disclosure hides is there: at first it waits for a task of its own. */
  @state() private _whole = false;

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override firstUpdated(): void {
    setTimeout(() => (this._whole = true));
  }

  protected override render() {
    const { state } = this;
    const typed = state.input !== null;
    return html`<div class="front">
        ${this.#number('seq_len', { unused: typed })} ${this.#number('batch', { unused: typed, disabled: state.unbatched })}
        ${this.#number('num_layers')}
        ${this.#shows('input') ? this.#input() : nothing}
      </div>
      ${this.#shows('options') ? this.#options() : nothing}`;
  }

  #input() {
    const { reading, state } = this;
    return html`<gru-shape-field
      name="input"
      help=${WORDS.input}
      .text=${state.input}
      .following=${reading.following.input}
      .diagnostic=${reading.input}
      .wrong=${this.#wrong((place) => place.part === 'input')}
      @gru-shape-text=${(event: CustomEvent<string | null>) => this.#change({ input: event.detail })}
    ></gru-shape-field>`;
  }

  #options() {
    return html`<details ?open=${this.#startsOpen}>
        <summary>
          <span>Sizes and options</span>
          <span class="differs">${this.#differs()}</span>
        </summary>
        <div class="more">
          ${this._whole || this.#startsOpen ? this.#more() : nothing}
        </div>
      </details>`;
  }

  #more() {
    const { state } = this;
    return html`${this.#number('input_size')} ${this.#number('hidden_size')}
      <div class="flags">
        ${this.#flag('bidirectional')} ${this.#flag('batch_first')} ${this.#flag('bias')}
        ${this.#check('unbatched', state.unbatched, (unbatched) => ({ unbatched }))}
        ${this.#check('give_h_0', state.give_h_0, (give_h_0) => ({ give_h_0 }), 'give h_0')}
      </div>
      ${state.give_h_0 ? this.#h0() : nothing} ${this.#number('dropout')} ${this.#other()} ${this.#number('seed')}
      ${this.#shows('release') ? this.#release() : nothing} ${this.#shows('seed') && this.#shows('values') ? this.#keep() : nothing}
      ${this.#type('dtype', 'parameters', FLOATING_DTYPES)} ${this.#type('input_dtype', 'input', DTYPES)}
      ${this.#holder('input_on', 'x is')}
      ${state.give_h_0 ? html`${this.#type('h_0_dtype', 'h_0', DTYPES)} ${this.#holder('h_0_on', 'h_0 is')}` : nothing}
      ${this.#shows('reset')
        ? html`<button type="button" class="button reset" @click=${() => this.#change({ ...this.opening, hide: state.hide })}>
            Back to the opening example
          </button>`
        : nothing}`;
  }

  #shows(name: Hideable): boolean {
    return !this.state.hide.includes(name);
  }

  #number(name: NumberName, { unused = false, disabled = false } = {}) {
    if (!this.#shows(name)) return nothing;
    const { axis, letters = '', kind = 'whole', min = 1, max = 10, step = 1, bare = false } = NUMBERS[name];
    return html`<gru-number
      name=${name}
      axis=${axis ?? nothing}
      letters=${letters}
      kind=${kind}
      min=${min}
      max=${max}
      step=${step}
      help=${WORDS[name]}
      ?bare=${bare}
      ?disabled=${disabled}
      ?unused=${unused}
      .value=${this.state[name]}
      .draft=${this.drafts[name]}
      .wrong=${this.#wrong((place) => place.part === 'option' && place.name === name)}
      @gru-number=${(event: CustomEvent<Value>) => this.#change({ [name]: event.detail })}
    ></gru-number>`;
  }

  /** An option of nn.GRU that is a flag; another value than True or False is shown beside it. */
  #flag(name: FlagName) {
    const value = this.state[name];
    return this.#check(name, isTruthy(value), (checked) => ({ [name]: checked }), typeof value === 'boolean' ? name : `${name}=${formatPython(value)}`);
  }

  #check(name: FlagName | 'unbatched' | 'give_h_0', checked: boolean, change: (checked: boolean) => Partial<PlaygroundState>, label: string = name) {
    if (!this.#shows(name)) return nothing;
    return html`<label class="check" data-tip=${WORDS[name]} data-axis=${name === 'bidirectional' ? 'D' : name === 'unbatched' ? 'N' : nothing}>
      <input
        type="checkbox"
        name=${name}
        aria-describedby="help-${name}"
        .checked=${checked}
        @change=${(event: Event) => this.#change(change((event.target as HTMLInputElement).checked))}
      />
      <span class="mono">${label}</span>
      <span id="help-${name}" class="visually-hidden" aria-hidden="true">${WORDS[name]}</span>
    </label>`;
  }

  /** Whether numbers stay where a layer is added or a size changes. */
  #keep() {
    const { keep } = this.state;
    return html`<label class="check" data-tip=${WORDS.keep}>
      <input
        type="checkbox"
        name="keep"
        aria-describedby="help-keep"
        .checked=${keep !== null}
        @change=${() => this.#change({ keep: keep === null ? keptQuery(this.state) : null })}
      />
      <span>keep the other weights</span>
      <span id="help-keep" class="visually-hidden" aria-hidden="true">${WORDS.keep}</span>
    </label>`;
  }

  #h0() {
    const { reading, state } = this;
    return html`<gru-shape-field
      name="h_0"
      source="input and options"
      help=${WORDS.h_0}
      .text=${state.h_0}
      .following=${reading.following.h_0}
      .diagnostic=${reading.h_0}
      .wrong=${this.#wrong((place) => place.part === 'h_0')}
      @gru-shape-text=${(event: CustomEvent<string | null>) => this.#change({ h_0: event.detail })}
    ></gru-shape-field>`;
  }

  /** Options that nn.GRU does not have; they come from a question or a link. */
  #other() {
    const { other } = this.state;
    return other.map(
      ([name, value], index) =>
        html`<div class="row">
          <span class="mono">${`${name}=${formatPython(value)}`}</span>
          <button type="button" class="button" aria-label="Remove ${name}" @click=${() => this.#change({ other: other.filter((_, at) => at !== index) })}>
            Remove
          </button>
        </div>`,
    );
  }

  #release() {
    const { releases, state } = this;
    return html`<div class="row">
      <label for="release" data-tip=${WORDS.release}>PyTorch</label>
      <select
        id="release"
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          this.#change({ release: value === '' ? null : value });
        }}
      >
        ${releases.map(({ to, label }, index) => {
          const value = index === 0 ? '' : to;
          return html`<option value=${value} ?selected=${value === (state.release ?? '')}>${label}</option>`;
        })}
      </select>
    </div>`;
  }

  #type(name: TypeName, of: string, dtypes: readonly Dtype[]) {
    if (!this.#shows(name)) return nothing;
    return html`<div class="row">
      <label for=${name} data-tip=${WORDS[name]}>dtype of ${of}</label>
      <select
        id=${name}
        @change=${(event: Event) => {
          const chosen = dtypes.find((dtype) => dtype === (event.target as HTMLSelectElement).value);
          if (chosen) this.#change({ [name]: chosen });
        }}
      >
        ${dtypes.map((dtype) => html`<option value=${dtype} ?selected=${dtype === this.state[name]}>${dtype}</option>`)}
      </select>
    </div>`;
  }

  #holder(name: HolderName, label: string) {
    if (!this.#shows(name)) return nothing;
    return html`<div class="row">
      <label for=${name} data-tip=${WORDS[name]}>${label}</label>
      <select
        id=${name}
        @change=${(event: Event) => {
          const chosen = HOLDERS.find((holder) => holder === (event.target as HTMLSelectElement).value);
          if (chosen) this.#change({ [name]: chosen });
        }}
      >
        ${HOLDERS.map((holder) => html`<option value=${holder} ?selected=${holder === this.state[name]}>${HOLDER_WORDS[holder]}</option>`)}
      </select>
    </div>`;
  }

  /** Whether a link or a reload has set something that a closed disclosure would hide. */
  get #startsOpen(): boolean {
    return this.hasUpdated ? this.renderRoot.querySelector('details')?.open ?? false : this.#differs() !== '';
  }

  /** What is set within the disclosure and differs from the opening. */
  #differs(): string {
    const { state } = this;
    const names: (keyof Options)[] = ['input_size', 'hidden_size', 'bidirectional', 'batch_first', 'bias', 'dropout'];
    const set = names.flatMap((name) =>
      formatPython(state[name]) === formatPython(OPENING[name]) ? [] : [`${name}=${formatPython(state[name])}`],
    );
    if (state.unbatched) set.push('unbatched');
    if (state.give_h_0) set.push('h_0');
    if (state.seed !== OPENING.seed) set.push(`seed ${state.seed}`);
    if (state.keep !== null) set.push('kept numbers');
    if (state.release !== null) set.push(`PyTorch ${state.release.replace(/\.0$/, '')}`);
    for (const name of ['dtype', 'input_dtype'] as const) if (state[name] !== OPENING[name]) set.push(state[name]);
    if (state.input_on !== OPENING.input_on) set.push(`x: ${HOLDER_WORDS[state.input_on]}`);
    set.push(...state.other.map(([name]) => name));
    return set.join(', ');
  }

  #wrong(matches: (place: Place) => boolean): string | undefined {
    return this.labels.find(({ place }) => matches(place))?.text;
  }

  #change(change: Partial<PlaygroundState>): void {
    this.dispatchEvent(changeEvent(change));
  }
}
