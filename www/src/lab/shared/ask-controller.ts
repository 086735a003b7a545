import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Engine, LabTasks } from '../../engine/engine.js';

/** While a slider is dragged, only where it rests is computed. */
const DEBOUNCE_MS = 60;
/** Below this, nothing is shown of the waiting. */
const PATIENCE_MS = 100;

/** The tasks that tell their progress as a share. */
type Name = 'gradients' | 'variants' | 'module' | 'packing';

export type AskStatus =
  | { readonly kind: 'settled' }
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** Has the lab's worker do what its host wants: the newest wish counts, an older one is cancelled. */
export class AskController<N extends Name> implements ReactiveController {
  /** The last result, which stays until the next one is there. */
  result: LabTasks[N]['result'] | undefined;
  status: AskStatus = { kind: 'settled' };

  readonly #host: ReactiveControllerHost;
  readonly #task: N;
  #key = '';
  #abort: AbortController | undefined;
  #debounce: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, task: N) {
    this.#host = host;
    this.#task = task;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
    this.#key = '';
  }

  /** Says what is to be computed; the same wish twice is one. */
  want(engine: Engine, request: LabTasks[N]['request']): void {
    const key = JSON.stringify(request);
    if (key === this.#key) return;
    // What a room opens with is not waited for.
    const delay = this.#key === '' ? 0 : DEBOUNCE_MS;
    this.#key = key;
    this.#stop();
    this.#debounce = setTimeout(() => void this.#start(engine, request), delay);
  }

  /** Computes a request that was cancelled or failed once more. */
  again(engine: Engine, request: LabTasks[N]['request']): void {
    this.#key = '';
    this.want(engine, request);
  }

  async #start(engine: Engine, request: LabTasks[N]['request']): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    let share = 0;
    this.#patience = setTimeout(() => { this.#set({ kind: 'running', share }); }, PATIENCE_MS);
    try {
      const result = await engine.lab.ask(this.#task, request, {
        signal: abort.signal,
        onProgress: (told) => {
          share = told;
          if (this.status.kind === 'running' && !abort.signal.aborted) this.#set({ kind: 'running', share });
        },
      });
      if (abort.signal.aborted) return;
      clearTimeout(this.#patience);
      this.result = result;
      this.#set({ kind: 'settled' });
    } catch (error) {
      if (abort.signal.aborted) return;
      clearTimeout(this.#patience);
      this.#set({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** The learner does not want to wait. */
  cancel(): void {
    this.#stop();
    this.#set({ kind: 'cancelled' });
  }

  #set(status: AskStatus): void {
    this.status = status;
    this.#host.requestUpdate();
  }

  #stop(): void {
    clearTimeout(this.#debounce);
    clearTimeout(this.#patience);
    this.#abort?.abort();
    this.#abort = undefined;
    if (this.status.kind === 'running') this.status = { kind: 'settled' };
  }
}
