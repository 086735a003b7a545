import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InsideView, NumberEdit } from '../../engine/engine.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { KeepFocus } from '../../ui/keep-focus.js';
import { added, addedProduct, bracketed, formatShare, formatValue, plural } from '../../ui/numbers.js';
import { progressStyles } from '../../ui/progress.styles.js';
import { RunController } from '../../ui/run-controller.js';
import { fieldLength, typedIn } from '../../ui/typed.js';
import { equationOf, type Editable, type Edited, type EditedValues, type Part, type Source, type Subject, type TermLink } from './source.js';
import styles from './gru-arithmetic.css?inline';

type Arithmetic = InsideView['arithmetic'];
type Gate = Arithmetic['gates'][number];
type Row = Gate['input'];
type Origin = Arithmetic['before_from'];

/** The arithmetic, and with another number in the call all values as they were. */
interface Opened extends InsideView {
  readonly before?: EditedValues | undefined;
}

/** What each activation does. */
const SQUEEZES: Readonly<Record<Gate['activation'], string>> = {
  '\u03c3': '\u03c3, the sigmoid, squeezes any number into 0 to 1.',
  tanh: 'tanh squeezes any number into \u22121 to 1.',
  relu: 'relu keeps what is above 0 and makes 0 of all else.',
};

/**
 * The arithmetic of one number: the row of the matrix, each product with a link to the cell that its factor comes from, the bias, the
 * sum, the activation, and in words what the unit does. One number can be another: what that changes is told, and marked in the maps.
 *
 * @fires gru-close - when it is closed
 * @fires gru-follow - the cell that a term comes from
 * @fires gru-edit - the number that is to be another, or undefined once it is undone
 * @fires gru-number-edited - what another number changes, or undefined once it is undone
 */
