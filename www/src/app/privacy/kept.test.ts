import { describe, expect, it } from 'vitest';
import { KEEPINGS, bytesOf, bytesOfRest, clear, ours, type Store } from './kept.js';

function store(entries: Record<string, string>): Store & { names: () => string[] } {
  const kept = new Map(Object.entries(entries));
  return {
    get length() { return kept.size; },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    removeItem: (name) => { kept.delete(name); },
    names: () => [...kept.keys()],
  };
}

describe('what is kept', () => {
  const some = store({ 'gru-playground.theme': 'dark', 'of another page': 'x', 'gru-playground:challenge:1': '{}', 'gru-new': 'abc' });

  it('is counted in bytes, and what others keep is not', () => {
    const found = ours(some);
    expect([...found.keys()]).toEqual(['gru-playground.theme', 'gru-playground:challenge:1', 'gru-new']);
    const theme = KEEPINGS.find(({ what }) => what.includes('theme'));
    expect(theme && bytesOf(theme, found)).toBe(2 * ('gru-playground.theme'.length + 4));
    expect(bytesOfRest('this browser', found)).toBe(2 * ('gru-new'.length + 3));
  });

  it('goes without what others keep', () => {
    clear(some);
    expect(some.names()).toEqual(['of another page']);
  });

  it('is nothing where a store is blocked', () => {
    expect(ours(undefined).size).toBe(0);
  });
});
