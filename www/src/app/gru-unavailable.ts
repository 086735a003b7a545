import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';

/** Says what is wrong where a part of the page cannot run, and what would help. */
@customElement('gru-unavailable')
export class GruUnavailable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        max-width: 40rem;
        margin: var(--gru-space-7) auto;
      }

      h1 {
        margin-bottom: var(--gru-space-3);
        font-size: var(--gru-text-xl);
        font-weight: 700;
        line-height: var(--gru-leading-tight);
      }

      h1:focus {
        outline: none;
      }

      p {
        margin-bottom: var(--gru-space-4);
      }

      .cause {
        color: var(--gru-ink-2);
        font-family: var(--gru-mono);
        font-size: var(--gru-text-xs);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property() heading = '';
  /** What is wrong and what would help, in sentences. */
  @property() explanation = '';
  /** The browser's own words, for whoever runs the site. */
  @property() cause = '';

  protected override firstUpdated(): void {
    announce(this, `${this.heading}. ${this.explanation}`, true);
  }

  protected override render() {
    return html`<div>
        <h1 tabindex="-1">${this.heading}</h1>
        <p>${this.explanation}</p>
      </div>
      <p><button type="button" class="button primary" @click=${() => location.reload()}>Reload the page</button></p>
      <p class="cause">${this.cause}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-unavailable': GruUnavailable;
  }
}
