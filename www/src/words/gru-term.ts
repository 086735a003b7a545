import { LitElement, html, nothing, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../ui/announcer.js';
import { baseStyles } from '../ui/base.styles.js';
import styles from './gru-term.css?inline';
import type * as Terms from './terms.js';
import type { Term, TermId } from './terms.js';

const GAP_PX = 6;

/** Who begins to use the page may come to a term: what it says is loaded then, so that a first visit does not wait for it. */
const USE = ['pointermove', 'keydown', 'touchstart'] as const;

let loading: Promise<typeof Terms> | undefined;

/** Asks for the terms; a load that failed is tried again when it is next asked for. */
function terms(): Promise<typeof Terms> {
  loading ??= import('./terms.js').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * A word that is explained where it stands, in one sentence: under the pointer and the keyboard's focus by the page's tooltip, and
 * by a press, with the way to the glossary.
 */
@customElement('gru-term')
export class GruTerm extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @property() of!: TermId;
  @state() private _term: Term | undefined;
  @state() private _open = false;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of USE) addEventListener(type, this.#used, { once: true, passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of USE) removeEventListener(type, this.#used);
  }

  protected override render() {
    const { sentence } = this._term ?? {};
    // A button is a box of its own, which would neither break across lines nor stand close to a comma; and no space may stand in here.
    return html`<span role="button" tabindex="0" class="word" aria-description=${sentence ?? nothing} data-tip=${sentence ?? nothing} @pointerenter=${this.#load} @focus=${this.#load} @click=${this.#open} @keydown=${this.#key}><slot></slot></span>${this._open && this._term ? html`<span popover="auto" class="says" @toggle=${this.#toggle}>${this.#says(this._term)}</span>` : nothing}`;
  }

  #says({ id, name, sentence }: Term) {
    return html`<b>${name}</b> <span>${sentence}</span> <a href="#glossary?term=${id}">In the glossary</a>`;
  }

  readonly #used = (): void => {
    void this.#load();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    void this.#open();
  };

  readonly #toggle = ({ newState }: ToggleEvent): void => {
    this._open = newState === 'open';
  };

  readonly #load = async (): Promise<void> => {
    if (this._term?.id === this.of) return;
    try {
      const { termOf } = await terms();
      this._term = termOf(this.of);
    } catch {
      // The word stands there all the same.
    }
  };

  /** Shows it under the word: a tooltip cannot be had by touch, and has no link. */
  readonly #open = async (): Promise<void> => {
    await this.#load();
    this._open = true;
    await this.updateComplete;
    const popover = this.renderRoot.querySelector<HTMLElement>('.says');
    const word = this.renderRoot.querySelector('.word');
    if (!popover || !word || !this._term) return;
    popover.showPopover();
    const at = word.getBoundingClientRect();
    const { width, height } = popover.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const below = at.bottom + GAP_PX;
    popover.style.left = `${Math.max(GAP_PX, Math.min(at.left, room - width - GAP_PX))}px`;
    popover.style.top = `${below + height > innerHeight ? Math.max(GAP_PX, at.top - height - GAP_PX) : below}px`;
    announce(this, this._term.sentence);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-term': GruTerm;
  }
}
