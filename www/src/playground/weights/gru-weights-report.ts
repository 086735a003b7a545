import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Diagnostic, Entry, Fix, Report } from '../../engine/engine.js';
import { formatShape } from '../../state/python.js';
import { visible } from '../../state/text.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import '../../ui/gru-listing.js';
import { plainLines } from '../../ui/gru-listing.js';
import { PrintController } from '../../ui/printing.js';
import { asSentence } from '../../ui/error-words.js';
import { tableView, type Cell, type Table } from '../../ui/table/table.js';
import { tableStyles } from '../../ui/table/table.styles.js';
import { weightsStyles } from './weights.styles.js';
import { placeName, STATES } from './words.js';

/** Further ones are listed when asked for. */
const FIRST_ROWS = 24;

/**
 * What was found in a file, name by name, and what is to be said of it.
 *
 * @fires gru-weights-fix - a fix is to be applied to the playground
 * @fires gru-weights-prefix - another module of the file is to be read
 */
@customElement('gru-weights-report')
export class GruWeightsReport extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, tableStyles, weightsStyles];

  @property({ attribute: false }) report: Report | undefined;
  /** Why a file gives no report. */
  @property({ attribute: false }) refusal: Diagnostic | undefined;

  @state() private _all = false;
  readonly #print = new PrintController(this);

  protected override render() {
    const { report, refusal } = this;
    return html`<div class="stack">
      ${refusal ? this.#diagnostic(refusal) : nothing}
      ${report ? html`${this.#choice(report)}${report.diagnostics.map((said) => this.#diagnostic(said))}${this.#table(report)}` : nothing}
    </div>`;
  }

  /** A file may hold several recurrent modules: which is meant? */
  #choice({ places, prefix }: Report) {
    if (places.length < 2) return nothing;
    return html`<div class="row">
      <label for="prefix">The module in the file</label>
      <select id="prefix" @change=${this.#choose}>
        ${places.map((place) => html`<option value=${place.prefix} ?selected=${place.prefix === prefix}>${placeName(place)}</option>`)}
      </select>
    </div>`;
  }

  #diagnostic({ severity, exception, message, why, notes, help }: Diagnostic) {
    const text = visible(exception ? `${exception}: ${message}` : message);
    return html`<div class="said ${severity}">
      ${exception
        ? html`<pre tabindex="0" role="region" aria-label="What load_state_dict raises">${text}</pre>`
        : html`<p><strong>${severity === 'error' ? 'Not used: ' : 'Note: '}</strong>${asSentence(text)}</p>`}
      <p>${visible(why)}</p>
      ${notes.map((note) => html`<p class="quiet">${visible(note)}</p>`)} ${help.map((fix) => this.#help(fix))}
    </div>`;
  }

  /** What can be set here is a button; what is to be done in Python is code. */
  #help(fix: Fix) {
    if (fix.edits.length > 0) {
      return html`<button type="button" class="button fix" @click=${() => this.#fix(fix)}>
        <span>${visible(fix.statement)}</span><code>${visible(fix.code)}</code>
      </button>`;
    }
    return html`<p class="quiet">In Python, ${visible(fix.statement)}:</p>
      <gru-listing .lines=${plainLines(visible(fix.code))} name="that mends it"></gru-listing>`;
  }

  #table({ entries }: Report) {
    const table = (shown: readonly Entry[]): Table => ({
      label: 'Tensors of the file',
      caption: 'Every parameter of the module and every other tensor of the file',
      columns: ['In the file', 'Result', 'Parameter', 'Shape'].map((name) => ({ name })),
      rows: shown.map(cells),
    });
    return html`<div>
      ${tableView(table(this._all || this.#print.printing ? entries : entries.slice(0, FIRST_ROWS)), () => table(entries))}
      ${entries.length > FIRST_ROWS
        ? html`<p>
            <button type="button" class="button" aria-expanded=${this._all ? 'true' : 'false'} @click=${() => (this._all = !this._all)}>
              ${this._all ? `Show the first ${FIRST_ROWS} only` : `Show all ${entries.length}`}
            </button>
          </p>`
        : nothing}
    </div>`;
  }

  #fix(fix: Fix): void {
    this.dispatchEvent(new CustomEvent('gru-weights-fix', { bubbles: true, composed: true, detail: fix }));
  }

  readonly #choose = ({ target }: Event): void => {
    const detail = (target as HTMLSelectElement).value;
    this.dispatchEvent(new CustomEvent('gru-weights-prefix', { bubbles: true, composed: true, detail }));
  };
}

function cells({ name, parameter, state: found, dtype, shape, expected }: Entry): Cell[] {
  const { sign, word, tone } = STATES[found];
  const type = dtype === null || dtype === 'torch.float32' ? '' : ` ${dtype}`;
  const wanted = found === 'wrong_shape' && expected ? ` for ${formatShape(expected)}` : '';
  const code = (text: string | null): Cell => (text === null ? { value: '', shown: '—' } : { value: text, shown: html`<code>${visible(text)}</code>` });
  const size = `${formatShape(shape ?? expected ?? [])}${wanted}${type}`;
  return [
    code(name),
    { value: word, shown: html`<span class="state ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>` },
    code(parameter),
    { value: size, shown: html`<span class="shape">${size}</span>` },
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-weights-report': GruWeightsReport;
  }
  interface HTMLElementEventMap {
    'gru-weights-fix': CustomEvent<Fix>;
    'gru-weights-prefix': CustomEvent<string>;
  }
}
