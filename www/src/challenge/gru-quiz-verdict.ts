import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClosedView, Engine, OptionView } from '../engine/engine.js';
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
import { prose, proseStyles } from './prose.js';
import { QuizCard } from './quiz-card.js';

/** A closed question: what is right, then what was wrong, why, and what the core computed just now. */
@customElement('gru-quiz-verdict')
export class GruQuizVerdict extends QuizCard {
  static override styles = [
    baseStyles,
    axisStyles,
    buttonStyles,
    cardStyles,
    disclosureStyles,
    proseStyles,
    css`
      .verdict {
        display: grid;
        grid-template-columns: 2.5rem minmax(0, 1fr);
        gap: var(--gru-space-2) var(--gru-space-4);
        align-items: center;
        padding: var(--gru-space-4);
        border-radius: var(--gru-radius-s);
        background: color-mix(in srgb, var(--tone) 9%, var(--gru-panel));
        box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--tone) 45%, transparent);
      }

      .verdict.solved {
        --tone: var(--gru-good);
      }

      .verdict.failed {
        --tone: var(--gru-error);
      }

      .verdict h2 {
        color: var(--tone);
      }

      .verdict svg {
        width: 2.5rem;
        height: 2.5rem;
        fill: none;
        stroke: var(--tone);
        stroke-width: 2.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }

      .verdict svg circle {
        stroke-width: 2;
      }

      .said {
        grid-column: 2;
        display: grid;
        gap: var(--gru-space-2);
      }

      .right {
        font-size: var(--gru-text-l);
        line-height: 1.4;
      }

      section > * + * {
        margin-block-start: var(--gru-space-3);
      }

      summary {
        scroll-margin-block-end: 6rem;
        font-weight: 600;
      }

      .options {
        display: grid;
        gap: var(--gru-space-2);
        margin-block-start: var(--gru-space-3);
      }

      .option {
        display: grid;
        grid-template-columns: 1.5rem minmax(0, 1fr);
        gap: 0 var(--gru-space-2);
        padding: var(--gru-space-2) var(--gru-space-3);
        border: 1px solid var(--gru-line);
        border-radius: var(--gru-radius-s);
      }

      .option.right-one {
        border-color: var(--gru-good);
      }

      .option .sign {
        color: var(--gru-ink-2);
        font-weight: 700;
        text-align: center;
      }

      .option.right-one .sign {
        color: var(--gru-good);
      }

      .option.tried .sign {
        color: var(--gru-error);
      }

      .option p {
        grid-column: 2;
      }

      .next {
        position: sticky;
        inset-block-end: 0;
        margin-inline: calc(-1 * var(--gru-space-2));
        padding: var(--gru-space-3) var(--gru-space-2);
        border-block-start: 1px solid var(--gru-line);
        background: var(--gru-panel);
      }

      @media (max-width: 40rem) {
        .verdict {
          grid-template-columns: 1.75rem minmax(0, 1fr);
          gap: var(--gru-space-2) var(--gru-space-3);
        }

        .verdict svg {
          width: 1.75rem;
          height: 1.75rem;
        }

        .said {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) view!: ClosedView;
  @property({ attribute: false }) engine: Engine | undefined;
  /** Whether it was asked alone, and may be asked again. */
  @property({ type: Boolean }) single = false;

  /** Next has the focus; the verdict, which stands above it, is in sight and said by the challenge's live region. */
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
        <h2 id="verdict" tabindex="-1">${solved ? 'Right' : 'Not solved'}</h2>
        <div class="said" id="said">
          <p class="right">${prose(right)}</p>
          ${wrong.map((text) => html`<p>${prose(text)}</p>`)}
        </div>
      </div>
      <section aria-labelledby="why">
        <h3 id="why">Why</h3>
        <p>${prose(view.explanation)}</p>
        ${question.curves
          ? html`<div class="sunken"><gru-line-chart .chart=${lossChart(question.curves, true)}></gru-line-chart></div>`
          : nothing}
        ${view.computed.map((computed) => html`<gru-quiz-computed .computed=${computed} .engine=${this.engine}></gru-quiz-computed>`)}
      </section>
      <details>
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

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-verdict': GruQuizVerdict;
  }
}
