import { html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Engine, FinishedView, ReadAgain, ResultView } from '../engine/engine.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { emit } from './events.js';
import './gru-quiz-badge.js';
import { prose, proseStyles } from './prose.js';
import { QuizCard } from './quiz-card.js';
import styles from './gru-quiz-results.css?inline';

/** The end of a run: the badge if it is earned, the results in a row, what to read again. */
@customElement('gru-quiz-results')
export class GruQuizResults extends QuizCard {
  static override styles = [baseStyles, axisStyles, buttonStyles, cardStyles, proseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) view!: FinishedView;
  @property({ attribute: false }) engine: Engine | undefined;
  /** Whether it stands in a page of others, which has no log. */
  @property({ type: Boolean }) embedded = false;

  override focusFirst(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  protected override render() {
    const { view } = this;
    const { length } = view.results;
    return html`<div class="card">
      <h2 tabindex="-1">
        ${view.badge ? `All ${length} right: the badge is yours` : `${view.solved} of ${length} right`}
      </h2>
      ${view.badge
        ? html`<gru-quiz-badge .badge=${view.badge} .questions=${length} .engine=${this.engine}></gru-quiz-badge>`
        : html`<p>The badge takes all ${length}. What to read again stands below, and the next run has its options in another order.</p>`}
      <section aria-labelledby="results">
        <h3 id="results">Your results</h3>
        <ol class="results">
          ${view.results.map((result) => resultCell(result))}
        </ol>
        <p class="total"><span class="tabular">${view.total}</span> in all, with ${view.mode.label}.</p>
      </section>
      ${view.read_again.length > 0
        ? html`<section aria-labelledby="again">
            <h3 id="again">What to read again</h3>
            <ul class="again">
              ${view.read_again.map((item) => this.#readAgain(item))}
            </ul>
          </section>`
        : nothing}
      <div class="actions">
        <button class="button primary large" type="button" @click=${() => { emit(this, 'gru-quiz-event', { type: 'again' }); }}>
          Again, in another order
        </button>
        <button class="button large" type="button" @click=${() => { emit(this, 'gru-quiz-event', { type: 'abandon' }); }}>
          Choose another clock
        </button>
        ${this.embedded ? nothing : html`<a class="button" href="#log">Your answers</a>`}
        ${view.badge ? html`<span class="quiet-text">Either ends this view: save the badge first.</span>` : nothing}
      </div>
    </div>`;
  }

  #readAgain({ title, text, call }: ReadAgain) {
    return html`<li class="sunken">
      <h4>${title}</h4>
      <p>${prose(text)}</p>
      ${call
        ? html`<button
            class="button"
            type="button"
            aria-label="Open in the playground: ${title}"
            @click=${() => { emit(this, 'gru-try', call); }}
          >
            Open in the playground
          </button>`
        : nothing}
    </li>`;
  }
}

function resultCell({ kind, solved, attempts, time_outs, hint, tried, elapsed }: ResultView) {
  const facts = [
    `${elapsed}, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}`,
    time_outs > 0 ? (time_outs === 1 ? 'out of time once' : `out of time ${time_outs} times`) : '',
    hint ? 'hint used' : '',
    tried ? 'tried in the playground' : '',
  ].filter((fact) => fact !== '');
  return html`<li class="result ${solved ? 'solved' : 'failed'}">
    <span class="kind">${kind}</span>
    <span class="outcome">${solved ? '✓ Right' : '✗ Not solved'}</span>
    <span class="facts">${facts.map((fact, index) => html`${index > 0 ? html`<br />` : nothing}${fact}`)}</span>
  </li>`;
}
