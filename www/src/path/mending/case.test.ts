import { describe, expect, it } from 'vitest';
import type { DeckCase } from '../../engine/engine.js';
import { BEGUN, caseText, choose, counts, helped, mended, nameLine, nextKind, readCase } from './case.js';

const KINDS = ['a', 'b', 'c'].map((kind) => ({ kind, title: kind, silent: false }));
const answer = (right: boolean) => ({ text: '', right, reply: '' });
const CASE: DeckCase = {
  kind: 'b', seed: 7, title: '', purpose: '', code: '', silent: false, faults: [3, 4],
  things: [answer(false), answer(true)], causes: [answer(true), answer(false)], help: ['1', '2', '3', '4'],
};

describe('a broken program', () => {
  it('is gone through in order, and no step is left out', () => {
    let at = choose(BEGUN, CASE, 1);
    expect(at).toEqual(BEGUN);
    expect(mended(at)).toEqual(BEGUN);
    at = nameLine(nameLine(at, CASE, 2), CASE, 2);
    expect([at.step, at.lines]).toEqual(['line', [2]]);
    at = nameLine(at, CASE, 4);
    expect([at.step, at.line]).toEqual(['thing', 4]);
    at = choose(at, CASE, 0);
    expect([at.step, at.wrong]).toEqual(['thing', [0]]);
    at = choose(at, CASE, 1);
    expect([at.step, at.wrong]).toEqual(['cause', []]);
    at = choose(at, CASE, 0);
    expect([at.step, counts(at, CASE)]).toEqual(['mend', false]);
    at = mended(at);
    expect([at.step, counts(at, CASE)]).toEqual(['done', true]);
  });

  it('does not count where the last help was opened', () => {
    const done = mended(choose(choose(nameLine(BEGUN, CASE, 3), CASE, 1), CASE, 0));
    const three = helped(helped(helped(done, CASE), CASE), CASE);
    expect(counts(three, CASE)).toBe(true);
    expect(counts(helped(three, CASE), CASE)).toBe(false);
    expect(helped(helped(three, CASE), CASE).help).toBe(4);
  });

  it('has an address that does not tell its kind', () => {
    expect(caseText(KINDS, 'b', 7)).toBe('1-7');
    expect(readCase(KINDS, '1-7')).toEqual({ kind: 'b', seed: 7 });
    for (const text of ['', '3-1', 'b-7', '1-', '1-7x', '-1-7']) expect(readCase(KINDS, text)).toBeUndefined();
  });

  it('comes of a kind that was seen least', () => {
    expect(nextKind(KINDS, ['a', 'c'], 0.99)).toBe('b');
    expect([0, 0.5, 0.99].map((random) => nextKind(KINDS, [], random))).toEqual(['a', 'b', 'c']);
    expect(nextKind(KINDS, ['a', 'b', 'c', 'a', 'b'], 0)).toBe('c');
  });
});
