import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Locks } from './locks.js';
import type { FromWorker, ToWorker } from './protocol.js';
import type { WorkerLike } from './spawn.js';
import { AT_REST_MS, RunFailed, WorkerClient } from './worker-client.js';

/** A worker that does nothing by itself: the test says what it answers. */
class FakeWorker {
  readonly heard: ToWorker[] = [];
  ended = false;
  onmessage: ((event: { data: FromWorker }) => void) | undefined;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | undefined;

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }

  /** The ids of the runs that it was asked for. */
  get runs(): number[] {
    return this.heard.flatMap((message) => (message.kind === 'ask' ? [message.id] : []));
  }
}

interface CountTasks {
  readonly count: { readonly request: number; readonly progress: { done: number; total: number }; readonly result: { counted: number } };
}

/** Locks whose holder ends when the test says so. */
class FakeLocks implements Locks {
  readonly #waiting = new Map<string, { readonly signal: AbortSignal; readonly work: () => void }>();

  request(name: string, options: unknown, work?: () => void): Promise<unknown> {
    const { signal } = options as { readonly signal: AbortSignal };
    if (work) this.#waiting.set(name, { signal, work });
    return new Promise((_, reject) => { signal.addEventListener('abort', () => { reject(new Error('aborted')); }); });
  }

  /** Whoever held it is gone. */
  free(name: string): void {
    const { signal, work } = this.#waiting.get(name) ?? {};
    if (signal?.aborted === false) work?.();
  }
}

const result = { counted: 1 };
/** The memory of a worker that has done little. */
const heap = 1_000_000;
const module = {} as WebAssembly.Module;

