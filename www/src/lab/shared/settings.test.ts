import { describe, expect, it } from 'vitest';
import { flag, fromQuery, number, oneOf, toQuery, wholes, type Schema } from './settings.js';

interface Settings {
  readonly seq_len: number;
  readonly gain: number;
  readonly sorted: boolean;
  readonly loss: 'last' | 'every';
  readonly lengths: readonly number[];
}

const OPENING: Settings = { seq_len: 60, gain: 1, sorted: true, loss: 'last', lengths: [4, 2, 1] };
const SCHEMA: Schema<Settings> = {
  seq_len: number({ min: 1, max: 500, whole: true }),
  gain: number({ min: -10, max: 10, whole: false }),
  sorted: flag,
  loss: oneOf(['last', 'every']),
  lengths: wholes(4, { min: -1, max: 64, whole: true }),
};

describe('what is set in a room', () => {
  it('says only what differs from the opening, and is read back', () => {
    expect(toQuery(SCHEMA, OPENING, OPENING)).toBe('');
    const set: Settings = { seq_len: 7, gain: 0.25, sorted: false, loss: 'every', lengths: [0, -1, 5] };
    const query = toQuery(SCHEMA, OPENING, set);
    expect(query).toBe('seq_len=7&gain=0.25&sorted=0&loss=every&lengths=0,-1,5');
    expect(fromQuery(SCHEMA, OPENING, query)).toEqual({ settings: set, notices: [] });
  });

  it('leaves out what cannot be meant, and tells it', () => {
    const query = 'seq_len=501&gain=abc&sorted=maybe&loss=first&lengths=1,2,3,4,5&depth=3&seq_len=9';
    const { settings, notices } = fromQuery(SCHEMA, OPENING, query);
    expect(settings).toEqual(OPENING);
    expect(notices.map(({ given, problem }) => `${given} ${problem}`)).toEqual([
      'seq_len=501 is not between 1 and 500',
      'gain=abc is not a number',
      'sorted=maybe is neither 1 nor 0',
      'loss=first is none of last, every',
      'lengths=1,2,3,4,5 has more than 4 numbers',
      'depth=3 is no setting of this room',
      'seq_len=9 is there twice',
    ]);
    expect(notices[0]?.instead).toBe('seq_len=60');
    expect(fromQuery(SCHEMA, OPENING, 'lengths=1,,2').notices[0]?.problem).toBe('has a number that is not a whole number');
    expect(fromQuery(SCHEMA, OPENING, 'seq_len=1.5').notices[0]?.problem).toBe('is not a whole number');
  });
});
