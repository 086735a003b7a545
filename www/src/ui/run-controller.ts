import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { afterPaint } from './after-paint.js';
import { announce } from './announcer.js';

/** Of what is heavy, the first is begun at once, then only where a dragged slider rests. */
const REST_MS = 60;
/** Below this, nothing is shown of the waiting. */
const PATIENCE_MS = 100;
/** Below this, nothing is said of it. */
const TELL_MS = 1000;

export interface RunOptions {
  readonly signal: AbortSignal;
  /** How much is done, of 1. */
  readonly onProgress: (share: number) => void;
}

/** Something to be computed. */
export interface Wish<R> {
  /** The same wish twice is one. */
  readonly key: string;
  /** What no key can hold, compared as it is. */
  readonly beside?: unknown;
  /** What is light is over before the next wish; what is asked for is not begun by itself. */
  readonly weight: 'light' | 'heavy' | 'asked';
  readonly run: (options: RunOptions) => Promise<R>;
}

export type RunStatus =
  | { readonly kind: 'none' }
  /** What is wanted, or was last computed, is shown. */
  | { readonly kind: 'settled' }
  /** Takes long enough that it is to be asked for. */
  | { readonly kind: 'asked' }
  /** Has been running for longer than a blink; without a share it has not told any. */
  | { readonly kind: 'running'; readonly share: number | undefined }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Computes what its host wants in the worker: the newest wish counts, an older one is cancelled or about to end.
 *
 * What takes long is announced: that it has begun, each quarter, and how it ended.
 */
export class RunController<R> implements ReactiveController {
  /** The last result, which stays until the next one is there. */
  run: R | undefined;
  status: RunStatus = { kind: 'none' };

  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #what: string;
  readonly #keeps: boolean;
  readonly #afterPaint: (work: () => void) => void;
  #key = '';
  #wanted: Wish<R> | undefined;
  /** When the last wish came. */
  #wishedAt = -Infinity;
  /** What is being computed; may be older than what is wanted. */
  #computed: Wish<R> | undefined;
  #abort: AbortController | undefined;
  #debounce: ReturnType<typeof setTimeout> | undefined;
  /** What is about to begin is of this turn; with another turn it does not. */
  #turn = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** The quarters that were told of a run; none where nothing was said of it. */
  #quarters: number | undefined;

  /** `what` is computed, in words that begin a sentence: `Values`. Where it `keeps`, the last result outlives what failed. */
  constructor(host: ReactiveControllerHost & EventTarget, what: string, { keeps = false, whenPainted = afterPaint } = {}) {
    this.#host = host;
    this.#what = what;
    this.#keeps = keeps;
    this.#afterPaint = whenPainted;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
    this.#key = '';
  }

  /** Says what is to be computed, or that nothing is and, where it is refused, why. */
  want(wanted: Wish<R> | undefined, refusal = ''): void {
    const key = wanted?.key ?? refusal;
    if (key === this.#key && wanted?.beside === this.#wanted?.beside) return;
    this.#key = key;
    this.#wanted = wanted;
    const now = performance.now();
    const rested = now - this.#wishedAt > REST_MS;
    this.#wishedAt = now;
    // A light run ends by itself, and then goes on with the newest wish: one that is always cancelled shows nothing.
    if (wanted?.weight === 'light' && this.#computed?.weight === 'light') return;
    this.#stop();
    if (!wanted) {
      this.run = undefined;
      this.status = { kind: 'none' };
      if (refusal) this.#later(refusal);
    } else if (wanted.weight === 'asked') {
      this.run = undefined;
      this.status = { kind: 'asked' };
      this.#later(`${this.#what}: not computed by themselves, for they take long. Compute is a button there.`);
    } else {
      const turn = this.#turn;
      const begin = (): void => {
        if (this.#turn === turn) void this.start();
      };
      // What is light may be computed by the page itself, and waits until the shapes are seen. What is heavy is begun before
      // anything is drawn: the worker computes while the page draws.
      if (wanted.weight === 'light') this.#afterPaint(begin);
      else if (rested) queueMicrotask(begin);
      else this.#debounce = setTimeout(begin, REST_MS);
    }
  }

  /** Computes what is wanted now: what was asked for, cancelled or failed. */
  async start(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.#computed = wanted;
    let share: number | undefined;
    const show = (): void => {
      this.#set({ kind: 'running', share });
      this.#tellShare(share);
    };
    this.#patience = setTimeout(show, PATIENCE_MS);
    this.#telling = setTimeout(() => {
      this.#quarters = 0;
      this.#say('being computed.');
    }, TELL_MS);
    try {
      const run = await wanted.run({
        signal: abort.signal,
        onProgress: (told) => {
          share = told;
          if (this.status.kind === 'running' && !abort.signal.aborted) show();
        },
      });
      if (abort.signal.aborted) return;
      if (this.#quarters !== undefined) this.#say('computed.');
      this.#end();
      this.run = run;
      this.#set({ kind: 'settled' });
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#end();
      if (!this.#keeps) this.run = undefined;
      // Of what is no longer wanted only the newer wish's fate counts.
      if (this.#wanted === wanted) {
        const message = error instanceof Error ? error.message : String(error);
        this.#say(`not computed. ${message}`, true);
        this.#set({ kind: 'failed', message });
      }
    }
    if (this.#wanted !== wanted) await this.start();
  }

  /** The learner does not want to wait. */
  cancel(): void {
    this.#stop();
    if (!this.#keeps) this.run = undefined;
    this.#say('cancelled.');
    this.#set({ kind: 'cancelled' });
  }

  #set(status: RunStatus): void {
    this.status = status;
    this.#host.requestUpdate();
  }

  #say(text: string, urgent = false): void {
    announce(this.#host, `${this.#what}: ${text}`, urgent);
  }

  /** Says a sentence where a dragged slider rests. */
  #later(sentence: string): void {
    this.#telling = setTimeout(() => { announce(this.#host, sentence); }, TELL_MS);
  }

  #tellShare(share = 0): void {
    const quarters = Math.floor(share * 4);
    if (this.#quarters === undefined || quarters <= this.#quarters || quarters > 3) return;
    this.#quarters = quarters;
    this.#say(`${25 * quarters} %.`);
  }

  /** Nothing is being computed any more. */
  #end(): void {
    clearTimeout(this.#patience);
    clearTimeout(this.#telling);
    this.#quarters = undefined;
    this.#abort = undefined;
    this.#computed = undefined;
  }

  #stop(): void {
    this.#turn += 1;
    clearTimeout(this.#debounce);
    this.#abort?.abort();
    this.#end();
    if (this.status.kind === 'running') this.status = { kind: 'none' };
  }
}
