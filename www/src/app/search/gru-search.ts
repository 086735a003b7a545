import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { announce, announcer } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { plural } from '../../ui/numbers.js';
import { fieldLength, typedIn } from '../../ui/typed.js';
import type { Entry, EntryKind } from './entries.js';
import styles from './gru-search.css?inline';
import { Search } from './search.js';

/** Results are told when typing rests. */
const REST_MS = 500;
/** A message of several lines fits; what is longer than an address carries is pasted in Code. */
const LONGEST = 2000;

const KINDS: Readonly<Record<EntryKind, string>> = { place: 'Place', term: 'Word', program: 'Program', claim: 'Claim', message: 'Message' };

const BEFORE = [
  ['update gate', 'what z does'],
  ['h_n', 'the last state'],
  ['overfitting', 'learned by heart'],
  ['input.size(-1) must be equal to input_size', 'a message of PyTorch'],
] as const;

/** The search over the page's places, words, programs and messages: a dialogue of a field and links. */
@customElement('gru-search')
export class GruSearch extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, unsafeCSS(styles)];

  @state() private _text = '';
  @query('dialog') private readonly _dialog!: HTMLDialogElement;
  @query('input') private readonly _field!: HTMLInputElement;
  readonly #search = new Search();
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The text with its lines, by what stands of it in the field. */
  #pasted: ReadonlyMap<string, string> = new Map();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  /** What lies behind an open dialogue is not read: it has an announcer of its own. */
  protected override firstUpdated(): void {
    announcer(this._dialog, this._dialog);
  }

  async open(): Promise<void> {
    await this.updateComplete;
    if (this._dialog.open) return;
    this._dialog.showModal();
    this._field.select();
  }

  protected override render() {
    const found = this._text.trim() === '' ? [] : this.#search.find(this._text, this.#pasted.get(this._text));
    return html`<dialog aria-label="Search" @click=${this.#outside} @keydown=${this.#key}>
      <div class="box">
        <div class="top">
          <label for="text">Search words, messages, programs and places</label>
          <button type="button" class="button" @click=${this.#close}>Close</button>
        </div>
        <input id="text" type="text" role="searchbox" enterkeyhint="search" autocomplete="off" spellcheck="false" maxlength=${fieldLength(LONGEST)} .value=${this._text} @input=${this.#type} @paste=${this.#paste} />
        ${this._text.trim() === '' ? this.#before() : found.length === 0 ? this.#nothing() : html`<ul class="found">${found.map((entry) => this.#entry(entry))}</ul>`}
      </div>
    </dialog>`;
  }

  #before() {
    return html`<p class="quiet">For example:</p>
      <ul class="examples">
        ${BEFORE.map(([text, about]) => html`<li><button type="button" class="button" @click=${() => { this.#take(text); }}><code>${text}</code> <span>${about}</span></button></li>`)}
      </ul>`;
  }

  #nothing() {
    return html`<p class="quiet">Nothing here has these words. Paste a whole error message or code, and it is <a href="#code" @click=${this.#close}>read in Code</a>.</p>`;
  }

  #entry({ kind, title, text, href }: Entry) {
    return html`<li>
      <a href=${href} @click=${this.#close}>
        <span class="kind">${KINDS[kind]}</span>
        <span class="title ${kind === 'message' ? 'mono' : ''}">${title}</span>
        ${text === '' ? nothing : html`<span class="text">${text}</span>`}
      </a>
    </li>`;
  }

  #take(text: string): void {
    this._text = text;
    this._field.focus();
    this.#tell();
  }

  /** A field of one line would join the last word of each line to the first of the next. */
  readonly #paste = (event: ClipboardEvent): void => {
    const text = (event.clipboardData?.getData('text/plain') ?? '').trim();
    if (!/[\r\n]/.test(text)) return;
    event.preventDefault();
    const { _field: field } = this;
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    field.setRangeText(text.replaceAll(/\s+/g, ' '), field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    this.#type();
    // What is explained is the text with its lines: a traceback is read by them.
    if (whole && text.length <= LONGEST) this.#pasted = new Map([[this._text, text]]);
    this.requestUpdate();
  };

  readonly #type = (): void => {
    this._text = typedIn(this._field, LONGEST).text;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => { this.#tell(); }, REST_MS);
  };

  #tell(): void {
    if (this._text.trim() === '') return;
    const { length } = this.#search.find(this._text);
    announce(this._field, length === 0 ? 'Nothing found.' : `${plural(length, 'result')}. The arrow keys lead to them.`);
  }

  /** The arrow keys go through field and results; Enter in the field takes the first. */
  readonly #key = (event: KeyboardEvent): void => {
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('.found a')];
    const root = this.shadowRoot;
    const at = links.findIndex((link) => link === root?.activeElement);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = at + (event.key === 'ArrowDown' ? 1 : -1);
      (next < 0 ? this._field : links[Math.min(next, links.length - 1)])?.focus();
      event.preventDefault();
    } else if (event.key === 'Enter' && root?.activeElement === this._field) {
      links[0]?.click();
      event.preventDefault();
    }
  };

  readonly #outside = (event: Event): void => {
    if (event.target === this._dialog) this.#close();
  };

  readonly #close = (): void => {
    this._dialog.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-search': GruSearch;
  }
}
