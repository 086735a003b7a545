import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Engine, PastedAnswer } from '../engine/engine.js';
import type { Notice } from '../state/codec.js';
import { announce } from '../ui/announcer.js';
import { FileDrop } from '../ui/file-drop.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import '../ui/gru-notices.js';
import { KeepFocus } from '../ui/keep-focus.js';
import { formatCount } from '../ui/numbers.js';
import { fromAddress, toAddress } from './address.js';
import { ACCEPTED, codeOf } from './files.js';
import { GALLERY, type ProgramName } from './gallery/list.js';
import './gru-pasted.js';
import type { GruProgram } from './gru-program.js';
import './gru-program.js';
import { MOST_BYTES } from './link.js';
import { keep, kept } from './store.js';
import styles from './gru-code-view.css?inline';

/** What is typed is read when it rests. */
const REST_MS = 400;

/** What every exception and warning has in its last line; code that only names one has it in a line of code. */
const MESSAGE = /^(?:[\w.]*(?:Error|Exception|Warning|Interrupt|StopIteration)\b\s*(?::|$)|Traceback \(most recent call last\))/m;

/** A file may hold outputs and pictures beside its code. */
const MOST_FILE = 20_000_000;

function tooLong(length: number): string {
  return `This has ${formatCount(length)} bytes, and at most ${formatCount(MOST_BYTES)} are read. Paste the end of it: the last frames and the lines after them.`;
}

/**
 * A learner's own: one box that takes whatever their notebook said, and their code, which is run.
 *
 * @fires gru-query - the code, as this view's part of the address
 */
@customElement('gru-code-view')
export class GruCodeView extends LitElement {
  static override styles = [baseStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) engine!: Engine;
  @property() query = '';

  /** What is in the box. */
  @state() private _text = '';
  @state() private _answer: PastedAnswer | undefined;
  @state() private _failed = '';
  /** What is run; none where there is no code. */
  @state() private _code: string | undefined;
  /** Whether the code is longer than what a link carries. */
  @state() private _long = false;
  /** What in the box was not taken. */
  @state() private _refused = '';
  @state() private _notices: readonly Notice[] = [];
  /** What is to be told of the code that is there: what a file had that was left out. */
  @state() private _told = '';
  /** What a file of the code is called. */
  @state() private _file = 'gru';

  @query('textarea') private readonly _box!: HTMLTextAreaElement;

  readonly #file = new FileDrop(this, (file) => void this.#open(file));
  /** The query that was last said or read, so that our own changes are told from others'. */
  #said: string | undefined;
  #abort: AbortController | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The address follows what is typed when it rests. */
  #saying: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was said or read of the address: what is late is of no use. */
  #turn = 0;

