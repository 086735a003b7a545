import { describe, expect, it } from 'vitest';
import { parseRoute, routeHash } from './route.js';

describe('an address', () => {
  it.each([
    ['', 'play', '', undefined],
    ['#', 'play', '', undefined],
    ['#play', 'play', '', undefined],
    ['#play?seq_len=7', 'play', 'seq_len=7', undefined],
    ['#?seq_len=7', 'play', 'seq_len=7', undefined],
    ['#challenge', 'challenge', '', undefined],
    ['#/about', 'about', '', undefined],
    ['#train?x=1', 'play', 'x=1', 'train'],
    ['#play?a=b?c', 'play', 'a=b?c', undefined],
  ])('%s leads to %s', (hash, view, query, unknown) => {
    expect(parseRoute(hash)).toEqual({ view, query, unknown });
  });

  it('is what it was parsed from', () => {
    expect(routeHash('play', 'seq_len=7')).toBe('#play?seq_len=7');
    expect(routeHash('challenge')).toBe('#challenge');
  });
});
