import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cardStyles } from '../challenge/card.styles.js';
import { choiceStyles } from '../challenge/choice.styles.js';
import { lossChart } from '../challenge/loss-chart.js';
import { prose, proseStyles } from '../challenge/prose.js';
import type { ConfidenceStep, PracticeQuestion, PracticeVerdict } from '../engine/engine.js';
import type { PracticeCore } from '../engine/practice.js';
import { announce } from '../ui/announcer.js';
import { axisStyles } from '../ui/axis.styles.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import '../ui/gru-listing.js';
import styles from './gru-practice-question.css?inline';

/** An answer as it was given. */
export interface PracticeAnswer {
  readonly question: PracticeQuestion;
  readonly option: number;
  /** A place in the shelf's steps of confidence. */
  readonly confidence: number;
  readonly right: boolean;
  readonly seconds: number;
}

const MISSING = { option: 'Choose an option first.', confidence: 'Say how sure you are first.' } as const;

/**
 * A question: its options, how sure the learner is, then what is said of the answer.
 *
 * @fires gru-practised - the answer, once
 * @fires gru-another - another variant of the same is asked for
 * @fires gru-next - the next question is asked for
 * @fires gru-try - the call, to be opened in Play
 */
@customElement('gru-practice-question')
export class GruPracticeQuestion extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, cardStyles, choiceStyles, proseStyles, unsafeCSS(styles)];

  @property({ attribute: false }) core!: PracticeCore;
  @property({ attribute: false }) question!: PracticeQuestion;
  @property({ attribute: false }) steps: readonly ConfidenceStep[] = [];
  /** What follows the answer, in words. */
  @property() follows = '';

  @state() private _option: number | undefined;
  @state() private _confidence: number | undefined;
  @state() private _verdict: PracticeVerdict | undefined;
  @state() private _missing: keyof typeof MISSING | undefined;
  #since = 0;

  /** Puts the focus on the question. */
  focusQuestion(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    this.renderRoot.querySelector('h2')?.scrollIntoView({ block: 'nearest' });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('question')) return;
    this._option = this._confidence = this._verdict = this._missing = undefined;
    this.#since = performance.now();
  }

  protected override render() {
    const { question, _verdict: verdict } = this;
    return html`<form class="card" novalidate>
      <p class="kind">${question.kind}, level ${question.level} of 4</p>
      <h2 tabindex="-1">${prose(question.text)}</h2>
      ${question.code.length > 0 ? html`<div class="sunken"><gru-listing still .lines=${question.code} name="of the question"></gru-listing></div>` : nothing}
      ${question.curves
        ? html`<div class="sunken"><gru-line-chart .chart=${lossChart({ ...question.curves, description: 'Training and validation loss after each epoch' }, verdict !== undefined)}></gru-line-chart></div>`
        : nothing}
      ${verdict ? this.#verdict(verdict) : this.#asked()}
    </form>`;
  }

  #asked() {
    const { question, steps, _missing: missing } = this;
    return html`<fieldset role="radiogroup" aria-required="true" aria-describedby="missing">
        <legend>Choose one</legend>
        <div class="options">
          ${question.options.map(
            (text, place) => html`<label class="choice">
              <input type="radio" name="option" .value=${String(place)} .checked=${place === this._option} @change=${() => { this.#choose(place); }} />
              <span>${prose(text)}</span>
            </label>`,
          )}
        </div>
      </fieldset>
      <fieldset role="radiogroup" aria-required="true" aria-describedby="missing">
        <legend>How sure are you?</legend>
        <div class="steps">
          ${steps.map(
            ({ words }, place) => html`<label class="choice">
              <input type="radio" name="confidence" .value=${String(place)} .checked=${place === this._confidence} @change=${() => { this.#say(place); }} />
              <span>${words}</span>
            </label>`,
          )}
        </div>
      </fieldset>
      <div id="missing">${missing ? html`<p class="note warning">${MISSING[missing]}</p>` : nothing}</div>
      <div class="actions"><button class="button primary large" type="submit" @click=${this.#submit}>Answer</button></div>`;
  }

  #verdict({ right, key, reply, explanation, call }: PracticeVerdict) {
    const { question, steps, _option: option = 0, _confidence: confidence = 0 } = this;
    return html`<div class="note ${right ? 'good' : 'error'} verdict">
        <h3 tabindex="-1">${right ? '✓ Right' : '✗ Not this one'}</h3>
        <p>You chose ${prose(question.options[option] ?? '')} You said: ${(steps[confidence]?.words ?? '').toLowerCase()}.</p>
        ${reply === null ? nothing : html`<p>${prose(reply)}</p>`}
        ${right ? nothing : html`<p class="key">Right is: ${prose(question.options[key] ?? '')}</p>`}
      </div>
      <div class="why">
        <h3>Why</h3>
        <p>${prose(explanation)}</p>
        ${this.follows === '' ? nothing : html`<p class="quiet-text">${this.follows}</p>`}
      </div>
      <div class="actions">
        <button class="button primary large" type="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-next'))}>Next</button>
        <button class="button large" type="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-another'))}>Another like this</button>
        ${call
          ? html`<button class="button large" type="button" @click=${() => this.dispatchEvent(new CustomEvent('gru-try', { detail: call, bubbles: true, composed: true }))}>Make it happen in Play</button>`
          : nothing}
      </div>`;
  }

  #choose(place: number): void {
    this._option = place;
    this._missing = undefined;
  }

  #say(place: number): void {
    this._confidence = place;
    this._missing = undefined;
  }

  /** By the button or by Enter, which presses it; no form is submitted, for a sandboxed frame forbids that. */
  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { question, _option: option, _confidence: confidence } = this;
    if (option === undefined || confidence === undefined) {
      this._missing = option === undefined ? 'option' : 'confidence';
      announce(this, MISSING[this._missing]);
      return;
    }
    const verdict = this.core.judge(question.generator, question.seed, option);
    if (!verdict) return;
    this._verdict = verdict;
    const seconds = Math.round((performance.now() - this.#since) / 100) / 10;
    const detail: PracticeAnswer = { question, option, confidence, right: verdict.right, seconds };
    this.dispatchEvent(new CustomEvent<PracticeAnswer>('gru-practised', { detail }));
    announce(this, verdict.right ? 'Right.' : `Not this one. ${(verdict.reply ?? '').replaceAll('`', '')}`);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.verdict h3')?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-practice-question': GruPracticeQuestion;
  }
  interface HTMLElementEventMap {
    'gru-practised': CustomEvent<PracticeAnswer>;
    'gru-another': CustomEvent<null>;
    'gru-next': CustomEvent<null>;
  }
}
