import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../state/route.js';
import { entries } from './entries.js';
import { Search } from './search.js';

const search = new Search();
const first = (text: string) => search.find(text)[0]?.id;

describe('the search', () => {
  it.each([
    ['update gate', 'term update-gate'],
    ['h_n', 'term h-n'],
    ['hidden size', 'term unit'],
    ['bidirectonal', 'term direction'],
    ['overfit', 'term overfitting'],
    ['vanish', 'term vanishing'],
    ['nn.LSTM', 'term lstm'],
    ['quiz', 'challenge'],
    ['packed', 'lab/packed'],
    ['attention', 'program attention'],
    ['why gates', 'term gate'],
    ['what does the update gate do', 'term update-gate'],
    ['minGRU', 'term min-gru'],
  ])('%s finds %s', (text, id) => {
    expect(search.find(text).slice(0, 3).map((entry) => entry.id)).toContain(id);
  });

  it('finds a message by its words, whatever its numbers are', () => {
    const found = search.find('Expected hidden size (1, 7, 33), got [1, 9, 33]').map((entry) => entry.id);
    expect(found[0]).toBe('explain');
    expect(found.slice(0, 4)).toContain('message hidden-size');
  });

  it('offers to explain a long text that it does not know', () => {
    expect(first('ZeroDivisionError: something of my own that nobody knows')).toBe('explain');
    expect(search.find('zzzz')).toEqual([]);
  });

  it('leads to places that there are', () => {
    for (const { id, href } of entries()) expect(parseRoute(href).unknown, id).toBeUndefined();
    const ids = entries().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const entry of entries().filter(({ kind }) => kind === 'place')) expect(entry.text, entry.id).not.toBe('');
  });
});
