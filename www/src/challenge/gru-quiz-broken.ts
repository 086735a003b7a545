import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { QuizCard } from './quiz-card.js';

/**
 * The core fails again and again.
 *
 * @fires gru-begin-anew - the learner gives the run up for another
 */
@customElement('gru-quiz-broken')
export class GruQuizBroken extends QuizCard {
  static override styles = [baseStyles, buttonStyles, cardStyles];

  /** Whether the run outlives the page. */
  @property({ type: Boolean }) kept = false;

  override focusFirst(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  protected override render() {
    return html`<div class="card">
      <h2 tabindex="-1">The quiz engine stopped</h2>
      <p>
        This is a fault of this page, not of yours.
        ${this.kept
          ? 'Your run is kept in this browser: reload the page to go on with it. If that does not help, set it aside and begin anew.'
          : 'Begin anew, or reload the page if that does not help.'}
      </p>
      <div class="actions">
        <button class="button primary large" type="button" @click=${this.#anew}>
          ${this.kept ? 'Set it aside and begin anew' : 'Begin anew'}
        </button>
      </div>
    </div>`;
  }

  #anew(): void {
    this.dispatchEvent(new CustomEvent('gru-begin-anew', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-broken': GruQuizBroken;
  }
  interface HTMLElementEventMap {
    'gru-begin-anew': CustomEvent<void>;
  }
}
