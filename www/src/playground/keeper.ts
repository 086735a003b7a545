/** What a call keeps of another when a layer is added or a size changes; loaded once that is asked for. */
import type { ReactiveControllerHost } from 'lit';
import type { Call, CodeLine, Engine } from '../engine/engine.js';
import { draftOf } from '../state/call.js';
import type { PlaygroundState } from '../state/playground-state.js';
import { fromQuery, keptQuery } from '../state/url.js';
import { moduleOf, type Module } from './module.js';
import { redrawn } from './redrawn.js';
import type { Seen } from './seen.js';

/** Changes that follow each other faster are one: where a slider is dragged, what it began with is what can be kept. */
const DRAG_MS = 1000;

/** A state, and what is seen of it. */
export interface Moment {
  readonly state: PlaygroundState;
  readonly seen: Seen;
}

/** What is kept, as far as it is known. */
export interface Kept {
  /** The call whose numbers are kept; none where it does not run. */
  readonly before: Call | undefined;
  /** The code, with the lines that keep them; what was known last, until that of the call at hand is there. */
  readonly lines: readonly CodeLine[] | undefined;
  /** What is kept, what is new, and what the seed alone would have changed. */
  readonly words: string;
}

const NOTHING: Kept = { before: undefined, lines: undefined, words: 'Nothing is kept: the setting to keep from does not run.' };

/**
 * Says why numbers are others after a change, and keeps them where that is wanted: it asks the core what is kept, once for each call,
 * and has its host drawn anew when that is there.
 */
export class Keeper {
  /** Why numbers are others, after a change of the module that drew weights anew. */
  redrawn = '';
  /** The module that was seen last, and what was seen of it. */
  #module: Module | undefined;
  #look: Seen['look'] | undefined;
  /** The last setting that ran, and that of before the last change. */
  #legal: PlaygroundState | undefined;
  #from: PlaygroundState | undefined;
  #changedAt = -Infinity;
  readonly #host: ReactiveControllerHost;
  readonly #engine: Pick<Engine, 'kept' | 'lookAtDraft' | 'releases'>;
  /** The call of the query that was read last. */
  #read: { readonly query: string; readonly release: string | null; readonly call: Call | undefined } | undefined;
  #asked = '';
  #known: Kept | undefined;
  #abort: AbortController | undefined;

  constructor(host: ReactiveControllerHost, engine: Pick<Engine, 'kept' | 'lookAtDraft' | 'releases'>) {
    this.#host = host;
    this.#engine = engine;
  }

  /** Takes note of a state. */
  see(state: PlaygroundState, { look }: Seen): void {
    const module = moduleOf(look.diagnosis);
    const same = look === this.#look;
    if (module) {
      if (this.#module) this.redrawn = redrawn(this.#module, module, state.seed) || (same ? this.redrawn : '');
      this.#module = module;
    }
    if (!same) {
      const now = performance.now();
      if (now - this.#changedAt > DRAG_MS) this.#from = this.#legal;
      if (this.#look) this.#changedAt = now;
      this.#look = look;
    }
    if (look.plan) this.#legal = state;
  }

  /** What a press beside the values changes `keep` to: the numbers before the last change are kept, or all are drawn anew. */
  offered({ keep }: PlaygroundState): string | null | undefined {
    if (keep !== null) return null;
    return this.redrawn && this.#from ? keptQuery(this.#from) : undefined;
  }

  /** What a legal call keeps of the setting that a query says. */
  of(query: string, release: string | null, call: Call, seed: number): Kept {
    const before = this.#callOf(query, release);
    if (!before) return NOTHING;
    const asked = JSON.stringify([before, call, seed]);
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.#ask(before, call, seed);
    }
    return { lines: undefined, words: '', ...this.#known, before };
  }

  /** Nothing is kept any more. */
  forget(): void {
    this.#abort?.abort();
    this.#known = undefined;
    this.#asked = '';
  }

  #callOf(query: string, release: string | null): Call | undefined {
    if (this.#read?.query !== query || this.#read.release !== release) {
      const { state } = fromQuery(query, this.#engine.releases());
      const { reading, look } = this.#engine.lookAtDraft(draftOf({ ...state, release }));
      const runs = look.plan !== null && !reading.input && !reading.h_0;
      this.#read = { query, release, call: runs ? reading.call : undefined };
    }
    return this.#read.call;
  }

  async #ask(before: Call, call: Call, seed: number): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const { code, kept, why } = await this.#engine.kept(before, call, seed, { signal: abort.signal });
      this.#known = { before, lines: code, words: `${kept} ${why}` };
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#known = { before, lines: undefined, words: error instanceof Error ? error.message : String(error) };
    }
    if (!abort.signal.aborted) this.#host.requestUpdate();
  }
}
