import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cardStyles } from '../challenge/card.styles.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import type { Term } from '../words/terms.js';
import styles from './gru-recall-card.css?inline';

/**
 * A card of the glossary: the learner says what the word means, turns the card and judges themselves.
 *
 * @fires gru-recalled - whether the learner had it
 */
@customElement('gru-recall-card')
export class GruRecallCard extends LitElement {
  static override styles = [baseStyles, buttonStyles, cardStyles, unsafeCSS(styles)];

  @property({ attribute: false }) term!: Term;
  @state() private _turned = false;
  #since = 0;

  /** Puts the focus on the word. */
  focusCard(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('term')) return;
    this._turned = false;
    this.#since = performance.now();
  }

  protected override render() {
    const { name, sentence, more, id } = this.term;
    return html`<div class="card">
      <p class="kind">Say in your own words what this is, then turn the card.</p>
      <h2 tabindex="-1">${name}</h2>
      ${this._turned
        ? html`<div class="sunken back" tabindex="-1">
              <p>${sentence}</p>
              ${more === undefined ? nothing : html`<p class="quiet-text">${more}</p>`}
              <p><a href="#glossary?term=${id}">In the glossary</a></p>
            </div>
            <div class="actions" role="group" aria-label="Did you have it?">
              <span>Did you have it?</span>
              <button class="button large" type="button" @click=${() => { this.#judge(true); }}>I had it</button>
              <button class="button large" type="button" @click=${() => { this.#judge(false); }}>Not yet</button>
            </div>`
        : html`<div class="actions"><button class="button primary large" type="button" @click=${this.#turn}>Turn the card</button></div>`}
    </div>`;
  }

  readonly #turn = async (): Promise<void> => {
    this._turned = true;
    announce(this, this.term.sentence);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.back')?.focus();
  };

  #judge(right: boolean): void {
    const seconds = Math.round((performance.now() - this.#since) / 100) / 10;
    this.dispatchEvent(new CustomEvent('gru-recalled', { detail: { right, seconds } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-recall-card': GruRecallCard;
  }
  interface HTMLElementEventMap {
    'gru-recalled': CustomEvent<{ readonly right: boolean; readonly seconds: number }>;
  }
}
