import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Engine } from '../../engine/engine.js';
import { baseStyles } from '../../ui/base.styles.js';
import './gru-mending.js';
import styles from './gru-mending-view.css?inline';

/** The view of broken programs. */
@customElement('gru-mending-view')
export class GruMendingView extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  /** The case that the address says. */
  @property() query = '';

  protected override render() {
    return html`<h1>Mend it</h1>
      <p class="lead">
        Broken programs without end. Some stop with an exception; others raise nothing and mix what must stay apart. Name the line, the thing and the
        cause; then mend it by hand. The core runs your program and judges what it does, not how it is written.
      </p>
      <gru-mending .engine=${this.engine} .query=${this.query}></gru-mending>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-mending-view': GruMendingView;
  }
}
