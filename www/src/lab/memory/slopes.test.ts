import { expect, it } from 'vitest';
import { ROW, slopesOf } from './slopes.js';

it('lines lead from the order that was given to the places that came, and those of a shared place do not cross', () => {
  const move = (cell: 'rnn' | 'gru' | 'lstm', predicted: number, place: number) => ({ cell, name: cell, predicted, place, words: '' });
  const slopes = slopesOf({ pairs: 2, right: 0, words: '', moves: [move('rnn', 1, 2), move('gru', 2, 2), move('lstm', 3, 1)] });
  expect(slopes.map(({ from, to }) => [from / ROW, to / ROW])).toEqual([[0.5, 1.5], [1.5, 2.5], [2.5, 0.5]]);
  expect(slopes.map(({ shared }) => shared)).toEqual([true, true, false]);
});
