/**
 * Where the weights in use are kept: in memory for the page, and in IndexedDB for the next visit.
 *
 * Where nothing can be kept (no storage, no room, too large), they are used all the same, and the store says so.
 */
import { createStore, del, get, set } from 'idb-keyval';
import type { UsedWeights } from './used.js';

/** What can hold one value from one visit to the next. */
export interface Shelf {
  get: () => Promise<unknown>;
  put: (value: unknown) => Promise<void>;
  clear: () => Promise<void>;
}

/** A later form of the entry gets another number. */
const KEY = 'used:1';
const DATABASE = 'gru-playground';
const OBJECTS = 'weights';
/** More is not kept: browsers give a page room for this much without asking. */
export const KEPT_BYTES = 64_000_000;

const PATIENCE_MS = 500;

/** Whether the weights in use will be there at the next visit, and if not, why. */
export type Keeping = 'kept' | 'too-large' | 'no-storage';

export class WeightsStore {
  used: UsedWeights | undefined;
  keeping: Keeping = 'kept';
  /** Settled when what was kept is there, or is slow to come. */
  readonly ready: Promise<void>;
  readonly #shelf: Shelf;
  readonly #listeners = new Set<() => void>();

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    // A database that does not answer must not hold up the page: what it says later still counts.
    this.ready = Promise.race([this.#restore(), new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }

  /** Calls a listener after every change; returns how to stop that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Uses weights from now on. */
  async use(weights: UsedWeights): Promise<void> {
    this.used = weights;
    this.keeping = weights.numbers.byteLength > KEPT_BYTES ? 'too-large' : 'kept';
    this.#tell();
    try {
      // What was kept before is not what is used: it must not come back.
      if (this.keeping === 'too-large') await this.#shelf.clear();
      else await this.#shelf.put(weights);
    } catch {
      if (this.used === weights && this.keeping === 'kept') {
        this.keeping = 'no-storage';
        this.#tell();
      }
    }
  }

  /** Goes back to drawn weights. */
  async forget(): Promise<void> {
    this.used = undefined;
    this.#tell();
    try {
      await this.#shelf.clear();
    } catch {
      // Nothing can be kept here, so nothing was.
    }
  }

  async #restore(): Promise<void> {
    try {
      const kept = await this.#shelf.get();
      if (this.used || !isUsed(kept)) return;
      this.used = kept;
      this.#tell();
    } catch {
      // Nothing is kept here.
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Whether what stood under our key is ours: another program may have written there. */
function isUsed(value: unknown): value is UsedWeights {
  if (typeof value !== 'object' || value === null) return false;
  const { name, config, numbers, load } = value as Partial<Record<keyof UsedWeights, unknown>>;
  return typeof name === 'string' && typeof config === 'object' && config !== null && numbers instanceof Float32Array && Array.isArray(load);
}

/** The page's IndexedDB; every use rejects where there is none. */
export function databaseShelf(): Shelf {
  const objects = createStore(DATABASE, OBJECTS);
  return { get: () => get(KEY, objects), put: (value) => set(KEY, value, objects), clear: () => del(KEY, objects) };
}

let store: WeightsStore | undefined;

/** The page's store. */
export function weightsStore(): WeightsStore {
  store ??= new WeightsStore(databaseShelf());
  return store;
}
