import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, Look, RunRequest, RunResult, TracePlace } from '../engine/engine.js';
import type { AskOptions, Progress } from '../engine/engine.js';
import type { Announcement } from '../ui/announcer.js';
import { RunController } from '../ui/run-controller.js';
import { UNASKED_MULTIPLY_ADDS, wishFor, type Run, type Wanted } from './wish.js';

interface Asked {
  readonly seed: number;
  readonly keep: TracePlace | undefined;
  readonly options: AskOptions<Progress>;
  resolve(): void;
  reject(reason: unknown): void;
}

function setUp() {
  const asked: Asked[] = [];
  const engine = {
    run: ({ seed, keep }: RunRequest, options: AskOptions<Progress>) =>
      new Promise<RunResult>((resolve, reject) => {
        asked.push({ seed, keep, options, resolve: () => resolve({ milliseconds: seed } as RunResult), reject });
        options.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      }),
  } as unknown as Engine;
  const controller = { addController: vi.fn(), removeController: vi.fn(), requestUpdate: vi.fn(), updateComplete: Promise.resolve(true) };
  const host = Object.assign(new EventTarget(), controller);
  const said: string[] = [];
  host.addEventListener('gru-announce', (event) => { said.push((event as CustomEvent<Announcement>).detail.text); });
  const runs = new RunController<Run>(host, 'Values', { whenPainted: (work) => setTimeout(work) });
  return { asked, engine, runs, said };
}

/** More than is over before the next wish. */
const HEAVY = 500_000_000n;

