import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Call, Engine, ProgramCall, ProgramRun } from '../engine/engine.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { plainLines } from '../ui/gru-code.js';
import '../ui/gru-panel.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { plural } from '../ui/numbers.js';
import { progressStyles } from '../ui/progress.styles.js';
import './gru-outcome.js';
import { FIRST_BOUNDS, more, type Patience } from './patience.js';
import { runSentence } from './words.js';
import styles from './gru-program.css?inline';

/** Nothing is shown of a run that is over sooner. */
const PATIENCE_MS = 150;

/** A program with what comes of it. */
@customElement('gru-program')
export class GruProgram extends LitElement {
  static override styles = [baseStyles, buttonStyles, progressStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  @property() code = '';

  @state() private _run: ProgramRun | undefined;
  /** What was run. */
  @state() private _ran = '';
  @state() private _call: ProgramCall | null = null;
  @state() private _failed = '';
  /** How many steps a run that takes long has done. */
  @state() private _steps: number | undefined;
  @state() private _patience: Patience = FIRST_BOUNDS;

  #abort: AbortController | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new KeepFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('code')) void this.#start(FIRST_BOUNDS);
  }

  /** Runs what is there, as long as `patience` allows. */
  async #start(patience: Patience): Promise<void> {
    this.#stop();
    const abort = (this.#abort = new AbortController());
    const source = this.code;
    this._patience = patience;
    this.#waiting = setTimeout(() => (this._steps = 0), PATIENCE_MS);
    try {
      const { code } = this.engine;
      const run = await code.ask(
        'run',
        { source, bounds: patience },
        {
          signal: abort.signal,
          onProgress: (steps) => {
            if (this._steps !== undefined) this._steps = steps;
          },
        },
      );
      const call = await code.ask('read', source, { signal: abort.signal });
      if (abort.signal.aborted) return;
      this._run = run;
      this._ran = source;
      this._call = call;
      this._failed = '';
      announce(this, runSentence(run, lineCount(source), patience));
    } catch (error) {
      if (abort.signal.aborted) return;
      this._failed = error instanceof Error ? error.message : String(error);
      announce(this, `The code could not be run. ${this._failed}`, true);
    }
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#waiting);
    this._steps = undefined;
    this.#abort = undefined;
  }

  #stop(): void {
    this.#abort?.abort();
    this.#end();
  }

  protected override render() {
    return html`<div class="layout">
      <gru-panel class="editor" heading="Code"><gru-code .lines=${plainLines(this.code)} name="that is run"></gru-code></gru-panel>
      <gru-panel class="outcome" heading="What comes of it">${this.#outcome()}</gru-panel>
    </div>`;
  }

  #outcome() {
    const { _run: run, _steps: steps, _failed: failed, _call: call } = this;
    return html`${steps === undefined
        ? nothing
        : html`<div class="waiting">
            <span>Running${steps === 0 ? '' : `: ${plural(Math.round(steps / 1e5) / 10, 'million', 'million')} steps`}</span>
            <button type="button" class="button" @click=${this.#cancel}>Cancel</button>
          </div>`}
      ${failed === ''
        ? nothing
        : html`<div class="waiting">
            <span>The code could not be run. ${failed}</span>
            <button type="button" class="button" @click=${() => this.#start(this._patience)}>Try again</button>
          </div>`}
      ${run
        ? html`<gru-outcome
            .engine=${this.engine}
            .run=${run}
            .patience=${this._patience}
            .lines=${lineCount(this._ran)}
            ?stale=${this._ran !== this.code}
            @gru-run-on=${() => this.#start(more(this._patience))}
          ></gru-outcome>`
        : nothing}
      ${call
        ? html`<p class="way">
            <button type="button" class="button" @click=${() => { this.#try(call.call); }}>Set up in Play</button>
            ${call.beyond === null ? nothing : html`<span>${call.beyond}</span>`}
          </p>`
        : nothing}`;
  }

  readonly #cancel = (): void => {
    this.#stop();
    announce(this, 'Cancelled.');
  };

  #try(call: Call): void {
    this.dispatchEvent(new CustomEvent('gru-try', { detail: call, bubbles: true, composed: true }));
  }
}

function lineCount(code: string): number {
  return code.split('\n').length;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-program': GruProgram;
  }
}
