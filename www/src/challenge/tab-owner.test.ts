import { describe, expect, it } from 'vitest';
import { MemoryStorage, type MemoryTab } from './memory-storage.js';
import { ANSWER_KEY, ASK_KEY, OWNER_KEY, TabOwner, type Locks } from './tab-owner.js';

/** Web Locks for one name among the tabs of one browser. */
class MemoryLocks {
  #holder: { release: () => void; rejected: (reason: unknown) => void } | undefined;

  request: Locks['request'] = (_name, options, callback) =>
    new Promise((resolve, reject) => {
      if (this.#holder && !options.steal) {
        void Promise.resolve(callback(null)).then(resolve);
        return;
      }
      this.#holder?.rejected(new DOMException('stolen', 'AbortError'));
      const mine = { release: () => undefined, rejected: reject };
      this.#holder = mine;
      void Promise.resolve(callback({ name: 'lock', mode: 'exclusive' })).then((value) => {
        if (this.#holder === mine) this.#holder = undefined;
        resolve(value);
      });
    });
}

interface Tab {
  readonly owner: TabOwner;
  readonly storage: MemoryTab;
  readonly heard: string[];
}

function open(shared: MemoryStorage | undefined, locks?: MemoryLocks): Tab {
  const storage = (shared ?? new MemoryStorage()).tab();
  const heard: string[] = [];
  const owner: TabOwner = new TabOwner(
    {
      storage: shared && storage,
      locks,
      onStorage: (listener) => storage.onStorage(listener),
      wait: () => new Promise((resolve) => setTimeout(resolve, 0)),
    },
    {
      beforeYield: () => heard.push(owner.isMine() ? 'save' : 'save too late'),
      onLost: () => heard.push(owner.isMine() ? 'lost too early' : 'lost'),
    },
  );
  return { owner, storage, heard };
}

describe.each([
  ['with locks', () => new MemoryLocks()],
  ['without locks', () => undefined],
])('%s', (_, makeLocks) => {
  function twoTabs(): [Tab, Tab, MemoryStorage] {
    const shared = new MemoryStorage();
    const locks = makeLocks();
    return [open(shared, locks), open(shared, locks), shared];
  }

  it('the first tab has the run and the second one does not', async () => {
    const [first, second] = twoTabs();
    expect(first.owner.isMine()).toBe(false);
    expect(await first.owner.claim()).toBe(true);
    expect(await second.owner.claim()).toBe(false);
    expect([first.owner.isMine(), second.owner.isMine()]).toEqual([true, false]);
    expect([first.heard, second.heard]).toEqual([[], []]);
  });

  it('a tab that lets go can be followed by another', async () => {
    const [first, second] = twoTabs();
    await first.owner.claim();
    first.owner.release();
    expect(await second.owner.claim()).toBe(true);
    expect(await first.owner.claim()).toBe(false);
  });

  it('taking over makes the first tab save, then lose', async () => {
    const [first, second, shared] = twoTabs();
    await first.owner.claim();
    expect(await second.owner.takeOver()).toBe(true);
    expect(first.heard).toEqual(['save', 'lost']);
    expect([first.owner.isMine(), second.owner.isMine()]).toEqual([false, true]);
    expect(second.heard).toEqual([]);
    expect([shared.entries.has(ASK_KEY), shared.entries.has(ANSWER_KEY)]).toEqual([false, false]);
    // And back again.
    expect(await first.owner.takeOver()).toBe(true);
    expect(second.heard).toEqual(['save', 'lost']);
  });

  it('a tab that does not answer loses the run all the same, and can no longer save', async () => {
    const [first, second] = twoTabs();
    await first.owner.claim();
    first.storage.deaf();
    expect(await second.owner.takeOver()).toBe(true);
    expect(first.owner.isMine()).toBe(false);
    expect(first.heard).toEqual(['lost']);
    expect(second.owner.isMine()).toBe(true);
    // Even after the second tab has let go.
    second.owner.release();
    expect(first.owner.isMine()).toBe(false);
  });

  it('of two tabs that claim at once, one has the run', async () => {
    const [first, second] = twoTabs();
    const claims = await Promise.all([first.owner.claim(), second.owner.claim()]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect([first.owner.isMine(), second.owner.isMine()]).toEqual(claims);
  });

  it('emptying the storage does not end a run', async () => {
    const [first, , shared] = twoTabs();
    await first.owner.claim();
    shared.entries.clear();
    expect(first.owner.isMine()).toBe(true);
    expect(shared.entries.has(OWNER_KEY)).toBe(true);
  });

  it('a disposed tab hears nothing', async () => {
    const [first, second] = twoTabs();
    await first.owner.claim();
    first.owner.dispose();
    expect(await second.owner.claim()).toBe(true);
    expect(first.heard).toEqual([]);
  });
});

it('a tab that died without locks is followed at once by the one that asks in vain', async () => {
  const shared = new MemoryStorage();
  shared.entries.set(OWNER_KEY, 'dead');
  const tab = open(shared);
  expect(await tab.owner.claim()).toBe(true);
});

it('nonsense in the asking key is not answered', async () => {
  const shared = new MemoryStorage();
  const first = open(shared);
  await first.owner.claim();
  const other = shared.tab();
  for (const text of ['', '{', 'null', '{"what":"yield"}', '{"what":"give","id":"x"}']) other.setItem(ASK_KEY, text);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(shared.entries.has(ANSWER_KEY)).toBe(false);
  expect(first.owner.isMine()).toBe(true);
});

it('without storage each tab has its own run', async () => {
  const tab = open(undefined, new MemoryLocks());
  expect(await tab.owner.claim()).toBe(true);
  expect(tab.owner.isMine()).toBe(true);
  tab.owner.release();
  expect(await tab.owner.takeOver()).toBe(true);
});
