import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QuizEvent, QuizMachine, QuizMachines, QuizState, QuizView } from '../engine/engine.js';
import { MemoryStorage } from './memory-storage.js';
import { QuizSession, TICK_MS, newsOf, type Scene } from './session.js';
import { ASIDE_KEY, RUN_KEY } from './store.js';

const LIMIT_MS = 120_000;

/** A quiz of one question, with just enough rules to see what the session does. The real ones are the core's. */
class FakeMachine implements QuizMachine {
  phase = 'intro';
  remaining_ms = LIMIT_MS;
  spent = 0;
  date: string | null = null;
  #last: number | undefined;
  #broken = false;
  /** Set by tests: the next event panics. */
  static panics = 0;

  constructor(state?: object) {
    if (state) Object.assign(this, state);
  }

  dispatch(event: QuizEvent, now: number): void {
    if (FakeMachine.panics > 0) {
      FakeMachine.panics--;
      this.#broken = true;
    }
    if (this.#broken) throw new WebAssembly.RuntimeError('unreachable');
    if (this.phase === 'open') this.remaining_ms -= now - (this.#last ?? now);
    this.#last = now;
    const at = `${this.phase}/${event.type}`;
    if (at === 'intro/start' || at === 'finished/again') this.phase = 'open';
    else if (at === 'open/pause') this.phase = 'paused';
    else if (at === 'paused/resume') this.phase = 'open';
    else if (at === 'open/answer') this.phase = 'closed';
    else if (at === 'closed/next') this.phase = 'finished';
    else if (event.type === 'abandon') this.phase = 'intro';
    else if (event.type === 'stamp') this.date = event.date;
  }

  view(): QuizView {
    const { phase, remaining_ms, date } = this;
    return { phase, remaining_ms, badge: phase === 'finished' ? { date } : null } as unknown as QuizView;
  }

  state(): QuizState {
    const { phase, remaining_ms, spent, date } = this;
    return { phase, remaining_ms, spent, date } as unknown as QuizState;
  }

  free(): void {
    if (this.#broken) throw new Error('stale');
  }
}

const machines: QuizMachines = {
  fresh: () => new FakeMachine(),
  restore: (state) => {
    if ('later' in state) throw Object.assign(new Error('From a newer page.'), { name: 'QuizStateError' });
    if (!('phase' in state && 'remaining_ms' in state)) throw new Error('bad state');
    return new FakeMachine(state);
  },
};

let now = 0;

interface Tab {
  readonly session: QuizSession;
  readonly reload: () => Tab;
  readonly crash: () => Tab;
}

function open(shared: MemoryStorage | undefined): Tab {
  const storage = (shared ?? new MemoryStorage()).tab();
  const session = new QuizSession({
    machines,
    environment: {
      storage: shared && storage,
      locks: undefined,
      onStorage: (listener) => storage.onStorage(listener),
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    },
    now: () => now,
    today: () => '2026-11-22',
    seed: () => 7,
    changed: () => undefined,
  });
  return {
    session,
    reload: () => {
      session.suspend();
      storage.deaf();
      return open(shared);
    },
    crash: () => {
      storage.deaf();
      return open(shared);
    },
  };
}

/** Lets both clocks run: the timers and `performance.now()`. */
async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= TICK_MS) {
    const step = Math.min(left, TICK_MS);
    now += step;
    await vi.advanceTimersByTimeAsync(step);
  }
}

/** Lets claims and messages between tabs come through while no question is open. */
function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(2000);
}

async function entered(tab: Tab): Promise<Tab> {
  void tab.session.enter();
  await settle();
  return tab;
}

function remaining(scene: Scene): unknown {
  return scene.kind === 'quiz' ? (scene.view as unknown as { remaining_ms: number }).remaining_ms : scene.kind;
}

function phase({ session: { scene } }: Tab): string {
  return scene.kind === 'quiz' ? scene.view.phase : scene.kind;
}

function kept(shared: MemoryStorage): Record<string, unknown> {
  return JSON.parse(shared.entries.get(RUN_KEY) ?? 'null') as Record<string, unknown>;
}

async function started(shared: MemoryStorage | undefined): Promise<Tab> {
  const tab = await entered(open(shared));
  tab.session.start('standard');
  await settle();
  expect(phase(tab)).toBe('open');
  return tab;
}

