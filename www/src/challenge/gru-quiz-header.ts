import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClockView, Mark } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import './gru-quiz-clock.js';
import './gru-quiz-marks.js';

/**
 * The top of a card during a run: the way so far, and the clock.
 *
 * @slot - buttons beside the clock
 */
@customElement('gru-quiz-header')
export class GruQuizHeader extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }

      .header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gru-space-3);
      }

      .side {
        display: flex;
        align-items: center;
        gap: var(--gru-space-3);
      }

      @media (max-width: 26rem) {
        .side {
          flex: 1;
          flex-direction: row-reverse;
          justify-content: space-between;
        }
      }
    `,
  ];

  @property({ attribute: false }) marks: readonly Mark[] = [];
  @property({ attribute: false }) clock: ClockView | null | undefined = null;
  /** Whether there is a clock to show at all. */
  @property({ type: Boolean }) ticking = false;

  protected override render() {
    return html`<div class="header">
      <gru-quiz-marks .marks=${this.marks}></gru-quiz-marks>
      <div class="side">
        <slot></slot>
        ${this.ticking ? html`<gru-quiz-clock .clock=${this.clock}></gru-quiz-clock>` : ''}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-header': GruQuizHeader;
  }
}
