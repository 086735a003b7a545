import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { plural } from '../../ui/numbers.js';
import { fieldLength, typedIn } from '../../ui/typed.js';
import { TERMS, termOf, type Term } from '../../words/terms.js';
import styles from './gru-glossary.css?inline';

const REST_MS = 500;
const LONGEST = 80;

const ALL: readonly Term[] = [...TERMS].sort((one, other) => one.name.localeCompare(other.name, 'en', { sensitivity: 'base' }));

/** Every word of the page, each in one sentence, with the way to where it is seen. */
@customElement('gru-glossary')
export class GruGlossary extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, unsafeCSS(styles)];

  /** What the address says: the term that is led to. */
  @property() query = '';
  @state() private _text = '';
  #rest: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  get #asked(): string {
    return new URLSearchParams(this.query).get('term') ?? '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Who comes for a word sees it, whatever was looked for before.
    if (changed.has('query') && termOf(this.#asked)) this._text = '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('query') || !termOf(this.#asked)) return;
    // Once the view has its place and its heading has had the focus.
    requestAnimationFrame(() => {
      const term = this.renderRoot.querySelector<HTMLElement>('.asked');
      term?.scrollIntoView({ block: 'center' });
      term?.querySelector<HTMLElement>('dfn')?.focus({ preventScroll: true });
    });
  }

  protected override render() {
    const asked = this.#asked;
    const shown = this.#shown;
    return html`<h1>Glossary</h1>
      <p class="lead">Every word of this page in one sentence. Words with a dotted line say the same where they stand.</p>
      ${asked !== '' && !termOf(asked) ? html`<p class="unknown">There is no word “${asked.slice(0, LONGEST)}” here.</p>` : nothing}
      <label class="filter">
        <span>Find a word</span>
        <input type="text" role="searchbox" autocomplete="off" spellcheck="false" maxlength=${fieldLength(LONGEST)} .value=${this._text} @input=${this.#type} />
      </label>
      ${shown.length === 0 ? html`<p>No word here has “${this._text.trim()}” in it.</p>` : nothing}
      <dl>
        ${shown.map((term) => this.#term(term, term.id === asked))}
      </dl>`;
  }

  get #shown(): readonly Term[] {
    const text = this._text.trim().toLowerCase();
    return ALL.filter(({ name, also = [], sentence }) => [name, ...also, sentence].some((words) => words.toLowerCase().includes(text)));
  }

  #term({ name, also = [], sentence, more, see }: Term, asked: boolean) {
    return html`<div class=${asked ? 'asked' : ''}>
      <dt><dfn tabindex=${asked ? -1 : nothing}>${name}</dfn></dt>
      <dd>
        <p>${sentence}</p>
        ${more === undefined ? nothing : html`<p class="more">${more}</p>`}
        ${also.length === 0 ? nothing : html`<p class="also">Also: ${also.join(', ')}</p>`}
        ${see ? html`<p><a href="#${see.opens}">${see.text}</a></p>` : nothing}
      </dd>
    </div>`;
  }

  readonly #type = ({ target }: Event): void => {
    this._text = typedIn(target as HTMLInputElement, LONGEST).text;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => { announce(this, plural(this.#shown.length, 'word')); }, REST_MS);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-glossary': GruGlossary;
  }
}
