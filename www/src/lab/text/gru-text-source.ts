import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { TextPlan } from '../../engine/lab/text.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { FileDrop } from '../../ui/file-drop.js';
import { formStyles } from '../../ui/form.styles.js';
import { formatCount, plural } from '../../ui/numbers.js';
import styles from '../series/gru-series-file.css?inline';
import { seen } from './words.js';

/** What is typed is read where the typing rests. */
const REST_MS = 300;

/**
 * The text that is learned: typed, pasted, chosen or dropped; and what the core has made of it.
 *
 * @fires gru-own-text - what was typed or pasted
 * @fires gru-own-file - a file that was chosen or dropped
 * @fires gru-page-text - the page's own text is wanted again
 */
@customElement('gru-text-source')
export class GruTextSource extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, unsafeCSS(styles)];

  @property() text = '';
  @property({ type: Boolean }) own = false;
  @property({ attribute: false }) plan: TextPlan | undefined;
  /** Why a file was not read. */
  @property() refusal = '';

  readonly #file = new FileDrop(this, (file) => { this.#give(file); });
  #rest: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  protected override render() {
    return html`<div class=${this.#file.above ? 'dropping' : ''}>
      <label for="text">Type or paste a text here, or drop a file</label>
      <textarea id="text" rows="8" spellcheck="false" autocomplete="off" .value=${live(this.text)} @input=${this.#type}></textarea>
      <div class="actions">
        <button type="button" class="button" @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}>Choose a file</button>
        <input type="file" hidden accept=".txt,.md,text/plain" @change=${this.#chosen} />
        ${this.own ? html`<button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-page-text'))}>Back to the tale of this page</button>` : nothing}
        <span class="quiet">${this.own ? 'It stays in this browser: nothing of it is sent anywhere, and no link has it.' : 'A tale that was written for this page; change it and it is yours.'}</span>
      </div>
      ${this.refusal === '' ? nothing : html`<p class="problem">This cannot be read: ${this.refusal}.</p>`}
      ${this.plan ? this.#told(this.plan) : nothing}
    </div>`;
  }

  #told({ characters, train, judged, vocabulary }: TextPlan) {
    if (characters === 0) return nothing;
    return html`<p class="quiet">
        ${plural(characters, 'character')}: the first ${formatCount(train)} to train on, then ${formatCount(judged)} to validate, in order. V = ${vocabulary.length}
        different ones, each with a number from 0 on:
      </p>
      <p class="kinds mono">${vocabulary.map((character) => html`<span>${seen(character)}</span> `)}</p>`;
  }

  readonly #type = (event: Event): void => {
    const text = (event.target as HTMLTextAreaElement).value;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.dispatchEvent(new CustomEvent('gru-own-text', { detail: text })), REST_MS);
  };

  readonly #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#give(input.files?.[0]);
    // The same file can be chosen again.
    input.value = '';
  };

  #give(file: File | undefined): void {
    clearTimeout(this.#rest);
    if (file) this.dispatchEvent(new CustomEvent('gru-own-file', { detail: file }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-text-source': GruTextSource;
  }
  interface HTMLElementEventMap {
    'gru-own-text': CustomEvent<string>;
    'gru-own-file': CustomEvent<File>;
    'gru-page-text': CustomEvent<void>;
  }
}
