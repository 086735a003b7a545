import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine, PracticeQuestion, PracticeShelf } from '../engine/engine.js';
import type { PracticeCore } from '../engine/practice.js';
import { tellAttempt } from '../state/attempt.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { TERMS, termOf, type Term } from '../words/terms.js';
import { readAsked, writeAsked, type Asked } from './asked.js';
import './gru-calibration.js';
import './gru-practice-question.js';
import './gru-recall-card.js';
import { freshSeed, PracticeKeeper, practiceStorage } from './keeper.js';
import { dueWords, levelWords } from './words.js';
import styles from './gru-practice-view.css?inline';

/** How many names that nothing has are repeated, and how long each may be. */
const LONGEST = 40;

/**
 * Practice without end: a question after the other at the learner's level, cards of the glossary, and what comes back.
 *
 * @fires gru-query - the topics and the open question, as this view's part of the address
 */
@customElement('gru-practice-view')
export class GruPracticeView extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  /** What the address says. */
  @property() query = '';

  @state() private _core: PracticeCore | undefined;
  @state() private _question: PracticeQuestion | undefined;
  @state() private _term: Term | undefined;
  @state() private _after = '';
  @state() private _asked: Asked = readAsked('');
  @state() private _due: readonly string[] = [];
  /** Whether all that was due has been asked. */
  @state() private _done = false;
  #shelf: PracticeShelf | undefined;
  #keeper: PracticeKeeper | undefined;
  /** What this view last said in the address. */
  #said: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#start();
  }

  async #start(): Promise<void> {
    await this.updateComplete;
    const core = await this.engine.practice();
    this.#shelf = core.shelf();
    this.#keeper = new PracticeKeeper(core, practiceStorage());
    this._core = core;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this._core || !this.#keeper || (!changed.has('query') && !changed.has('_core'))) return;
    // What this view said itself is not asked again.
    if (this.query === this.#said) return;
    const before = this._asked;
    this._asked = readAsked(this.query);
    this._due = this.#keeper.due();
    const { item, seed, cards, due } = this._asked;
    const question = item !== undefined && seed !== undefined && !cards ? this._core.question(item, seed) : null;
    if (question) this.#show(question);
    else if (!this._question || before.cards !== cards || before.due !== due || before.tags.join() !== this._asked.tags.join()) this.#next();
    else this.#say();
  }

  protected override render() {
    const { _core: core, _due: due, _asked: asked } = this;
    const shelf = this.#shelf;
    const keeper = this.#keeper;
    if (!core || !shelf || !keeper) return html`<h1>Practice</h1><p class="lead">Practice is being loaded.</p>`;
    const unknown = asked.tags.filter((tag) => !shelf.topics.some((topic) => topic.tag === tag));
    return html`<h1>Practice</h1>
      <p class="lead">
        Questions without end: each has new numbers, and its answer is computed. Two right in a row lead a level up, a miss leads one down. What you miss comes
        back after a day, three days and a week. <a href="#measure">Measure what you gain</a>
      </p>
      ${due.length > 0 && !asked.due
        ? html`<p class="due"><button class="button primary" type="button" @click=${this.#begin}>Come back</button> <span>${dueWords(due.length)}</span></p>`
        : nothing}
      ${this._done ? html`<p class="due">You have come back to all that was due today.</p>` : nothing}
      <nav aria-label="Topics">
        ${this.#topic('All topics', [], asked.tags.length === 0 && !asked.cards)}
        ${shelf.topics.map(({ tag, name }) => this.#topic(name, [tag], asked.tags.includes(tag) && !asked.cards))}
        <a href="#practice?cards=1" aria-current=${asked.cards ? 'page' : nothing}>Recall cards</a>
      </nav>
      ${unknown.map((tag) => html`<p>There is no topic “${tag.slice(0, LONGEST)}” here.</p>`)}
      ${this._term
        ? html`<gru-recall-card .term=${this._term} @gru-recalled=${this.#recalled}></gru-recall-card>`
        : html`<p class="level">Level ${keeper.progress.level} of 4</p>
            <gru-practice-question
              .core=${core}
              .question=${this._question}
              .steps=${shelf.confidence}
              .follows=${this._after}
              @gru-practised=${this.#practised}
              @gru-another=${this.#another}
              @gru-next=${() => { void this.#goOn(); }}
            ></gru-practice-question>`}
      <gru-calibration .progress=${keeper.progress} .steps=${shelf.confidence}></gru-calibration>`;
  }

  #topic(name: string, tags: readonly string[], current: boolean) {
    const query = writeAsked({ ...readAsked(''), tags });
    return html`<a href=${query === '' ? '#practice' : `#practice?${query}`} aria-current=${current ? 'page' : nothing}>${name}</a>`;
  }

  readonly #begin = (): void => {
    this._asked = { ...this._asked, due: true, item: undefined, seed: undefined };
    void this.#goOn();
  };

  /** Draws what comes next, and puts the focus there. */
  async #goOn(): Promise<void> {
    this.#next();
    await this.updateComplete;
    this.renderRoot.querySelector('gru-practice-question')?.focusQuestion();
    this.renderRoot.querySelector('gru-recall-card')?.focusCard();
  }

  #next(): void {
    const core = this._core;
    const keeper = this.#keeper;
    if (!core || !keeper) return;
    keeper.read();
    this._due = keeper.due();
    this._done = this._asked.due && this._due.length === 0;
    if (this._done) this._asked = { ...this._asked, due: false };
    const [back] = this._asked.due ? this._due : [];
    if (back?.startsWith('card/')) {
      const term = termOf(back.slice('card/'.length));
      if (term) {
        this.#showCard(term);
        return;
      }
    }
    if (back === undefined && this._asked.cards) {
      this.#showCard(this.#drawn());
      return;
    }
    const question = (back === undefined ? null : core.question(back, freshSeed())) ?? core.next(keeper.progress, this._asked.tags, freshSeed());
    if (question) this.#show(question);
    // What nothing has, of another version of the page, leaves.
    if (back !== undefined && question?.generator !== back) keeper.forget(back);
  }

  /** Any word but the one before. */
  #drawn(): Term {
    const others: readonly Term[] = TERMS.filter(({ id }) => id !== this._term?.id);
    return others[freshSeed() % others.length] ?? TERMS[0];
  }

  #show(question: PracticeQuestion): void {
    this._term = undefined;
    this._question = question;
    this._after = '';
    this._asked = { ...this._asked, item: question.generator, seed: question.seed };
    this.#say();
  }

  #showCard(term: Term): void {
    this._term = term;
    this._asked = { ...this._asked, item: undefined, seed: undefined };
    this.#say();
  }

  #say(): void {
    this.#said = writeAsked(this._asked);
    if (this.#said === this.query) return;
    this.dispatchEvent(new CustomEvent('gru-query', { detail: this.#said, bubbles: true, composed: true }));
  }

  readonly #another = async (): Promise<void> => {
    const question = this._core?.question(this._question?.generator ?? '', freshSeed());
    if (question) this.#show(question);
    await this.updateComplete;
    this.renderRoot.querySelector('gru-practice-question')?.focusQuestion();
  };

  readonly #practised = ({ detail: { question, option, confidence, right, seconds } }: HTMLElementEventMap['gru-practised']): void => {
    const keeper = this.#keeper;
    if (!keeper) return;
    const before = keeper.progress.level;
    keeper.answered(question.generator, right, confidence);
    const back = right ? '' : 'A new variant of it comes back tomorrow.';
    this._after = [levelWords(before, keeper.progress.level), back].filter((words) => words !== '').join(' ');
    this._due = keeper.due();
    tellAttempt(this, {
      source: 'practice',
      item: question.generator,
      variant: String(question.seed),
      answer: question.options[option] ?? '',
      right,
      seconds,
      hint: false,
      confidence: this.#shelf?.confidence[confidence]?.share ?? 0,
    });
  };

  readonly #recalled = ({ detail: { right, seconds } }: HTMLElementEventMap['gru-recalled']): void => {
    const item = `card/${this._term?.id ?? ''}`;
    this.#keeper?.told(item, right);
    tellAttempt(this, { source: 'practice', item, answer: right ? 'had it' : 'not yet', right, seconds, hint: false });
    void this.#goOn();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-practice-view': GruPracticeView;
  }
}
