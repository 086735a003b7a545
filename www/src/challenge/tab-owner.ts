/**
 * Which tab plays the run, when the page is open in several.
 *
 * The tab that plays holds a lock (Web Locks, where the browser has them) and writes its name beside the run. Before
 * each save it looks whether the name is still its own, so that a tab that slept through being replaced overwrites
 * nothing. Without Web Locks, as on plain http, a tab that wants the run asks the named one whether it lives.
 */
import type { KeyValue } from './store.js';

export const OWNER_KEY = 'gru-playground:challenge:owner';
export const ASK_KEY = 'gru-playground:challenge:ask';
export const ANSWER_KEY = 'gru-playground:challenge:answer';
const LOCK = 'gru-playground:challenge';

/** How long a living tab may take to answer; a busy one still answers well within it. */
export const PATIENCE_MS = 700;
/** A page that is being reloaded lets go of its lock a moment after its successor starts: how often and how long to wait. */
const RETRIES = 4;
const RETRY_MS = 60;
/** Two tabs that claim at once without locks both write their name: this much later, the last one counts. */
export const SETTLE_MS = 60;

/** The part of `LockManager` that is used. */
export interface Locks {
  request<T>(name: string, options: LockOptions, callback: (lock: Lock | null) => T | Promise<T>): Promise<T>;
}

/** What a tab needs of the browser. */
export interface TabEnvironment {
  readonly storage: KeyValue | undefined;
  readonly locks: Locks | undefined;
  /** Hears what other tabs write; returns how to stop. */
  readonly onStorage: (listener: (event: { key: string | null; newValue: string | null }) => void) => () => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What a tab is told about its run. */
export interface TabListener {
  /** Another tab takes the run over and this one still has it: the moment to save. */
  readonly beforeYield: () => void;
  /** The run is no longer this tab's. */
  readonly onLost: () => void;
}

/** The owner's name after it let go; no name at all means that someone emptied the storage. */
const NOBODY = '';

interface Ask {
  readonly what: 'alive' | 'yield';
  readonly id: string;
}

export class TabOwner {
  readonly #environment: TabEnvironment;
  readonly #name = crypto.getRandomValues(new Uint32Array(2)).join('-');
  readonly #listener: TabListener;
  readonly #stop: () => void;
  readonly #answered = new Set<string>();
  #mine = false;
  #letGo: (() => void) | undefined;

