import { describe, expect, it } from 'vitest';
import { ROOMS, parseRoute, routeHash, sharedAddress } from './route.js';

describe('an address', () => {
  it.each([
    ['', 'play', '', undefined],
    ['#', 'play', '', undefined],
    ['#play', 'play', '', undefined],
    ['#play?seq_len=7', 'play', 'seq_len=7', undefined],
    ['#?seq_len=7', 'play', 'seq_len=7', undefined],
    ['#challenge', 'challenge', '', undefined],
    ['#code?c=abc', 'code', 'c=abc', undefined],
    ['#glossary?term=state', 'glossary', 'term=state', undefined],
    ['#/about', 'about', '', undefined],
    ['#train?x=1', 'play', 'x=1', 'train'],
    ['#play?a=b?c', 'play', 'a=b?c', undefined],
    ['#play/there?a=b', 'play', '', 'play/there'],
    ['#play?input=5/3', 'play', 'input=5/3', undefined],
    ['#there/train', 'play', '', 'there/train'],
  ])('%s leads to %s', (hash, view, query, unknown) => {
    expect(parseRoute(hash)).toEqual({ view, room: 'train', query, unknown });
  });

  it.each([
    ['#lab', 'train', '', undefined],
    ['#lab?lr=1', 'train', 'lr=1', undefined],
    ['#lab/packed?lengths=3,1', 'packed', 'lengths=3,1', undefined],
    ['#lab/cellar?x=1', 'train', '', 'lab/cellar'],
  ])('%s leads to the lab, room %s', (hash, room, query, unknown) => {
    expect(parseRoute(hash)).toEqual({ view: 'lab', room, query, unknown });
  });

  it('is what it was parsed from', () => {
    expect(routeHash('play', 'seq_len=7')).toBe('#play?seq_len=7');
    expect(routeHash('challenge')).toBe('#challenge');
    for (const { room } of ROOMS) expect(parseRoute(routeHash('lab', 'a=b', room))).toMatchObject({ view: 'lab', room, query: 'a=b' });
  });

  it('is shared with the version of what it says, which is the playground\'s alone', () => {
    expect(sharedAddress('https://a.example/b/#play?seq_len=7')).toBe('https://a.example/b/#play?v=1&seq_len=7');
    expect(sharedAddress('https://a.example/b/')).toBe('https://a.example/b/#play?v=1');
    expect(sharedAddress('https://a.example/#lab/train?steps=9')).toBe('https://a.example/#lab/train?steps=9');
    expect(sharedAddress('https://a.example/#challenge')).toBe('https://a.example/#challenge');
    expect(sharedAddress('file:///tmp/gru-playground.html#play?batch=2')).toBe('file:///tmp/gru-playground.html#play?v=1&batch=2');
  });
});
