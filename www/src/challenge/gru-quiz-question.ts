import { html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OpenView, OptionView } from '../engine/engine.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import { choiceStyles } from './choice.styles.js';
import { emit } from './events.js';
import { clockWords } from './gru-quiz-clock.js';
import './gru-quiz-header.js';
import type { GruQuizProblem } from './gru-quiz-problem.js';
import './gru-quiz-problem.js';
import { keyPlace, quizKey } from './keys.js';
import { prose, proseStyles } from './prose.js';
import { QuizCard } from './quiz-card.js';
import styles from './gru-quiz-question.css?inline';

const MISSING = 'Choose an option first.';

/**
 * An open question: the clock, the problem, its options, the hint.
 *
 * @fires gru-quiz-event - an answer, a hint, a pause
 * @fires gru-say - the time, when asked for
 * @fires gru-letters - letters and digits were switched on or off as keys
 */
@customElement('gru-quiz-question')
export class GruQuizQuestion extends QuizCard {
  static override styles = [baseStyles, axisStyles, buttonStyles, cardStyles, choiceStyles, proseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) view!: OpenView;
  /** Whether letters and digits are keys. */
  @property({ attribute: false }) letters = true;
  /** Where keys are heard: in a page of others, only what surrounds it. */
  @property({ attribute: false }) listensTo: Document | HTMLElement = document;
  /** Whether it is asked alone: without a way, a clock or a result. */
  @property({ type: Boolean }) single = false;
  @state() private _chosen = '';
  @state() private _missing = false;
  #heard: Document | HTMLElement | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#heard = this.listensTo;
    this.#heard.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heard?.removeEventListener('keydown', this.#key);
  }

  /** Takes the focus: on what became of the last attempt, or on the question. */
  override focusFirst(): void {
    const notice = this.renderRoot.querySelector<HTMLElement>('.notice');
    if (notice) notice.focus();
    else this.renderRoot.querySelector<GruQuizProblem>('gru-quiz-problem')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view');
    if (!changed.has('view')) return;
    const chosen = this.view.options.find(({ id }) => id === this._chosen);
    if (before?.question.id !== this.view.question.id || chosen?.state !== 'free') this._chosen = '';
    if (before?.attempts_left !== this.view.attempts_left) this._missing = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('view');
    // The button is gone: the focus goes to what it opened, and so a screen reader says it.
    if (before?.question.id === this.view.question.id && !before.hint && this.view.hint) {
      this.renderRoot.querySelector<HTMLElement>('.hint')?.focus();
    }
  }

  protected override render() {
    const { view } = this;
    return html`<form class="card" novalidate>
      ${this.single
        ? nothing
        : html`<gru-quiz-header .marks=${view.marks}>
            <button class="button" type="button" @click=${() => { this.#send({ type: 'pause' }); }}>Pause</button>
            <button class="button tell" type="button" @click=${this.#tell}>Tell the time left</button>
          </gru-quiz-header>`}
      <gru-quiz-problem .question=${view.question} ?single=${this.single}></gru-quiz-problem>
      ${view.hint
        ? html`<div class="note hint" role="note" tabindex="-1" aria-labelledby="hint">
            <p id="hint"><strong>Hint.</strong>${prose(` ${view.hint}`)}</p>
          </div>`
        : nothing}
      ${view.notice
        ? html`<div
            class="note notice ${view.notice.kind === 'wrong' ? 'error' : 'warning'}"
            role="note"
            tabindex="-1"
            aria-labelledby="notice"
          >
            <p id="notice">
              <strong>${view.notice.kind === 'wrong' ? 'Not this one.' : 'Time ran out.'}</strong>${prose(` ${view.notice.text}`)}
            </p>
          </div>`
        : nothing}
      <fieldset role="radiogroup" aria-required="true" aria-invalid=${this._missing ? 'true' : 'false'} aria-describedby="missing">
        <legend>Choose one <span class="left">(${attemptsWords(view.attempts_left)})</span></legend>
        <div class="options">${view.options.map((option) => this.#option(option))}</div>
      </fieldset>
      <div id="missing">${this._missing ? html`<p class="note warning">${MISSING}</p>` : nothing}</div>
      <div class="actions bar">
        <button class="button primary large" type="submit" @click=${this.#submit}>Answer</button>
        ${view.hint
          ? nothing
          : html`<button class="button large" type="button" @click=${() => { this.#send({ type: 'hint' }); }}>Hint</button>`}
        ${this.single ? nothing : html`<gru-quiz-clock small .clock=${view.clock}></gru-quiz-clock>`}
      </div>
      ${view.hint || this.single ? nothing : html`<p class="quiet-text">A hint is noted in your result.</p>`} ${this.#keys()}
    </form>`;
  }

  #option({ id, number, text, state }: OptionView) {
    const tried = state === 'tried';
    return html`<label class="choice">
      <input
        type="radio"
        name="option"
        .value=${id}
        .checked=${id === this._chosen}
        ?disabled=${tried}
        @change=${() => { this.#choose(id); }}
      />
      <span>${prose(text)}${tried ? html` <em class="quiet-text">(you tried this one)</em>` : nothing}</span>
      ${this.letters && !tried ? html`<kbd aria-hidden="true">${number}</kbd>` : nothing}
    </label>`;
  }

  #keys() {
    const { length } = this.view.options;
    return html`<div class="keys">
      <label>
        <input type="checkbox" aria-label="Keys: letters and digits" .checked=${this.letters} @change=${this.#toggleLetters} />
        Keys
      </label>
      <span>With the focus in here:</span>
      ${this.letters
        ? html`<span><kbd>1</kbd> to <kbd>${length}</kbd> choose</span>
            <span><kbd>Enter</kbd> answers</span>
            ${this.single ? nothing : html`<span><kbd>T</kbd> tells the time</span> <span><kbd>P</kbd> pauses</span>`}`
        : html`<span><kbd>Enter</kbd> answers</span>`}
    </div>`;
  }

  #send(event: HTMLElementEventMap['gru-quiz-event']['detail']): void {
    emit(this, 'gru-quiz-event', event);
  }

  #choose(id: string): void {
    this._chosen = id;
    this._missing = false;
  }

  #answer(): void {
    if (this._chosen !== '') {
      this.#send({ type: 'answer', option: this._chosen });
      return;
    }
    this._missing = true;
    emit(this, 'gru-say', MISSING);
  }

  /** By the button or by Enter, which presses it; no form is submitted, for a sandboxed frame forbids that. */
  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#answer();
  };

  readonly #tell = (): void => {
    emit(this, 'gru-say', clockWords(this.view.clock));
  };

  readonly #toggleLetters = (event: Event): void => {
    const { checked } = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent('gru-letters', { detail: checked, bubbles: true, composed: true }));
  };

  readonly #key = (event: Event): void => {
    if (!(event instanceof KeyboardEvent)) return;
    const root = this.getRootNode();
    const challenge = root instanceof ShadowRoot ? root.host : this;
    const key = quizKey(event, keyPlace(event.composedPath(), challenge), this.view.options.length, this.letters);
    if (!key || !this.checkVisibility()) return;
    if (this.single && (key.does === 'tell' || key.does === 'pause')) return;
    event.preventDefault();
    switch (key.does) {
      case 'choose': {
        const option = this.view.options.find(({ number }) => number === key.number);
        if (option?.state !== 'free') return;
        this.#choose(option.id);
        this.renderRoot.querySelectorAll<HTMLInputElement>('.options input')[key.number - 1]?.focus();
        break;
      }
      case 'answer':
        this.#answer();
        break;
      case 'tell':
        this.#tell();
        break;
      case 'pause':
        this.#send({ type: 'pause' });
        break;
    }
  };
}

function attemptsWords(left: number): string {
  return left === 1 ? '1 attempt left' : `${left} attempts left`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-quiz-question': GruQuizQuestion;
  }
  interface HTMLElementEventMap {
    'gru-letters': CustomEvent<boolean>;
  }
}
