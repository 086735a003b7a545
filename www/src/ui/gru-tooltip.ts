import { LitElement, html, unsafeCSS } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { attend, type Path } from './attention.js';
import { baseStyles } from './base.styles.js';
import styles from './gru-tooltip.css?inline';

const DELAY_MS = 350;
/** The way from what is explained to its explanation takes so long at most. */
const GRACE_MS = 300;
const GAP_PX = 8;
/** Keys that go on to something else, or to nothing by themselves. */
const PASSING = ['Tab', 'Shift', 'Control', 'Alt', 'Meta'];

/** The innermost element on a path that carries `data-tip`. */
function tipOf(path: Path): Element | undefined {
  return path.find((element) => element.hasAttribute('data-tip'));
}

/** A label's explanation is its field's too. */
function tipOfLabel([field]: Path): Element | undefined {
  const labels = (field as HTMLInputElement | undefined)?.labels ?? [];
  return [...labels].find((label) => label.hasAttribute('data-tip'));
}

/**
 * Shows the `data-tip` of whatever is hovered or focused by keyboard within the element in whose shadow root it lies: one for
 * the page, one for each element in a page of others.
 *
 * It is for eyes only: whoever carries `data-tip` also says it in its accessible name or description. It stays while the pointer
 * is on it, so that it can be read enlarged, and goes with the focus, with Escape and with any other key that does something.
 */
@customElement('gru-tooltip')
export class GruTooltip extends LitElement {
  static override styles = [baseStyles, unsafeCSS(styles)];

  @state() private _text = '';
  #anchor: Element | undefined;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    const scope = root instanceof ShadowRoot && root.host instanceof HTMLElement ? root.host : document.documentElement;
    this.#stop = attend(scope, {
      pointed: (path) => { this.#point(path); },
      focused: (path, byKey) => {
        this.#hide();
        const anchor = byKey ? (tipOf(path) ?? tipOfLabel(path)) : undefined;
        if (anchor) this.#show(anchor, 0);
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hide();
    this.#stop?.();
  }

  protected override render() {
    return html`<div popover="manual" aria-hidden="true">${this._text}</div>`;
  }

  #point(path: Path): void {
    const anchor = path.includes(this) ? this.#anchor : tipOf(path);
    clearTimeout(this.#timer);
    if (anchor === this.#anchor) {
      // Back in time, or on the explanation itself.
      if (anchor && !this.#isOpen) this.#show(anchor, DELAY_MS);
    } else if (!this.#isOpen) {
      this.#hide();
      if (anchor) this.#show(anchor, DELAY_MS);
    } else {
      this.#timer = setTimeout(() => {
        this.#hide();
        if (anchor) this.#show(anchor, 0);
      }, GRACE_MS);
    }
  }

  get #isOpen(): boolean {
    return this.#popover()?.matches(':popover-open') ?? false;
  }

  readonly #key = ({ key }: KeyboardEvent): void => {
    if (!PASSING.includes(key)) this.#hide();
  };

  readonly #press = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#hide();
  };

  readonly #hide = (): void => {
    clearTimeout(this.#timer);
    this.#anchor = undefined;
    document.removeEventListener('keydown', this.#key);
    document.removeEventListener('pointerdown', this.#press);
    document.removeEventListener('scroll', this.#hide, { capture: true });
    const popover = this.#popover();
    if (popover?.matches(':popover-open')) popover.hidePopover();
  };

  #popover(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[popover]');
  }

  #show(anchor: Element, delay: number): void {
    clearTimeout(this.#timer);
    this.#anchor = anchor;
    // Wherever the key is pressed or the page is scrolled, and only for as long as there is something to hide.
    document.addEventListener('keydown', this.#key);
    document.addEventListener('pointerdown', this.#press);
    document.addEventListener('scroll', this.#hide, { capture: true, passive: true });
    this.#timer = setTimeout(() => void this.#place(anchor), delay);
  }

  async #place(anchor: Element): Promise<void> {
    this._text = anchor.getAttribute('data-tip') ?? '';
    await this.updateComplete;
    const popover = this.#popover();
    if (!popover || !anchor.isConnected || this.#anchor !== anchor) return;
    popover.showPopover();
    const target = anchor.getBoundingClientRect();
    const { width, height } = popover.getBoundingClientRect();
    const left = Math.max(GAP_PX, Math.min(target.left + target.width / 2 - width / 2, document.documentElement.clientWidth - width - GAP_PX));
    const above = target.top - height - GAP_PX;
    popover.style.left = `${left}px`;
    popover.style.top = `${above < GAP_PX ? target.bottom + GAP_PX : above}px`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gru-tooltip': GruTooltip;
  }
}
