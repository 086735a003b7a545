/** Whether letters and digits are keys of the challenge: kept apart from the run, and without storage for this visit. */
import type { KeyValue } from './store.js';

const KEY = 'gru-playground:challenge:keys';

export class KeyPreference {
  readonly #storage: KeyValue | undefined;
  #letters = true;

  constructor(storage: KeyValue | undefined) {
    this.#storage = storage;
    try {
      this.#letters = storage?.getItem(KEY) !== 'off';
    } catch {
      // Then they are on.
    }
  }

  get letters(): boolean {
    return this.#letters;
  }

  set letters(on: boolean) {
    this.#letters = on;
    try {
      this.#storage?.setItem(KEY, on ? 'on' : 'off');
    } catch {
      // Then for this visit only.
    }
  }
}
