import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call, Diagnosis, Engine, Look, Progress, RunResult, TracePlace } from '../engine/engine.js';
import { afterPaint } from '../ui/after-paint.js';

/** Up to here a run is over before the next wish: while a slider is dragged, each shows its values. */
const LIGHT_MULTIPLY_ADDS = 50_000_000n;
/** Of heavier ones, the first is begun at once, then only where a dragged slider rests. */
const REST_MS = 60;
/** Below this, nothing is shown of the waiting. */
const PATIENCE_MS = 100;
/** What is computed without being asked: about a second on a slow phone. */
export const UNASKED_MULTIPLY_ADDS = 1_000_000_000n;

/**
 * Whether only the gates in sight are kept. Of a light run all are, and of one that had to be asked for, so that nobody
 * asks again to see others; in between they would cost more than the run, which is soon done again.
 */
function keepsSightAlone(multiplyAdds: bigint): boolean {
  return multiplyAdds > LIGHT_MULTIPLY_ADDS && multiplyAdds <= UNASKED_MULTIPLY_ADDS;
}

/** A result, with the call that it is the result of. */
export interface Run {
  readonly result: RunResult;
  readonly diagnosis: Diagnosis;
}

export interface Wanted {
  readonly call: Call;
  readonly seed: number;
  readonly look: Look;
  readonly multiplyAdds: bigint;
  /** Where the gates are that are in sight. */
  readonly inSight: TracePlace;
  /** In place of those that the seed draws. */
  readonly weights?: Float32Array | undefined;
}

export type RunStatus =
  | { readonly kind: 'none' }
  /** What is wanted, or was last computed, is shown. */
  | { readonly kind: 'settled' }
  /** Takes long enough that it is to be asked for. */
  | { readonly kind: 'asked'; readonly multiplyAdds: bigint }
  /** Has been running for longer than a blink; without progress it has not told any. */
  | { readonly kind: 'running'; readonly progress: Progress | undefined }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** Computes what its host wants in the worker: the newest wish counts, an older one is cancelled or about to end. */
export class RunController implements ReactiveController {
  /** The last result, which stays until the next one is there. */
  run: Run | undefined;
  status: RunStatus = { kind: 'none' };

  readonly #host: ReactiveControllerHost;
  readonly #afterPaint: (work: () => void) => void;
  #key = '';
  #wanted: Wanted | undefined;
  /** When the last wish came. */
  #wishedAt = -Infinity;
  /** What is being computed; may be older than what is wanted. */
  #computed: Wanted | undefined;
  #abort: AbortController | undefined;
  #debounce: ReturnType<typeof setTimeout> | undefined;
  /** What is about to begin is of this turn; with another turn it does not. */
  #turn = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, whenPainted = afterPaint) {
    this.#host = host;
    this.#afterPaint = whenPainted;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
    this.#key = '';
  }

  /** Says what is to be computed, or that nothing is; the same wish twice is one. */
  want(engine: Engine, wanted: Wanted | undefined): void {
    const key = wanted ? JSON.stringify([wanted.call, wanted.seed, kept(wanted)]) : '';
    if (key === this.#key && wanted?.weights === this.#wanted?.weights) return;
    this.#key = key;
    this.#wanted = wanted;
    const now = performance.now();
    const rested = now - this.#wishedAt > REST_MS;
    this.#wishedAt = now;
    // A light run ends by itself, and then goes on with the newest wish: one that is always cancelled shows nothing.
    if (isLight(wanted) && isLight(this.#computed)) return;
    this.#stop();
    if (!wanted) {
      this.run = undefined;
      this.status = { kind: 'none' };
    } else if (wanted.multiplyAdds > UNASKED_MULTIPLY_ADDS) {
      this.run = undefined;
      this.status = { kind: 'asked', multiplyAdds: wanted.multiplyAdds };
    } else {
      const turn = this.#turn;
      const begin = (): void => {
        if (this.#turn === turn) void this.start(engine);
      };
      // What is light may be computed by the page itself, and waits until the shapes are seen. What is heavy is begun before
      // anything is drawn: the worker computes while the page draws.
      if (isLight(wanted)) this.#afterPaint(begin);
      else if (rested) queueMicrotask(begin);
      else this.#debounce = setTimeout(begin, REST_MS);
    }
  }

  /** Computes what is wanted now. */
  async start(engine: Engine): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#stop();
    const abort = new AbortController();
    this.#abort = abort;
    this.#computed = wanted;
    let progress: Progress | undefined;
    const show = (): void => {
      this.#set({ kind: 'running', progress });
    };
    this.#patience = setTimeout(show, PATIENCE_MS);
    try {
      const { call, seed, look, weights } = wanted;
      const result = await engine.run({ call, seed, weights, look, keep: kept(wanted) }, {
        signal: abort.signal,
        onProgress: (told) => {
          progress = told;
          if (this.status.kind === 'running' && !abort.signal.aborted) show();
        },
      });
      if (abort.signal.aborted) return;
      this.#end();
      this.run = { result, diagnosis: look.diagnosis };
      this.#set({ kind: 'settled' });
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#end();
      this.run = undefined;
      this.#set({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
    if (this.#wanted !== wanted) await this.start(engine);
  }

  /** The learner does not want to wait. */
  cancel(): void {
    this.#stop();
    this.run = undefined;
    this.#set({ kind: 'cancelled' });
  }

  #set(status: RunStatus): void {
    this.status = status;
    this.#host.requestUpdate();
  }

  /** Nothing is being computed any more. */
  #end(): void {
    clearTimeout(this.#patience);
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

function kept({ multiplyAdds, inSight }: Wanted): TracePlace | undefined {
  return keepsSightAlone(multiplyAdds) ? inSight : undefined;
}

function isLight(wanted: Wanted | undefined): boolean {
  return wanted !== undefined && wanted.multiplyAdds <= LIGHT_MULTIPLY_ADDS;
}
