import { html, svg, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { IntroView, Mode } from '../engine/engine.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { medal } from './badge-scene.js';
import { badgeItems } from './badge-svg.js';
import { cardStyles } from './card.styles.js';
import { choiceStyles } from './choice.styles.js';
import { emit } from './events.js';
import { QuizCard } from './quiz-card.js';
import styles from './gru-quiz-start.css?inline';

/** What stands before a run: the badge to be earned, the problems, the clock to choose. */
@customElement('gru-quiz-start')
export class GruQuizStart extends QuizCard {
  static override styles = [baseStyles, buttonStyles, cardStyles, choiceStyles, unsafeCSS(styles)];

  @property({ attribute: false }) view!: IntroView;
  /** The clock to begin with, where another than the core's is wished. */
  @property({ attribute: false }) preset: Mode | undefined;
  @state() private _mode: Mode | undefined;

  /** Takes the focus when a run was given up. */
  override focusFirst(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  protected override render() {
    const { view } = this;
    const chosen = this._mode ?? this.preset ?? view.mode;
    return html`<form class="card">
      <div class="top">
        <svg class="medal" viewBox="0 0 200 200" aria-hidden="true">
          ${svg`${badgeItems(medal(100, 100, 98))}`}
        </svg>
        <div class="words">
          <h2 tabindex="-1">${view.badge}</h2>
          <div class="lines">${view.lines.map((line) => html`<p>${line}</p>`)}</div>
        </div>
      </div>
      <ol class="problems" aria-label="The problems">
        ${view.marks.map(
          ({ number, kind, level }) => html`<li>
            <span class="number">${number}</span>
            <span class="kind">${kind}</span>
            <span class="level">${level}</span>
          </li>`,
        )}
      </ol>
      <p>${view.about}</p>
      <fieldset>
        <legend>Your clock</legend>
        <div class="modes">
          ${view.modes.map(
            ({ mode, label }) => html`<label class="choice">
              <input type="radio" name="mode" .value=${mode} .checked=${mode === chosen} @change=${() => { this._mode = mode; }} />
              <span>${label}</span>
            </label>`,
          )}
        </div>
      </fieldset>
      <div class="actions">
        <button class="button primary large" type="submit" @click=${this.#submit}>Start</button>
      </div>
      <p class="quiet-text">${view.badge_about}</p>
    </form>`;
  }

  /** By the button or by Enter, which presses it; no form is submitted, for a sandboxed frame forbids that. */
  readonly #submit = (event: Event): void => {
    event.preventDefault();
    emit(this, 'gru-quiz-start', this._mode ?? this.preset ?? this.view.mode);
  };
}
