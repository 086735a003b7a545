/** A stand-in for localStorage in unit tests: several tabs over one map, with the storage events between them. */

type Listener = (event: { key: string | null; newValue: string | null }) => void;

export class MemoryStorage {
  readonly entries = new Map<string, string>();
  readonly #tabs: MemoryTab[] = [];
  /** From now on, writing fails, as with a full quota. */
  full = false;

  tab(): MemoryTab {
    const tab = new MemoryTab(this, this.#tabs);
    this.#tabs.push(tab);
    return tab;
  }
}

export class MemoryTab {
  readonly #shared: MemoryStorage;
  readonly #tabs: readonly MemoryTab[];
  readonly #listeners = new Set<Listener>();

  constructor(shared: MemoryStorage, tabs: readonly MemoryTab[]) {
    this.#shared = shared;
    this.#tabs = tabs;
  }

  getItem(key: string): string | null {
    return this.#shared.entries.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.#shared.full) throw new DOMException('full', 'QuotaExceededError');
    this.#shared.entries.set(key, value);
    this.#tell(key, value);
  }

  removeItem(key: string): void {
    if (this.#shared.entries.delete(key)) this.#tell(key, null);
  }

  /** Hears what other tabs write; returns how to stop. */
  onStorage(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A frozen or crashed tab hears nothing. */
  deaf(): void {
    this.#listeners.clear();
  }

  #tell(key: string, newValue: string | null): void {
    for (const tab of this.#tabs) {
      if (tab === this) continue;
      for (const listener of tab.#listeners) queueMicrotask(() => { listener({ key, newValue }); });
    }
  }
}
