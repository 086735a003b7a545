import { expect, test } from 'vitest';
import type { QuizEvent, QuizState, QuizView } from '../engine/engine.js';
import { attemptOf } from './attempts.js';

type Entry = QuizState['records'][number];

function state(...records: Partial<Entry>[]): QuizState {
  const whole = records.map((record): Entry => ({ question: 'q', spent: [], hint: false, tried: false, outcome: 'undecided', remaining_ms: null, elapsed_ms: 0, ...record }));
  return { version: 1, bank: 'b', phase: 'open', mode: 'standard', seed: 7, records: whole, date: null };
}

const OPEN = { phase: 'open', options: [{ id: 'two' }, { id: 'one' }] } as unknown as QuizView;
const ANSWER: QuizEvent = { type: 'answer', option: 'one' };
const TICK: QuizEvent = { type: 'tick' };

test('a right answer is told with the time, the hint, and the order in which the options stood', () => {
  expect(attemptOf(state({ elapsed_ms: 100 }), ANSWER, state({ outcome: 'solved', hint: true, elapsed_ms: 2_500 }), OPEN)).toEqual({
    source: 'challenge', item: 'q', answer: 'one', right: true, seconds: 2.5, hint: true, bank: 'b', seed: 7, order: ['two', 'one'],
  });
});

test('a wrong answer and time that ran out use up an attempt', () => {
  expect(attemptOf(state({}), ANSWER, state({ spent: ['one'] }), OPEN)).toMatchObject({ answer: 'one', right: false });
  expect(attemptOf(state({ spent: ['one'] }), TICK, state({ spent: ['one', 'time_out'], outcome: 'failed' }), OPEN)).toMatchObject({ answer: 'time_out', right: false });
});

test('nothing else is an attempt: a tick, a hint, another question, another run', () => {
  expect(attemptOf(state({}), TICK, state({ elapsed_ms: 250 }), OPEN)).toBeUndefined();
  expect(attemptOf(state({}), { type: 'hint' }, state({ hint: true }), OPEN)).toBeUndefined();
  expect(attemptOf(state({ outcome: 'solved' }), { type: 'next' }, state({ outcome: 'solved' }, { question: 'r' }), OPEN)).toBeUndefined();
  expect(attemptOf({ ...state({}), seed: 8 }, { type: 'again' }, state({ spent: ['one'] }), OPEN)).toBeUndefined();
  expect(attemptOf(state({ outcome: 'solved' }), TICK, state({ outcome: 'solved' }), OPEN)).toBeUndefined();
});
