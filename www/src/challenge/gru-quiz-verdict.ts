import { html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClosedView, Engine, HappenView, OptionView } from '../engine/engine.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { disclosureStyles } from './disclosure.styles.js';
import { emit } from './events.js';
import './gru-quiz-computed.js';
import './gru-quiz-header.js';
import './gru-quiz-problem.js';
import { lossChart } from './loss-chart.js';
import { verdictName } from './outcome.js';
import { prose, proseStyles } from './prose.js';
import { QuizCard } from './quiz-card.js';
import styles from './gru-quiz-verdict.css?inline';

/** A closed question: what is right, then what was wrong, why, and what the core computed just now. */
@customElement('gru-quiz-verdict')
export class GruQuizVerdict extends QuizCard {
  static override styles = [baseStyles, axisStyles, buttonStyles, cardStyles, disclosureStyles, proseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) view!: ClosedView;
  @property({ attribute: false }) engine: Engine | undefined;
  /** Whether it was asked alone, and may be asked again. */
  @property({ type: Boolean }) single = false;
  /** Whether it stands in a page of others. */
  @property({ type: Boolean }) embedded = false;

  /** Next has the focus; the verdict, which stands above it, is in sight and said by the announcer. */
  override focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('.next .primary')?.focus({ preventScroll: true });
  }

  protected override render() {
    const { view } = this;
    const { solved, right, wrong } = view.verdict;
    const { question } = view;
    return html`<div class="card">
      ${this.single
        ? nothing
        : html`<gru-quiz-header .marks=${view.marks}>
            <span class="quiet-text">Took ${view.elapsed}${view.hint ? ', with the hint' : ''}</span>
          </gru-quiz-header>`}
      <div class="verdict ${solved ? 'solved' : 'failed'}">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="10.5" />
          <path d=${solved ? 'M7 12.5l3.5 3.5L17 8.5' : 'M8 8l8 8M16 8l-8 8'} />
        </svg>
        <h2 id="verdict" tabindex="-1">${verdictName(view.verdict)}</h2>
        <div class="said" id="said">
          <p class="right">${prose(right)}</p>
          ${wrong.map((text) => html`<p class="wrong"><span aria-hidden="true">✗ </span>${prose(text)}</p>`)}
        </div>
      </div>
      <section aria-labelledby="why">
        <h3 id="why">Why</h3>
        <p>${prose(view.explanation)}</p>
        ${question.curves
          ? html`<div class="sunken"><gru-line-chart .chart=${lossChart(question.curves, true)}></gru-line-chart></div>`
          : nothing}
        ${view.computed.map((computed) => html`<gru-quiz-computed .computed=${computed} .engine=${this.engine}></gru-quiz-computed>`)}
        ${this.#happen(view.happen)}
      </section>
      <details class="unfolded">
        <summary>The problem and all its options</summary>
        <gru-quiz-problem .question=${{ ...question, curves: null }} closed ?single=${this.single}></gru-quiz-problem>
        <ul class="options">
          ${view.options.map((option) => optionRow(option))}
        </ul>
      </details>
      <div class="actions next">
        <button
          class="button primary large"
          type="button"
          aria-describedby="verdict"
          @click=${() => { emit(this, 'gru-quiz-event', { type: this.single ? 'again' : 'next' }); }}
        >
          ${this.single ? 'Try it again' : view.last ? 'See the results' : 'Next'}
        </button>
      </div>
    </div>`;
  }

  /** The very settings that show what the explanation says: a page of others has no place for them. */
  #happen(happen: HappenView | null | undefined) {
    if (!happen || this.embedded) return nothing;
    const { text, opens } = happen;
    return html`<div class="note happen">
      <p>${prose(text)}</p>
      <button class="button" type="button" @click=${() => { emit(this, 'gru-go', opens); }}>Make it happen</button>
    </div>`;
  }
}

function optionRow({ text, state, reply }: OptionView) {
  const [name, sign, words] =
    state === 'right' ? ['right-one', '✓', 'Right: '] : state === 'tried' ? ['tried', '✗', 'Your choice, wrong: '] : ['', '·', 'Wrong: '];
  return html`<li class="option ${name}">
    <span class="sign" aria-hidden="true">${sign}</span>
    <span><span class="visually-hidden">${words}</span>${prose(text)}</span>
    ${reply ? html`<p class="quiet-text">${prose(reply)}</p>` : nothing}
  </li>`;
}
