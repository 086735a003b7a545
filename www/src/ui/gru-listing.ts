import { LitElement, html, nothing, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CodeLine, Label, Place, Segment } from '../engine/engine.js';
import { announce } from './announcer.js';
import { AXES } from './axes.js';
import { axisStyles } from './axis.styles.js';
import { baseStyles } from './base.styles.js';
import { buttonStyles } from './button.styles.js';
import { keepCode, keptCode, offeredEditor, type ShownCall } from './editing.js';
import { notebook } from './notebook.js';
import { canSave, saveFile } from './save-file.js';
import styles from './gru-listing.css?inline';

const FEEDBACK_MS = 2000;

/** Where the tab keeps code that controls stand beside. */
const KEY = 'gru-playground.beside';

/** Whether a label's place takes in a segment's: `input` without an axis takes in all of its axes. */
export function covers(label: Place, place: Place): boolean {
  switch (label.part) {
    case 'option':
      return place.part === 'option' && place.name === label.name;
    case 'input':
    case 'h_0':
      return place.part === label.part && (typeof label.axis !== 'number' || place.axis === label.axis);
    case 'text':
      return false;
  }
}

/** The text of code, as it is copied and saved. */
export function codeText(lines: readonly CodeLine[]): string {
  return lines.map(({ segments }) => segments.map(({ text }) => text).join('')).join('\n');
}

/** Text that nothing is known of, as lines of code. */
export function plainLines(text: string): CodeLine[] {
  return text.split('\n').map((line) => ({ segments: [{ text: line, kind: 'plain', axis: null, place: null }] }));
}

/** The parts that a line of code is broken into where it does not fit: each ends with a comma and its space. */
export function partsOf(segments: readonly Segment[]): Segment[][] {
  const parts: Segment[][] = [[]];
  let before = '';
  for (const segment of segments) {
    const whole = segment.kind === 'string' || segment.kind === 'comment';
    for (const text of whole ? [segment.text] : segment.text.split(/(?<=,\s+)(?=\S)/)) {
      if (/,\s+$/.test(before) && /^\S/.test(text)) parts.push([]);
      parts.at(-1)?.push({ ...segment, text });
      before += text;
    }
  }
  return parts;
}

/** How far a line is indented, in fours. */
function depthOf([first]: readonly Segment[]): number {
  return Math.floor((/^ */.exec(first?.text ?? '')?.[0].length ?? 0) / 4);
}

