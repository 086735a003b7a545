import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { loadEngine, type Call, type Engine, type ProgramFix, type ProgramRun, type SourceEdit } from '../engine/engine.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { canSave, saveFile } from '../ui/save-file.js';
import { notebook } from '../ui/notebook.js';
import type { ShownCall } from '../ui/editing.js';
import { plainLines } from '../ui/gru-listing.js';
import type { GruEditor } from './gru-editor.js';
import '../ui/gru-panel.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { plural } from '../ui/numbers.js';
import { progressStyles } from '../ui/progress.styles.js';
import { isUnreadable, outcomeOf, ownRun, wholeOf, type Around, type Outcome } from './around.js';
import './gru-outcome.js';
import { FIRST_BOUNDS, more, type Patience } from './patience.js';
import { edited, TwoWays, type Standing } from './two-ways.js';
import { runSentence, standingWords } from './words.js';
import styles from './gru-program.css?inline';

/** Nothing is shown of a run that is over sooner. */
const PATIENCE_MS = 150;
/** What is typed is run when it rests. */
const REST_MS = 400;
/** What a control writes into the code is run when the control rests. */
const MOVED_MS = 120;

/** The editor, loaded when code is first there. */
let editor: Promise<unknown> | undefined;
function loadEditor(): Promise<unknown> {
  editor ??= import('./gru-editor.js').catch((error: unknown) => {
    editor = undefined;
    throw error;
  });
  return editor;
}

/** A fix that was applied, while it can be undone. */
interface Mended {
  readonly title: string;
  readonly after: string;
}

/**
 * A program in an editor, run while it is written, with what comes of it.
 *
 * @fires gru-edited - the code, after every change of the learner's
 * @fires gru-try - a call to be opened in the playground
 * @fires gru-ran - how a run ended, and what it left
 * @fires gru-call - the call in the code, for the controls beside it
 */
@customElement('gru-program')
export class GruProgram extends LitElement {
  static override styles = [baseStyles, buttonStyles, progressStyles, unsafeCSS(styles)];

  /** The page's own, where it is handed none. */
  @property({ attribute: false }) engine: Engine | undefined;
  @property() code = '';
  @property({ type: Boolean }) readonly = false;
  /** Whether it stands within a panel: in one column, and without panels of its own. */
  @property({ type: Boolean, reflect: true }) inline = false;
  /** What its files are called. */
  @property() file = 'gru';
  /** What runs before the code, and is not shown. */
  @property() setup = '';
  /** What runs after the code, and is not shown: an assertion that does not hold is feedback. */
  @property() checks = '';
  /** How far a run goes before it is asked about. */
  @property({ attribute: false }) bounds: Patience = FIRST_BOUNDS;
  /** Whether who holds it tells what comes of a run. */
  @property({ type: Boolean }) quiet = false;
  /** Whether the call in the code is not offered to a playground. */
  @property({ type: Boolean }) alone = false;
  /** Whether it is mended by hand alone: the fixes of an exception are not applied by a press. */
  @property({ type: Boolean, attribute: 'byhand' }) byHand = false;
  /** What controls beside it show, where they and the code hold each other. */
  @property({ attribute: false }) shown: ShownCall | undefined;

  @state() private _feedback = '';
  @state() private _editor: 'loading' | 'there' | 'missing' = 'loading';
  @state() private _mended: Mended | undefined;
  @state() private _run: ProgramRun | undefined;
  /** What was run. */
  @state() private _ran = '';
  /** The call of nn.GRU in it, where the playground can show one. */
  @state() private _call: Call | null = null;
  @state() private _failed = '';
  /** How many steps a run that takes long has done. */
  @state() private _steps: number | undefined;
  @state() private _patience: Patience = FIRST_BOUNDS;
  /** How controls and code stand to each other. */
  @state() private _standing: Standing | undefined;

  #abort: AbortController | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** What was typed last: it is run when it rests, all else at once. */
  #typed: string | undefined;
  /** What the controls made of the code last. */
  #moved: string | undefined;
  #ways: TwoWays | undefined;
  /** How the controls stood to the code when that was told last. */
  #toldStanding: Standing['kind'] = 'shown';
  /** What was said last of a run: said again only where it was asked for. */
  #told = '';
  /** What a run that was just begun is to be told with. */
  #news = '';

  constructor() {
    super();
    new KeepFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
    this.#stop();
  }

  /** Puts the cursor into the code, or behind it, once the editor is there. */
  async focusCode(behind = false): Promise<void> {
    await this.#open();
    await this.updateComplete;
    if (behind) this.#code?.goBehind();
    this.#code?.focus({ preventScroll: true });
  }

