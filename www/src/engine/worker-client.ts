/** The page's side of the worker: promises with progress and cancel, and a worker that is replaced when it fails. */
import type { FromWorker, Progress, RunRequest, RunResult, ToWorker } from './protocol.js';

/** A cancelled worker that has not answered after this long is in the middle of a step, and is replaced. */
const PATIENCE_MS = 200;

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A run that the core could not finish: a refusal, or a bug; the worker has been replaced where needed. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
}

interface Pending {
  readonly request: RunRequest;
  readonly resolve: (result: RunResult) => void;
  readonly reject: (reason: unknown) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  patience: ReturnType<typeof setTimeout> | undefined;
}

export class WorkerClient {
  readonly #create: () => Worker;
  readonly #module: WebAssembly.Module;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 1;

  constructor(module: WebAssembly.Module, create: () => Worker) {
    this.#module = module;
    this.#create = create;
  }

  /** Computes a run; rejects with an `AbortError` when cancelled, with `RunFailed` when the core fails. */
  run(request: RunRequest, { signal, onProgress }: RunOptions = {}): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      const id = this.#nextId++;
      this.#pending.set(id, { request, resolve, reject, onProgress, patience: undefined });
      signal?.addEventListener('abort', () => { this.#cancel(id); }, { once: true });
      this.#send({ kind: 'run', id, request });
    });
  }

  #send(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = this.#create();
    worker.onmessage = (event: MessageEvent<FromWorker>) => { this.#hear(event.data); };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new RunFailed(event.message || 'The worker stopped.'));
    };
    worker.postMessage({ kind: 'start', module: this.#module } satisfies ToWorker);
    return worker;
  }

  #cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#send({ kind: 'cancel', id });
    pending.patience = setTimeout(() => { this.#renew(); }, PATIENCE_MS);
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'ready') return;
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
        break;
      case 'cancelled':
        pending.reject(abortError());
        break;
      case 'error':
        pending.reject(new RunFailed(message.message));
        if (message.fatal) this.#renew();
        break;
    }
  }

  /** Ends a worker that does not answer or is broken: what was cancelled ends with it, what waits behind starts anew. */
  #renew(): void {
    this.#end();
    for (const [id, { request, reject, patience }] of this.#pending) {
      if (patience === undefined) {
        this.#send({ kind: 'run', id, request });
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

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function abortError(): DOMException {
  return new DOMException('The run was cancelled.', 'AbortError');
}
