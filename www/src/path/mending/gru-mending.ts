import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../../code/gru-program.js';
import { FIRST_BOUNDS } from '../../code/patience.js';
import type { DeckCase, DeckChoice, DeckJudgement, DeckKindName, Engine } from '../../engine/engine.js';
import { tellAttempt } from '../../state/attempt.js';
import { queryOf } from '../../state/codec.js';
import { announce } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { keepCode, keptCode } from '../../ui/editing.js';
import { BEGUN, caseText, choose, counts, helped, mended, nameLine, nextKind, readCase, type Progress } from './case.js';
import './gru-mending-lines.js';
import { countWords, judgementWords, lineWords, symptomWords } from './words.js';
import styles from './gru-mending.css?inline';

/** Where the tab keeps a case that is being mended. */
const KEY = 'gru-playground.mending';
const SEEDS = 10_000;

/** What the tab keeps of a case. */
interface Kept {
  readonly draw: string;
  readonly code: string;
  readonly progress: Progress;
}

/**
 * Broken programs without end: the learner names the line, the thing and the cause, then mends it, and the core judges.
 *
 * @fires gru-query - the case, for the address
 * @fires gru-mended - a case that is done, and whether it counts
 */
@customElement('gru-mending')
export class GruMending extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  /** What the address says: `case=3-172`. */
  @property() query = '';

  @state() private _kinds: readonly DeckKindName[] = [];
  @state() private _case: DeckCase | undefined;
  @state() private _symptom = '';
  @state() private _progress: Progress = BEGUN;
  /** The program as the learner has left it. */
  @state() private _code = '';
  @state() private _judgement: DeckJudgement | undefined;
  @state() private _judging = false;
  @state() private _reply = '';
  @state() private _failed = '';
  #seen: string[] = [];
  #begun = 0;
  #abort: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('query') || changed.has('engine')) void this.#open();
  }

  get #draw(): string {
    return new URLSearchParams(this.query).get('case') ?? '';
  }

  get #here(): string {
    const { _case: drawn } = this;
    return drawn ? caseText(this._kinds, drawn.kind, drawn.seed) : '';
  }

  /** Opens the case of the address, or any. */
  async #open(): Promise<void> {
    if (this._case && this.#draw === this.#here) return;
    try {
      if (this._kinds.length === 0) this._kinds = await this.engine.code.ask('deckKinds', null);
      const asked = readCase(this._kinds, this.#draw);
      if (asked) await this.#show(asked.kind, asked.seed);
      else if (!this._case) await this.#another();
    } catch (error) {
      this._failed = error instanceof Error ? error.message : String(error);
    }
  }

  async #show(kind: string, seed: number): Promise<void> {
    const answer = await this.engine.code.ask('deckCase', { kind, seed });
    if (!answer) return;
    this.#abort?.abort();
    this._case = answer.drawn;
    this._symptom = answer.symptom;
    this._code = answer.drawn.code;
    this._progress = BEGUN;
    this._judgement = undefined;
    this._reply = this._failed = '';
    this._judging = false;
    this.#seen = [...this.#seen, kind].slice(-3 * this._kinds.length);
    this.#begun = Date.now();
    this.#restore();
    if (this.#draw !== this.#here) {
      this.dispatchEvent(new CustomEvent('gru-query', { detail: queryOf([['case', this.#here]]), bubbles: true, composed: true }));
    }
  }

  /** What was done of this case before a reload. */
  #restore(): void {
    try {
      const kept = JSON.parse(keptCode(KEY) ?? 'null') as Kept | null;
      if (kept?.draw !== this.#here) return;
      this._progress = { ...BEGUN, ...kept.progress };
      this._code = kept.code;
    } catch {
      // It begins anew.
    }
  }

  #keep(): void {
    keepCode(KEY, JSON.stringify({ draw: this.#here, code: this._code, progress: this._progress } satisfies Kept));
  }

  readonly #another = async (): Promise<void> => {
    const kind = nextKind(this._kinds, this.#seen, Math.random());
    await this.#show(kind, Math.floor(Math.random() * SEEDS));
    await this.updateComplete;
    this.#lead('.purpose');
  };

  #lead(to: string): void {
    this.renderRoot.querySelector<HTMLElement>(to)?.focus({ preventScroll: to !== '.purpose' });
  }

  protected override render() {
    const { _case: drawn, _failed: failed } = this;
    if (failed !== '') return html`<p>The program could not be drawn. ${failed}</p>`;
    if (!drawn) return html`<p>A program is drawn.</p>`;
    return html`<p class="purpose" tabindex="-1">${drawn.purpose}</p>
      <p class="about">${symptomWords(drawn)}</p>
      <p class="symptom"><code>${this._symptom}</code></p>
      ${this.#question(drawn)} ${this.#help(drawn)}
      <p class="ways"><button type="button" class="button" @click=${this.#another}>Another program</button></p>`;
  }

  #question(drawn: DeckCase): TemplateResult {
    const { _progress: progress } = this;
    const isMending = progress.step === 'mend' || progress.step === 'done';
    return html`<section aria-labelledby="line">
        <h2 id="line" tabindex="-1">1. Which line is at fault?</h2>
        ${isMending
          ? html`<p>Line ${progress.line}.</p>`
          : html`<gru-mending-lines .code=${drawn.code} .wrong=${progress.lines} .right=${progress.line} @gru-line=${this.#line}></gru-mending-lines>`}
        ${progress.step === 'line' && this._reply !== '' ? html`<p class="reply">${this._reply}</p>` : nothing}
      </section>
      ${progress.step === 'line' ? nothing : this.#choices('thing', '2. Which axis, size or thing is it?', drawn.things)}
      ${progress.step === 'line' || progress.step === 'thing' ? nothing : this.#choices('cause', '3. Why does it go wrong?', drawn.causes)}
      ${isMending ? this.#mend(drawn) : nothing}`;
  }

  #choices(step: 'thing' | 'cause', heading: string, choices: readonly DeckChoice[]): TemplateResult {
    const { _progress: progress } = this;
    const isAsked = progress.step === step;
    const right = choices.find((choice) => choice.right);
    return html`<section aria-labelledby=${step}>
      <h2 id=${step} tabindex="-1">${heading}</h2>
      ${isAsked
        ? html`<ul class="choices">
            ${choices.map((choice, index) => {
              const isWrong = progress.wrong.includes(index);
              return html`<li>
                <button type="button" class="choice ${isWrong ? 'wrong' : ''}" @click=${() => { this.#choose(index); }}>
                  <span class="sign" aria-hidden="true">${isWrong ? '✗' : '○'}</span><span>${choice.text}</span>
                </button>
                ${isWrong ? html`<p class="reply">${choice.reply}</p>` : nothing}
              </li>`;
            })}
          </ul>`
        : html`<p class="answer"><span class="sign" aria-hidden="true">✓</span><span>${right?.text}. ${right?.reply}</span></p>`}
    </section>`;
  }

  #mend(drawn: DeckCase): TemplateResult {
    const { _judgement: judgement, _progress: progress } = this;
    return html`<section aria-labelledby="mend">
      <h2 id="mend" tabindex="-1">4. Mend it</h2>
      <p class="about">Change the program and run it. The judge runs it too, with these numbers and with others, and looks at what it does.</p>
      <gru-program
        inline
        alone
        quiet
        byhand
        .engine=${this.engine}
        .code=${this._code}
        file="mending"
        @gru-edited=${this.#edit}
      ></gru-program>
      <p class="ways">
        <button type="button" class="button primary judge" aria-disabled=${this._judging} @click=${this.#judge}>Ask the judge</button>
        ${this._code === drawn.code ? nothing : html`<button type="button" class="button" @click=${this.#again}>Begin from the broken program again</button>`}
      </p>
      ${judgement
        ? html`<div class="judgement">
            <p class="found" tabindex="-1">${judgementWords(judgement)}</p>
            <ul>
              ${judgement.checks.map(({ holds, words }) => html`<li class=${holds ? 'holds' : 'fails'}><span class="sign" aria-hidden="true">${holds ? '✓' : '✗'}</span><span>${holds ? '' : 'Does not hold: '}${words}</span></li>`)}
            </ul>
          </div>`
        : nothing}
      ${progress.step === 'done' ? html`<p class="done"><strong>${drawn.title}.</strong> ${countWords(progress, drawn)}</p>` : nothing}
    </section>`;
  }

  #help(drawn: DeckCase): TemplateResult | typeof nothing {
    const { help, step } = this._progress;
    if (step === 'done') return nothing;
    const left = drawn.help.length - help;
    return html`<section class="help" aria-label="Help">
      ${help === 0 ? nothing : html`<ol>${drawn.help.slice(0, help).map((text) => html`<li>${text}</li>`)}</ol>`}
      ${left === 0
        ? nothing
        : html`<button type="button" class="button" @click=${this.#more}>${help === 0 ? 'Help' : 'More help'}</button>
            <span class="about">${left === 1 ? 'The last help says the mend: then this case does not count.' : `${help} of ${drawn.help.length} steps are open.`}</span>`}
    </section>`;
  }

  #advance(progress: Progress): void {
    const isNew = progress.step !== this._progress.step;
    this._progress = progress;
    this.#keep();
    if (!isNew) return;
    this._reply = '';
    // The question that was answered is closed.
    void this.updateComplete.then(() => { this.#lead(progress.step === 'done' ? '.found' : `#${progress.step}`); });
  }

  #tell(answer: string, right: boolean): void {
    const { _case: drawn } = this;
    if (!drawn) return;
    const seconds = Math.round((Date.now() - this.#begun) / 1000);
    tellAttempt(this, { source: 'station', item: `mending/${drawn.kind}`, variant: String(drawn.seed), answer, right, seconds, hint: this._progress.help > 0 });
  }

  readonly #line = ({ detail: line }: CustomEvent<number>): void => {
    const { _case: drawn } = this;
    if (!drawn) return;
    const next = nameLine(this._progress, drawn, line);
    this.#tell(`line ${line}`, next.step !== 'line');
    this.#advance(next);
    this._reply = next.step === 'line' ? lineWords(drawn, line) : '';
    announce(this, next.step === 'line' ? this._reply : `Yes, line ${line}.`);
  };

  #choose(index: number): void {
    const { _case: drawn, _progress: progress } = this;
    const choice = (progress.step === 'thing' ? drawn?.things : drawn?.causes)?.[index];
    if (!drawn || !choice) return;
    this.#tell(choice.text, choice.right);
    this.#advance(choose(progress, drawn, index));
    announce(this, choice.reply);
  }

  readonly #more = (): void => {
    const { _case: drawn } = this;
    if (!drawn) return;
    this.#advance(helped(this._progress, drawn));
    announce(this, drawn.help[this._progress.help - 1] ?? '');
  };

  readonly #edit = ({ detail }: CustomEvent<string>): void => {
    this._code = detail;
    this._judgement = undefined;
    this.#keep();
  };

  readonly #again = (): void => {
    if (this._case) this.#edit(new CustomEvent('gru-edited', { detail: this._case.code }));
  };

  readonly #judge = async (): Promise<void> => {
    const { _case: drawn, _code: source } = this;
    if (!drawn || this._judging) return;
    const { signal } = (this.#abort = new AbortController());
    this._judging = true;
    try {
      const { kind, seed } = drawn;
      const judgement = await this.engine.code.ask('deckJudge', { kind, seed, source, bounds: FIRST_BOUNDS }, { signal });
      if (signal.aborted || this._case !== drawn || this._code !== source || !judgement) return;
      this._judgement = judgement;
      this.#tell(source, judgement.mended);
      announce(this, judgementWords(judgement));
      if (judgement.mended && this._progress.step === 'mend') {
        this.#advance(mended(this._progress));
        const detail = { kind, seed, counts: counts(this._progress, drawn) };
        this.dispatchEvent(new CustomEvent('gru-mended', { detail, bubbles: true, composed: true }));
      }
    } catch (error) {
      if (!signal.aborted) announce(this, `The program could not be judged. ${error instanceof Error ? error.message : String(error)}`, true);
    } finally {
      this._judging = false;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-mending': GruMending;
  }
  interface HTMLElementEventMap {
    'gru-mended': CustomEvent<{ readonly kind: string; readonly seed: number; readonly counts: boolean }>;
  }
}