  get #code(): GruEditor | null {
    return this.renderRoot.querySelector('gru-editor');
  }

  async #open(): Promise<void> {
    try {
      await loadEditor();
      this._editor = 'there';
    } catch {
      // The code is run all the same.
      this._editor = 'missing';
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('shown')) this.#hold();
    if (!changed.has('code') && !changed.has('setup') && !changed.has('checks')) return;
    this._feedback = '';
    clearTimeout(this.#rest);
    if (this.code === this.#typed) this.#startAfter(REST_MS);
    else if (this.code === this.#moved) this.#startAfter(MOVED_MS);
    else void this.#start(this.bounds, true);
  }

  #startAfter(milliseconds: number): void {
    this.#rest = setTimeout(() => void this.#start(this.bounds), milliseconds);
  }

  /** The controls show something else, or begin or cease to be held. */
  #hold(): void {
    const { shown } = this;
    if (!shown) {
      this.#ways = this._standing = undefined;
      return;
    }
    if (!this.#ways) {
      this.#ways = new TwoWays(
        {
          now: () => ({ code: this.code, shown: this.shown }),
          rewrite: (edits) => { this.#rewrite(edits); },
          show: (detail) => { this.dispatchEvent(new CustomEvent('gru-call', { detail, bubbles: true, composed: true })); },
          stands: (standing) => { this._standing = standing; },
        },
        this.engine ? Promise.resolve(this.engine) : loadEngine(),
        shown,
      );
      return;
    }
    // What runs is of numbers that are about to change.
    if (this.#abort) {
      this.#stop();
      this.#startAfter(MOVED_MS);
    }
    this.#ways.controlsMoved();
  }

  #rewrite(edits: readonly SourceEdit[]): void {
    if (edits.length === 0) return;
    const code = edited(this.code, edits);
    this.#code?.rewrite(edits);
    this.#typed = undefined;
    this.#moved = code;
    this.#become(code);
  }

  /** Runs what is there, as long as `patience` allows; who `asked` for it hears how it ended, though it is as before. */
  async #start(patience: Patience, asked = false): Promise<void> {
    clearTimeout(this.#rest);
    this.#stop();
    if (asked) this.#told = '';
    const abort = (this.#abort = new AbortController());
    const source = this.code;
    this.#ways?.codeEdited();
    this._patience = patience;
    this.#waiting = setTimeout(() => (this._steps = 0), PATIENCE_MS);
    try {
      const { code } = (this.engine ??= await loadEngine());
      const run = await this.#runWith(code, source, patience, abort.signal);
      const call = this.alone ? null : (await code.ask('explain', source, { signal: abort.signal })).call;
      if (abort.signal.aborted) return;
      this._run = run;
      this._ran = source;
      this._call = call;
      this._failed = '';
      this.#tell(runSentence(run, lineCount(source), patience, this.checks !== ''));
      const outcome = outcomeOf(run, lineCount(source), this.checks !== '');
      this.dispatchEvent(new CustomEvent('gru-ran', { detail: { outcome, run } }));
    } catch (error) {
      if (abort.signal.aborted) return;
      this._failed = error instanceof Error ? error.message : String(error);
      announce(this, `The code could not be run. ${this._failed}`, true);
    }
    this.#end();
  }

  /** Runs code with what stands around it. */
  async #runWith(code: Engine['code'], own: string, bounds: Patience, signal: AbortSignal): Promise<ProgramRun> {
    const around: Around = { setup: this.setup, checks: this.checks };
    const onProgress = (steps: number): void => {
      if (this._steps !== undefined) this._steps = steps;
    };
    if (around.setup !== '' || around.checks !== '') {
      // A mistake in reading it is the code's own, wherever in the whole it would be noticed.
      const alone = await code.ask('run', { source: own, bounds: { ...bounds, steps: 1 } }, { signal });
      if (isUnreadable(alone.raised?.kind)) return alone;
    }
    const run = await code.ask('run', { source: wholeOf(own, around), bounds }, { signal, onProgress });
    return ownRun(run, own, around);
  }

  #tell(sentence: string): void {
    const { _standing: standing } = this;
    if (standing && standing.kind !== this.#toldStanding) this.#news += `${standingWords(standing, this._run?.raised?.kind)} `;
    this.#toldStanding = standing?.kind ?? 'shown';
    if (!this.quiet && (this.#news !== '' || sentence !== this.#told)) announce(this, `${this.#news}${sentence}`);
    this.#told = sentence;
    this.#news = '';
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
    return html`<div class="layout">${this.#part('editor', 'Code', this.#editor())} ${this.#part('outcome', 'What comes of it', this.#outcome())}</div>`;
  }

  #part(name: string, heading: string, content: TemplateResult): TemplateResult {
    if (this.inline) return html`<section class=${name} aria-label=${heading}>${content}</section>`;
    return html`<gru-panel class=${name} heading=${heading}>${content}</gru-panel>`;
  }

  #editor(): TemplateResult {
    const { _editor: editor, _run: run, code } = this;
    const standing = this._standing && standingWords(this._standing, run?.raised?.kind);
    return html`${editor === 'there'
        ? html`<gru-editor .code=${code} .run=${run} ?readonly=${this.readonly} @gru-edited=${this.#edit} @gru-run-now=${this.#now}></gru-editor>`
        : html`<gru-listing still .lines=${plainLines(code)} name="that is run"></gru-listing>
            ${editor === 'missing' ? html`<p class="waiting">The editor did not load: the code can be run, but not changed. Reload the page.</p>` : nothing}`}
      ${standing ? html`<p class="standing">${standing}</p>` : nothing}
      <div class="files">
        <button type="button" class="button" aria-label="Copy this code" @click=${this.#copy}>Copy</button>
        ${canSave()
          ? html`<button type="button" class="button" aria-label="Save this code as .py" @click=${() => { this.#save('py'); }}>.py</button>
              <button type="button" class="button" aria-label="Save this code as .ipynb" @click=${() => { this.#save('ipynb'); }}>.ipynb</button>`
          : nothing}
        <span>${this._feedback}</span>
      </div>`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.code);
      this._feedback = 'Copied';
    } catch {
      this._feedback = 'Copying is blocked here: select the code instead';
    }
    announce(this, this._feedback);
  };

  #save(kind: 'py' | 'ipynb'): void {
    const code = this.code.replace(/\n*$/, '');
    const blob = kind === 'py' ? new Blob([`${code}\n`], { type: 'text/x-python' }) : new Blob([notebook(code)], { type: 'application/x-ipynb+json' });
    saveFile(blob, `${this.file}.${kind}`);
  }

  #outcome(): TemplateResult {
    const { _run: run, _steps: steps, _failed: failed, _call: call, _mended: mended } = this;
    return html`<div class="above">
        ${steps === undefined
          ? html`<button type="button" class="button" @click=${this.#now}>Run</button>`
          : html`<span>Running${steps === 0 ? '' : `: ${plural(Math.round(steps / 1e5) / 10, 'million', 'million')} steps`}</span>
              <button type="button" class="button" @click=${this.#cancel}>Cancel</button>`}
        ${mended?.after === this.code
          ? html`<span class="mended">Applied: ${mended.title}</span> <button type="button" class="button undo" @click=${this.#undo}>Undo</button>`
          : nothing}
      </div>
      ${failed === '' ? nothing : html`<p class="waiting">The code could not be run. ${failed}</p>`}
      ${run && this.engine
        ? html`<gru-outcome
            .engine=${this.engine}
            .run=${run}
            .patience=${this._patience}
            .lines=${lineCount(this._ran)}
            ?stale=${this._ran !== this.code}
            ?checked=${this.checks !== ''}
            ?fixed=${!this.readonly && !this.byHand && this._editor === 'there'}
            @gru-line=${({ detail }: CustomEvent<number>) => this.#code?.goTo(detail)}
            @gru-mend=${({ detail }: CustomEvent<ProgramFix>) => { this.#mend(detail); }}
            @gru-run-on=${() => this.#start(more(this._patience), true)}
          ></gru-outcome>`
        : nothing}
      ${call && !this._standing
        ? html`<p class="way">
            <button type="button" class="button" @click=${() => { this.#try(call); }}>Set up in Play</button>
            <span>The call of nn.GRU in this code, with its sizes, in the playground.</span>
          </p>`
        : nothing}`;
  }

  readonly #edit = ({ detail }: CustomEvent<string>): void => {
    this.#typed = detail;
    this.#become(detail);
  };

  /** Other code, which is the learner's. */
  #become(code: string): void {
    this.code = code;
    this.dispatchEvent(new CustomEvent('gru-edited', { detail: code }));
  }

  readonly #now = (): void => {
    void this.#start(this.bounds, true);
  };

  readonly #cancel = (): void => {
    this.#stop();
    announce(this, 'Cancelled.');
  };

  /** Applies a fix: the editor tells of it as of what is typed, but there is nothing to wait for. */
  #mend(fix: ProgramFix): void {
    this.#code?.mend(fix);
    this._mended = { title: fix.title, after: this.code };
    this.#news = `Applied: ${fix.title}. Undo is here. `;
    this.#again('.undo');
  }

  readonly #undo = (): void => {
    this._mended = undefined;
    this.#code?.undo();
    this.#news = 'Undone. ';
    this.#again('.above .button');
  };

  /** Runs what a button left, and leads the focus to another in its place. */
  #again(to: string): void {
    this.#typed = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(to)?.focus({ preventScroll: true }));
  }

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
  interface HTMLElementEventMap {
    'gru-edited': CustomEvent<string>;
    'gru-call': CustomEvent<ShownCall>;
    'gru-ran': CustomEvent<{ readonly outcome: Outcome; readonly run: ProgramRun }>;
  }
}
