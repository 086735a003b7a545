import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from './base.styles.js';
import styles from './gru-panel.css?inline';

/**
 * A named region of the page.
 *
 * @slot - what it holds
 * @slot actions - buttons beside the heading
 */
@customElement('gru-panel')
export class GruPanel extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  /** Its name: the heading, and the name of the region. */
  @property() heading = '';
  /** Whether the heading is for screen readers only. */
  @property({ type: Boolean, reflect: true }) untitled = false;

  protected override render() {
    return html`<section aria-labelledby="heading">
      <header>
        <h2 id="heading">${this.heading}</h2>
        <div class="actions"><slot name="actions"></slot></div>
      </header>
      <slot></slot>
    </section>`;
  }
}
