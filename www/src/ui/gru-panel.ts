import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from './base.styles.js';

/**
 * A named region of the page.
 *
 * @slot - what it holds
 * @slot actions - buttons beside the heading
 */
@customElement('gru-panel')
export class GruPanel extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      section {
        padding: var(--gru-space-3) var(--gru-space-5) var(--gru-space-5);
        border: 1px solid var(--gru-line);
        border-radius: var(--gru-panel-radius, var(--gru-radius-m));
        background: var(--gru-panel);
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gru-space-3);
        min-height: 2.25rem;
        margin-bottom: var(--gru-space-2);
      }

      h2 {
        font-size: var(--gru-text-s);
        font-weight: 600;
        color: var(--gru-ink-2);
      }

      .actions {
        display: flex;
        align-items: center;
        gap: var(--gru-space-2);
      }

      /* Where the content names itself, the actions stand beside its first line. */
      :host([untitled]) section {
        position: relative;
        padding-top: var(--gru-space-4);
      }

      :host([untitled]) header {
        position: absolute;
        inset-block-start: var(--gru-space-3);
        inset-inline-end: var(--gru-space-5);
        z-index: 1;
        margin: 0;
      }

      :host([untitled]) h2 {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }

      @media (max-width: 40rem) {
        :host([untitled]) header {
          inset-inline-end: var(--gru-space-3);
        }

        section {
          padding: var(--gru-space-3) var(--gru-space-4) var(--gru-space-4);
        }
      }
    `,
  ];

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

declare global {
  interface HTMLElementTagNameMap {
    'gru-panel': GruPanel;
  }
}
