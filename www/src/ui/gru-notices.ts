import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Notice } from '../state/codec.js';
import { announce } from './announcer.js';
import { baseStyles } from './base.styles.js';
import { buttonStyles } from './button.styles.js';
import styles from './gru-notices.css?inline';

/** What in the link was not obeyed, and what stands instead. */
@customElement('gru-notices')
export class GruNotices extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property() heading = 'This link says something that cannot be meant. It was not obeyed:';
  @property({ attribute: false }) notices: readonly Notice[] = [];

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('notices') || this.notices.length === 0) return;
    const told = this.notices.map(({ given, problem, instead }) => `${given} ${problem}${instead === undefined ? '' : `; ${instead} stands instead`}.`);
    announce(this, `${this.heading} ${told.join(' ')}`);
  }

  protected override render() {
    if (this.notices.length === 0) return nothing;
    return html`<section aria-label="Not obeyed">
      <div>
        <h2>${this.heading}</h2>
        <ul>
          ${this.notices.map(
            ({ given, problem, instead }) =>
              html`<li><code>${given}</code> ${problem}${instead === undefined ? '; ignored' : html`; <code>${instead}</code> stands instead`}</li>`,
          )}
        </ul>
      </div>
      <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-dismiss'))}>Dismiss</button>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-notices': GruNotices;
  }
  interface HTMLElementEventMap {
    'gru-dismiss': CustomEvent<null>;
  }
}
