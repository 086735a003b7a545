import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cardStyles } from '../challenge/card.styles.js';
import { choiceStyles } from '../challenge/choice.styles.js';
import { prose, proseStyles } from '../challenge/prose.js';
import type { Engine, FormAnswer, FormName } from '../engine/engine.js';
import type { PracticeCore } from '../engine/practice.js';
import { tellAttempt } from '../state/attempt.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { freshSeed, practiceStorage } from './keeper.js';
import { MEASURE_KEY } from './keys.js';
import { begun, chosen, handedIn, openForm, readMeasured, type FormPlaces, type Measured } from './measured.js';
import styles from './gru-measure.css?inline';

/** Learning measured: five questions for a reason before, five others of the same kinds after, and what was gained. */
@customElement('gru-measure')
export class GruMeasure extends LitElement {
  static override styles = [baseStyles, buttonStyles, cardStyles, choiceStyles, proseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Pick<Engine, 'practice'>;

  @state() private _core: PracticeCore | undefined;
  @state() private _measured: Measured = begun(0);
  /** Whether both forms are to be begun anew is asked. */
  @state() private _asked = false;
  #since = performance.now();

  constructor() {
    super();
    new KeepFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#start();
  }

  async #start(): Promise<void> {
    await this.updateComplete;
    const core = await this.engine.practice();
    this._measured = readMeasured(this.#kept(), freshSeed());
    this._core = core;
    this.#since = performance.now();
  }

  protected override render() {
    const { _core: core, _measured: measured } = this;
    const form = openForm(measured);
    return html`<h1 tabindex="-1">Before and after</h1>
      <p class="lead">
        Five questions for a reason before you learn, five others of the same kinds afterwards: the difference is what you gained. Nobody else sees it. Which
        form comes first was drawn. No answer is told before both are handed in.
      </p>
      ${!core ? html`<p>The questions are being loaded.</p>` : form === undefined ? this.#outcome(core, measured) : this.#form(core, form, measured)}`;
  }

  #form(core: PracticeCore, form: FormName, { seed, open, before }: Measured) {
    const left = open.filter((place) => place === null).length;
    return html`<h2 tabindex="-1">${before === null ? 'Before' : 'After'}</h2>
      ${before === null
        ? nothing
        : html`<p class="lead">The first form is kept. Learn in <a href="#play">Play</a>, the <a href="#lab/train">lab</a>, <a href="#mending">Mend it</a> or <a href="#practice">Practice</a>, then come back.</p>`}
      <form class="card" novalidate>
        ${core.form(form, seed).map(
          ({ question, options }, at) => html`<fieldset role="radiogroup">
            <legend><span class="count">${at + 1}.</span> ${prose(question)}</legend>
            <div class="options">
              ${options.map(
                (text, place) => html`<label class="choice">
                  <input type="radio" name=${`question-${at}`} .checked=${open[at] === place} @change=${() => { this.#keep(chosen(this._measured, at, place)); }} />
                  <span>${prose(text)}</span>
                </label>`,
              )}
            </div>
          </fieldset>`,
        )}
        <div class="actions">
          <button type="submit" class="button primary large" @click=${this.#handIn}>Hand in</button>
          <span>${left === 0 ? nothing : `${left} of 5 have no answer yet; without one they count as wrong.`}</span>
        </div>
      </form>`;
  }

  #outcome(core: PracticeCore, measured: Measured) {
    const [before, after] = this.#judged(core, measured);
    const right = (answers: readonly FormAnswer[]) => answers.filter((answer) => answer.right).length;
    return html`<h2 tabindex="-1">What you gained</h2>
      <p class="gain">${core.gain(right(before), right(after))}</p>
      ${this.#answers('Before', before)} ${this.#answers('After', after)}
      <div class="actions">
        ${this._asked
          ? html`<p>Both forms and their answers are forgotten here; your log keeps them.</p>
              <button type="button" class="button primary" @click=${this.#anew}>Begin both anew</button>
              <button type="button" class="button" @click=${() => { void this.#ask(false); }}>Keep them</button>`
          : html`<button type="button" class="button" @click=${() => { void this.#ask(true); }}>Begin anew</button>`}
        <a class="button" href="#log">Your answers</a>
      </div>`;
  }

  #answers(name: string, answers: readonly FormAnswer[]) {
    return html`<h3>${name}</h3>
      <ol class="answers">
        ${answers.map(
          ({ question, right, chosen: said, key, explanation }) => html`<li>
            <p>${prose(question)}</p>
            <p class=${right ? 'right' : 'wrong'}><b>${right ? '\u2713 Right' : '\u2717 Wrong'}</b> ${said === null ? 'You gave no answer.' : html`You chose: ${prose(said)}`}</p>
            ${right ? nothing : html`<p>Right is: ${prose(key)}</p>`}
            <p>${prose(explanation)}</p>
          </li>`,
        )}
      </ol>`;
  }

  #judged(core: PracticeCore, { first, seed, before, after }: Measured): [FormAnswer[], FormAnswer[]] {
    const second = first === 'a' ? 'b' : 'a';
    return [core.judgeForm(first, seed, before ?? []), core.judgeForm(second, seed, after ?? [])];
  }

  /** By the button or by Enter, which presses it; no form is submitted, for a sandboxed frame forbids that. */
  readonly #handIn = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { _core: core, _measured: measured } = this;
    const form = openForm(measured);
    if (!core || !form) return;
    this.#tell(core, form, measured.seed, measured.open);
    const next = handedIn(measured);
    this.#keep(next);
    this.#since = performance.now();
    announce(this, next.after === null ? 'The first form is kept. No answer is told yet.' : 'Both forms are handed in.');
    await this.updateComplete;
    const heading = this.renderRoot.querySelector<HTMLElement>('h2');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  };

  #tell(core: PracticeCore, form: FormName, seed: number, places: FormPlaces): void {
    const seconds = (performance.now() - this.#since) / 1000;
    const questions = core.form(form, seed);
    for (const [at, { item, right, chosen: said }] of core.judgeForm(form, seed, places).entries()) {
      tellAttempt(this, { source: 'form', item, answer: said ?? '', right, seconds, hint: false, seed, order: [...(questions[at]?.options ?? [])] });
    }
  }

  async #ask(asked: boolean): Promise<void> {
    this._asked = asked;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.actions button')?.focus();
  }

  readonly #anew = async (): Promise<void> => {
    this._asked = false;
    this.#keep(begun(freshSeed()));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  };

  #kept(): string | null {
    try {
      return practiceStorage()?.getItem(MEASURE_KEY) ?? null;
    } catch {
      return null;
    }
  }

  #keep(measured: Measured): void {
    this._measured = measured;
    try {
      practiceStorage()?.setItem(MEASURE_KEY, JSON.stringify(measured));
    } catch {
      // Then for this visit only.
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-measure': GruMeasure;
  }
}
