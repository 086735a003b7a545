import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CodeLine, Label } from '../engine/engine.js';
import { announce } from './announcer.js';
import { baseStyles } from './base.styles.js';
import { buttonStyles } from './button.styles.js';
import { codeText } from './gru-code.js';
import './gru-code.js';
import './gru-panel.js';

const FEEDBACK_MS = 2000;

/** The PyTorch code for what is set, to be copied into a notebook. */
@customElement('gru-code-panel')
export class GruCodePanel extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      .feedback {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      /* The number of lines changes with h_0 and the seed; most calls fit without moving what is below. */
      gru-code {
        min-height: 13.375rem;
      }

      .stale {
        filter: grayscale(1);
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly CodeLine[] = [];
  @property({ attribute: false }) labels: readonly Label[] = [];
  /** Whether a typed text cannot be read, so that the code is not what was meant. */
  @property({ type: Boolean }) stale = false;

  /** The name of the code for screen readers, where a page has more than one. */
  @property() name = '';

  @state() private _feedback = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override render() {
    return html`<gru-panel heading=${this.#named('Code')} untitled>
      <span slot="actions" class="feedback">${this._feedback || (this.stale ? 'Without the shape that cannot be read' : '')}</span>
      <button slot="actions" type="button" class="button" aria-label=${this.#named('Copy the code')} @click=${this.#copy}>Copy</button>
      <gru-code class=${this.stale ? 'stale' : ''} .lines=${this.lines} .labels=${this.labels} label=${this.#named('PyTorch code')}></gru-code>
    </gru-panel>`;
  }

  #named(what: string): string {
    return this.name === '' ? what : `${what} ${this.name}`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(codeText(this.lines));
      this._feedback = 'Copied';
    } catch {
      this._feedback = 'Copying is blocked here: select the code instead';
    }
    announce(this, this._feedback);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this._feedback = ''), FEEDBACK_MS);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-code-panel': GruCodePanel;
  }
}
