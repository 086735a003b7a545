import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import { buttonStyles } from '../ui/button.styles.js';
import { formStyles } from '../ui/form.styles.js';
import { THEMES, currentTheme, setTheme } from '../ui/theme.js';
import { VIEWS, routeHash, sharedAddress, type Room, type View } from '../state/route.js';

const FEEDBACK_MS = 4000;

/** The page's header: its views, the share button, the theme. */
@customElement('gru-header')
export class GruHeader extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    formStyles,
    css`
      :host {
        display: block;
        border-bottom: 1px solid var(--gru-line);
        background: var(--gru-panel);
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--gru-space-5);
        max-width: 90rem;
        margin: 0 auto;
        padding: 0 var(--gru-space-5);
      }

      .skip {
        position: absolute;
        inset-inline-start: var(--gru-space-4);
        inset-block-start: -10rem;
        z-index: 4;
      }

      .skip:focus {
        inset-block-start: var(--gru-space-2);
      }

      .brand {
        display: inline-flex;
        align-items: center;
        gap: var(--gru-space-2);
        min-height: var(--gru-touch);
        color: var(--gru-ink);
        font-weight: 700;
        text-decoration: none;
      }

      .brand svg {
        display: block;
        flex: none;
        width: 1.5rem;
        height: 1.5rem;
      }

      .back {
        fill: #12324a;
      }

      .reset,
      .update {
        fill: none;
        stroke-width: 3;
        stroke-linecap: round;
        stroke-linejoin: round;
      }

      .reset {
        stroke: #56b4e9;
      }

      .update {
        stroke: #e69f00;
      }

      .state {
        fill: #fff;
      }

      nav ul {
        display: flex;
        gap: var(--gru-space-1);
      }

      nav a {
        position: relative;
        display: flex;
        align-items: center;
        min-height: 3.25rem;
        padding: 0 var(--gru-space-3);
        color: var(--gru-ink-2);
        font-size: var(--gru-text-s);
        font-weight: 500;
        text-decoration: none;
      }

      nav a:hover {
        color: var(--gru-ink);
      }

      nav a[aria-current] {
        color: var(--gru-ink);
      }

      nav a[aria-current]::after {
        content: '';
        position: absolute;
        inset-inline: var(--gru-space-3);
        inset-block-end: -1px;
        height: 3px;
        border-radius: 3px 3px 0 0;
        background: var(--gru-fill);
      }

      .actions {
        display: flex;
        flex: 1;
        align-items: center;
        justify-content: flex-end;
        gap: var(--gru-space-2);
      }

      .feedback {
        color: var(--gru-ink-2);
        font-size: var(--gru-text-xs);
      }

      .theme {
        position: relative;
      }

      .theme svg {
        position: absolute;
        inset-block-start: calc(50% - 0.5rem);
        inset-inline-start: var(--gru-space-2);
        width: 1rem;
        height: 1rem;
        fill: var(--gru-ink-2);
        pointer-events: none;
      }

      .rim {
        fill: none;
        stroke: var(--gru-ink-2);
        stroke-width: 1.5;
      }

      select {
        padding-inline-start: 2rem;
        border-color: transparent;
        background: transparent;
        font-weight: 500;
        cursor: pointer;
      }

      @media (max-width: 40rem) {
        /* As many rows whatever the typeface: nothing moves when it arrives. */
        header {
          display: grid;
          grid-template-columns: minmax(0, 1fr) max-content;
          gap: 0 var(--gru-space-2);
          padding: 0 var(--gru-space-4);
        }

        .brand {
          overflow: hidden;
          white-space: nowrap;
        }

        nav {
          order: 3;
          grid-column: 1 / -1;
          margin: 0 calc(-1 * var(--gru-space-3));
        }

        nav a {
          min-height: var(--gru-touch);
        }

        .feedback {
          position: absolute;
          inset-inline-end: var(--gru-space-4);
          inset-block-start: 3.75rem;
          padding: var(--gru-space-1) var(--gru-space-2);
        }
      }

      @media (max-width: 24rem) {
        header {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property() view: View = 'play';
  /** The room of the lab that was entered last. */
  @property() room: Room = 'train';
  /** The query that leads back to the playground as it was left. */
  @property({ attribute: false }) query = '';

  @state() private _feedback = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override render() {
    return html`<header>
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
        GRU Playground
      </a>
      <nav aria-label="Views">
        <ul>
          ${VIEWS.map(
            ({ view, name }) =>
              html`<li>
                <a href=${routeHash(view, view === 'play' ? this.query : '', this.room)} aria-current=${view === this.view ? 'page' : nothing}>${name}</a>
              </li>`,
          )}
        </ul>
      </nav>
      <div class="actions">
        <span class="feedback">${this._feedback}</span>
        <button type="button" class="button quiet" @click=${this.#share}>Share</button>
        <button type="button" class="button quiet" @click=${() => this.dispatchEvent(new CustomEvent('gru-embed'))}>Embed</button>
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
    'gru-skip': CustomEvent<null>;
  }
}
