import { describe, expect, it } from 'vitest';
import { flag, fromQuery, oneOf, toQuery, type Schema } from '../../state/codec.js';
import { number, wholes } from './settings.js';

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

const of = 'this room';

describe('what is set in a room', () => {
  it('says only what differs from the opening, and is read back', () => {
    expect(toQuery(SCHEMA, OPENING, OPENING)).toBe('');
    const set: Settings = { seq_len: 7, gain: 0.25, sorted: false, loss: 'every', lengths: [0, -1, 5] };
    const query = toQuery(SCHEMA, OPENING, set);
    expect(query).toBe('seq_len=7&gain=0.25&sorted=0&loss=every&lengths=0,-1,5');
    expect(fromQuery(SCHEMA, OPENING, query, { of })).toEqual({ settings: set, notices: [], unread: {} });
  });

  it('keeps the meaning of links from before the opening changed', () => {
    // The room once opened on a gain of 0: what was then left out of a link still means that.
    const absent = { gain: 0 };
    const read = (query: string) => fromQuery(SCHEMA, OPENING, query, { of, absent }).settings;
    expect(read('')).toEqual(OPENING);
    expect(read('seq_len=7')).toEqual({ ...OPENING, seq_len: 7, gain: 0 });
    expect(read('gain=1')).toEqual(OPENING);
    for (const seq_len of [60, 7]) {
      for (const gain of [0, 1, 2]) {
        const set = { ...OPENING, seq_len, gain };
        expect(read(toQuery(SCHEMA, OPENING, set, { absent }))).toEqual(set);
      }
    }
    expect(toQuery(SCHEMA, OPENING, OPENING, { absent })).toBe('');
    expect(toQuery(SCHEMA, OPENING, { ...OPENING, ...absent }, { absent })).toBe('gain=0');
    expect(toQuery(SCHEMA, OPENING, { ...OPENING, ...absent, seq_len: 7 }, { absent })).toBe('seq_len=7');
  });

  it('leaves out what cannot be meant, and tells it', () => {
    const query = 'seq_len=501&gain=abc&sorted=maybe&loss=first&lengths=1,2,3,4,5&depth=3&seq_len=9';
    const { settings, notices } = fromQuery(SCHEMA, OPENING, query, { of });
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
    expect(fromQuery(SCHEMA, OPENING, 'lengths=1,,2', { of }).notices[0]?.problem).toBe('has a number that is not a whole number');
    expect(fromQuery(SCHEMA, OPENING, 'seq_len=1.5', { of }).notices[0]?.problem).toBe('is not a whole number');
  });
});
