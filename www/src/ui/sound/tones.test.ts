import { describe, expect, it } from 'vitest';
import { hertz, MOST_SECONDS, pieceOf, type Track } from './tones.js';

const track = (values: readonly number[]): Track => ({ name: 'z', values, low: 0, high: 1, wave: 'sine', pan: 1 });

describe('a number as a tone', () => {
  it('is the higher the larger it is, over two octaves, and is held at the ends', () => {
    expect([-1, 0, 0.5, 1, 2].map((value) => Math.round(hertz(value, 0, 1)))).toEqual([220, 220, 440, 880, 880]);
    expect(hertz(NaN, 0, 1)).toBe(220);
  });
});

describe('a piece', () => {
  it('has a tone for each number, one after the other', () => {
    const { voices, length } = pieceOf([track([0, 1, 0.5])]);
    expect(voices[0]?.tones.map(({ at, hertz: pitch }) => [Number(at.toFixed(2)), Math.round(pitch)])).toEqual([[0, 220], [0.35, 880], [0.7, 440]]);
    expect(length).toBeCloseTo(1.05);
  });

  it('lasts no longer than eight seconds, however many numbers there are', () => {
    const { voices, length } = pieceOf([track(Array.from({ length: 10_000 }, () => 0.5))]);
    expect(length).toBeCloseTo(MOST_SECONDS);
    expect(voices[0]?.tones).toHaveLength(10_000);
    expect(pieceOf([])).toEqual({ voices: [], length: 0 });
  });
});
