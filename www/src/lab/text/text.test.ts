import { expect, it } from 'vitest';
import { fromQuery, toQuery } from '../../state/codec.js';
import type { TextGuess } from '../../engine/lab/text.js';
import { guessTable, lossChart, lossTable } from './charts.js';
import { knownWords } from './gru-text-samples.js';
import { OPENING, SCHEMA, setupOf, type TextState } from './state.js';
import { seen } from './words.js';

const guesses: TextGuess[] = [
  { who: 'uniform', loss: 3.434, bits: 4.954, accuracy: 0.032 },
  { who: 'frequent', loss: 2.9, bits: 4.18, accuracy: 0.2 },
  { who: 'pairs', loss: 2.2, bits: 3.17, accuracy: 0.33 },
];

it('what is set is read back from its address, and whose text it is; the text itself is not there', () => {
  const set: TextState = { ...OPENING, text: 'own', prompt: 'The "fox" & é 🦊 ', temperature: 1.2, sample_seed: -3, steps: 40 };
  const query = toQuery(SCHEMA, OPENING, set);
  expect(fromQuery(SCHEMA, OPENING, query, { of: 'this room' })).toEqual({ settings: set, notices: [], unread: {} });
  expect(toQuery(SCHEMA, OPENING, OPENING)).toBe('');
  expect(Object.keys(setupOf(set))).not.toContain('text');
});

it('the chart has guessing and pairs beside the loss, before a run too', () => {
  const before = lossChart([], [], 400, guesses);
  expect(before.limit).toEqual({ y: 2.2, text: 'which follows which' });
  expect(before.series.map(({ name, points }) => [name, points.length])).toEqual([['training', 0], ['validation', 0], ['guessing', 2]]);
  expect(before.series[2]?.points).toEqual([{ x: 0, y: 3.434 }, { x: 400, y: 3.434 }]);
  expect(lossChart([3, 2], [], 400, guesses).description).toBe('Loss by training step, from 3.000 to 2.000.');
});

it('a row of the table has the loss of a step and what was validated after it', () => {
  const losses = Array.from({ length: 25 }, (_, step) => 3 / (step + 1));
  const validation = [{ steps: 10, loss: 2, accuracy: 0.25 }, { steps: 20, loss: 1.5, accuracy: 0.5 }];
  expect(lossTable(losses, validation, false).rows).toEqual([
    ['10', 0.3, 2, { value: 0.25, shown: '25\u202f%' }],
    ['20', 0.15, 1.5, { value: 0.5, shown: '50\u202f%' }],
  ]);
  expect(lossTable(losses, validation, true).rows.length).toBe(25);
});

it('the GRU stands beside those who count, once it is judged', () => {
  expect(guessTable(guesses, undefined).rows.map(([who]) => who)).toEqual(['all characters alike', 'how frequent each is', 'which follows which']);
  const judgement = { loss: 1.5, bits: 2.16, accuracy: 0.55, beats: true, overfits: false, sentences: [] };
  expect(guessTable(guesses, judgement).rows.at(-1)?.slice(0, 3)).toEqual(['GRU', 1.5, 2.16]);
});

it('words that are words are counted in words', () => {
  const sample = { steps: 0, prompt: '', text: '' };
  expect(knownWords({ ...sample, words: 0, known: 0 })).toBe('no whole word');
  expect(knownWords({ ...sample, words: 1, known: 1 })).toBe('1 of 1 word is a word of the text');
  expect(knownWords({ ...sample, words: 7, known: 0 })).toBe('0 of 7 words are words of the text');
  expect([' ', '\n', '\t', 'é'].map(seen)).toEqual(['␣', '⏎', '⇥', 'é']);
});
