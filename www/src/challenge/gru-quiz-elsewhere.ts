import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { QuizCard } from './quiz-card.js';

/**
 * The run is another tab's.
 *
 * @fires gru-continue-here - the learner wants it in this one
 */
@customElement('gru-quiz-elsewhere')
export class GruQuizElsewhere extends QuizCard {
  static override styles = [baseStyles, buttonStyles, cardStyles];

  /** Whether the other tab has let go of it. */
  @property({ type: Boolean }) free = false;

  override focusFirst(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  protected override render() {
    return html`<div class="card">
      <h2 tabindex="-1">${this.free ? 'This run is not open in another tab any more' : 'This run is open in another tab'}</h2>
      <p>
        ${this.free
          ? 'The other tab has let go of it, with its time and attempts kept. You can go on with it here.'
          : 'One tab plays a run at a time, so that its clock runs once and its attempts count once. If you continue here, the other tab stops, and time and attempts stay as they are.'}
      </p>
      <div class="actions">
        <button class="button primary large" type="button" @click=${this.#continue}>Continue here</button>
      </div>
    </div>`;
  }

  #continue(): void {
    this.dispatchEvent(new CustomEvent('gru-continue-here', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-elsewhere': GruQuizElsewhere;
  }
  interface HTMLElementEventMap {
    'gru-continue-here': CustomEvent<void>;
  }
}
