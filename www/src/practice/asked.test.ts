import { expect, test } from 'vitest';
import { readAsked, writeAsked } from './asked.js';

test('what practice is asked goes into the address and back', () => {
  const asked = { tags: ['shapes', 'last-states'], item: 'shapes/h-n', seed: 4294967295, cards: false, due: true };
  expect(readAsked(writeAsked(asked))).toEqual(asked);
  const cards = { tags: [], item: undefined, seed: undefined, cards: true, due: false };
  expect(writeAsked(cards)).toBe('cards=1');
  expect(readAsked('cards=1')).toEqual(cards);
  expect(writeAsked(readAsked(''))).toBe('');
});

test('what cannot be meant in the address is left out', () => {
  for (const seed of ['-1', '4294967296', '1e3', '', 'x', '99999999999']) expect(readAsked(`item=shapes/out&seed=${seed}`).seed).toBeUndefined();
  expect(readAsked('tags=,shapes,,shapes,').tags).toEqual(['shapes']);
  expect(readAsked(`tags=${Array.from({ length: 90 }, (_, place) => place).join(',')}`).tags).toHaveLength(20);
});
