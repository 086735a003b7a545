/**
 * Starts a worker wherever the engine's code comes from.
 *
 * A page may load it from another origin, or be a sandboxed frame without an origin of its own; browsers start workers from
 * the page's own origin alone. A worker of two lines that imports ours is of the page's origin; where the page's policy forbids
 * that too, the same jobs are done beside the page's own work, in slices.
 */
import type { FromWorker, ToWorker } from './protocol.js';
import { scriptUrl } from './trusted.js';

/** The part of a worker that is used. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: { readonly message: string; preventDefault(): void }) => void) | null;
}

/** Answers at a port what the worker would answer, on this thread. */
export type InPage = () => Promise<{ readonly serveAt: (port: MessagePort) => void }>;

/** Whether this page may start a worker from an address. */
function isOurs(url: string): boolean {
  // Read from the place, which a frame without an origin has too; `null` is nobody's origin.
  return new URL(url, document.baseURI).origin === self.origin;
}

/** In the single file a worker is one text, which browsers do not start as a module where the page is a file. */
const TYPE = import.meta.env.MODE === 'single' ? 'classic' : 'module';

export function spawn(url: string, name: string, inPage: InPage): WorkerLike {
  // Typed as the browser's own, whose events have more than is needed here.
  return isOurs(url) ? (new Worker(scriptUrl(url), { type: TYPE, name }) as WorkerLike) : new ForeignWorker(url, name, inPage);
}

/** A worker from elsewhere, or what stands in for it; what is said before it answers is kept, to be said again. */
class ForeignWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  readonly #inPage: InPage;
  #worker: Worker | undefined;
  #port: MessagePort | undefined;
  /** What was said so far; undefined once somebody has answered. */
  #said: ToWorker[] | undefined = [];
  #ended = false;

  constructor(url: string, name: string, inPage: InPage) {
    this.#inPage = inPage;
    try {
      const source = new Blob([`import ${JSON.stringify(new URL(url, document.baseURI).href)};`], { type: 'text/javascript' });
      const address = URL.createObjectURL(source);
      const worker = new Worker(scriptUrl(address), { type: 'module', name });
      this.#worker = worker;
      worker.onmessage = (event: MessageEvent<FromWorker>) => {
        URL.revokeObjectURL(address);
        this.#said = undefined;
        this.onmessage?.(event);
      };
      worker.onerror = (event) => {
        URL.revokeObjectURL(address);
        // One that has answered was let in: its failure is its own.
        if (!this.#said) this.onerror?.(event);
        else {
          event.preventDefault();
          this.#standIn();
        }
      };
    } catch {
      this.#standIn();
    }
  }

  postMessage(message: ToWorker): void {
    this.#said?.push(message);
    (this.#port ?? this.#worker)?.postMessage(message);
  }

  terminate(): void {
    this.#ended = true;
    this.#worker?.terminate();
    this.#port?.postMessage({ kind: 'end' } satisfies ToWorker);
  }

  /** Does the worker's part on this thread. */
  #standIn(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#inPage().then(
      ({ serveAt }) => {
        if (this.#ended) return;
        const { port1, port2 } = new MessageChannel();
        serveAt(port2);
        port1.onmessage = (event: MessageEvent<FromWorker>) => this.onmessage?.(event);
        this.#port = port1;
        for (const message of this.#said ?? []) port1.postMessage(message);
        this.#said = undefined;
      },
      (error: unknown) => {
        this.onerror?.({ message: error instanceof Error ? error.message : String(error), preventDefault: () => undefined });
      },
    );
  }
}
