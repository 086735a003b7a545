import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Help, Trouble } from '../../engine/lab/train.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';

/**
 * What is wrong with a setup or broke its run: the fact, why, and fixes to press.
 *
 * @fires gru-help - a fix is to be applied
 */
@customElement('gru-trouble')
export class GruTrouble extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }

      section {
        display: grid;
        gap: var(--gru-space-2);
        margin-top: var(--gru-space-3);
        padding-inline-start: var(--gru-space-4);
        border-inline-start: 3px solid var(--gru-error);
        font-size: var(--gru-text-s);
      }

      .warning {
        border-color: var(--gru-warning);
      }

      h3 {
        color: var(--gru-error);
        font-weight: 600;
      }

      .warning h3 {
        color: var(--gru-warning);
      }

      .message {
        overflow-wrap: anywhere;
      }

      .why {
        max-width: 66ch;
      }

      ul {
        display: grid;
        gap: var(--gru-space-2);
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
      }

      .button {
        display: grid;
        justify-items: start;
        justify-content: stretch;
        gap: 0.125rem;
        width: 100%;
        min-height: var(--gru-touch);
        padding: var(--gru-space-2) var(--gru-space-3);
      }

      .button code {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }
    `,
  ];

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
    return html`<button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-help', { detail: fix }))}>
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