describe('the client of the worker', () => {
  let workers: FakeWorker[];
  let client: WorkerClient<CountTasks>;

  /** The worker of the day. */
  const worker = (): FakeWorker => {
    const newest = workers.at(-1);
    if (!newest) throw new Error('no worker');
    return newest;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    workers = [];
    client = new WorkerClient<CountTasks>(() => Promise.resolve(module), () => {
      workers.push(new FakeWorker());
      return worker() as unknown as WorkerLike;
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('starts a worker with the first run, and gives its result', async () => {
    expect(workers).toHaveLength(0);
    const onProgress = vi.fn();
    const run = client.ask('count', 1, { onProgress });
    await Promise.resolve();
    expect(worker().heard.map(({ kind }) => kind)).toEqual(['ask', 'start']);
    worker().say({ kind: 'progress', id: 1, progress: { done: 1, total: 2 } });
    worker().say({ kind: 'result', id: 1, result, heap });
    await expect(run).resolves.toBe(result);
    expect(onProgress).toHaveBeenCalledExactlyOnceWith({ done: 1, total: 2 });
  });

  it('notices a worker that the browser took away, and starts another with the next run', async () => {
    const locks = new FakeLocks();
    const watched = new WorkerClient<CountTasks>(() => Promise.resolve(module), () => {
      workers.push(new FakeWorker());
      return worker() as unknown as WorkerLike;
    }, locks);
    const first = watched.ask('count', 1);
    await Promise.resolve();
    const [start] = worker().heard.filter((message) => message.kind === 'start');
    const alive = start?.kind === 'start' ? start.alive : undefined;
    expect(alive).toMatch(/^gru-playground:worker:/);
    worker().say({ kind: 'alive', id: 0 });
    worker().say({ kind: 'progress', id: 1, progress: { done: 1, total: 2 } });
    locks.free(alive ?? '');
    await expect(first).rejects.toThrow('The worker stopped.');
    const second = watched.ask('count', 2);
    expect(workers).toHaveLength(2);
    // The end of the one before is none of the new one's.
    locks.free(alive ?? '');
    worker().say({ kind: 'result', id: 2, result, heap });
    await expect(second).resolves.toBe(result);
  });

  it('takes a worker that it ends itself for no such loss', async () => {
    const locks = new FakeLocks();
    const watched = new WorkerClient<CountTasks>(() => Promise.resolve(module), () => {
      workers.push(new FakeWorker());
      return worker() as unknown as WorkerLike;
    }, locks);
    const run = watched.ask('count', 1);
    await Promise.resolve();
    const [start] = worker().heard.filter((message) => message.kind === 'start');
    worker().say({ kind: 'alive', id: 0 });
    watched.end();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    const next = watched.ask('count', 2);
    locks.free(start?.kind === 'start' ? (start.alive ?? '') : '');
    worker().say({ kind: 'result', id: 2, result, heap });
    await expect(next).resolves.toBe(result);
  });

  it('cancels a run that answers, and keeps the worker', async () => {
    const abort = new AbortController();
    const run = client.ask('count', 1, { signal: abort.signal });
    abort.abort();
    worker().say({ kind: 'cancelled', id: 1, heap });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    vi.runAllTimers();
    expect(workers).toHaveLength(1);
  });

  it('takes a result that crossed a cancel for cancelled', async () => {
    const abort = new AbortController();
    const run = client.ask('count', 1, { signal: abort.signal });
    abort.abort();
    worker().say({ kind: 'result', id: 1, result, heap });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('replaces a worker that does not answer a cancel, and starts what waited behind anew', async () => {
    const abort = new AbortController();
    const first = client.ask('count', 1, { signal: abort.signal });
    abort.abort();
    const second = client.ask('count', 2);
    const [silent] = workers;
    vi.runAllTimers();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(silent?.ended).toBe(true);
    expect(workers).toHaveLength(2);
    expect(worker().runs).toEqual([2]);
    worker().say({ kind: 'result', id: 2, result, heap });
    await expect(second).resolves.toBe(result);
  });

  it('replaces a worker whose core has panicked, and starts what waited behind anew', async () => {
    const first = client.ask('count', 1);
    const second = client.ask('count', 2);
    worker().say({ kind: 'error', id: 1, name: 'RuntimeError', message: 'unreachable', fatal: true });
    await expect(first).rejects.toBeInstanceOf(RunFailed);
    expect(workers).toHaveLength(2);
    worker().say({ kind: 'result', id: 2, result, heap });
    await expect(second).resolves.toBe(result);
  });

  it('keeps a worker that refused a run', async () => {
    const run = client.ask('count', 1);
    worker().say({ kind: 'error', id: 1, name: 'TooLargeError', message: 'too large', fatal: false });
    await expect(run).rejects.toThrow('too large');
    void client.ask('count', 2);
    expect(workers).toHaveLength(1);
  });

  it('replaces a worker that has needed much memory, once nothing has been asked of it for a while', async () => {
    const large = 100_000_000;
    const first = client.ask('count', 1);
    const abort = new AbortController();
    const second = client.ask('count', 2, { signal: abort.signal });
    worker().say({ kind: 'result', id: 1, result, heap: large });
    await expect(first).resolves.toBe(result);
    expect(workers, 'it is not replaced while it works').toHaveLength(1);
    abort.abort();
    worker().say({ kind: 'cancelled', id: 2, heap: large });
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await vi.advanceTimersByTimeAsync(AT_REST_MS - 1);
    const third = client.ask('count', 3);
    await vi.advanceTimersByTimeAsync(AT_REST_MS);
    expect(workers, 'who asks again in time finds it').toHaveLength(1);
    worker().say({ kind: 'result', id: 3, result, heap: large });
    await expect(third).resolves.toBe(result);
    await vi.advanceTimersByTimeAsync(AT_REST_MS);
    expect(workers[0]?.ended).toBe(true);
    expect(workers, 'the next one is there before it is needed').toHaveLength(2);
    const fourth = client.ask('count', 4);
    expect(worker().runs).toEqual([4]);
    worker().say({ kind: 'result', id: 4, result, heap });
    await expect(fourth).resolves.toBe(result);
    await vi.advanceTimersByTimeAsync(2 * AT_REST_MS);
    expect(worker().ended).toBe(false);
  });

  it('ends its worker when it is no longer needed', async () => {
    const owed = client.ask('count', 1);
    client.end();
    await expect(owed).rejects.toMatchObject({ name: 'AbortError' });
    expect(worker().ended).toBe(true);
  });

  it('fails every run of a worker that fails, and starts another with the next', async () => {
    const runs = [client.ask('count', 1), client.ask('count', 2)];
    worker().onerror?.({ message: '', preventDefault: () => undefined });
    for (const run of runs) await expect(run).rejects.toThrow('The worker stopped.');
    expect(worker().ended).toBe(true);
    const next = client.ask('count', 3);
    expect(workers).toHaveLength(2);
    worker().say({ kind: 'result', id: 3, result, heap });
    await expect(next).resolves.toBe(result);
  });

  it('fails what waits when the module does not arrive, and asks for it again with the next run', async () => {
    let loads = 0;
    const lost = new WorkerClient<CountTasks>(() => Promise.reject(new Error(`lost ${String(++loads)}`)), () => {
      workers.push(new FakeWorker());
      return worker() as unknown as WorkerLike;
    });
    await expect(lost.ask('count', 1)).rejects.toThrow('lost 1');
    expect(worker().ended).toBe(true);
    await expect(lost.ask('count', 2)).rejects.toThrow('lost 2');
  });

  it('does not begin what is already cancelled', async () => {
    await expect(client.ask('count', 1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers).toHaveLength(0);
  });
});
