import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formStyles } from '../ui/form.styles.js';
import { THEMES, currentTheme, setTheme } from '../ui/theme.js';
import { VIEWS, routeHash, sharedAddress, type Room, type View } from '../state/route.js';
import styles from './gru-header.css?inline';

const FEEDBACK_MS = 4000;
/** The views that stand in the menu where there is no room for all of them. */
const SECOND: ReadonlySet<View> = new Set(['practice', 'mending', 'claims', 'glossary', 'about']);

/** The views in the header: About, the challenge and the search lead to those that are left. */
const ELSEWHERE: ReadonlySet<View> = new Set(['log', 'measure', 'bank', 'privacy']);
const LISTED = VIEWS.filter(({ view }) => !ELSEWHERE.has(view));

/** The page's header: its views, the share button, the theme. */
@customElement('gru-header')
export class GruHeader extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, unsafeCSS(styles)];

  @property() view: View = 'play';
  /** The room of the lab that was entered last. */
  @property() room: Room = 'train';
  /** The query that leads back to the playground as it was left. */
  @property({ attribute: false }) query = '';

  @state() private _feedback = '';
  /** Whether the menu is open that has the actions where there is no room for them. */
  @state() private _open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#outside);
  }

  protected override render() {
    return html`<header @keydown=${this.#key}>
      <button type="button" class="button primary skip" @click=${() => this.dispatchEvent(new CustomEvent('gru-skip'))}>
        Skip to the content
      </button>
      <a class="brand" href="#play">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect class="back" width="32" height="32" rx="7"></rect>
          <path class="reset" d="M9 21V11h9"></path>
          <path class="update" d="M23 11v10h-9"></path>
          <circle class="state" cx="16" cy="16" r="2.6"></circle>
        </svg>
        <span class="title">GRU Playground</span>
      </a>
      <nav aria-label="Views">
        <ul>
          ${LISTED.map(({ view, name }) => html`<li class=${SECOND.has(view) ? 'second' : ''}>${this.#link(view, name)}</li>`)}
        </ul>
      </nav>
      <button type="button" class="button search" aria-label="Search" aria-keyshortcuts="Control+K Meta+K" aria-haspopup="dialog" data-tip="Search: Ctrl+K" @click=${() => this.dispatchEvent(new CustomEvent('gru-search'))}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5" /><path d="M10.5 10.5L14 14" /></svg>
        <span>Search</span>
      </button>
      <button
        type="button"
        class="button quiet menu"
        aria-label="Menu"
        aria-expanded=${String(this._open)}
        aria-controls="actions"
        @click=${() => (this._open = !this._open)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" /></svg>
      </button>
      <div id="actions" class="actions ${this._open ? 'open' : ''}">
        <nav class="seconds" aria-label="More views">
          <ul>
            ${LISTED.map(({ view, name }) => (SECOND.has(view) ? html`<li @click=${() => (this._open = false)}>${this.#link(view, name)}</li>` : nothing))}
          </ul>
        </nav>
        <span class="feedback">${this._feedback}</span>
        <button type="button" class="button quiet" @click=${this.#share}>Share</button>
        <button type="button" class="button quiet" @click=${this.#embed}>Embed</button>
        <span class="theme">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <circle class="rim" cx="8" cy="8" r="6.25"></circle>
            <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z"></path>
          </svg>
          <select aria-label="Theme" @change=${this.#theme}>
            ${THEMES.map(
              (theme) =>
                html`<option value=${theme} ?selected=${theme === currentTheme()}>
                  ${{ system: 'System', light: 'Light', dark: 'Dark' }[theme]}
                </option>`,
            )}
          </select>
        </span>
      </div>
    </header>`;
  }

  #link(view: View, name: string) {
    return html`<a href=${routeHash(view, view === 'play' ? this.query : '', this.room)} aria-current=${view === this.view ? 'page' : nothing}>${name}</a>`;
  }

  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this._open = false;
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this._open) return;
    this._open = false;
    this.#menu?.focus();
  };

  /** The dialogue gives the focus back to what stays. */
  readonly #embed = (): void => {
    if (this._open) this.#menu?.focus();
    this._open = false;
    this.dispatchEvent(new CustomEvent('gru-embed'));
  };

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector('.menu');
  }

  readonly #theme = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    setTheme(THEMES.find((theme) => theme === value) ?? 'system');
  };

  readonly #share = async (): Promise<void> => {
    // The address is brought up to date first: a change may still be on its way there.
    this.dispatchEvent(new CustomEvent('gru-share', { bubbles: true, composed: true }));
    const href = sharedAddress(location.href);
    if (matchMedia('(pointer: coarse)').matches && 'share' in navigator) {
      try {
        await navigator.share({ title: document.title, url: href });
        return;
      } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') return;
      }
    }
    try {
      await navigator.clipboard.writeText(href);
      this.#say('Link copied');
    } catch {
      this.#say('Copying is blocked here: the link is in the address bar');
    }
  };

  #say(feedback: string): void {
    this._feedback = feedback;
    announce(this, feedback);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this._feedback = ''), FEEDBACK_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-header': GruHeader;
  }
  interface HTMLElementEventMap {
    'gru-share': CustomEvent<null>;
    'gru-embed': CustomEvent<null>;
    'gru-search': CustomEvent<null>;
    'gru-skip': CustomEvent<null>;
  }
}
