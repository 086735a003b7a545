import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import styles from './gru-unavailable.css?inline';

/** Says what is wrong where a part of the page cannot run, and what would help. */
@customElement('gru-unavailable')
export class GruUnavailable extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

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
