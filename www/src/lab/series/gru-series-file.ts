import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SeriesFile } from '../../engine/lab/series.js';
import { baseStyles } from '../../ui/base.styles.js';
import { FileDrop } from '../../ui/file-drop.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { formatCount, plural } from '../../ui/numbers.js';
import type { SeriesFileChoice } from './sources.js';
import styles from './gru-series-file.css?inline';

/** What is typed is read where the typing rests. */
const REST_MS = 300;

/** What stands between values, in words. */
const DELIMITERS: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/**
 * The learner's own CSV: pasted, chosen or dropped; how it was read, and what of it was not.
 *
 * @fires gru-series-text - what was pasted or typed
 * @fires gru-series-file - a file that was chosen or dropped
 * @fires gru-series-column - the column to be read, by its name
 */
@customElement('gru-series-file')
export class GruSeriesFile extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, unsafeCSS(styles)];

  /** What there is. */
  @property({ attribute: false }) choice: SeriesFileChoice | undefined;
  /** How it was read. */
  @property({ attribute: false }) read: SeriesFile | undefined;

  readonly #file = new FileDrop(this, (file) => { this.#give(file); });
  #rest: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  protected override render() {
    const { choice, read } = this;
    const fromFile = choice?.text === '';
    return html`<div class=${this.#file.above ? 'dropping' : ''}>
      <label for="text">Paste a CSV, or drop a file here: one row a line, the names of the columns in the first</label>
      <textarea
        id="text"
        rows="6"
        spellcheck="false"
        autocomplete="off"
        placeholder=${fromFile ? `${choice.name} is read. Paste here to read something else.` : 'day;price\n2024-01-01;10,5\n2024-01-02;10,7'}
        .value=${live(choice?.text ?? '')}
        @input=${this.#type}
      ></textarea>
      <div class="actions">
        <button type="button" class="button" @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}>Choose a file</button>
        <input type="file" hidden accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${this.#chosen} />
        <span class="quiet">It stays on this device: nothing of it is sent anywhere, and no link has it.</span>
      </div>
      ${read ? this.#told(read) : nothing}
    </div>`;
  }

  #told(read: SeriesFile) {
    const { columns, column, problems, bad_rows, rows, delimiter, decimal_comma, header } = read;
    const refusal = problems.find(({ severity }) => severity === 'error');
    const bad = problems.filter(({ severity }) => severity === 'warning');
    return html`${columns.length === 0
        ? nothing
        : html`<div class="row">
              <label for="column">Column</label>
              <select id="column" @change=${this.#column}>
                ${columns.map(({ name, numbers }, index) => html`<option value=${index} .selected=${index === column}>${name} (${plural(numbers, 'number')})</option>`)}
              </select>
            </div>
            <p class="quiet">
              ${plural(rows, 'row')}${header ? ' below the names' : ', no names of columns'}; ${DELIMITERS[delimiter] ?? delimiter} between values, a decimal
              ${decimal_comma ? 'comma' : 'point'}.
            </p>`}
      ${refusal ? html`<p class="problem">This cannot be read: ${refusal.message}.</p>` : nothing}
      ${bad_rows === 0
        ? nothing
        : html`<div class="bad" role="group" aria-label="Rows that are left out">
            <p>${plural(bad_rows, 'row')} of ${formatCount(rows)} ${bad_rows === 1 ? 'is' : 'are'} left out, and the rows around follow each other${bad.length < bad_rows ? `. The first ${bad.length}` : ''}:</p>
            <ul>${bad.map(({ message }) => html`<li>${message}</li>`)}</ul>
          </div>`}`;
  }

  readonly #type = (event: Event): void => {
    const text = (event.target as HTMLTextAreaElement).value;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.dispatchEvent(new CustomEvent('gru-series-text', { detail: text })), REST_MS);
  };

  readonly #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#give(input.files?.[0]);
    // The same file can be chosen again.
    input.value = '';
  };

  readonly #column = (event: Event): void => {
    const chosen = this.read?.columns[Number((event.target as HTMLSelectElement).value)];
    if (chosen) this.dispatchEvent(new CustomEvent('gru-series-column', { detail: chosen.name }));
  };

  #give(file: File | undefined): void {
    clearTimeout(this.#rest);
    if (file) this.dispatchEvent(new CustomEvent('gru-series-file', { detail: file }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-series-file': GruSeriesFile;
  }
  interface HTMLElementEventMap {
    'gru-series-text': CustomEvent<string>;
    'gru-series-file': CustomEvent<File>;
    'gru-series-column': CustomEvent<string>;
  }
}
