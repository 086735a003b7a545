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
    expect(search.find('hidden size got').map((entry) => entry.id)).toContain('message hidden-size');
  });

  it.each([
    ['Expected hidden size (1, 7, 33), got [1, 9, 33]', 'hidden-size'],
    ['RuntimeError: input.size(-1) must be equal to input_size. Expected 17, got 23', 'input-size'],
    ['self must be a matrix', ''],
    ["KeyError: 'gru.weight'", ''],
  ])('leads an exact message to its explanation, and to no example with other numbers: %s', (text, kind) => {
    const found = search.find(text);
    expect(found[0]).toMatchObject({ id: 'explain', title: 'Explain the text that I typed' });
    expect(parseRoute(found[0]?.href ?? '')).toMatchObject({ view: 'code' });
    expect(new URLSearchParams(found[0]?.href.split('?')[1]).get('paste')).toBe(text);
    expect(found.map((entry) => entry.id)).not.toContain(`message ${kind}`);
  });

  it('explains what was pasted with its lines', () => {
    const text = 'Traceback (most recent call last):\n  File "a.py", line 3\nKeyError: 3';
    const [explain] = search.find(text.replaceAll(/\s+/g, ' '), text);
    expect(new URLSearchParams(explain?.href.split('?')[1]).get('paste')).toBe(text);
  });

  it('offers no explanation of a word', () => {
    for (const text of ['h_n', 'self', 'hidden size', 'keyerror']) expect(first(text), text).not.toBe('explain');
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
