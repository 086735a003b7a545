import { html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PausedView } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { emit } from './events.js';
import './gru-quiz-header.js';
import { QuizCard } from './quiz-card.js';
import styles from './gru-quiz-paused.css?inline';

/** A hidden question while the clock stands: paused, or out of time with an attempt left. */
@customElement('gru-quiz-paused')
export class GruQuizPaused extends QuizCard {
  static override styles = [baseStyles, buttonStyles, cardStyles, unsafeCSS(styles)];

  @property({ attribute: false }) view!: PausedView;
  /** Whether the run outlives the page. */
  @property({ type: Boolean }) kept = false;
  @state() private _sure = false;

  override focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('.resume')?.focus();
  }

  protected override render() {
    const { view } = this;
    const timeOut = view.because === 'time_out';
    const number = view.marks.find(({ state }) => state === 'current')?.number ?? '';
    return html`<div class="card">
      <gru-quiz-header .marks=${view.marks} .clock=${view.clock} ticking></gru-quiz-header>
      <h2 id="heading" tabindex="-1">${timeOut ? `Out of time on problem ${number}` : `Problem ${number} waits`}</h2>
      <p id="text">${view.text}</p>
      <div class="actions">
        <button
          class="button primary large resume"
          type="button"
          aria-describedby="heading text"
          @click=${() => { emit(this, 'gru-quiz-event', { type: 'resume' }); }}
        >
          Go on
        </button>
        ${this._sure
          ? html`<span class="sure">
              <span id="sure" role="note" tabindex="-1" aria-labelledby="sure">Give up this run? Its answers so far are lost.</span>
              <button
                class="button large"
                type="button"
                aria-describedby="sure"
                @click=${() => { emit(this, 'gru-quiz-event', { type: 'abandon' }); }}
              >
                Give up
              </button>
              <button class="button quiet large" type="button" @click=${() => { void this.#ask(false); }}>Keep it</button>
            </span>`
          : html`<button class="button quiet large" type="button" id="give-up" @click=${() => { void this.#ask(true); }}>
              Give up this run
            </button>`}
      </div>
      ${this.kept ? html`<p class="quiet-text">You can close the page as well: the run waits in this browser.</p>` : nothing}
    </div>`;
  }

  async #ask(sure: boolean): Promise<void> {
    this._sure = sure;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(sure ? '#sure' : '#give-up')?.focus();
  }
}
