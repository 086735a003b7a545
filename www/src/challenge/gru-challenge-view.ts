import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Engine, Mode, QuizEvent, QuizView } from '../engine/engine.js';
import { tellAttempt } from '../state/attempt.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { cardStyles } from './card.styles.js';
import './gru-quiz-broken.js';
import './gru-quiz-elsewhere.js';
import './gru-quiz-paused.js';
import './gru-quiz-question.js';
import './gru-quiz-results.js';
import './gru-quiz-start.js';
import './gru-quiz-verdict.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { problemWords } from './gru-quiz-clock.js';
import { answerOf, completionOf, tell, verdictWords } from './outcome.js';
import { pageSession, type PageSession } from './page-session.js';
import { QuizCard } from './quiz-card.js';
import { newsOf, type Scene, type SessionNotice } from './session.js';
import styles from './gru-challenge-view.css?inline';

/**
 * The challenge: one card at a time, from the start to the badge.
 *
 * When it leaves the page for another view, an open question is paused, so that its clock does not run unseen.
 *
 * @fires gru-try - a call to be opened in the playground
 * @fires gru-go - a place of the page to go to
 * @fires gru-answer - an option was chosen
 * @fires gru-complete - the last question has its verdict
 */
@customElement('gru-challenge-view')
export class GruChallengeView extends LitElement {
  static override styles = [baseStyles, buttonStyles, cardStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine: Engine | undefined;
  /** The clock that is chosen when the page is opened. */
  @property({ attribute: false }) mode: Mode | undefined;
  /** Whether it stands in a page of others, whose headings and keys it leaves alone. */
  @property({ type: Boolean, reflect: true }) embedded = false;
  @state() private _scene: Scene = { kind: 'waiting' };
  @state() private _notices: ReadonlyMap<SessionNotice, string> = new Map();
  @state() private _letters = true;
  #page: PageSession | undefined;
  /** Where the focus was last led to. */
  #place: Place | undefined;
  #announced = 0;

  constructor() {
    super();
    new KeepFocus(this, (lost) => { this.#leadOn(lost); });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#tick);
    window.addEventListener('pagehide', this.#pageHide);
    window.addEventListener('pageshow', this.#pageShow);
    this.#enter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#tick);
    window.removeEventListener('pagehide', this.#pageHide);
    window.removeEventListener('pageshow', this.#pageShow);
    this.#page?.leave(this.#changed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('engine') && this.engine) {
      this.#page = pageSession(this.engine);
      this._letters = this.#page.keys.letters;
      this.#enter();
    }
    this.#announce();
  }

  protected override render() {
    return html`${this.embedded ? nothing : html`<h1 class="visually-hidden">Challenge</h1>`}
      <div class="notices">
        ${[...this._notices].map(
          ([notice, text]) => html`<div class="note warning notice">
            <span>${text}</span>
            <button class="button" type="button" @click=${() => { this.#page?.session.dismiss(notice); }}>Understood</button>
          </div>`,
        )}
      </div>
      ${this.#card()}`;
  }

  protected override updated(): void {
    this.#leadFocus();
  }

  readonly #changed = (): void => {
    const { session } = this.#page ?? {};
    if (!session) return;
    this._scene = session.scene;
    const news = newsOf(this._notices, session.notices);
    this._notices = new Map(session.notices);
    if (news.length > 0) announce(this, news.join(' '));
  };

  #enter(): void {
    this.#page?.enter(this.#changed, (attempt) => { tellAttempt(this, attempt); });
  }

  #card() {
    const { _scene: scene } = this;
    switch (scene.kind) {
      case 'waiting':
        return nothing;
      case 'elsewhere':
        return html`<gru-quiz-elsewhere class="step" ?free=${scene.free} @gru-continue-here=${this.#continueHere}></gru-quiz-elsewhere>`;
      case 'broken':
        return html`<gru-quiz-broken
          class="step"
          ?kept=${this.#page?.session.keeps ?? false}
          @gru-begin-anew=${() => { this.#page?.session.beginAnew(); }}
        ></gru-quiz-broken>`;
      case 'quiz':
        return html`<div @gru-quiz-event=${this.#event} @gru-quiz-start=${this.#start} @gru-say=${this.#hear}
          @gru-letters=${this.#setLetters} @gru-try=${this.#try}>${this.#view(scene.view)}</div>`;
    }
  }

  #view(view: QuizView) {
    switch (view.phase) {
      case 'intro':
        return html`<gru-quiz-start class="step" .view=${view} .preset=${this.mode}></gru-quiz-start>`;
      case 'open':
        return html`<gru-quiz-question class="step" .view=${view} .letters=${this._letters} .listensTo=${this.embedded ? this : document}></gru-quiz-question>`;
      case 'paused':
        return html`<gru-quiz-paused class="step" .view=${view} ?kept=${this.#page?.session.keeps ?? false}></gru-quiz-paused>`;
      case 'closed':
        return html`<gru-quiz-verdict class="step" .view=${view} .engine=${this.engine} ?embedded=${this.embedded}></gru-quiz-verdict>`;
      case 'finished':
        return html`<gru-quiz-results class="step" .view=${view} .engine=${this.engine} ?embedded=${this.embedded}></gru-quiz-results>`;
    }
  }

  /** With a new card, or a new attempt, the focus goes to where reading goes on; not when the page has just been opened. */
  #leadFocus(): void {
    const before = this.#place;
    const place = placeOf(this._scene);
    if (this._scene.kind === 'waiting' || (place.card === before?.card && place.attempt === before.attempt)) return;
    this.#place = place;
    if (before) this.#tellCard(before);
    const card = this.renderRoot.querySelector('.step');
    if (!before || !(card instanceof QuizCard)) return;
    void card.updateComplete.then(() => {
      card.focusFirst();
      if (place.card !== before.card && this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
    });
  }

  /** After a notice that was read: to the next one, or back to the card. Another card has the focus led to it. */
  #leadOn(lost: Element): void {
    if (!lost.closest('.notice')) return;
    const next = this.renderRoot.querySelector<HTMLElement>('.notice button');
    const card = this.renderRoot.querySelector('.step');
    if (next) next.focus();
    else if (card instanceof QuizCard) card.focusFirst();
  }

  /**
   * Says what the focus, which goes to the question or to what became of it, does not: how far a run is and how much time there
   * is, and the verdict, also where the last attempt ran out of time.
   */
  #tellCard(before: Place): void {
    const { _scene: scene } = this;
    if (scene.kind !== 'quiz') return;
    const { view } = scene;
    if (view.phase === 'open' && before.card !== placeOf(scene).card) announce(this, problemWords(view));
    else if (view.phase === 'closed' && before.card === `open ${view.question.id}`) announce(this, verdictWords(view.verdict));
  }

  /** Says what the core has to announce. */
  #announce(): void {
    const { _scene: scene } = this;
    if (scene.kind !== 'quiz') return;
    const { view } = scene;
    if (view.phase === 'open' && view.announcement && view.announcement.id !== this.#announced) {
      this.#announced = view.announcement.id;
      announce(this, view.announcement.text);
    }
  }

  readonly #event = ({ detail }: HTMLElementEventMap['gru-quiz-event']): void => {
    const before = this.#page?.session.scene;
    this.#page?.session.send(detail);
    const after = this.#page?.session.scene;
    if (before?.kind === 'quiz' && after?.kind === 'quiz') this.#tell(before.view, detail, after.view);
  };

