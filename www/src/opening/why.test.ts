import { expect, test } from 'vitest';
import type { SentenceReading, SentenceStep } from '../engine/engine.js';
import { whySentence } from './why.js';

/** A reading of words as `kind text z`; unit 1 remembers. */
function reading(...words: string[]): SentenceReading {
  const steps = words.map((word): SentenceStep => {
    const [kind = '', text = '', z = ''] = word.split(' ');
    return { word: { text, token: 0, kind: kind as SentenceStep['word']['kind'] }, x: [], r: [], z: [0.5, Number(z)], n: [], h: [], opinion: 'none', probabilities: [0, 1, 0] };
  });
  return { steps, unit: 1, is_cut: false };
}

const NOT_GOOD = reading('filler was 0.98', 'negation not 0.1', 'filler that 0.99', 'good good 0.87');

test('a negation lets go of what was there, a filler keeps what it left, an opinion reads it', () => {
  expect(whySentence(NOT_GOOD, 0)).toContain('it keeps its state, whatever');
  expect(whySentence(NOT_GOOD, 1)).toContain('the candidate n takes the place of what was there');
  expect(whySentence(NOT_GOOD, 2)).toContain('it keeps what “not” left, whatever');
  expect(whySentence(NOT_GOOD, 3)).toContain('says that “not” waits.');
  expect(whySentence(reading('bad dull 0.2'), 0)).toContain('says that no negation waits.');
});

test('what the gate does not do is not said', () => {
  expect([whySentence(reading('negation not 0.9'), 0), whySentence(reading('filler the 0.2'), 0), whySentence(NOT_GOOD, 9)]).toEqual(['', '', '']);
});
