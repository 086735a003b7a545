import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../ui/gru-notices.js';
import type { Axis, Engine, LabTasks, Value } from '../../engine/engine.js';
import { fromQuery, toQuery, type Notice, type Schema } from '../../state/codec.js';
import { problemOf, type Bounds } from './settings.js';
import '../../ui/gru-number.js';
import { announce } from '../../ui/announcer.js';
import type { RunController, Wish } from '../../ui/run-controller.js';

/** How a number is set. */
export interface NumberSetting extends Bounds {
  readonly axis?: Axis;
  /** What the slider reaches, where that is less than what can be typed. */
  readonly most?: number;
  readonly step?: number;
  readonly bare?: boolean;
  readonly help: string;
}

/** A typed value that the room does not take, and why. */
interface Refused {
  readonly value: Value;
  readonly problem: string;
}

/**
 * A room of the lab: what is set in it stands in its query, and a number that cannot be is shown where it was typed.
 *
 * @fires gru-query - what is set, as the room's part of the address
 */
export abstract class Room<S extends object> extends LitElement {
  @property({ attribute: false }) engine!: Engine;
  @property() query = '';

  @state() protected settings!: S;
  @state() private _notices: readonly Notice[] = [];
  @state() private _refused: Readonly<Record<string, Refused>> = {};
  @state() private _drafts: Readonly<Record<string, string>> = {};

  /** The query that was last said or read, so that our own changes are told from others'. */
  #said: string | undefined;

  protected abstract readonly opening: S;
  protected abstract readonly schema: Schema<S>;
  /** What a query that is not empty means by not naming a setting, where that is not the opening's value. */
  protected readonly absent: Partial<S> = {};

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('query') && this.query !== this.#said) {
      const { settings, notices } = fromQuery(this.schema, this.opening, this.query, { absent: this.absent, of: 'this room' });
      this.settings = settings;
      this._notices = notices;
      this._refused = {};
      this._drafts = {};
      this.#say();
    }
  }

  protected set(change: Partial<S>): void {
    this.settings = { ...this.settings, ...change };
    this._refused = without(this._refused, Object.keys(change));
    this._drafts = without(this._drafts, Object.keys(change));
    this._notices = [];
    this.#say();
  }

  #say(): void {
    this.#said = toQuery(this.schema, this.opening, this.settings, { absent: this.absent });
    if (this.#said !== this.query) this.dispatchEvent(new CustomEvent('gru-query', { detail: this.#said, bubbles: true, composed: true }));
  }

  /** Settings that are seldom changed, behind a disclosure that is open where one of them was. */
  protected more(...names: readonly (readonly [keyof S & string, NumberSetting])[]): TemplateResult {
    const differ = names.some(([name]) => this.settings[name] !== this.opening[name] || name in this._refused || name in this._drafts);
    return html`<details ?open=${differ}>
      <summary>Sizes and seed</summary>
      <div class="settings">${names.map(([name, setting]) => this.number(name, setting))}</div>
    </details>`;
  }

  /** What of the link was not obeyed. */
  protected notices(): TemplateResult {
    return html`<gru-notices .notices=${this._notices} @gru-dismiss=${() => (this._notices = [])}></gru-notices>`;
  }

  /** A number as a slider and a field. */
  protected number(name: keyof S & string, setting: NumberSetting): TemplateResult {
    const refused = this._refused[name];
    const value = this.settings[name] as number;
    const { min, max, most = max, step = 1, whole, axis, bare = false, help } = setting;
    return html`<gru-number
      name=${name}
      axis=${axis ?? nothing}
      kind=${whole ? 'whole' : 'python'}
      min=${min}
      max=${most}
      step=${step}
      help=${help}
      ?bare=${bare}
      .value=${refused ? refused.value : floating(value, whole)}
      .draft=${this._drafts[name]}
      .wrong=${refused && `${name} ${refused.problem}. ${name}=${String(value)} stands until then.`}
      @gru-number=${({ detail }: CustomEvent<Value>) => { this.#take(name, detail, setting); }}
      @gru-draft=${(event: HTMLElementEventMap['gru-draft']) => { this.#draft(event); }}
    ></gru-number>${refused ? html`<p class="problem">${name} ${refused.problem}.</p>` : nothing}`;
  }

  #take(name: keyof S & string, value: Value, bounds: Bounds): void {
    const number = typeof value === 'number' ? value : typeof value === 'object' && value !== null && 'float' in value ? value.float : NaN;
    const problem = problemOf(number, bounds);
    if (problem === undefined) this.set({ [name]: number } as Partial<S>);
    else {
      this._refused = { ...this._refused, [name]: { value, problem } };
      announce(this, `${name} ${problem}.`, true);
    }
  }

  /** What cannot be read concerns this room alone. */
  #draft(event: HTMLElementEventMap['gru-draft']): void {
    event.stopPropagation();
    const { name, text } = event.detail;
    this._drafts = { ...without(this._drafts, [name]), ...(text !== undefined && { [name]: text }) };
  }

  protected check(name: keyof S & string, help: string, label: string = name): TemplateResult {
    return html`<label class="check" data-tip=${help}>
      <input
        type="checkbox"
        name=${name}
        .checked=${this.settings[name]}
        @change=${(event: Event) => { this.set({ [name]: (event.target as HTMLInputElement).checked } as Partial<S>); }}
      />
      <span class="mono">${label}</span>
      <span class="visually-hidden">${help}</span>
    </label>`;
  }

  protected choice(name: keyof S & string, label: string, options: readonly (readonly [value: string, text: string])[]): TemplateResult {
    const value = this.settings[name] as string;
    return html`<div class="row apart">
      <label for=${name}>${label}</label>
      <select
        id=${name}
        @change=${(event: Event) => { this.set({ [name]: (event.target as HTMLSelectElement).value } as Partial<S>); }}
      >
        ${options.map(([option, text]) => html`<option value=${option} .selected=${option === value}>${text}</option>`)}
      </select>
    </div>`;
  }

  /** How far the work is, or why there is no result. */
  protected waiting(runs: RunController<unknown>, what: string): TemplateResult | typeof nothing {
    const { status } = runs;
    const again = (): void => void runs.start();
    switch (status.kind) {
      case 'none':
      case 'asked':
      case 'settled':
        return nothing;
      case 'running':
        return html`<div class="waiting">
          <span>${what}</span>
          <progress max="1" .value=${status.share ?? 0} aria-label=${what}></progress>
          <button type="button" class="button" @click=${() => { runs.cancel(); }}>Cancel</button>
        </div>`;
      case 'cancelled':
        return html`<div class="waiting">
          <span>Cancelled.</span> <button type="button" class="button" @click=${again}>Compute</button>
        </div>`;
      case 'failed':
        return html`<div class="waiting">
          <span>This could not be computed: ${status.message}</span>
          <button type="button" class="button" @click=${again}>Try again</button>
        </div>`;
    }
  }
}

/** The tasks of the lab's worker that tell their progress as a share. */
type Task = 'gradients' | 'variants' | 'module' | 'packing';

/** Has the lab's worker do a task. */
export function wishFor<N extends Task>(engine: Engine, task: N, request: LabTasks[N]['request']): Wish<LabTasks[N]['result']> {
  return { key: JSON.stringify(request), weight: 'heavy', run: (options) => engine.lab.ask(task, request, options) };
}

/** A float as the fields of the page have it. */
function floating(value: number, whole: boolean): Value {
  return whole ? value : { float: value };
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
