import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Help, Trouble } from '../../engine/lab/train.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import styles from './gru-trouble.css?inline';

/**
 * What is wrong with a setup or broke its run: the fact, why, and fixes to press.
 *
 * @fires gru-help - a fix is to be applied
 */
@customElement('gru-trouble')
export class GruTrouble extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  /** What it is about, in a few words. */
  @property() heading = '';
  @property({ attribute: false }) trouble: Trouble | undefined;

  protected override render() {
    const { trouble, heading } = this;
    if (!trouble) return nothing;
    const { severity, exception, message, notes, help } = trouble;
    return html`<section class=${severity} aria-label=${heading}>
      <h3>${heading}</h3>
      <p class="message"><code>${exception ? `${exception}: ` : ''}${message}</code></p>
      ${notes.map((note) => html`<p class="why">${note}</p>`)}
      ${help.length === 0 ? nothing : html`<ul aria-label="Fixes">${help.map((fix) => html`<li>${this.#fix(fix)}</li>`)}</ul>`}
    </section>`;
  }

  #fix(fix: Help) {
    return html`<button type="button" class="button fix" @click=${() => this.dispatchEvent(new CustomEvent('gru-help', { detail: fix }))}>
      <span>${fix.text}</span><code>${fix.code}</code>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-trouble': GruTrouble;
  }
  interface HTMLElementEventMap {
    'gru-help': CustomEvent<Help>;
  }
}