  /** What became of an answer, for whoever listens. */
  #tell(before: QuizView, event: QuizEvent, after: QuizView): void {
    const answer = answerOf(before, event, after);
    if (answer) tell(this, 'gru-answer', answer);
    if (before.phase !== 'finished' && after.phase === 'finished') tell(this, 'gru-complete', completionOf(after));
  }

  readonly #start = ({ detail }: HTMLElementEventMap['gru-quiz-start']): void => {
    this.#page?.session.start(detail);
  };

  readonly #hear = ({ detail }: HTMLElementEventMap['gru-say']): void => {
    announce(this, detail);
  };

  readonly #setLetters = ({ detail }: HTMLElementEventMap['gru-letters']): void => {
    if (this.#page) this.#page.keys.letters = detail;
    this._letters = detail;
  };

  /** The event goes on to the page, which shows the playground; an open question waits paused meanwhile. */
  readonly #try = (): void => {
    this.#page?.session.send({ type: 'try_it' });
    this.#page?.session.send({ type: 'pause' });
  };

  readonly #continueHere = (): void => {
    void this.#page?.session.continueHere();
  };

  readonly #tick = (): void => {
    this.#page?.session.tick();
  };

  readonly #pageHide = (): void => {
    this.#page?.session.suspend();
  };

  readonly #pageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#enter();
  };
}

/** Where the focus belongs: with another card, and with another attempt on the same one, it moves. */
interface Place {
  readonly card: string;
  readonly attempt?: number;
}

function placeOf(scene: Scene): Place {
  if (scene.kind !== 'quiz') return { card: scene.kind };
  const { view } = scene;
  switch (view.phase) {
    case 'intro':
    case 'paused':
    case 'finished':
      return { card: view.phase };
    case 'open':
      return { card: `open ${view.question.id}`, attempt: view.attempts_left };
    case 'closed':
      return { card: `closed ${view.question.id}` };
  }
}
