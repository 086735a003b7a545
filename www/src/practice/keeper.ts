/** What practice keeps in this browser: the core says what follows an answer, this remembers it. */
import type { ComeBackEntry, PracticeProgress } from '../engine/engine.js';
import type { PracticeCore } from '../engine/practice.js';
import { COME_BACK_KEY, PROGRESS_KEY } from './keys.js';

/** The part of `Storage` that is used; tests give their own. */
export type PracticeStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The day of a learner's own calendar, as a number that grows by one a day. */
export function dayOf(date: Date): number {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * MINUTE_MS) / DAY_MS);
}

/** A seed for a question that nobody has seen. */
export function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

export class PracticeKeeper {
  readonly #core: PracticeCore;
  readonly #storage: PracticeStore | undefined;
  readonly #today: () => number;
  #progress: PracticeProgress;
  #entries: readonly ComeBackEntry[] = [];

  constructor(core: PracticeCore, storage: PracticeStore | undefined, today: () => number = () => dayOf(new Date())) {
    this.#core = core;
    this.#storage = storage;
    this.#today = today;
    this.#progress = core.shelf().start;
    this.read();
  }

  /** Takes up what is kept: another tab may have changed it. What the core cannot read is as if it were not there. */
  read(): void {
    const entries = this.#kept(COME_BACK_KEY) as readonly ComeBackEntry[] | undefined;
    const progress = this.#kept(PROGRESS_KEY) as PracticeProgress | undefined;
    try {
      if (entries) this.#core.due(entries, 0);
      this.#entries = entries ?? [];
    } catch {
      this.#entries = [];
    }
    try {
      if (progress) this.#core.next(progress, [], 0);
      this.#progress = progress ?? this.#progress;
    } catch {
      // It begins anew.
    }
  }

  get progress(): PracticeProgress {
    return this.#progress;
  }

  /** What is due today, the longest due first: generators, and `card/` with a term. */
  due(): readonly string[] {
    return this.#core.due(this.#entries, this.#today());
  }

  /** An answer to a question: the level, the tallies and what comes back follow. */
  answered(generator: string, right: boolean, confidence: number): void {
    this.read();
    this.#progress = this.#core.after(this.#progress, generator, right, confidence);
    this.#keep(PROGRESS_KEY, this.#progress);
    this.told(generator, right);
  }

  /** What comes back follows alone: of a card, or of a question that was asked elsewhere. */
  told(item: string, right: boolean): void {
    this.#entries = this.#core.comeBackAfter(this.#entries, item, right, this.#today());
    if (this.#entries.length > 0) this.#keep(COME_BACK_KEY, this.#entries);
    else this.#try((storage) => { storage.removeItem(COME_BACK_KEY); });
  }

  /** An item that nothing asks any more leaves. */
  forget(item: string): void {
    this.#entries = this.#entries.filter((entry) => entry.item !== item);
    this.#keep(COME_BACK_KEY, this.#entries);
  }

  #kept(key: string): object | undefined {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(key) ?? 'null');
      return typeof kept === 'object' && kept !== null ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  #keep(key: string, value: unknown): void {
    this.#try((storage) => { storage.setItem(key, JSON.stringify(value)); });
  }

  #try(action: (storage: PracticeStore) => void): void {
    try {
      if (this.#storage) action(this.#storage);
    } catch {
      // Then for this visit only.
    }
  }
}

/** The page's localStorage, or undefined where it is blocked. */
export function practiceStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
