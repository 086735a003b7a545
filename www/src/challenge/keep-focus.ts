import type { LitElement, ReactiveController } from 'lit';

/**
 * Leads the focus on when an update took away or disabled what had it, and nobody else led it: a button that goes when
 * it is pressed must not throw the keyboard back to the top of the page.
 */
export class KeepFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #lead: (lost: Element) => void;
  #held: Element | null = null;

  constructor(host: LitElement, lead: (lost: Element) => void) {
    this.#host = host;
    this.#lead = lead;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#held = this.#host.shadowRoot?.activeElement ?? null;
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
}

function isLost(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled');
}
