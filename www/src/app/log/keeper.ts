/** Keeps the log of answers in this browser; where nothing can be kept, in the tab. */
import type { AttemptTools, LogChange } from '../../engine/engine.js';
import type { AttemptMade } from '../../state/attempt.js';

export const LOG_KEY = 'gru-playground:log:1';
/** What could not be read as a log, unchanged. */
export const ASIDE_KEY = 'gru-playground:log:set-aside';

/** What can be done with a place that keeps texts. */
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class LogKeeper {
  readonly #store: Store | undefined;
  /** What could not be kept. */
  #here: string | undefined;
  #keeps = true;

  readonly #listeners = new Set<() => void>();

  constructor(store: Store | undefined) {
    this.#store = store;
    this.#keeps = store !== undefined;
  }

  /** Whether it outlives the tab, as far as it has been tried. */
  get keeps(): boolean {
    return this.#keeps;
  }

  /** The log as it is kept; another tab may have written it. */
  get text(): string | undefined {
    if (this.#here !== undefined) return this.#here;
    return this.#store?.getItem(LOG_KEY) ?? undefined;
  }

  /** What was set aside. */
  get aside(): string | undefined {
    return this.#store?.getItem(ASIDE_KEY) ?? undefined;
  }

  /** Keeps a changed log, and says whether it outlives the tab. */
  write({ text, set_aside: isAside }: LogChange): boolean {
    try {
      if (!this.#store) throw new Error('There is no store.');
      const before = this.#store.getItem(LOG_KEY);
      // What was set aside first stays: it is the older.
      if (isAside && before !== null && this.#store.getItem(ASIDE_KEY) === null) this.#store.setItem(ASIDE_KEY, before);
      this.#store.setItem(LOG_KEY, text);
      this.#here = undefined;
      this.#keeps = true;
    } catch {
      this.#here = text;
      this.#keeps = false;
    }
    for (const changed of this.#listeners) changed();
    return this.#keeps;
  }

  /** Hears of what is kept in this tab; what is given back ends it. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => { this.#listeners.delete(changed); };
  }

  /** Adds an answer at a time. What is read is read at once before it is written, so that two tabs lose nothing. */
  add(tools: AttemptTools, attempt: AttemptMade, at: Date): boolean {
    const change = tools.add(this.text, { at: at.toISOString(), ...attempt });
    // What another tab has written while nothing could be kept here comes in too.
    const theirs = this.#here === undefined ? null : (this.#store?.getItem(LOG_KEY) ?? null);
    const both = theirs === null ? null : tools.take(change.text, theirs).change;
    return this.write(both ?? change);
  }

  forget(): void {
    this.#here = undefined;
    this.#store?.removeItem(LOG_KEY);
    this.#store?.removeItem(ASIDE_KEY);
  }
}

function store(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    // A frame without an origin.
    return undefined;
  }
}

/** The page's one keeper. */
export const keeper = new LogKeeper(store());
