import { describe, expect, it } from 'vitest';
import type { ClaimJudgement } from '../engine/engine.js';
import { CLAIMS, claimOf } from './list.js';
import { CLAIM_PROGRAMS } from './programs.js';
import { opinionWords, quoteOf, verdictWords } from './words.js';

const judgement = (verdict: ClaimJudgement['verdict'], ...cases: boolean[]): ClaimJudgement => ({
  verdict,
  cases: cases.map((holds, index) => ({ holds, words: `case ${String(index)}` })),
});

describe('what is said of a claim', () => {
  it.each([
    [judgement('holds', true, true), 'It is true in all 2 cases that were tried here.'],
    [judgement('fails', false), 'It is false in the one case that was tried here.'],
    [judgement('depends', true, false, false), 'It depends: it holds in 1 of 3 cases that were tried here.'],
    [judgement('open'), 'Nothing can be said: the program did not come to its end, or tried no case.'],
  ])('%#', (found, words) => {
    expect(verdictWords(found)).toBe(words);
  });

  it('says what the learner said', () => {
    expect(opinionWords('fails', 'fails')).toBe('You said so.');
    expect(opinionWords('fails', 'depends')).toBe('You said that it is false.');
    expect(opinionWords('fails', 'open')).toBe('');
  });

  it('quotes the claim with its cases', () => {
    expect(quoteOf('Deeper is better.', judgement('depends', true, false), 'https://example.org/#claims?claim=deeper')).toBe(
      '“Deeper is better.”\nIt depends: it holds in 1 of 2 cases that were tried here.\n- holds: case 0\n- fails: case 1\nhttps://example.org/#claims?claim=deeper',
    );
  });
});

describe('the claims', () => {
  it('are twelve, each with a program', () => {
    expect(CLAIMS.length).toBe(12);
    expect(CLAIMS.map(({ name }) => name).sort()).toEqual(Object.keys(CLAIM_PROGRAMS).sort());
  });

  it('are found by name', () => {
    expect(claimOf('deeper')?.claim).toBe('Deeper is better.');
    expect(claimOf('toString')).toBeUndefined();
  });
});
