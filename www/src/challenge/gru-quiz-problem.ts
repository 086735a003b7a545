import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QuestionView } from '../engine/engine.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import '../ui/gru-listing.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { emit } from './events.js';
import { lossChart } from './loss-chart.js';
import { prose, proseStyles } from './prose.js';
import { colourCode } from './python-code.js';
import styles from './gru-quiz-problem.css?inline';

/** What a question shows of itself, open or closed: kind, level, title, text, code or curves. */
@customElement('gru-quiz-problem')
export class GruQuizProblem extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, cardStyles, proseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) question!: QuestionView;
  /** Whether the answer may be seen. */
  @property({ type: Boolean }) closed = false;
  /** Whether it is asked alone, so that its number says nothing. */
  @property({ type: Boolean }) single = false;

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('h2')?.focus(options);
  }

  protected override render() {
    const { number, of, kind, level, title, text, code, curves } = this.question;
    return html`<div class="problem">
      <p class="kind">${this.single ? `${kind}, ${level}` : `Problem ${number} of ${of}: ${kind}, ${level}`}</p>
      <h2 tabindex="-1">${title}</h2>
      <p>${prose(text)}</p>
      ${code
        ? html`<div class="sunken code">
            <gru-listing .lines=${colourCode(code.text, code.call)} name="of the problem"></gru-listing>
            <button class="button" type="button" @click=${() => { emit(this, 'gru-try', code.call); }}>Try it</button>
          </div>`
        : nothing}
      ${curves
        ? html`<div class="sunken curves">
            <gru-line-chart .chart=${lossChart(curves, this.closed)}></gru-line-chart>
          </div>`
        : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-problem': GruQuizProblem;
  }
}
