import { expect, it } from 'vitest';
import { formatCount, plural } from './numbers.js';

it('sets thin spaces between thousands, however long the number', () => {
  const spaced = (text: string) => text.replaceAll('\u202f', '_');
  expect([0, 999, 1000, 20160].map(formatCount).map(spaced)).toEqual(['0', '999', '1_000', '20_160']);
  expect(spaced(formatCount(2n ** 70n))).toBe('1_180_591_620_717_411_303_424');
});

it('counts nouns', () => {
  expect([plural(1, 'step'), plural(0, 'step'), plural(2, 'fix', 'fixes')]).toEqual(['1 step', '0 steps', '2 fixes']);
});
