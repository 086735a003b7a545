/**
 * Does something at once after every change, until changes come too fast; then at every interval, the last one for certain.
 *
 * Browsers refuse more than about 100 changes of the address in 30 seconds, and one that is still on its way when the page is
 * reloaded is lost: so it must be both sparing and prompt.
 */
export class Pace {
  /** How many can be done in one go. */
  static readonly BURST = 20;
  /** How long it takes until one more can be done. */
  static readonly INTERVAL_MS = 400;

  readonly #action: () => void;
  #left = Pace.BURST;
  #refilled = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(action: () => void) {
    this.#action = action;
  }

  /** Something has changed. */
  changed(): void {
    if (this.#timer !== undefined) return;
    this.#refill();
    if (this.#left > 0) this.now();
    else {
      this.#timer = setTimeout(() => {
        this.#refill();
        this.now();
      }, Pace.INTERVAL_MS);
    }
  }

  /** Does it now, whatever the pace. */
  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left = Math.max(0, this.#left - 1);
    this.#action();
  }

  #refill(): void {
    const intervals = Math.floor((performance.now() - this.#refilled) / Pace.INTERVAL_MS);
    this.#left = Math.min(Pace.BURST, this.#left + intervals);
    this.#refilled += intervals * Pace.INTERVAL_MS;
  }
}
