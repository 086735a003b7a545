/**
 * Where a run is kept: one entry of localStorage under a versioned key.
 *
 * What cannot be read is moved to a second key and never destroyed; where nothing can be kept at all, the store says
 * so and the run lives in memory.
 */

/** The entry that holds the quiz's state. A later form of it gets another number here. */
export const RUN_KEY = 'gru-playground:challenge:1';
/** Where unreadable entries go; a second one gets `:2`, and so on. */
export const ASIDE_KEY = 'gru-playground:challenge:set-aside';

/** The part of `Storage` that is used; tests give their own. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was found: a state is an object whose meaning only the core can judge; `foreign` is not even that. */
export type Found =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'state'; readonly state: object }
  | { readonly kind: 'foreign' };

const MOST_ASIDE = 100;

/** The page's localStorage, or undefined where it is missing, blocked or cannot be written. */
export function pageStorage(): Storage | undefined {
  try {
    // Typed as always there; it is null in some embedded pages and throws where cookies are blocked.
    const storage = window.localStorage as Storage | null;
    if (!storage) return undefined;
    const probe = `${RUN_KEY}:probe`;
    storage.setItem(probe, '1');
    storage.removeItem(probe);
    return storage;
  } catch {
    return undefined;
  }
}

/** Reads an entry's text. */
export function parseEntry(text: string | null): Found {
  if (text === null) return { kind: 'nothing' };
  try {
    const state: unknown = JSON.parse(text);
    if (typeof state === 'object' && state !== null && !Array.isArray(state)) return { kind: 'state', state };
  } catch {
    // Not JSON: foreign.
  }
  return { kind: 'foreign' };
}

export class RunStore {
  #storage: KeyValue | undefined;

  constructor(storage: KeyValue | undefined) {
    this.#storage = storage;
  }

  /** Whether states are kept; false from the start, or from the first write that failed. */
  get keeps(): boolean {
    return this.#storage !== undefined;
  }

  find(): Found {
    try {
      return parseEntry(this.#storage?.getItem(RUN_KEY) ?? null);
    } catch {
      this.#storage = undefined;
      return { kind: 'nothing' };
    }
  }

  /** Keeps a state; returns whether it could be kept. */
  keep(state: object): boolean {
    return this.#try((storage) => { storage.setItem(RUN_KEY, JSON.stringify(state)); });
  }

  /** Forgets the run. */
  clear(): void {
    this.#try((storage) => { storage.removeItem(RUN_KEY); });
  }

  /**
   * Moves what stands under the run's key to the first free key for such things.
   *
   * Where it cannot be moved (no room), it stays where it is and nothing is kept from then on.
   */
  setAside(): void {
    this.#try((storage) => {
      const text = storage.getItem(RUN_KEY);
      if (text === null) return;
      storage.setItem(freeKey(storage, text), text);
      storage.removeItem(RUN_KEY);
    });
  }

  #try(action: (storage: KeyValue) => void): boolean {
    if (!this.#storage) return false;
    try {
      action(this.#storage);
      return true;
    } catch {
      this.#storage = undefined;
      return false;
    }
  }
}

/** The key for a text to be set aside: a free one, or the one that already holds the same text. */
function freeKey(storage: KeyValue, text: string): string {
  for (let number = 1; number <= MOST_ASIDE; number++) {
    const key = number === 1 ? ASIDE_KEY : `${ASIDE_KEY}:${number}`;
    const there = storage.getItem(key);
    if (there === null || there === text) return key;
  }
  throw new Error('no free key');
}