/** Whether code can be run by itself: a fragment says nothing of what it stands in. */
function isWhole(code: string): boolean {
  // A program that reads a file cannot: there is none where it would run.
  return /^\s*import torch\b/m.test(code) && !/\bopen\(/.test(code);
}

/**
 * Python in which every size has its axis' colour, with the labelled places underlined, to be copied and saved.
 *
 * A line that does not fit is broken at its commas; its text is one line all the same. What can be run by itself becomes an editor
 * in its place when that is asked for, on the page that has the editor.
 */
@customElement('gru-listing')
export class GruListing extends LitElement {
  static override styles = [baseStyles, axisStyles, buttonStyles, unsafeCSS(styles)];

  @property({ attribute: false }) lines: readonly CodeLine[] = [];
  /** What to underline; a label's text is its tooltip. */
  @property({ attribute: false }) labels: readonly Label[] = [];
  /** Which code it is, where a page has more than one: `of the module`. */
  @property() name = '';
  /** Whether it is not quite what was meant, for a typed text cannot be read. */
  @property({ type: Boolean, reflect: true }) stale = false;

  /** Whether it stays as it is: nothing in it is to be edited. */
  @property({ type: Boolean }) still = false;
  /** What controls beside it show: then they and the code hold each other once it is edited. */
  @property({ attribute: false }) shown: ShownCall | undefined;

  @state() private _feedback = '';
  /** The code in the editor; none while it is a listing. */
  @state() private _edited: string | undefined;
  /** What the controls showed when the code was kept: they have been moved since, where they show something else. */
  @state() private _shownThen: ShownCall | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What was shown when the editor was opened, or taken over since. */
  #from = '';
  /** Whether the code in the editor is another than that of the controls beside it. */
  #own = false;

  /** What was edited before a reload is there again. */
  protected override firstUpdated(): void {
    const kept = this.shown && offeredEditor() ? keptCode(KEY) : null;
    if (kept !== null) void this.#restore(kept);
  }

  async #restore(text: string): Promise<void> {
    try {
      await offeredEditor()?.();
      const { code, shown } = JSON.parse(text) as { readonly code: string; readonly shown: ShownCall };
      this.#own = true;
      this._shownThen = shown;
      this._edited = code;
      await this.updateComplete;
    } catch {
      // The code of the page is there.
    }
    this._shownThen = undefined;
  }

  /** What is set elsewhere is followed for as long as nothing was changed here. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('lines') || this._edited === undefined) return;
    const code = codeText(this.lines);
    if (this._edited === code) this.#own = false;
    else if (this.shown ? !this.#own : this._edited === this.#from) this._edited = this.#from = code;
  }

  protected override render() {
    return this._edited === undefined ? this.#listing() : this.#editor(this._edited);
  }

  #editor(edited: string) {
    const apart = this.#from !== codeText(this.lines);
    return html`<div class="editing">
      <gru-program
        inline
        .code=${edited}
        .shown=${this.#own ? (this._shownThen ?? this.shown) : undefined}
        @gru-edited=${this.#become}
      ></gru-program>
      <p class="back">
        <button type="button" class="button" @click=${this.#close}>${edited === codeText(this.lines) ? 'Close the editor' : 'Back to the code that was here'}</button>
        ${apart && !this.shown ? html`<span>What is set beside it has changed since; this code has not.</span>` : nothing}
      </p>
    </div>`;
  }

  readonly #become = ({ detail }: CustomEvent<string>): void => {
    this._edited = detail;
    if (!this.shown) return;
    this.#own = detail !== codeText(this.lines);
    keepCode(KEY, this.#own ? JSON.stringify({ code: detail, shown: this.shown }) : null);
  };

  readonly #edit = async (): Promise<void> => {
    try {
      await offeredEditor()?.();
      this._edited = this.#from = codeText(this.lines);
      this.#own = false;
      await this.updateComplete;
      await this.renderRoot.querySelector<Program>('gru-program')?.focusCode();
    } catch {
      this.#say('The editor did not load. Reload the page');
    }
  };

  readonly #close = (): void => {
    this._edited = undefined;
    if (this.shown) keepCode(KEY, null);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.edit')?.focus({ preventScroll: true }));
  };

  #listing() {
    const { lines, stale } = this;
    return html`<div class="actions">
        <span class="feedback">${this._feedback || (stale ? 'Without the shape that cannot be read' : '')}</span>
        ${this.still || stale || !offeredEditor() || !isWhole(codeText(lines))
          ? nothing
          : html`<button type="button" class="button edit" aria-label=${this.#named('Edit and run the code')} @click=${this.#edit}>Edit and run</button>`}
        <button type="button" class="button" aria-label=${this.#named('Copy the code')} @click=${this.#copy}>Copy</button>
        ${canSave()
          ? html`<button type="button" class="button" aria-label=${this.#named('Save the code as .py')} @click=${this.#savePython}>.py</button>
              <button type="button" class="button" aria-label=${this.#named('Save the code as .ipynb')} @click=${this.#saveNotebook}>.ipynb</button>`
          : nothing}
      </div>
      <pre role="region" aria-label=${this.#named('PyTorch code')}><code>${lines.map(({ segments }, index) =>
        this.#line(segments, index < lines.length - 1 ? '\n' : ''),
      )}</code></pre>`;
  }

  #line(segments: readonly Segment[], end: string) {
    return html`<span class="line depth-${depthOf(segments)}">${partsOf(segments).map(
      (part, _, { length }) => html`<span class=${length > 1 ? 'part' : ''}>${part.map((segment) => this.#segment(segment))}</span>`,
    )}${end}</span>`;
  }

  #segment({ text, kind, axis, place }: Segment) {
    const label = place ? this.labels.find((candidate) => covers(candidate.place, place)) : undefined;
    if (kind === 'plain' && !axis && !label) return text;
    return html`<span
      class="${kind} ${axis ? 'axis' : ''} ${label ? 'wrong' : ''}"
      data-axis=${axis ?? nothing}
      data-tip=${label?.text ?? (axis ? AXES[axis].sentence : nothing)}
      >${text}</span
    >`;
  }

  #named(what: string): string {
    return this.name === '' ? what : `${what} ${this.name}`;
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(codeText(this.lines));
      this.#say('Copied');
    } catch {
      this.#say('Copying is blocked here: select the code instead');
    }
  };

  #say(feedback: string): void {
    this._feedback = feedback;
    announce(this, feedback);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this._feedback = ''), FEEDBACK_MS);
  }

  readonly #savePython = (): void => {
    saveFile(new Blob([`${codeText(this.lines)}\n`], { type: 'text/x-python' }), 'gru.py');
  };

  readonly #saveNotebook = (): void => {
    saveFile(new Blob([notebook(codeText(this.lines))], { type: 'application/x-ipynb+json' }), 'gru.ipynb');
  };
}

/** What of the editor is asked for here; it is another room's. */
interface Program extends HTMLElement {
  focusCode(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-listing': GruListing;
  }
}
