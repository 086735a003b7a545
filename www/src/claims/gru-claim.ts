import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../code/gru-program.js';
import { FIRST_BOUNDS, more, type Patience } from '../code/patience.js';
import type { ClaimJudgement, ClaimVerdict, Engine } from '../engine/engine.js';
import { queryOf } from '../state/codec.js';
import { routeHash, sharedAddress } from '../state/route.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { tableBox } from '../ui/table/table.js';
import { tableStyles } from '../ui/table/table.styles.js';
import type { Claim } from './list.js';
import { CLAIM_PROGRAMS } from './programs.js';
import { OPINIONS, opinionWords, quoteOf, verdictWords, type Opinion } from './words.js';
import styles from './gru-claim.css?inline';

/** A program that trains takes some seconds on a phone. */
const LONG: Patience = more(FIRST_BOUNDS);

const SIGNS: Readonly<Record<ClaimVerdict, string>> = { holds: '✓', fails: '✗', depends: '±', open: '?' };

/**
 * One claim: an opinion first, then the program that puts it to the test, and what it found.
 *
 * @fires gru-judged - whether the opinion was right, once for each claim
 */
@customElement('gru-claim')
export class GruClaim extends LitElement {
  static override styles = [baseStyles, buttonStyles, tableStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  @property({ attribute: false }) claim!: Claim;

  @state() private _opinion: Opinion | undefined;
  @state() private _judgement: ClaimJudgement | undefined;
  /** The program, as the learner has left it. */
  @state() private _code = '';
  @state() private _feedback = '';

  /** Puts the focus on the claim. */
  focusClaim(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('claim')) return;
    this._code = this.#program;
    this._opinion = this._judgement = undefined;
  }

  get #program(): string {
    return CLAIM_PROGRAMS[this.claim.name].trimEnd();
  }

  protected override render() {
    const { claim, _opinion: opinion } = this;
    return html`<article aria-labelledby="claim">
      <h2 id="claim" tabindex="-1">“${claim.claim}”</h2>
      ${opinion === undefined ? this.#question() : this.#test(opinion)}
    </article>`;
  }

  #question() {
    return html`<div class="opinions" role="group" aria-label="What do you say?">
      <span aria-hidden="true">What do you say?</span>
      ${OPINIONS.map(({ opinion, name }) => html`<button type="button" class="button" @click=${() => { void this.#open(opinion); }}>${name}</button>`)}
    </div>`;
  }

  #test(opinion: Opinion) {
    const { claim, _judgement: judgement } = this;
    return html`<p class="about">${claim.about}</p>
      <div class="verdict" tabindex="-1">
        ${judgement
          ? html`<p class="found ${judgement.verdict}"><span class="sign" aria-hidden="true">${SIGNS[judgement.verdict]}</span><span>${verdictWords(judgement)} ${opinionWords(opinion, judgement.verdict)}</span></p>`
          : html`<p class="waiting">The program runs.</p>`}
      </div>
      ${judgement && judgement.cases.length > 0
        ? tableBox({
            label: 'The cases that were tried',
            columns: [{ name: 'Case' }, { name: 'The claim' }],
            rows: judgement.cases.map(({ holds, words }) => [words, holds ? 'holds' : 'fails']),
          })
        : nothing}
      ${judgement ? html`<p class="about">${claim.why}</p>` : nothing}
      <p class="ways">
        <button type="button" class="button" @click=${this.#quote}>Copy as a quote, with a link</button>
        ${claim.see ? html`<a href="#${claim.see.opens}">${claim.see.text}</a>` : nothing}
        ${this._code.trimEnd() === this.#program
          ? nothing
          : html`<button type="button" class="button" @click=${this.#restore}>Take back my changes to the code</button>`}
        <span>${this._feedback}</span>
      </p>
      <p class="about">This is the program. Change it, and the verdict changes with it.</p>
      <gru-program
        inline
        quiet
        .bounds=${LONG}
        .engine=${this.engine}
        .code=${this._code}
        file=${claim.name}
        @gru-edited=${({ detail }: HTMLElementEventMap['gru-edited']) => (this._code = detail)}
        @gru-ran=${this.#ran}
      ></gru-program>`;
  }

  async #open(opinion: Opinion): Promise<void> {
    this._opinion = opinion;
    await this.updateComplete;
    // The button that was pressed is gone.
    this.renderRoot.querySelector<HTMLElement>('.verdict')?.focus({ preventScroll: true });
  }

  readonly #ran = async ({ detail: { run } }: HTMLElementEventMap['gru-ran']): Promise<void> => {
    const ended = !run.raised && !run.refused && !run.stopped;
    const judgement = await this.engine.code.ask('judge', ended ? run.stdout : '');
    const before = this._judgement;
    this._judgement = judgement;
    if (!before && this._opinion && judgement.verdict !== 'open') {
      this.dispatchEvent(new CustomEvent('gru-judged', { detail: { name: this.claim.name, right: this._opinion === judgement.verdict } }));
    }
    if (this._opinion && before?.verdict !== judgement.verdict) {
      announce(this, `${verdictWords(judgement)} ${opinionWords(this._opinion, judgement.verdict)}`);
    }
  };

  readonly #restore = (): void => {
    this._code = this.#program;
  };

  readonly #quote = async (): Promise<void> => {
    if (!this._judgement) return;
    const address = sharedAddress(new URL(routeHash('claims', queryOf([['claim', this.claim.name]])), location.href).href);
    try {
      await navigator.clipboard.writeText(quoteOf(this.claim.claim, this._judgement, address));
      this._feedback = 'Copied';
    } catch {
      this._feedback = 'Copying is blocked here: select the text instead';
    }
    announce(this, this._feedback);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-claim': GruClaim;
  }
  interface HTMLElementEventMap {
    'gru-judged': CustomEvent<{ readonly name: string; readonly right: boolean }>;
  }
}
