import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Kind } from '../../embed/names.js';
import { reportedHeight } from '../../embed/reported-height.js';
import type { ReleaseRange } from '../../engine/engine.js';
import { HIDEABLE, OPENING, type Hideable, type PlaygroundState } from '../../state/playground-state.js';
import { announce, announcer } from '../../ui/announcer.js';
import { baseStyles } from '../../ui/base.styles.js';
import { buttonStyles } from '../../ui/button.styles.js';
import { formStyles } from '../../ui/form.styles.js';
import { publishedSite } from '../published.js';
import { dialogStyles } from './dialog.styles.js';
import { elementSnippet, frameAddress, frameSnippet, linkSnippet, SCRIPTS, type EditedCode, type Wish } from './snippets.js';

type Form = 'element' | 'frame' | 'link';

const FORMS: readonly { readonly form: Form; readonly name: string; readonly about: string }[] = [
  { form: 'element', name: 'Element', about: 'Two lines for a page of your own: the exercise is a part of it, in its colours, and tells it what is answered.' },
  { form: 'frame', name: 'Frame', about: 'For a course system that takes no scripts: the first line is enough, the second one keeps the height right.' },
  { form: 'link', name: 'Link', about: 'Opens this in the full page.' },
];

/** What a teacher may want to leave out, in the order of the page. */
const OFFERED: readonly { readonly part: Hideable; readonly name: string }[] = [
  { part: 'controls', name: 'controls' },
  { part: 'options', name: 'sizes and options' },
  { part: 'seed', name: 'seed' },
  { part: 'release', name: 'PyTorch release' },
  { part: 'advice', name: 'why, and fixes' },
  { part: 'code', name: 'code' },
  { part: 'flow', name: 'shape flow' },
  { part: 'values', name: 'values' },
  { part: 'parameters', name: 'parameters and cost' },
];

const IS_SINGLE = import.meta.env.MODE === 'single';
const UNKNOWN_SITE =
  'This file does not know where the page is published. Save it from About of the published page, which tells it, or open that page for this.';

const TOO_LONG = 'This code is too long for an address: take the element.';

const QUESTIONS = 5;
/** What a frame is high before it has said how high it is. */
const HEIGHT_PX = 640;
const FEEDBACK_MS = 2500;

