import { expect, it } from 'vitest';
import { parseRoute } from '../state/route.js';
import { TERMS, termOf, type Term } from './terms.js';

const all: readonly Term[] = TERMS;

it('every term has a name of its own and one sentence', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { id, sentence } of all) {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(sentence, id).toMatch(/^\S.*\.$/);
    expect(sentence.length, id).toBeLessThan(170);
    // One sentence: no full stop before the last one but within a number, a name or a call.
    expect(sentence.slice(0, -1), id).not.toMatch(/\. /);
    expect(termOf(id)?.sentence).toBe(sentence);
  }
});

it('a name or another name stands for one term', () => {
  const names = all.flatMap(({ id, name, also = [] }) => [name, ...also].map((one) => [one, id] as const));
  const doubled = names.filter(([name, id], index) => names.some(([other, of], at) => at !== index && other === name && of !== id));
  expect(doubled).toEqual([]);
});

it('leads to places that there are', () => {
  for (const { id, see } of all) if (see) expect(parseRoute(see.opens).unknown, id).toBeUndefined();
});
