/** So long after the last change, what was set has settled. */
const SETTLED_MS = 1000;

/**
 * Tells the change that begins a step to go back from, from those that go on with it: a drag, or all that is typed in one visit to a
 * field, is one step.
 */
export class Steps {
  #settled = true;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #typing: () => boolean;

  /** `typing` tells whether the focus is where one types. */
  constructor(typing: () => boolean = typingNow) {
    this.#typing = typing;
  }

  /** Something was changed: whether a step begins with it. */
  begins(): boolean {
    const begins = this.#settled;
    this.#settled = false;
    this.#wait();
    return begins;
  }

  /** What comes next is a step of its own. */
  settle(): void {
    clearTimeout(this.#rest);
    this.#settled = true;
  }

  #wait(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      if (this.#typing()) this.#wait();
      else this.#settled = true;
    }, SETTLED_MS);
  }
}

function typingNow(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (focused instanceof HTMLElement && focused.isContentEditable) return true;
  return focused instanceof HTMLTextAreaElement || (focused instanceof HTMLInputElement && focused.type === 'text');
}