@customElement('gru-arithmetic')
export class GruArithmetic extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, progressStyles, unsafeCSS(styles)];

  @property({ attribute: false }) source: Source | undefined;
  @property({ attribute: false }) subject: Subject | undefined;
  /** The number that is another, where whoever has the call keeps it. */
  @property({ attribute: false }) edit: NumberEdit | null = null;
  /** Whether it takes no focus when it is opened. */
  @property({ attribute: false }) quiet = false;
  /** The equations of a step: `r = ...`. */
  @property({ attribute: false }) equations: readonly string[] = [];
  /** How many samples there are, units, and directions: where a number of h_0 lies. */
  @property({ attribute: false }) sizes = { batch: 1, hidden: 1, directions: 1 };

  @state() private _what: Subject['what'] = 'h';
  /** The number that the field changes. */
  @state() private _target: Editable | undefined;
  @state() private _edit: NumberEdit | undefined;
  @state() private _fault = '';

  readonly #runs = new RunController<Opened>(this, 'The arithmetic', { keeps: true });
  #told: Opened | undefined;

  constructor() {
    super();
    new KeepFocus(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('source');
    if (changed.has('source') && (before?.key !== this.source?.key || before?.beside !== this.source?.beside)) {
      this._edit = undefined;
      this._target = undefined;
    }
    if (changed.has('edit')) this._edit = this.edit ?? undefined;
    if (changed.has('subject') && this.subject) {
      this._what = this.subject.what;
      this._target = this.subject.input;
      this._fault = '';
    }
    this.#want();
    const { run } = this.#runs;
    if (run && run !== this.#told && this.#runs.status.kind === 'settled') {
      this.#told = run;
      this.#tell(run);
    }
  }

  #want(): void {
    const { source, subject, _edit: edit } = this;
    if (!source || !subject) return;
    const { at } = subject;
    const sent = edit && { tensor: edit.tensor, index: edit.index, value: edit.value };
    this.#runs.want({
      key: JSON.stringify([source.key, at, sent]),
      beside: source.beside,
      weight: 'heavy',
      run: async ({ signal }): Promise<Opened> => {
        const view = await source.open(at, sent, { signal });
        if (!sent || !view.edited) return view;
        const { edited } = await source.open(at, { ...sent, value: view.edited.was }, { signal });
        return { ...view, before: edited?.values };
      },
    });
  }

  /** What an edit changes goes to the maps. */
  #tell({ edited, before }: Opened): void {
    const sentences = edited?.changes.map(({ words }) => words) ?? [];
    const detail: Edited | undefined = edited && before ? { values: edited.values, before, sentences: [`${edited.name}: ${formatValue(edited.was)} became ${formatValue(this._edit?.value ?? NaN)}.`, ...sentences] } : undefined;
    queueMicrotask(() => {
      this.dispatchEvent(new CustomEvent('gru-number-edited', { detail }));
      if (detail) announce(this, detail.sentences.join(' '));
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const sheet = this.renderRoot.querySelector<HTMLElement>('[popover]');
    if (!sheet?.isConnected) return;
    if (!sheet.matches(':popover-open')) sheet.showPopover();
    if (changed.has('subject') && changed.get('subject') === undefined && !this.quiet) this.lead();
  }

  /** Leads to its heading. */
  lead(): void {
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
  }

  protected override render() {
    const { subject } = this;
    if (!subject) return nothing;
    const { layer, reverse, sample, step, unit } = subject.at;
    const place = `layer ${layer}${this.sizes.directions === 2 ? (reverse ? ', reverse' : ', forward') : ''}, t = ${step}, sample ${sample}`;
    const { run, status } = this.#runs;
    const what = this._what === 'input' || !run ? this._what : shownPart(run.arithmetic, this._what);
    return html`<div popover="manual" role="dialog" aria-labelledby="title" @keydown=${this.#key}>
      <header>
        <h3 id="title" tabindex="-1">${what === 'input' ? (subject.input?.name ?? 'input') : `${what} of unit ${unit}`}</h3>
        <button type="button" class="button" @click=${this.#close}>Close</button>
      </header>
      ${what === 'input' ? nothing : html`<p class="place">${place}</p>`}
      ${status.kind === 'failed'
        ? html`<p>${status.message}</p>
            ${this._edit ? html`<button type="button" class="button" @click=${this.undo}>Leave the change out</button>` : nothing}`
        : run
          ? what === 'input'
            ? html`<p>A number of the input: <code>${formatValue(subject.input?.value ?? NaN)}</code>. ${this.source?.origin}</p>`
            : this.#opened(run.arithmetic, what)
          : html`<p>Computing</p>`}
      ${this.#change(run)}
    </div>`;
  }

  #opened(arithmetic: Arithmetic, what: Part) {
    const { gates, cell, words } = arithmetic;
    const gate = gates.find(({ name }) => name === what);
    const equation = equationOf(this.equations, what);
    return html`<div class="parts" role="group" aria-label="Part of the step">
        ${partsOf(arithmetic).map(
          (name) => html`<button type="button" class="button" aria-pressed=${String(name === what)} @click=${() => (this._what = name)}>${name}</button>`,
        )}
      </div>
      <p class="words">${gate?.words ?? (what === 'c' ? cell?.words : words)}</p>
      ${equation ? html`<p><code>${equation}</code></p>` : nothing}
      ${gate ? this.#gate(gate, arithmetic) : this.#state(arithmetic, what)}`;
  }

  #gate(gate: Gate, { gates }: Arithmetic) {
    const { name, activation, input, hidden, sum, value } = gate;
    const reset = name === 'n' ? gates[0] : undefined;
    const inner = formatValue(input.total) + (reset ? addedProduct(reset.value, hidden.total) : added(hidden.total));
    return html`<p class="sum">${name} = ${activation}(${inner})<br />= ${activation}(${formatValue(sum)}) = <b>${formatValue(value)}</b></p>
      <p class="place">${SQUEEZES[activation]}</p>
      ${this.#row('What x says', 'x', input)} ${this.#row('What h_prev says', 'h_prev', hidden)}`;
  }

  #row(heading: string, letter: string, row: Row) {
    const { weight, row: at, terms, count, rest, bias, bias_name, total } = row;
    return html`<h4>${heading}: <span>${formatValue(total)}</span></h4>
      <p class="place">Row ${at} of <code>${weight}</code>${count > terms.length ? `, the ${terms.length} largest of ${count} products` : `, ${plural(count, 'product')}`}.</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${`${heading}: products`}>
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="visually-hidden">Index</span></th>
              <th scope="col">weight</th>
              <th scope="col">${letter}</th>
              <th scope="col">product</th>
            </tr>
          </thead>
          <tbody>
            ${terms.map((term) => {
              const target = { tensor: weight, index: at * count + term.index, name: `${weight}[${at}, ${term.index}]`, value: term.weight };
              return html`<tr>
                <th scope="row">${term.index}</th>
                <td><button type="button" class="number" aria-label=${`Change ${target.name}, ${formatValue(term.weight)}`} @click=${() => { this.#aim(target); }}>${formatValue(term.weight)}</button></td>
                <td><button type="button" class="number link" aria-label=${`${this.#from(term.from, term.index)}, ${formatValue(term.value)}`} @click=${() => { this.#follow(term.from, term.index, term.value); }}>${formatValue(term.value)}</button></td>
                <td>${formatValue(term.product)}</td>
              </tr>`;
            })}
            ${count > terms.length ? html`<tr><th scope="row" colspan="3">the others</th><td>${formatValue(rest)}</td></tr>` : nothing}
            ${bias_name === null
              ? nothing
              : html`<tr>
                  <th scope="row" colspan="3">
                    <button type="button" class="number" aria-label=${`Change ${bias_name}[${at}], ${formatValue(bias)}`} @click=${() => { this.#aim({ tensor: bias_name, index: at, name: `${bias_name}[${at}]`, value: bias }); }}>${bias_name}[${at}]</button>
                  </th>
                  <td>${formatValue(bias)}</td>
                </tr>`}
          </tbody>
          <tfoot>
            <tr><th scope="row" colspan="3">sum</th><td>${formatValue(total)}</td></tr>
          </tfoot>
        </table>
      </div>`;
  }

  /** How the state, or the cell state, is mixed of what was and what is new. */
  #state(arithmetic: Arithmetic, what: Part) {
    const { gates, before, before_from, cell, h } = arithmetic;
    const { unit } = this.subject?.at ?? { unit: 0 };
    const [first, second, third, fourth] = gates.map(({ value }) => value);
    const kept = html`<button type="button" class="number link" aria-label=${`${this.#from(before_from, unit, cell ? 'c' : 'h')}, ${formatValue(before)}`} @click=${() => { this.#follow(before_from, unit, before, cell ? 'c' : 'h'); }}>${bracketed(before)}</button>`;
    if (cell && what === 'h') {
      return html`<p class="sum">h = ${formatValue(fourth ?? NaN)} \u2217 tanh(${formatValue(cell.c)})<br />= ${formatValue(fourth ?? NaN)} \u2217 ${bracketed(cell.tanh)} = <b>${formatValue(h)}</b></p>
        <p class="place">${SQUEEZES.tanh}</p>`;
    }
    const sum = cell
      ? html`c = ${formatValue(second ?? NaN)} \u2217 ${kept}${addedProduct(first ?? NaN, third ?? NaN)} = <b>${formatValue(cell.c)}</b>`
      : html`h = ${formatValue(1 - (second ?? NaN))} \u2217 ${bracketed(third ?? NaN)} + ${formatValue(second ?? NaN)} \u2217 ${kept} = <b>${formatValue(h)}</b>`;
    return html`<p class="sum">${sum}</p>
      ${this.#memory(arithmetic)}`;
  }

  #memory({ keeper, memory, cell }: Arithmetic) {
    if (keeper === null) return nothing;
    const name = (step: number | null) => (step === null ? (cell ? 'c_0' : 'h_0') : `after t = ${step}`);
    return html`<h4>What is left of what it had</h4>
      <p class="place">By ${keeper} alone: the product of all ${keeper} since then.</p>
      <ul>
        ${memory.map(({ step, share }) => html`<li><span>${name(step)}</span> <meter min="0" max="1" value=${share} aria-label=${name(step)}></meter> ${formatShare(share)}</li>`)}
      </ul>`;
  }

  /** The cell that a number comes from, in words. */
  #from(from: Origin, index: number, what: 'h' | 'c' = 'h'): string {
    if (from === 'input') return `Go to feature ${index} of the input`;
    if (from === 'h_0') return what === 'c' ? 'c_0, which is zero' : `Change unit ${index} of h_0`;
    const { layer, reverse, step, unit } = from.state;
    return `Go to ${what} of unit ${unit}, layer ${layer}${reverse ? ', reverse' : ''}, t = ${step}`;
  }

  #follow(from: Origin, index: number, value: number, what: 'h' | 'c' = 'h'): void {
    const { subject } = this;
    if (!subject || (from === 'h_0' && what === 'c')) return;
    if (from === 'h_0') {
      const { layer, reverse, sample } = subject.at;
      const { batch, hidden, directions } = this.sizes;
      const row = layer * directions + Number(reverse);
      this.#aim({ tensor: 'h_0', index: (row * batch + sample) * hidden + index, name: `h_0[${row}, ${sample}, ${index}]`, value });
      return;
    }
    const detail: TermLink = from === 'input' ? { to: 'input', feature: index } : { to: 'unit', what, at: { ...from.state, sample: subject.at.sample } };
    this.dispatchEvent(new CustomEvent('gru-follow', { detail }));
  }

  /** Takes a number for the field, and the focus there. */
  #aim(target: Editable): void {
    this._target = target;
    this._fault = '';
    void this.updateComplete.then(() => {
      const field = this.renderRoot.querySelector<HTMLInputElement>('form input');
      field?.focus();
      field?.select();
    });
  }

  #change(run: InsideView | undefined) {
    const { _target: target, _edit: edit } = this;
    const edited = run?.edited;
    return html`<div class="change">
      ${target
        ? html`<form @submit=${this.#apply}>
            <label for="value">Change <code>${target.name}</code> to</label>
            <input id="value" type="text" maxlength=${fieldLength()} inputmode="decimal" autocomplete="off" .value=${String(Number(target.value.toPrecision(6)))} aria-describedby="fault" />
            <button type="submit" class="button">Change it</button>
          </form>`
        : html`<p class="place">Press a weight or a bias to change it, a number of x or h to go where it comes from.</p>`}
      <p id="fault" class="fault">${this._fault}</p>
      ${edit && edited
        ? html`<p><code>${edited.name}</code> was ${formatValue(edited.was)} and is ${formatValue(edit.value)}.</p>
            ${edited.changes.map(({ words }) => html`<p>${words}</p>`)}
            <p class="place">${this.source?.fate}</p>
            <button type="button" class="button" @click=${this.undo}>Undo</button>`
        : nothing}
    </div>`;
  }

  readonly #apply = (event: Event): void => {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLInputElement>('form input');
    const target = this._target;
    if (!field || !target) return;
    const text = typedIn(field).text.trim().replace('\u2212', '-').replace(',', '.');
    const value = Number(text);
    if (text === '' || !Number.isFinite(value)) {
      this._fault = 'This is no number.';
      announce(this, this._fault);
      return;
    }
    this._fault = '';
    this.#keep({ tensor: target.tensor, index: target.index, value });
  };

  /** Puts the number back. */
  readonly undo = (): void => {
    this.#keep(undefined);
  };

  #keep(edit: NumberEdit | undefined): void {
    this._edit = edit;
    this.dispatchEvent(new CustomEvent('gru-edit', { detail: edit }));
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('gru-close'));
  };
}

/** The parts of a step that can be opened, in the order in which they are computed. */
function partsOf({ gates, cell }: Arithmetic): Part[] {
  const names = gates.map(({ name }) => name);
  return [...names, ...(cell ? (['c'] as const) : []), ...(names.includes('h') ? [] : (['h'] as const))];
}

/** The part that was asked for, where the module has it. */
function shownPart(arithmetic: Arithmetic, part: Part): Part {
  return partsOf(arithmetic).includes(part) ? part : 'h';
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-arithmetic': GruArithmetic;
  }
  interface HTMLElementEventMap {
    'gru-edit': CustomEvent<NumberEdit | undefined>;
    'gru-number-edited': CustomEvent<Edited | undefined>;
    'gru-follow': CustomEvent<TermLink>;
  }
}
