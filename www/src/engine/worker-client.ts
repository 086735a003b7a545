/** The page's side of the worker: promises with progress and cancel, and a worker that is replaced when it fails. */
import { locksHere, type Locks } from './locks.js';
import type { FromWorker, Tasks, ToWorker } from './protocol.js';
import type { WorkerLike } from './spawn.js';

/** A cancelled worker that has not answered after this long is in the middle of a step, and is replaced. */
const PATIENCE_MS = 200;

/** The memory of wasm only grows: a worker that has needed more than this, in bytes, is replaced when it has been at rest. */
const HEAP_LIMIT = 64_000_000;
/** For so long nothing was asked of it: whoever drags a slider is about to need as much again. */
export const AT_REST_MS = 2000;

/** A worker that ended without a word. */
const GONE = 'The worker stopped.';

export interface AskOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Work that the core could not finish: a refusal, or a bug; the worker has been replaced where needed. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  /** The name of the core's own error, such as `TooLargeError`; none where the worker itself stopped. */
  readonly fault: string | undefined;

  constructor(message: string, fault?: string) {
    super(message);
    this.fault = fault;
  }
}

interface Pending {
  readonly task: string;
  readonly request: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
  patience: ReturnType<typeof setTimeout> | undefined;
}

export class WorkerClient<T extends Tasks<T>> {
  readonly #create: () => WorkerLike;
  readonly #load: () => Promise<WebAssembly.Module>;
  readonly #locks: Locks | undefined;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerLike | undefined;
  /** Until a worker with a large memory is replaced. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  #nextId = 1;

  /** Ends the wait for the end of the worker of now. */
  #watch: AbortController | undefined;

  /** The worker is made with the first request, and given the module that `load` loads. */
  constructor(load: () => Promise<WebAssembly.Module>, create: () => WorkerLike, locks: Locks | undefined = locksHere()) {
    this.#load = load;
    this.#create = create;
    this.#locks = locks;
  }

  /** Has a task done; rejects with an `AbortError` when cancelled, with `RunFailed` when the core fails. */
  ask<Name extends keyof T & string>(
    task: Name,
    request: T[Name]['request'],
    { signal, onProgress }: AskOptions<T[Name]['progress']> = {},
  ): Promise<T[Name]['result']> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      clearTimeout(this.#rest);
      const id = this.#nextId++;
      this.#pending.set(id, { task, request, resolve, reject, onProgress, patience: undefined });
      signal?.addEventListener('abort', () => { this.#cancel(id); }, { once: true });
      this.#send({ kind: 'ask', id, task, request });
    });
  }

  #send(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): WorkerLike {
    const worker = this.#create();
    const alive = this.#locks && `gru-playground:worker:${randomName()}`;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind !== 'alive') this.#hear(data);
      else if (worker === this.#worker && alive !== undefined) this.#watchOver(alive);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new RunFailed(event.message || GONE));
    };
    // Whatever is asked meanwhile waits in the worker.
    this.#load().then(
      (module) => { worker.postMessage({ kind: 'start', module, alive } satisfies ToWorker); },
      (error: unknown) => {
        if (worker === this.#worker) this.#fail(error);
      },
    );
    return worker;
  }

  /** A worker that the browser has taken away says nothing of it: what it held is free then. */
  #watchOver(alive: string): void {
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    this.#locks
      ?.request(alive, { signal }, () => {
        if (!signal.aborted) this.#fail(new RunFailed(GONE));
      })
      // Nobody waits any more, or this frame has no locks.
      .catch(() => undefined);
  }

  #cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#send({ kind: 'cancel', id });
    pending.patience = setTimeout(() => { this.#renew(); }, PATIENCE_MS);
  }

  #hear(message: Exclude<FromWorker, { readonly kind: 'alive' }>): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.kind === 'progress') {
      pending.onProgress?.(message.progress);
      return;
    }
    clearTimeout(pending.patience);
    this.#pending.delete(message.id);
    switch (message.kind) {
      case 'result':
        // A result that crossed a cancel on its way is no longer wanted.
        if (pending.patience === undefined) pending.resolve(message.result);
        else pending.reject(abortError());
        this.#renewAbove(message.heap);
        break;
      case 'cancelled':
        pending.reject(abortError());
        this.#renewAbove(message.heap);
        break;
      case 'error':
        pending.reject(new RunFailed(message.message, message.name));
        if (message.fatal) this.#renew();
        break;
    }
  }

  /** Gives a large memory back; the next worker is started with it, so that nobody waits for it. */
  #renewAbove(heap: number): void {
    if (heap <= HEAP_LIMIT || this.#pending.size > 0) return;
    this.#rest = setTimeout(() => {
      this.#end();
      this.#worker = this.#start();
    }, AT_REST_MS);
  }

  /** Ends a worker that does not answer or is broken: what was cancelled ends with it, what waits behind starts anew. */
  #renew(): void {
    this.#end();
    for (const [id, { task, request, reject, patience }] of this.#pending) {
      if (patience === undefined) {
        this.#send({ kind: 'ask', id, task, request });
      } else {
        clearTimeout(patience);
        this.#pending.delete(id);
        reject(abortError());
      }
    }
  }

  /** Ends the worker and everything it still owed; the next run starts a new one. */
  #fail(reason: unknown): void {
    this.#end();
    const owed = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, patience } of owed) {
      clearTimeout(patience);
      reject(reason);
    }
  }

  /** Ends the worker, if there is one; what it owed is owed no more. */
  end(): void {
    this.#fail(abortError());
  }

  #end(): void {
    clearTimeout(this.#rest);
    this.#watch?.abort();
    this.#watch = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
}

function abortError(): DOMException {
  return new DOMException('The run was cancelled.', 'AbortError');
}
