import type { LitElement, ReactiveController } from 'lit';

/** What takes the focus by itself. */
const STOPS = 'button, a[href], input, select, textarea, summary, [tabindex="0"]';

/** Somewhere around what has the focus, and the how manyeth stop in it that is. */
interface Place {
  readonly within: HTMLElement | ShadowRoot;
  readonly index: number;
}

/**
 * Leads the focus on when an update took away or disabled what had it, and nobody else led it: a button that goes when
 * it is pressed must not throw the keyboard back to the top of the page.
 *
 * By itself it leads to what stands in the same place now; where nothing does, to the nearest part around that takes the focus.
 */
export class KeepFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #lead: (lost: Element) => void;
  #held: Element | null = null;
  #places: readonly Place[] = [];

  constructor(host: LitElement, lead?: (lost: Element) => void) {
    this.#host = host;
    this.#lead = lead ?? (() => { this.#leadNearby(); });
    host.addController(this);
  }

  hostUpdate(): void {
    const root = this.#host.shadowRoot;
    this.#held = root?.activeElement ?? null;
    this.#places = root && this.#held ? placesOf(this.#held, root) : [];
  }

  hostUpdated(): void {
    const held = this.#held;
    this.#held = null;
    if (held && isLost(held)) void this.#leadOn(held);
  }

  async #leadOn(held: Element): Promise<void> {
    await this.#host.updateComplete;
    const { activeElement, body } = document;
    const nowhere = activeElement === null || activeElement === body || this.#host.shadowRoot?.activeElement === held;
    if (nowhere && this.#host.isConnected && isLost(held)) this.#lead(held);
  }

  #leadNearby(): void {
    for (const { within, index } of this.#places) {
      if (!within.isConnected) continue;
      const stops = stopsIn(within);
      const next = stops[Math.min(index, stops.length - 1)] ?? (takesFocus(within) ? within : undefined);
      if (next) {
        next.focus({ preventScroll: true });
        return;
      }
    }
    // Nothing is left in here.
    for (let node: Node | null = this.#host; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
      if (!takesFocus(node)) continue;
      node.focus({ preventScroll: true });
      return;
    }
  }
}

function placesOf(held: Element, root: ShadowRoot): Place[] {
  const places: Place[] = [];
  for (let element = held.parentElement; element; element = element.parentElement) places.push({ within: element, index: stopsIn(element).indexOf(held as HTMLElement) });
  places.push({ within: root, index: stopsIn(root).indexOf(held as HTMLElement) });
  return places.map(({ within, index }) => ({ within, index: Math.max(0, index) }));
}

function stopsIn(place: ParentNode): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => !stop.matches(':disabled') && stop.tabIndex >= 0 && stop.checkVisibility());
}

function takesFocus(node: Node): node is HTMLElement {
  return node instanceof HTMLElement && node.hasAttribute('tabindex');
}

function isLost(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled');
}
