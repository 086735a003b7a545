import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Diagnostic } from '../engine/engine.js';
import { formatShape } from '../state/python.js';
import { visible } from '../state/text.js';
import { baseStyles } from './base.styles.js';
import { buttonStyles } from './button.styles.js';
import { formStyles } from './form.styles.js';
import { announce } from './announcer.js';
import { cutWords, fieldLength, typedIn } from './typed.js';
import styles from './gru-shape-field.css?inline';

/**
 * A tensor's shape, which follows the numbers until one is typed.
 *
 * @fires gru-shape-text - the typed text, or null to follow again
 */
@customElement('gru-shape-field')
export class GruShapeField extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, unsafeCSS(styles)];

  /** The tensor's name. */
  @property() name = 'input';
  /** The typed text; null while it follows. */
  @property({ attribute: false }) text: string | null = null;
  /** The shape that it follows. */
  @property({ attribute: false }) following: readonly number[] = [];
  /** What it follows, in words: `the numbers above`. */
  @property() source = 'the numbers above';
  /** What is wrong with the text. */
  @property({ attribute: false }) diagnostic: Diagnostic | null = null;
  /** What PyTorch has against the shape. */
  @property() wrong: string | undefined;
  @property() help = '';

  /** What stands in the field while it is typed in. */
  @state() private _typed: string | undefined;
  @state() private _wasCut = false;

  protected override render() {
    const { text, diagnostic, wrong } = this;
    const shown = this._typed ?? text ?? formatShape(this.following);
    return html`<div class="row">
        <label for="shape" data-tip=${this.help || nothing}>${this.name}</label>
        <input
          id="shape"
          type="text"
          class=${wrong ? 'wrong' : ''}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          maxlength=${fieldLength()}
          .value=${live(shown)}
          aria-invalid=${diagnostic || wrong ? 'true' : 'false'}
          aria-describedby="below problem"
          @input=${this.#type}
          @blur=${this.#settle}
        />
      </div>
      <div id="below" class="below">
        ${text === null
          ? html`<span>Follows ${this.source}. Type your own.</span>`
          : html`<button type="button" class="button quiet" @click=${this.#follow}>Follow ${this.source} again</button>`}
        <span class="visually-hidden">${wrong ?? ''}</span>
      </div>
      <div id="problem">${this._wasCut ? html`<p class="problem">${cutWords()}</p>` : nothing}${diagnostic ? this.#problem(diagnostic) : nothing}</div>`;
  }

  #problem({ message, why, labels }: Diagnostic) {
    const place = labels.map((label) => label.place).find((candidate) => candidate.part === 'text');
    const text = this.text ?? '';
    const marked =
      place && place.end > place.start
        ? html`<code class="typed">${visible(text.slice(0, place.start))}<mark>${visible(text.slice(place.start, place.end))}</mark>${visible(text.slice(place.end))}</code>`
        : nothing;
    return html`<div class="problem">${marked}${visible(message)}${why ? html`. ${visible(why)}` : nothing}</div>`;
  }

  readonly #type = (event: Event): void => {
    const { text, wasCut } = typedIn(event.target as HTMLInputElement);
    this._typed = text;
    this._wasCut = wasCut;
    if (wasCut) announce(this, cutWords(), true);
    this.#give(text);
  };

  readonly #settle = (): void => {
    this._typed = undefined;
    this._wasCut = false;
  };

  readonly #follow = (): void => {
    this._typed = undefined;
    this.#give(null);
    this.renderRoot.querySelector('input')?.focus();
  };

  #give(text: string | null): void {
    this.dispatchEvent(new CustomEvent('gru-shape-text', { detail: text }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-shape-field': GruShapeField;
  }
  interface HTMLElementEventMap {
    'gru-shape-text': CustomEvent<string | null>;
  }
}