/** Writes the snippet that shows what is on the screen in a page of others, with a preview of it. */
@customElement('gru-embed-dialog')
export class GruEmbedDialog extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, dialogStyles];

  @property({ attribute: false }) state: PlaygroundState = OPENING;
  @property({ attribute: false }) releases: readonly ReleaseRange[] = [];

  @state() private _kind: Kind = 'playground';
  @state() private _number = 1;
  /** The code in the editor, where that is open. */
  @state() private _code: EditedCode | undefined;
  @state() private _form: Form = 'element';
  @state() private _theme: Wish['theme'] = 'auto';
  @state() private _hide: readonly Hideable[] = [];
  @state() private _height = HEIGHT_PX;
  /** Whether this copy of the page has the scripts beside it; undefined while they are asked for. */
  @state() private _hasScripts: boolean | undefined;
  @state() private _feedback = '';
  @query('dialog') private readonly _dialog!: HTMLDialogElement;
  @query('iframe') private readonly _frame!: HTMLIFrameElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', this.#hear);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('message', this.#hear);
    clearTimeout(this.#timer);
  }

  /** What lies behind an open dialogue is not read: it has an announcer of its own. */
  protected override firstUpdated(): void {
    announcer(this._dialog, this._dialog);
  }

  /** Opens it for what is on the screen. */
  async open(kind: Kind, state: PlaygroundState, code?: EditedCode): Promise<void> {
    this._kind = kind;
    this._code = code;
    this.state = state;
    this._hide = state.hide;
    this._height = HEIGHT_PX;
    await this.updateComplete;
    this._dialog.showModal();
    // The page in one file may ask for nothing, and was saved from a page that has them.
    if (IS_SINGLE) this._hasScripts = this.#site !== undefined;
    else if (this._hasScripts !== true) this._hasScripts = await this.#askForScripts();
  }

  async #askForScripts(): Promise<boolean> {
    try {
      const response = await fetch(new URL(SCRIPTS.elements, this.#site ?? location.href));
      // Some hosts answer any address with a page.
      return response.ok && (response.headers.get('content-type') ?? '').includes('javascript');
    } catch {
      return false;
    }
  }

  /** Where this page, or the one that it was saved from, is published. */
  readonly #site = publishedSite();

  get #wish(): Wish {
    return { kind: this._kind, number: this._number, theme: this._theme, code: this._code, state: { ...this.state, hide: HIDEABLE.filter((part) => this._hide.includes(part)) } };
  }

  protected override render() {
    return html`<dialog aria-labelledby="title" @click=${this.#clickOutside}>
      <div class="box">
        <div class="top">
          <h2 id="title">Embed</h2>
          <button type="button" class="button" @click=${this.#close}>Close</button>
        </div>
        <div class="columns">
          <div class="choices">${this.#what()} ${this.#how()} ${this._kind === 'playground' ? this.#shown() : nothing}</div>
          <div class="result">${this.#snippet()} ${this.#preview()}</div>
        </div>
      </div>
    </dialog>`;
  }

  #what() {
    const chosen = this._kind === 'question' ? `question ${this._number}` : this._kind;
    const choices = [...(this._code ? ['code'] : []), 'playground', 'challenge', ...Array.from({ length: QUESTIONS }, (_, index) => `question ${index + 1}`)];
    const name = (choice: string) =>
      choice === 'code' ? 'The code in the editor' : choice === 'playground' ? 'The playground as it is' : choice === 'challenge' ? 'The challenge' : `Problem ${choice.split(' ')[1] ?? ''} alone`;
    return html`<div class="row">
      <label for="what">What</label>
      <select id="what" @change=${this.#setWhat}>
        ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === chosen}>${name(choice)}</option>`)}
      </select>
    </div>`;
  }

  #how() {
    return html`<fieldset>
        <legend>How</legend>
        <div class="forms">
          ${FORMS.map(
            ({ form, name }) => html`<label>
              <input type="radio" name="form" .value=${form} .checked=${form === this._form} @change=${() => (this._form = form)} />
              ${name}
            </label>`,
          )}
        </div>
        <p class="about">${FORMS.find(({ form }) => form === this._form)?.about}</p>
      </fieldset>
      ${this._form === 'link'
        ? nothing
        : html`<div class="row">
            <label for="theme">Theme</label>
            <select id="theme" @change=${this.#setTheme}>
              <option value="auto" ?selected=${this._theme === 'auto'}>${this._form === 'frame' ? "The reader's system" : "The page's own"}</option>
              <option value="light" ?selected=${this._theme === 'light'}>Light</option>
              <option value="dark" ?selected=${this._theme === 'dark'}>Dark</option>
            </select>
          </div>`}`;
  }

  #shown() {
    return html`<fieldset>
      <legend>Show</legend>
      <div class="parts">
        ${OFFERED.map(
          ({ part, name }) => html`<label>
            <input type="checkbox" .checked=${!this._hide.includes(part)} @change=${() => { this.#toggle(part); }} />
            ${name}
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #snippet() {
    const text = this.#text();
    if (text === undefined) {
      return html`<p class="about">
        ${this.#site === undefined ? UNKNOWN_SITE : this.#isTooLong ? TOO_LONG : this._hasScripts === undefined ? 'One moment.' : 'This copy of the page has no scripts for other pages beside it: open the published page for this, or take the link.'}
      </p>`;
    }
    return html`<div class="snippet">
      <div class="bar">
        <h3 id="snippet">Paste this</h3>
        <span class="feedback">${this._feedback}</span>
        <button type="button" class="button primary" @click=${() => this.#copy(text)}>Copy</button>
      </div>
      <pre tabindex="0" role="region" aria-labelledby="snippet"><code>${text}</code></pre>
    </div>`;
  }

  #text(): string | undefined {
    const site = this.#site;
    if (site === undefined || this.#isTooLong) return undefined;
    if (this._form === 'link') return linkSnippet(site, this.#wish);
    if (!this._hasScripts) return undefined;
    return this._form === 'frame' ? frameSnippet(site, this.#wish, this._height) : elementSnippet(site, this.#wish, this.releases);
  }

  /** Whether it is asked for in an address that cannot carry it. */
  get #isTooLong(): boolean {
    return this._kind === 'code' && this._form !== 'element' && this._code?.query === '';
  }

  #preview() {
    const site = this.#site;
    if (IS_SINGLE || site === undefined || this.#isTooLong || this._form === 'link' || !this._hasScripts) return nothing;
    return html`<div class="preview">
      <h3 id="preview">Preview</h3>
      <iframe title="Preview" src=${frameAddress(site, this.#wish)}></iframe>
    </div>`;
  }

  readonly #hear = ({ data, source }: MessageEvent<unknown>): void => {
    const height = reportedHeight(data);
    const frame = this._frame;
    if (height === undefined || frame?.contentWindow !== source) return;
    this._height = height;
    frame.style.setProperty('height', `${height}px`);
  };

  readonly #setWhat = (event: Event): void => {
    const [kind = '', number = '1'] = (event.target as HTMLSelectElement).value.split(' ');
    this._kind = kind === 'question' || kind === 'challenge' || kind === 'code' ? kind : 'playground';
    this._number = Number(number);
  };

  readonly #setTheme = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this._theme = value === 'light' || value === 'dark' ? value : 'auto';
  };

  #toggle(part: Hideable): void {
    this._hide = this._hide.includes(part) ? this._hide.filter((hidden) => hidden !== part) : [...this._hide, part];
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this._feedback = 'Copied';
    } catch {
      this._feedback = 'Copying is blocked here: select the text';
    }
    announce(this._dialog, this._feedback);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this._feedback = ''), FEEDBACK_MS);
  }

  readonly #close = (): void => {
    this._dialog.close();
  };

  /** A click on the backdrop is dispatched to the dialogue itself. */
  readonly #clickOutside = (event: Event): void => {
    if (event.target === this._dialog) this._dialog.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-embed-dialog': GruEmbedDialog;
  }
}
