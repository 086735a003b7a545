import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Call, QuestionView } from '../engine/engine.js';
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
  /** Whether it was said what opening the code shows. */
  @state() private _warned = false;

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
            ${this.#try(code.call)}
          </div>`
        : nothing}
      ${curves
        ? html`<div class="sunken curves">
            <gru-line-chart .chart=${lossChart(curves, this.closed)}></gru-line-chart>
          </div>`
        : nothing}
    </div>`;
  }

  /** While the question is open, it is said first what opening the code in the playground shows. */
  #try(call: Call) {
    const open = (): void => {
      this._warned = false;
      emit(this, 'gru-try', call);
    };
    if (this.closed) return html`<button class="button" type="button" @click=${open}>Try it</button>`;
    if (!this._warned) return html`<button class="button try" type="button" @click=${() => { void this.#warn(true); }}>Try it</button>`;
    return html`<div class="note warning warn">
      <p id="warned" tabindex="-1">The playground runs this code, so it shows the answer. ${this.single ? '' : 'The question waits meanwhile, and your result notes it.'}</p>
      <button class="button" type="button" aria-describedby="warned" @click=${open}>Show the answer</button>
      <button class="button quiet" type="button" @click=${() => { void this.#warn(false); }}>Stay here</button>
    </div>`;
  }

  async #warn(warned: boolean): Promise<void> {
    this._warned = warned;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(warned ? '#warned' : '.try')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-problem': GruQuizProblem;
  }
}
