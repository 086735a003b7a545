import { LitElement, html } from 'lit';
import { customElement } from 'lit/decorators.js';

/** The whole page. */
@customElement('gru-app')
export class GruApp extends LitElement {
  protected override render() {
    return html`<main><h1>GRU Playground</h1></main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-app': GruApp;
  }
}