beforeEach(() => {
  vi.useFakeTimers();
  now = 1000;
  FakeMachine.panics = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

describe('time', () => {
  it('passes while a question is open, and is kept with every tick', async () => {
    const shared = new MemoryStorage();
    const tab = await started(shared);
    const before = remaining(tab.session.scene) as number;
    await pass(10_000);
    expect(remaining(tab.session.scene)).toBe(before - 10_000);
    expect(kept(shared)['remaining_ms']).toBe(before - 10_000);
    tab.session.dispose();
  });

  it('is the same after a reload, however long the page was away and whatever the new clock says', async () => {
    const shared = new MemoryStorage();
    let tab = await started(shared);
    await pass(10_000);
    now += 123;
    tab = tab.reload();
    expect(kept(shared)['remaining_ms']).toBe(LIMIT_MS - 10_123);
    now = 5;
    await entered(tab);
    expect(phase(tab)).toBe('open');
    expect(remaining(tab.session.scene)).toBe(LIMIT_MS - 10_123);
    await pass(1000);
    expect(remaining(tab.session.scene)).toBe(LIMIT_MS - 11_123);
    tab.session.dispose();
  });

  it('loses less than a tick in a crash', async () => {
    const shared = new MemoryStorage();
    let tab = await started(shared);
    await pass(10_000);
    now += TICK_MS - 1;
    const dead = tab.session;
    tab = tab.crash();
    // The crashed tab's timers are gone with it.
    vi.clearAllTimers();
    now = 0;
    await entered(tab);
    expect(remaining(tab.session.scene)).toBe(LIMIT_MS - 10_000);
    expect(dead.scene.kind).toBe('quiz');
    tab.session.dispose();
  });

  it('stands while the challenge is left, paused, and goes on when the learner says so', async () => {
    const shared = new MemoryStorage();
    const tab = await started(shared);
    await pass(1000);
    tab.session.leave();
    expect(kept(shared)['phase']).toBe('paused');
    now += 60_000;
    await entered(tab);
    expect(phase(tab)).toBe('paused');
    tab.session.send({ type: 'resume' });
    await pass(500);
    expect(remaining(tab.session.scene)).toBe(LIMIT_MS - 1500);
    tab.session.dispose();
  });
});

describe('two tabs', () => {
  it('the second one does not have the run, until it takes it over with the time it has', async () => {
    const shared = new MemoryStorage();
    const first = await started(shared);
    const second = await entered(open(shared));
    expect([phase(first), phase(second)]).toEqual(['open', 'elsewhere']);
    await pass(3000);
    const before = remaining(first.session.scene) as number;
    now += 77;
    void second.session.continueHere();
    await vi.advanceTimersByTimeAsync(2000);
    expect([phase(first), phase(second)]).toEqual(['elsewhere', 'open']);
    expect(kept(shared)['remaining_ms']).toBe(before - 77);
    // And the first one takes it back.
    void first.session.continueHere();
    await vi.advanceTimersByTimeAsync(2000);
    expect([phase(first), phase(second)]).toEqual(['open', 'elsewhere']);
    first.session.dispose();
    second.session.dispose();
  });

  it('a start in one shows as elsewhere in the other, its end as the end', async () => {
    const shared = new MemoryStorage();
    const idle = await entered(open(shared));
    const player = await started(shared);
    await settle();
    expect(phase(idle)).toBe('elsewhere');
    player.session.send({ type: 'answer', option: 'a' });
    player.session.send({ type: 'next' });
    await settle();
    expect([phase(idle), phase(player)]).toEqual(['finished', 'finished']);
    // Now either may begin again; the other one sees it.
    idle.session.send({ type: 'again' });
    await settle();
    expect([phase(idle), phase(player)]).toEqual(['open', 'elsewhere']);
    player.session.dispose();
    idle.session.dispose();
  });

  it('a tab that goes away leaves its run free', async () => {
    const shared = new MemoryStorage();
    const first = await started(shared);
    const second = await entered(open(shared));
    first.session.leave();
    await settle();
    expect(second.session.scene).toEqual({ kind: 'elsewhere', free: true });
    void second.session.continueHere();
    await settle();
    expect(phase(second)).toBe('paused');
    second.session.dispose();
  });

  it('a run begun elsewhere in the same moment is not written over', async () => {
    const shared = new MemoryStorage();
    const [first, second] = [await entered(open(shared)), await entered(open(shared))];
    first.session.start('standard');
    second.session.start('standard');
    await settle();
    expect([phase(first), phase(second)].sort()).toEqual(['elsewhere', 'open']);
    first.session.dispose();
    second.session.dispose();
  });
});

describe('what is kept', () => {
  it.each([
    ['damaged text', '{"phase":"op'],
    ['a foreign object', '{"name":"another program"}'],
    ['a foreign object that looks in progress', '{"phase":"open","level":3}'],
  ])('%s is set aside with a notice', async (_, text) => {
    const shared = new MemoryStorage();
    shared.entries.set(RUN_KEY, text);
    const tab = await entered(open(shared));
    expect(phase(tab)).toBe('intro');
    expect([...tab.session.notices.keys()]).toEqual(['set-aside']);
    expect(shared.entries.get(ASIDE_KEY)).toBe(text);
    tab.session.dismiss('set-aside');
    expect([...tab.session.notices.keys()]).toEqual([]);
    tab.session.start('standard');
    await settle();
    expect(phase(tab)).toBe('open');
    tab.session.dispose();
  });

  it('is news by its notice and its text', () => {
    const before = new Map([['not-kept', 'Nothing is kept.'], ['set-aside', 'Not read.']] as const);
    const after = new Map([['not-kept', 'Nothing is kept.'], ['set-aside', 'From a newer page.'], ['renewed', 'Started anew.']] as const);
    expect(newsOf(before, after)).toEqual(['From a newer page.', 'Started anew.']);
    expect(newsOf(after, before)).toEqual(['Not read.']);
    expect(newsOf(after, after)).toEqual([]);
  });

  it('the core says why, where it knows', async () => {
    const shared = new MemoryStorage();
    shared.entries.set(RUN_KEY, '{"later":2}');
    const tab = await entered(open(shared));
    expect(tab.session.notices.get('set-aside')).toBe('From a newer page.');
    tab.session.dispose();
  });

  it('nothing is, without storage: it works, says so, and this tab remembers', async () => {
    const tab = await started(undefined);
    expect([...tab.session.notices.keys()]).toEqual(['not-kept']);
    tab.session.dismiss('not-kept');
    await pass(1000);
    expect(tab.session.notices.size).toBe(0);
    tab.session.leave();
    await entered(tab);
    expect(phase(tab)).toBe('paused');
    tab.session.send({ type: 'resume' });
    await settle();
    expect(phase(tab)).toBe('open');
    tab.session.dispose();
  });

  it('a storage that is full says so and the run goes on', async () => {
    const shared = new MemoryStorage();
    const tab = await started(shared);
    shared.full = true;
    await pass(1000);
    expect([...tab.session.notices.keys()]).toEqual(['not-kept']);
    expect(phase(tab)).toBe('open');
    tab.session.dispose();
  });

  it('a badge is stamped with the day', async () => {
    const shared = new MemoryStorage();
    const tab = await started(shared);
    tab.session.send({ type: 'answer', option: 'a' });
    tab.session.send({ type: 'next' });
    expect(kept(shared)).toMatchObject({ phase: 'finished', date: '2026-11-22' });
    tab.session.dispose();
  });
});

describe('a panic of the core', () => {
  it('costs nothing but a notice', async () => {
    const shared = new MemoryStorage();
    const tab = await started(shared);
    await pass(1000);
    const before = remaining(tab.session.scene);
    FakeMachine.panics = 1;
    tab.session.send({ type: 'hint' });
    expect(remaining(tab.session.scene)).toBe(before);
    expect([...tab.session.notices.keys()]).toEqual(['renewed']);
    await pass(1000);
    expect(remaining(tab.session.scene)).toBe((before as number) - 1000);
    tab.session.dispose();
  });

  it('that comes back each time ends the asking; the run can be set aside', async () => {
    const shared = new MemoryStorage();
    const tab = await started(shared);
    FakeMachine.panics = 1000;
    await pass(5000);
    expect(tab.session.scene).toEqual({ kind: 'broken' });
    FakeMachine.panics = 0;
    tab.session.beginAnew();
    expect(phase(tab)).toBe('intro');
    expect(shared.entries.has(ASIDE_KEY)).toBe(true);
    tab.session.dispose();
  });
});