function wish(seed: number, multiplyAdds = 1n): Wanted {
  return { call: { config: {}, input: { shape: [5, 3, 10] } }, seed, look: {} as Look, multiplyAdds, inSight: { layer: 0, reverse: false, sample: 0 } };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a run', () => {
  it('is begun at once with the last of several wishes', async () => {
    const { asked, engine, runs } = setUp();
    for (const seed of [1, 2, 3]) runs.want(wishFor(engine, wish(seed)));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.map(({ seed }) => seed)).toEqual([3]);
  });

  it('that is heavy is begun at once, and while wishes follow each other where they rest', async () => {
    const { asked, engine, runs } = setUp();
    for (const seed of [1, 2, 3]) {
      runs.want(wishFor(engine, wish(seed, HEAVY)));
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(asked.map(({ seed }) => seed)).toEqual([1]);
    expect(asked[0]?.options.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.map(({ seed }) => seed)).toEqual([1, 3]);
  });

  it('that is light shows its result though a newer wish is there, which then follows', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(10);
    for (const seed of [2, 3]) runs.want(wishFor(engine, wish(seed)));
    await vi.advanceTimersByTimeAsync(10);
    expect(asked.map(({ seed, options }) => [seed, options.signal?.aborted])).toEqual([[1, false]]);
    asked[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.run?.result.milliseconds).toBe(1);
    expect(asked.map(({ seed }) => seed)).toEqual([1, 3]);
    asked[1]?.resolve();
    await vi.advanceTimersByTimeAsync(1000);
    expect([runs.run?.result.milliseconds, runs.status.kind, asked.length]).toEqual([3, 'settled', 2]);
  });

  it('is one for the same wish told twice', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(1000);
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
  });

  it('is cancelled by a newer wish, whose result is the one that is kept', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1, HEAVY)));
    await vi.advanceTimersByTimeAsync(1000);
    runs.want(wishFor(engine, wish(2)));
    expect(asked[0]?.options.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    asked[0]?.resolve();
    asked[1]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.run?.result.milliseconds).toBe(2);
    expect(runs.status).toEqual({ kind: 'settled' });
  });

  it('keeps the last result until the next is there', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(1000);
    asked[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    runs.want(wishFor(engine, wish(2)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs.run?.result.milliseconds).toBe(1);
  });

  it('shows that it is waited for after a moment only, then how far it is', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(1);
    expect(runs.status.kind).toBe('none');
    asked[0]?.options.onProgress?.({ done: 1, total: 4 });
    await vi.advanceTimersByTimeAsync(100);
    expect(runs.status).toEqual({ kind: 'running', share: 0.25 });
    asked[0]?.options.onProgress?.({ done: 2, total: 4 });
    expect(runs.status).toEqual({ kind: 'running', share: 0.5 });
  });

  it('waits to be asked for where it takes long', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1, UNASKED_MULTIPLY_ADDS + 1n)));
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked.length, runs.status.kind]).toEqual([0, 'asked']);
    void runs.start();
    expect(asked).toHaveLength(1);
  });

  it('that is heavy keeps the gates in sight alone, and is begun anew where others are looked at', async () => {
    const { asked, engine, runs } = setUp();
    const at = (layer: number): Wanted => ({ ...wish(1, HEAVY), inSight: { layer, reverse: true, sample: 2 } });
    runs.want(wishFor(engine, at(2)));
    await vi.advanceTimersByTimeAsync(1000);
    asked[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    runs.want(wishFor(engine, at(0)));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.map(({ keep }) => keep)).toEqual([{ layer: 2, reverse: true, sample: 2 }, { layer: 0, reverse: true, sample: 2 }]);
    // Until then the last result stays.
    expect(runs.run).toBeDefined();
  });

  it.each([1n, UNASKED_MULTIPLY_ADDS + 1n])('of %d multiply-adds keeps all gates, whatever is looked at', async (multiplyAdds) => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1, multiplyAdds)));
    await vi.advanceTimersByTimeAsync(1000);
    if (runs.status.kind === 'asked') void runs.start();
    asked[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    runs.want(wishFor(engine, { ...wish(1, multiplyAdds), inSight: { layer: 1, reverse: false, sample: 1 } }));
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked.map(({ keep }) => keep), runs.status.kind]).toEqual([[undefined], 'settled']);
  });

  it('can be cancelled, and asked for again', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(1000);
    runs.cancel();
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked[0]?.options.signal?.aborted, runs.status.kind]).toEqual([true, 'cancelled']);
    void runs.start();
    asked[1]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.status.kind).toBe('settled');
  });

  it('says why it failed', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(1000);
    asked[0]?.reject(new Error('needs 3 GB'));
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.status).toEqual({ kind: 'failed', message: 'needs 3 GB' });
  });

  it('that fails while a newer wish waits says nothing: the newer one follows', async () => {
    const { asked, engine, runs, said } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(10);
    runs.want(wishFor(engine, wish(2)));
    asked[0]?.reject(new Error('needs 3 GB'));
    await vi.advanceTimersByTimeAsync(0);
    expect([asked.map(({ seed }) => seed), runs.status.kind]).toEqual([[1, 2], 'none']);
    asked[1]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect([runs.run?.result.milliseconds, runs.status.kind, said]).toEqual([2, 'settled', []]);
  });

  it('is nothing where nothing is wanted', async () => {
    const { asked, engine, runs } = setUp();
    runs.want(wishFor(engine, wish(1)));
    runs.want(undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked.length, runs.run, runs.status.kind]).toEqual([0, undefined, 'none']);
  });

  it('that takes long is said to have begun, to be so far, and to have ended', async () => {
    const { asked, engine, runs, said } = setUp();
    runs.want(wishFor(engine, wish(1, HEAVY)));
    await vi.advanceTimersByTimeAsync(500);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(600);
    for (const done of [1, 2, 3, 3]) asked[0]?.options.onProgress?.({ done, total: 4 });
    asked[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toEqual(['Values: being computed.', 'Values: 25 %.', 'Values: 50 %.', 'Values: 75 %.', 'Values: computed.']);
  });

  it('that is over soon is not spoken of', async () => {
    const { asked, engine, runs, said } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(500);
    asked[0]?.resolve();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said).toEqual([]);
  });

  it('that is cancelled, fails, is refused or is to be asked for says so', async () => {
    const { asked, engine, runs, said } = setUp();
    runs.want(wishFor(engine, wish(1)));
    await vi.advanceTimersByTimeAsync(500);
    runs.cancel();
    runs.want(wishFor(engine, wish(2)));
    await vi.advanceTimersByTimeAsync(500);
    asked[1]?.reject(new Error('needs 3 GB'));
    await vi.advanceTimersByTimeAsync(0);
    runs.want(undefined, 'No values: too large.');
    await vi.advanceTimersByTimeAsync(1000);
    runs.want(wishFor(engine, wish(3, UNASKED_MULTIPLY_ADDS + 1n)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(said.map((text) => text.slice(0, 23))).toEqual(['Values: cancelled.', 'Values: not computed. n', 'No values: too large.', 'Values: not computed by']);
  });
});
