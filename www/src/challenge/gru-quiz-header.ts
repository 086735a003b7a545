import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClockView, Mark } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import './gru-quiz-clock.js';
import './gru-quiz-marks.js';
import styles from './gru-quiz-header.css?inline';

/**
 * The top of a card during a run: the way so far, and the clock.
 *
 * @slot - buttons beside the clock
 */
@customElement('gru-quiz-header')
export class GruQuizHeader extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

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
