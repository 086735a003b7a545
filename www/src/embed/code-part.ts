import { html, nothing, type TemplateResult } from 'lit';
import type { Engine } from '../engine/engine.js';
import type { GruCodeElement, RunDetail } from './api.js';
import { Part } from './part.js';
import { TabMemory } from './session.js';
import { writtenIn, type Written } from './written.js';

/** `<gru-code>`: a program in an editor, with what its author hid before and after it. */
export class CodePart extends Part {
  /** What the page's author wrote. */
  #written: Written;
  #code: string;
  #memory: TabMemory;
  #reading = false;
  /** Whether anything has been changed since it was first drawn. */
  #changed = false;

  static async load(): Promise<void> {
    await import('../code/gru-program.js');
  }

  /** It needs nothing of the engine but everyone's. */
  static prepare(): Promise<void> {
    return Promise.resolve();
  }

  constructor(host: HTMLElement, place: HTMLElement, engine: Engine) {
    super(host, place, engine);
    this.#written = writtenIn(host);
    this.#memory = new TabMemory(host, digest(this.#written));
    this.#code = this.#readonly ? this.#written.code : (this.#memory.find()?.query ?? this.#written.code);
  }

  /** Several attributes that are set together are read together. */
  attributeChanged(): void {
    if (this.#reading) return;
    this.#reading = true;
    queueMicrotask(() => {
      this.#reading = false;
      const written = writtenIn(this.host);
      if (written.code !== this.#written.code) this.#code = written.code;
      this.#written = written;
      this.#memory = new TabMemory(this.host, digest(written));
      this.draw();
    });
  }

  /** What fails as soon as it is drawn would fail for ever: what the page's author wrote takes its place. */
  override stopped(): void {
    if (this.#changed) return;
    this.#memory.keep({ query: this.#written.code, drafts: {} });
  }

  protected content(): TemplateResult {
    const { setup, checks, code } = this.#written;
    const readonly = this.#readonly;
    return html`<gru-program
        alone
        .engine=${this.engine}
        .code=${this.#code}
        .setup=${setup}
        .checks=${checks}
        ?readonly=${readonly}
        @gru-edited=${this.#edit}
        @gru-ran=${this.#tell}
      ></gru-program>
      ${this.#code === code ? nothing : html`<p class="again"><button type="button" class="button" @click=${this.#again}>Back to the code that was here</button></p>`}
      ${this.#memory.keeps || readonly ? nothing : html`<p class="kept">This browser keeps nothing here: a reload goes back to the start.</p>`}`;
  }

  get #readonly(): boolean {
    return (this.host as GruCodeElement).readonly;
  }

  #become(code: string): void {
    this.#code = code;
    this.#changed = true;
    this.#memory.keep({ query: code, drafts: {} });
    this.draw();
  }

  readonly #edit = ({ detail }: CustomEvent<string>): void => {
    this.#become(detail);
  };

  /** The button goes: the focus is led into the code that has come. */
  readonly #again = (event: Event): void => {
    const program = (event.currentTarget as HTMLElement).parentElement?.parentElement?.querySelector('gru-program');
    this.#become(this.#written.code);
    void program?.focusCode();
  };

  readonly #tell = ({ detail: { outcome, run } }: HTMLElementEventMap['gru-ran']): void => {
    const { raised, stdout } = run;
    const isOwn = raised !== null && raised.line >= 1 && raised.line <= this.#code.split('\n').length;
    const detail: RunDetail = {
      outcome,
      output: stdout,
      exception: raised && { type: raised.kind, message: raised.message, line: isOwn ? raised.line : null },
    };
    this.host.dispatchEvent(new CustomEvent('gru-run', { detail, bubbles: true, composed: true }));
  };
}

/** A short name of what an author wrote: code that was kept is of the exercise as it is. */
function digest(written: Written): string {
  let hash = 0;
  for (const letter of JSON.stringify(written)) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return (hash >>> 0).toString(36);
}