  constructor(environment: TabEnvironment, listener: TabListener) {
    this.#environment = environment;
    this.#listener = listener;
    this.#stop = environment.onStorage(({ key, newValue }) => {
      if (key === ASK_KEY) this.#hearAsk(newValue);
      else if (key === ANSWER_KEY && newValue !== null) this.#answered.add(newValue);
    });
  }

  /** Whether the run is this tab's, looked up anew: another tab may have taken it meanwhile. */
  isMine(): boolean {
    if (!this.#mine) return false;
    const { storage } = this.#environment;
    if (!storage) return true;
    const owner = this.#read();
    if (owner === this.#name) return true;
    if (owner === null) {
      this.#write();
      return true;
    }
    this.#lose();
    return false;
  }

  /** Makes the run this tab's, unless another living tab has it; returns whether it is this tab's. */
  async claim(): Promise<boolean> {
    const { storage, locks } = this.#environment;
    if (this.isMine()) return true;
    if (!storage) return (this.#mine = true);
    if (locks) {
      for (let tries = 1; !(await this.#lock(locks, { ifAvailable: true })); tries++) {
        if (tries === RETRIES) return false;
        await this.#environment.wait(RETRY_MS);
      }
    } else if (this.#namesAnother() && (await this.#ask('alive'))) {
      return false;
    }
    return this.#takeName();
  }

  /** Makes the run this tab's; the tab that has it saves it first, if it still lives. */
  async takeOver(): Promise<boolean> {
    const { storage, locks } = this.#environment;
    if (this.isMine()) return true;
    if (!storage) return (this.#mine = true);
    if (!locks) {
      if (this.#namesAnother()) await this.#ask('yield');
    } else if (!(await this.#lock(locks, { ifAvailable: true }))) {
      await this.#ask('yield');
      if (!(await this.#lock(locks, { ifAvailable: true }))) await this.#lock(locks, { steal: true });
    }
    return this.#takeName();
  }

  /** Lets another tab have the run. */
  release(): void {
    if (!this.#mine) return;
    this.#mine = false;
    if (this.#read() === this.#name) this.#attempt((storage) => { storage.setItem(OWNER_KEY, NOBODY); });
    this.#letGo?.();
    this.#letGo = undefined;
  }

  /** Lets go and hears no more. */
  dispose(): void {
    this.release();
    this.#stop();
  }

  #lock(locks: Locks, options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      let held = false;
      locks
        .request(LOCK, options, (lock) => {
          if (!lock) {
            resolve(false);
            return undefined;
          }
          held = true;
          return new Promise<void>((letGo) => {
            this.#letGo = letGo;
            resolve(true);
          });
        })
        .catch(() => {
          // Rejected while held: stolen.
          if (held) this.#lose();
          resolve(false);
        });
    });
  }

  async #takeName(): Promise<boolean> {
    this.#mine = true;
    this.#write();
    if (!this.#environment.locks) {
      await this.#environment.wait(SETTLE_MS);
      return this.isMine();
    }
    return true;
  }

  /** Asks the tab that has the run, and waits for its answer; false if none comes. */
  async #ask(what: Ask['what']): Promise<boolean> {
    const id = `${this.#name}/${crypto.getRandomValues(new Uint32Array(1)).join('')}`;
    this.#attempt((storage) => { storage.setItem(ASK_KEY, JSON.stringify({ what, id } satisfies Ask)); });
    const step = 20;
    for (let waited = 0; waited < PATIENCE_MS && !this.#answered.has(id); waited += step) {
      await this.#environment.wait(step);
    }
    const answered = this.#answered.delete(id);
    this.#attempt((storage) => {
      storage.removeItem(ASK_KEY);
      storage.removeItem(ANSWER_KEY);
    });
    return answered;
  }

  #hearAsk(text: string | null): void {
    const ask = parseAsk(text);
    if (!ask || !this.isMine()) return;
    if (ask.what === 'yield') {
      this.#listener.beforeYield();
      this.release();
      this.#listener.onLost();
    }
    this.#attempt((storage) => { storage.setItem(ANSWER_KEY, ask.id); });
  }

  #lose(): void {
    if (!this.#mine) return;
    this.#mine = false;
    this.#letGo?.();
    this.#letGo = undefined;
    this.#listener.onLost();
  }

  /** Whether the run is said to be another tab's, which may be gone. */
  #namesAnother(): boolean {
    const owner = this.#read();
    return owner !== null && owner !== NOBODY && owner !== this.#name;
  }

  #read(): string | null {
    try {
      return this.#environment.storage?.getItem(OWNER_KEY) ?? null;
    } catch {
      return null;
    }
  }

  #write(): void {
    this.#attempt((storage) => { storage.setItem(OWNER_KEY, this.#name); });
  }

  /** A storage that fails is the store's to report; without it, each tab plays its own run. */
  #attempt(action: (storage: KeyValue) => void): void {
    try {
      if (this.#environment.storage) action(this.#environment.storage);
    } catch {
      // As above.
    }
  }
}

function parseAsk(text: string | null): Ask | undefined {
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Ask> | null;
    if (typeof value?.id === 'string' && (value.what === 'alive' || value.what === 'yield')) {
      return { what: value.what, id: value.id };
    }
  } catch {
    // Not ours.
  }
  return undefined;
}

/** The browser as it is. */
export function pageEnvironment(storage: Storage | undefined): TabEnvironment {
  return {
    storage,
    // Typed as always there; it is missing where the page is not served securely.
    locks: (navigator as { locks?: LockManager }).locks,
    onStorage: (listener) => {
      const hear = (event: StorageEvent): void => {
        if (event.storageArea === storage) listener(event);
      };
      window.addEventListener('storage', hear);
      return () => { window.removeEventListener('storage', hear); };
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
