import { cut } from '../state/text.js';

/**
 * What a learner has set in an element, kept for as long as the tab is open: a reload of the page loses nothing.
 *
 * Each element is known by the page, by its id or else its place among its like, and by what the page's author set.
 */
export interface Kept {
  readonly query: string;
  /** Typed texts that could not be read, by field. */
  readonly drafts: Readonly<Record<string, string>>;
}

function keyOf(host: HTMLElement, given: string): string {
  const like = [...document.querySelectorAll(host.localName)];
  const name = host.id === '' ? String(like.indexOf(host)) : host.id;
  return `gru-playground:embed:${location.pathname}:${name}:${given}`;
}

export class TabMemory {
  readonly #key: string;
  #storage: Storage | undefined;

  constructor(host: HTMLElement, given: string) {
    this.#key = keyOf(host, given);
    try {
      // Typed as always there; it throws in a frame without an origin.
      this.#storage = window.sessionStorage;
    } catch {
      this.#storage = undefined;
    }
  }

  /** Whether anything is kept. */
  get keeps(): boolean {
    return this.#storage !== undefined;
  }

  find(): Kept | undefined {
    try {
      const found = JSON.parse(this.#storage?.getItem(this.#key) ?? 'null') as Partial<Kept> | null;
      if (typeof found?.query !== 'string') return undefined;
      const drafts = Object.entries(found.drafts ?? {}).filter(([, text]) => typeof text === 'string');
      return { query: found.query, drafts: Object.fromEntries(drafts.map(([name, text]) => [name, cut(text)])) };
    } catch {
      return undefined;
    }
  }

  keep(kept: Kept): void {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(kept));
    } catch {
      this.#storage = undefined;
    }
  }
}
