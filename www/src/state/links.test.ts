import { describe, expect, it } from 'vitest';
import { links } from '../../../tests/links.json';
import { OPENING } from './playground-state.js';
import { RELEASES } from './samples.js';
import { fromQuery, toQuery, toSharedQuery } from './url.js';

describe('a link that was once given away', () => {
  it.each(links.map(({ query, state }) => [query, state] as const))('%s opens what it opened then', (query, state) => {
    expect(fromQuery(query, RELEASES)).toEqual({ state: { ...OPENING, ...state }, notices: [] });
  });

  it.each(links.map(({ query }) => query))('%s can be given away again', (query) => {
    const { state } = fromQuery(query, RELEASES);
    expect(fromQuery(toSharedQuery(toQuery(state)), RELEASES)).toEqual({ state, notices: [] });
  });
});
