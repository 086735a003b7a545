import { describe, expect, it } from 'vitest';
import type { ClaimJudgement } from '../engine/engine.js';
import { CLAIMS, claimOf } from './list.js';
import { CLAIM_PROGRAMS } from './programs.js';
import { opinionWords, quoteOf, tallyWords, verdictWords } from './words.js';

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
    expect(opinionWords('fails', 'fails')).toBe('You were right.');
    expect(opinionWords('fails', 'depends')).toBe('You said that it is false; it is not always.');
    expect(opinionWords('fails', 'holds')).toBe('You said that it is false; it is true.');
    expect(opinionWords('holds', 'fails')).toBe('You said that it is true; it is not.');
    expect(opinionWords('depends', 'fails')).toBe('You said that it depends; here it does not.');
    expect(opinionWords('fails', 'open')).toBe('');
  });

  it('counts how often the learner was right', () => {
    expect(tallyWords(0, 0)).toBe('');
    expect(tallyWords(0, 1)).toBe('You were right about 0 of 1 claim.');
    expect(tallyWords(3, 4)).toBe('You were right about 3 of 4 claims.');
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
