/** What every worker of ours does: owns one wasm instance, works in slices, and hears a cancel in between. */
import { locksHere } from './locks.js';
import type { FromWorker, Task, Tasks, ToWorker } from './protocol.js';

/** How long a slice of work should take: short enough that a cancel is heard at once. */
export const SLICE_MS = 25;

/** What a job may do besides its work. */
export interface Desk<Progress> {
  /** Tells the page how far the work is. */
  readonly report: (progress: Progress) => void;
  /** Lets waiting messages in; throws when the job has been cancelled. To be called once a slice. */
  readonly breathe: () => Promise<void>;
}

/** A result, and those of its buffers that need not be copied on their way. */
export interface Done<Result> {
  readonly result: Result;
  readonly transfer: readonly Transferable[];
}

/** How one kind of work is done. */
export type Job<T extends Task> = (request: T['request'], desk: Desk<T['progress']>) => Done<T['result']> | Promise<Done<T['result']>>;

/** How every kind of work of a worker is done. */
export type Jobs<T extends Tasks<T>> = { readonly [Name in keyof T]: Job<T[Name]> };

class Cancelled extends Error {}

const channel = new MessageChannel();
/** The jobs that wait for their next task, in the order in which they came. */
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => {
  waiting.shift()?.();
};

/** A task of its own; unlike a timer it is not slowed down when nested. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** Where a worker hears and answers: itself, or on the page's own thread a port. */
export interface Counter {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, options: { transfer: Transferable[] }): void;
}

/** Answers the page for as long as the worker lives; `start` gives the memory that the core works in. */
export function serve<T extends Tasks<T>>(
  start: (module: WebAssembly.Module) => WebAssembly.Memory,
  jobs: Jobs<T>,
  counter: Counter = self,
): void {
  const cancelled = new Set<number>();
  let ended = false;
  const post = (message: FromWorker, transfer: readonly Transferable[] = []): void => {
    if (!ended) counter.postMessage(message, { transfer: [...transfer] });
  };
  let release: (() => void) | undefined;
  /** Holds a lock until this worker ends in whatever way: who asks for it too learns of that. */
  const hold = (name: string): void => {
    locksHere()
      ?.request(name, () => {
        post({ kind: 'alive', id: 0 });
        return new Promise<void>((resolve) => (release = resolve));
      })
      // A frame without an origin has no locks.
      .catch(() => undefined);
  };
  let memory: WebAssembly.Memory | undefined;
  const heap = (): number => memory?.buffer.byteLength ?? 0;
  let started: () => void;
  const ready = new Promise<void>((resolve) => {
    started = resolve;
  });

  async function work(id: number, task: string, request: unknown): Promise<void> {
    await ready;
    const job = (jobs as unknown as Record<string, Job<Task> | undefined>)[task];
    if (!job) throw new Error(`no task of this worker: ${task}`);
    const desk: Desk<unknown> = {
      report: (progress) => { post({ kind: 'progress', id, progress }); },
      breathe: async () => {
        await nextTask();
        if (ended || cancelled.has(id)) throw new Cancelled();
      },
    };
    const { result, transfer } = await job(request, desk);
    post({ kind: 'result', id, result, heap: heap() }, transfer);
  }

  counter.onmessage = ({ data: message }: MessageEvent<ToWorker>): void => {
    switch (message.kind) {
      case 'start':
        memory = start(message.module);
        started();
        if (message.alive !== undefined) hold(message.alive);
        break;
      case 'cancel':
        cancelled.add(message.id);
        break;
      case 'end':
        ended = true;
        release?.();
        break;
      case 'ask': {
        const { id, task, request } = message;
        work(id, task, request)
          .catch((error: unknown) => {
            if (error instanceof Cancelled) {
              post({ kind: 'cancelled', id, heap: heap() });
              return;
            }
            // After a panic or a failed allocation the instance is unusable: the page starts a new worker.
            const fatal = error instanceof WebAssembly.RuntimeError;
            const { name, message: text } = error instanceof Error ? error : new Error(String(error));
            post({ kind: 'error', id, name, message: text, fatal });
          })
          .finally(() => cancelled.delete(id));
        break;
      }
    }
  };
}

/** What every module of ours exports to be started, and to be started anew after a panic. */
interface Core {
  initSync(options: { readonly module: WebAssembly.Module }): { readonly memory: WebAssembly.Memory };
  __wbg_reset_state(): void;
}

/** Answers at ports what a worker would answer, on the page's own thread: each time with an instance that no failure has spoilt. */
export function standIn<T extends Tasks<T>>(core: Core, jobs: Jobs<T>): (port: MessagePort) => void {
  let memory: WebAssembly.Memory | undefined;
  const start = (module: WebAssembly.Module): WebAssembly.Memory => {
    if (memory) core.__wbg_reset_state();
    // Of an instance that is there it gives the exports.
    ({ memory } = core.initSync({ module }));
    return memory;
  };
  return (port) => { serve(start, jobs, port as Counter); };
}
