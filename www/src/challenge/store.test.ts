import { describe, expect, it } from 'vitest';
import { MemoryStorage } from './memory-storage.js';
import { ASIDE_KEY, RUN_KEY, RunStore, parseEntry } from './store.js';

describe('what is kept', () => {
  it('comes back as it was', () => {
    const tab = new MemoryStorage().tab();
    const store = new RunStore(tab);
    expect(store.find()).toEqual({ kind: 'nothing' });
    const state = { phase: 'open', remaining_ms: 61_250 };
    expect(store.keep(state)).toBe(true);
    expect(new RunStore(tab).find()).toEqual({ kind: 'state', state });
    store.clear();
    expect(store.find()).toEqual({ kind: 'nothing' });
  });

  it.each(['', '{', 'null', '[]', '7', '"x"', 'undefined'])(
    'is foreign if it reads %s',
    (text) => {
      expect(parseEntry(text)).toEqual({ kind: 'foreign' });
    },
  );
});

describe('what cannot be read', () => {
  it('is moved, not destroyed, and a second one does not push out the first', () => {
    const shared = new MemoryStorage();
    const tab = shared.tab();
    const store = new RunStore(tab);
    for (const text of ['first', 'second', 'first']) {
      tab.setItem(RUN_KEY, text);
      store.setAside();
      expect(tab.getItem(RUN_KEY)).toBeNull();
    }
    expect([...shared.entries]).toEqual([
      [ASIDE_KEY, 'first'],
      [`${ASIDE_KEY}:2`, 'second'],
    ]);
    expect(store.keeps).toBe(true);
  });

  it('stays where it is when there is no room to move it, and nothing is written over it', () => {
    const shared = new MemoryStorage();
    const tab = shared.tab();
    tab.setItem(RUN_KEY, 'precious');
    const store = new RunStore(tab);
    shared.full = true;
    store.setAside();
    expect(store.keeps).toBe(false);
    shared.full = false;
    expect(store.keep({})).toBe(false);
    expect(tab.getItem(RUN_KEY)).toBe('precious');
  });
});

describe('without storage', () => {
  it('nothing is kept and nothing throws', () => {
    const store = new RunStore(undefined);
    expect(store.keeps).toBe(false);
    expect(store.keep({})).toBe(false);
    expect(store.find()).toEqual({ kind: 'nothing' });
    store.setAside();
    store.clear();
  });

  it('a store that fails later says so', () => {
    const shared = new MemoryStorage();
    const store = new RunStore(shared.tab());
    expect(store.keep({})).toBe(true);
    shared.full = true;
    expect(store.keep({})).toBe(false);
    expect(store.keeps).toBe(false);
  });

  it('a store whose reading throws counts as none', () => {
    const store = new RunStore({
      getItem: () => { throw new DOMException('blocked', 'SecurityError'); },
      setItem: () => undefined,
      removeItem: () => undefined,
    });
    expect(store.find()).toEqual({ kind: 'nothing' });
    expect(store.keeps).toBe(false);
  });
});