  constructor() {
    super();
    new KeepFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#keep);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#keep);
    this.#keep();
    clearTimeout(this.#rest);
    clearTimeout(this.#saying);
    this.#abort?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('query') || this.query === this.#said) return;
    const first = this.#said === undefined;
    this.#said = this.query;
    const before = first ? kept(this.query) : undefined;
    if (before) {
      this.#become(before.code);
      this._text = before.text;
      if (before.text !== '') void this.#explain();
    } else {
      void this.#read(this.query);
    }
  }

  /** The code that is there to be run. */
  get program(): string | undefined {
    return this._code;
  }

  /** Takes the code from the address. */
  async #read(query: string): Promise<void> {
    const turn = ++this.#turn;
    const { code, pasted, program, notices } = await fromAddress(query);
    if (turn !== this.#turn) return;
    if (pasted !== undefined) {
      this._text = pasted;
      void this.#explain();
    }
    if (code === undefined && program !== undefined) {
      void this.#take(program);
      return;
    }
    this._code = code;
    this._long = false;
    this._notices = notices;
  }

  /** Shows other code, and says it in the address. */
  #become(code: string | undefined, { file = 'gru', told = '' } = {}): void {
    this._code = code;
    this._file = file;
    this._told = told;
    this._notices = [];
    void this.#say();
  }

  async #say(): Promise<void> {
    const turn = ++this.#turn;
    const said = await toAddress(this._code);
    if (turn !== this.#turn) return;
    this._long = said === undefined;
    this.#said = said ?? '';
    this.#keep();
    if (this.#said !== this.query) this.dispatchEvent(new CustomEvent('gru-query', { detail: this.#said, bubbles: true, composed: true }));
  }

  readonly #keep = (): void => {
    keep({ query: this.#said ?? '', text: this._text, code: this._code });
  };

  protected override render() {
    const { _code: code, _answer: answer } = this;
    const program = answer?.program;
    return html`<h1>Bring your own error or code</h1>
      <p class="intro">
        Paste what your notebook says, or the code itself. It is read and run here in your browser, as PyTorch would; nothing is sent anywhere.
      </p>
      <gru-notices .notices=${this._notices} @gru-dismiss=${() => (this._notices = [])}></gru-notices>
      <div class="box ${this.#file.above ? 'dropping' : ''}">
        <label for="box">${code === undefined ? 'An error, a traceback, a warning, code, a shape or a printed model' : 'Paste another error, or other code'}</label>
        <textarea
          id="box"
          rows=${code === undefined ? 8 : 2}
          spellcheck="false"
          autocapitalize="off"
          autocomplete="off"
          aria-describedby="refused"
          placeholder=${code === undefined ? 'Such as: RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 8' : ''}
          .value=${live(this._text)}
          @input=${this.#type}
          @paste=${this.#paste}
        ></textarea>
        <p id="refused" class="problem">${this._refused}</p>
        <div class="actions">
          <input type="file" hidden accept=${ACCEPTED} @change=${this.#choose} />
          <button type="button" class="button" @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}>Open a .py or .ipynb</button>
          ${code === undefined ? html`<button type="button" class="button" @click=${this.#write}>Write code</button>` : nothing}
          ${this._text === '' ? nothing : html`<button type="button" class="button" @click=${this.#clear}>Clear the box</button>`}
          ${program && !MESSAGE.test(this._text)
            ? html`<button type="button" class="button primary" @click=${() => { this.#run(program); }}>Run this code</button>`
            : nothing}
        </div>
      </div>
      ${this._failed === ''
        ? nothing
        : html`<p class="failed">
            This could not be read. ${this._failed} <button type="button" class="button" @click=${() => this.#explain()}>Try again</button>
          </p>`}
      ${answer && (answer.known || !program || MESSAGE.test(this._text)) ? html`<gru-pasted .answer=${answer} @gru-program=${({ detail }: CustomEvent<string>) => { this.#run(detail); }}></gru-pasted>` : nothing}
      ${code === undefined
        ? answer || this._text !== '' ? nothing : this.#gallery()
        : html`${this._told === '' ? nothing : html`<p class="told">${this._told}</p>`}
            <gru-program .engine=${this.engine} .code=${code} file=${this._file} @gru-edited=${this.#edit}></gru-program>
            <p class="actions"><button type="button" class="button" @click=${this.#away}>Put this code away</button></p>
            ${this._long ? html`<p class="long">This code is too long for a link: whoever gets the address gets no code. Save it as a file instead.</p>` : nothing}`}`;
  }

  #gallery() {
    return html`<section class="gallery" aria-labelledby="gallery">
      <h2 id="gallery">Or begin with a program that runs</h2>
      <ul>
        ${GALLERY.map(
          ({ name, title, sentence }) =>
            html`<li>
              <button type="button" class="button entry" @click=${() => this.#take(name)}><span>${title}</span><span class="sentence">${sentence}</span></button>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  async #take(name: ProgramName): Promise<void> {
    try {
      const { PROGRAMS } = await import('./gallery/programs.js');
      this.#become(PROGRAMS[name], { file: name });
      await this.#focusCode();
    } catch {
      this.#refuse('This program did not load. Reload the page.');
    }
  }

  /** To the code that has just come. */
  async #focusCode(behind = false): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<GruProgram>('gru-program')?.focusCode(behind);
  }

  readonly #write = (): void => {
    this.#become('import torch\nfrom torch import nn\n\n');
    // Where one writes on.
    void this.#focusCode(true);
  };

  /** Back to the box alone; the code can be had again by going back. */
  readonly #away = (): void => {
    this.#become(undefined);
    void this.updateComplete.then(() => { this._box.focus(); });
  };

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (file) void this.#open(file);
  };

  /** A file of code is run; any other text is read as if it were pasted. */
  async #open(file: File): Promise<void> {
    this._refused = '';
    // Outputs of a notebook can be large: what counts is its code.
    if (file.size > MOST_FILE) {
      this.#refuse(`${file.name} has ${formatCount(file.size)} bytes, and at most ${formatCount(MOST_FILE)} are read.`);
      return;
    }
    const text = await file.text();
    if (!/\.(?:py|ipynb)$/i.test(file.name)) {
      this.#takeIn(text);
      return;
    }
    try {
      const { code, skipped } = codeOf(file.name, text);
      if (new TextEncoder().encode(code).length > MOST_BYTES) throw new Error(`It has more code than the ${formatCount(MOST_BYTES)} bytes that are read.`);
      const told = skipped.length === 0 ? '' : `Left out of ${file.name}, for it is the notebook's and not Python's: ${skipped.join(', ')}.`;
      this.#become(code, { file: file.name.replace(/\.[^.]*$/, ''), told });
      announce(this, `${file.name} is in the editor. ${told}`);
    } catch (error) {
      this.#refuse(`${file.name} was not read. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #takeIn(text: string): void {
    const { length } = new TextEncoder().encode(text);
    if (length > MOST_BYTES) {
      this.#refuse(tooLong(length));
      return;
    }
    this._text = text;
    void this.#explain(true);
  }

  readonly #type = (): void => {
    this._text = this._box.value;
    this._refused = '';
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#keep();
      void this.#explain();
    }, REST_MS);
  };

  /** What is pasted is read at once, and code is run; what is too long never gets into the box. */
  readonly #paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const { length } = new TextEncoder().encode(text);
    if (length > MOST_BYTES) {
      event.preventDefault();
      this.#refuse(tooLong(length));
      return;
    }
    // The box has the text once the event is over.
    setTimeout(() => {
      clearTimeout(this.#rest);
      this._text = this._box.value;
      this._refused = '';
      void this.#explain(this._text.trim() === text.trim());
    });
  };

  #refuse(why: string): void {
    this._refused = why;
    announce(this, why, true);
  }

  readonly #clear = (): void => {
    clearTimeout(this.#rest);
    this.#abort?.abort();
    this._text = '';
    this._answer = undefined;
    this._failed = this._refused = '';
    this.#keep();
    this._box.focus();
  };

  /** Asks what the text is; where it `runs`, code goes on to be run. */
  async #explain(runs = false): Promise<void> {
    this.#abort?.abort();
    const text = this._text;
    if (text.trim() === '') {
      this._answer = undefined;
      this._failed = '';
      return;
    }
    const abort = (this.#abort = new AbortController());
    try {
      const answer = await this.engine.code.ask('explain', text, { signal: abort.signal });
      if (abort.signal.aborted) return;
      this._failed = '';
      this.#keep();
      if (runs && answer.program !== null && !MESSAGE.test(text)) {
        this.#run(answer.program);
        return;
      }
      this._answer = answer;
      const isCode = answer.program !== null && !MESSAGE.test(text);
      announce(this, isCode && !answer.known ? 'This is code. Run this code is a button there.' : `${answer.known ? '' : 'Not known here. '}${answer.cause}`);
    } catch (error) {
      if (abort.signal.aborted) return;
      this._answer = undefined;
      this._failed = error instanceof Error ? error.message : String(error);
      announce(this, `This could not be read. ${this._failed}`, true);
    }
  }

  readonly #edit = ({ detail }: CustomEvent<string>): void => {
    this._code = detail;
    this._notices = [];
    this.#keep();
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => void this.#say(), REST_MS);
  };

  /** Code leaves the box to be run; what was said of an error stays beside it. */
  #run(program: string): void {
    if (!MESSAGE.test(this._text)) {
      this._text = '';
      this._answer = undefined;
    }
    this.#become(program);
    void this.#focusCode();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-code-view': GruCodeView;
  }
}
