import { expect, test } from 'vitest';
import training from '../../../crate/sentence/src/training.rs?raw';
import page from './gru-opening.ts?raw';
import type { SentenceReading, SentenceStep } from '../engine/engine.js';
import { answer, hundredths, memorySentence, stepSentence } from './words.js';

/** A reading of words as `kind text z h opinion probability`; unit 1 remembers. */
function reading(...words: string[]): SentenceReading {
  const steps = words.map((word): SentenceStep => {
    const [kind = '', text = '', z = '', h = '', opinion = '', probability = ''] = word.split(' ');
    const classes = ['bad', 'none', 'good'].map((name) => (name === opinion ? Number(probability) : 0));
    return {
      word: { text, token: 0, kind: kind as SentenceStep['word']['kind'] },
      x: [],
      r: [],
      z: [0.5, Number(z)],
      n: [],
      h: [0.5, Number(h)],
      opinion: opinion as SentenceStep['opinion'],
      probabilities: classes as [number, number, number],
    };
  });
  return { steps, unit: 1, is_cut: false };
}

const NOT_GOOD = reading('filler was 0.98 -0.25 none 0.9', 'negation not 0.1 0.99 none 0.9', 'filler that 0.99 0.98 none 0.9', 'filler so 0.9 0.95 none 0.9', 'good good 0.87 0.72 bad 0.98');

test('a word that the gate is open for replaces the state', () => {
  expect(stepSentence(NOT_GOOD, 1)).toBe('“not”: z of unit 1 falls to 0.10, so its state is replaced: from −0.25 to 0.99.');
});

test('a gate does not fall where it was low before, nor in the first step', () => {
  expect(stepSentence(reading('negation not 0.1 0.99 none 0.9'), 0)).toBe('“not”: z of unit 1 is 0.10, so its state is replaced: from 0.00 to 0.99.');
  expect(stepSentence(reading('negation not 0.1 0.5 none 0.9', 'negation never 0.2 0.99 none 0.9'), 1)).toContain('z of unit 1 is 0.20');
});

test('a filler keeps the state, and a negation that waits is remembered', () => {
  expect(stepSentence(NOT_GOOD, 0)).toBe('“was”: z of unit 1 is 0.98, so 98\u202f% of its state is kept.');
  expect(stepSentence(NOT_GOOD, 2)).toBe('“that”: z of unit 1 is 0.99, so 99\u202f% of its state is kept: “not” is remembered.');
});

test('an opinion counts as its opposite by the negation that was remembered, and by none that was used', () => {
  expect(stepSentence(NOT_GOOD, 4)).toBe('“good”: unit 1 still remembers “not”, so it counts as bad: the GRU is 98\u202f% sure.');
  const twice = reading('negation not 0.1 0.99 none 0.9', 'bad dull 0.1 -0.9 good 0.97', 'good fine 0.1 -0.9 good 0.97');
  expect(stepSentence(twice, 2)).toBe('“fine”: no negation waits, so it counts as it is: good, 97\u202f%.');
});

test('where the GRU is wrong, no reason is made up', () => {
  expect(stepSentence(reading('good good 0.1 -0.9 bad 0.6'), 0)).toBe('“good”: the GRU says bad, 60\u202f%.');
  expect(stepSentence(reading('negation not 0.1 0.99 none 0.9', 'good good 0.1 -0.9 good 0.6'), 1)).toBe('“good”: the GRU says good, 60\u202f%.');
});

test('an unknown word is told, and what is not so is not said of it', () => {
  expect(stepSentence(reading('unknown zebra 0.98 0.01 none 0.9'), 0)).toBe('“zebra” is no word that it knows: it changes nothing (z of unit 1 is 0.98).');
  expect(stepSentence(reading('good good 0.1 0.9 good 0.9', 'unknown zebra 0.98 0.9 none 0.6'), 1)).toBe('“zebra” is no word that it knows: z of unit 1 is 0.98, so 98\u202f% of its state is kept.');
  expect(stepSentence(reading('unknown zebra 0.2 0.9 none 0.9'), 0)).toBe('“zebra” is no word that it knows: z of unit 1 is 0.20, so its state is replaced: from 0.00 to 0.90.');
});

test('a long word is quoted in part', () => {
  expect(stepSentence(reading(`unknown ${'ab'.repeat(50)} 0.98 0.01 none 0.9`), 0)).toContain(`“${'ab'.repeat(10)}…”`);
});

test('nearly all is not all', () => {
  expect([1, 0.9999, 0.994, 0.5, 0.001, 0].map((share) => hundredths(share))).toEqual(['100\u202f%', '> 99\u202f%', '99\u202f%', '50\u202f%', '< 1\u202f%', '0\u202f%']);
});

test('the answer is of the last word; before it, of a sentence that ended there', () => {
  expect(answer(NOT_GOOD)).toBe('It was bad, says the GRU: 98\u202f%.');
  expect(answer(NOT_GOOD, 3)).toBe('If it ended here: neither good nor bad, 90\u202f%.');
  expect(answer(reading('filler it 0.9 0 none 0.9'))).toBe('It was neither good nor bad, says the GRU: 90\u202f%.');
  expect(answer(reading())).toBe('No words yet.');
});

test('what is kept is the product of z from the negation to the opinion', () => {
  // 0.99 of what was there, and 0.9 of that.
  expect(memorySentence(NOT_GOOD)).toBe('Unit 1, outlined, remembers the “not”: over the 2 words after it, 89\u202f% of its state is kept.');
  expect(memorySentence(reading('negation not 0.1 0.99 none 0.9', 'good good 0.1 0.9 bad 0.9'))).toBe('Unit 1, outlined, remembers the “not”.');
  expect(memorySentence(reading('filler it 0.9 0 none 0.9'))).toBe('Unit 1, outlined, remembers a “not”; this sentence has none.');
});

test('the words about the training are those of the training', () => {
  const constant = (name: string) => Number(new RegExp(`pub const ${name}: u64 = (\\d+);`).exec(training)?.[1]);
  // As it reads: without the elements around words that are explained.
  const read = page.replaceAll(/<\/?gru-term[^>]*>/g, '').replaceAll(/\s+/g, ' ');
  expect(read).toContain(`A GRU of ${constant('HIDDEN_SIZE')} units`);
  expect(read).toContain(`from seed ${constant('SEED')}: \${formatCount(${constant('STEPS')})} training steps`);
});
