import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine } from '../engine/engine.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import './gru-quiz-question.js';
import './gru-quiz-verdict.js';
import { answerOf, tell, verdictWords } from './outcome.js';
import { KeyPreference } from './preferences.js';
import { QuestionSession, type ShownView } from './question-session.js';
import { QuizCard } from './quiz-card.js';
import { pageStorage } from './store.js';
import styles from './gru-question-view.css?inline';

/**
 * One question of the challenge, asked alone: without a clock, and again as often as one likes.
 *
 * @fires gru-try - a call to be opened in the playground
 * @fires gru-answer - an option was chosen
 * @fires gru-complete - the question has its verdict
 */
@customElement('gru-question-view')
export class GruQuestionView extends LitElement {
  static override styles = [baseStyles, buttonStyles, cardStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  /** Its number, counted from 1. */
  @property({ attribute: false }) number = 1;
  @state() private _view: ShownView | undefined;
  @state() private _letters = true;
  #session: QuestionSession | undefined;
  #keys: KeyPreference | undefined;
  #attempts = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('engine') && !changed.has('number')) return;
    const storage = pageStorage();
    this.#session?.free();
    this.#session = new QuestionSession({
      machines: this.engine.quizzes,
      number: this.number,
      storage,
      now: () => performance.now(),
      seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    });
    this.#keys = new KeyPreference(storage);
    this._letters = this.#keys.letters;
    this.#attempts = 0;
    this._view = this.#session.view;
  }

  protected override render() {
    const { _view: view, engine } = this;
    if (!view) return nothing;
    return html`<div @gru-quiz-event=${this.#event} @gru-say=${(event: CustomEvent<string>) => { announce(this, event.detail); }} @gru-letters=${this.#setLetters}>
        ${view.phase === 'open'
          ? html`<gru-quiz-question class="step" single .view=${view} .letters=${this._letters} .listensTo=${this}></gru-quiz-question>`
          : html`<gru-quiz-verdict class="step" single embedded .view=${view} .engine=${engine}></gru-quiz-verdict>`}
      </div>
      ${this.#session?.keeps ? nothing : html`<p class="quiet-text kept">This browser keeps nothing here: a reload asks the question anew.</p>`}`;
  }

  readonly #event = ({ detail }: HTMLElementEventMap['gru-quiz-event']): void => {
    const session = this.#session;
    if (!session) return;
    const before = session.view;
    session.send(detail);
    const after = session.view;
    this._view = after;
    if (detail.type === 'again') this.#attempts = 0;
    const answer = answerOf(before, detail, after);
    if (answer) {
      this.#attempts += 1;
      tell(this, 'gru-answer', answer);
    }
    if (answer && after.phase === 'closed') {
      announce(this, verdictWords(after.verdict));
      const { number, question, correct: solved } = answer;
      tell(this, 'gru-complete', { kind: 'question', number, question, solved, attempts: this.#attempts, hint: after.hint !== null });
    }
    if (before.phase !== after.phase || answer) void this.#leadFocus();
  };

  /** The focus goes to where reading goes on. */
  async #leadFocus(): Promise<void> {
    await this.updateComplete;
    const card = this.renderRoot.querySelector('.step');
    if (!(card instanceof QuizCard)) return;
    await card.updateComplete;
    card.focusFirst();
  }

  readonly #setLetters = ({ detail }: HTMLElementEventMap['gru-letters']): void => {
    if (this.#keys) this.#keys.letters = detail;
    this._letters = detail;
  };
}
