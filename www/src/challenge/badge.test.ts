import { describe, expect, it } from 'vitest';
import { badgeScene, closedCurve, dayWords, medal, sectorPath, wrap, type BadgeFacts, type BadgePattern } from './badge-scene.js';

const facts: BadgeFacts = {
  title: 'GRU Mastery Badge',
  date: '2026-11-22',
  mode: '3:00 per attempt (×1.5)',
  total: '6:02',
  questions: 5,
  about: "Self-reported: your own browser counted the answers, and <nobody> else's has checked them.",
};

function pattern(seed: number): BadgePattern {
  return { values: Float32Array.from({ length: 120 }, (_, index) => Math.sin(index * 1.7 + seed) * 0.4), shape: [2, 3, 20] };
}

describe('the medal', () => {
  it('has a band for every row and a dot for every value', () => {
    const paths = medal(0, 0, 100, pattern(1)).filter((item) => item.kind === 'path');
    expect(paths.filter(({ d, fill }) => fill !== undefined && d.includes('C'))).toHaveLength(6);
    const without = medal(0, 0, 100).length - 6;
    expect(paths.length + 1 - without).toBe(6 * 2 + 120);
  });

  it('is another one for another run, and the same for the same', () => {
    expect(medal(0, 0, 100, pattern(1))).toEqual(medal(0, 0, 100, pattern(1)));
    expect(medal(0, 0, 100, pattern(1))).not.toEqual(medal(0, 0, 100, pattern(2)));
  });

  it('uses the whole range whatever the size of the values', () => {
    const small = { ...pattern(1), values: Array.from(pattern(1).values, (value) => value / 1000) };
    expect(medal(0, 0, 100, small)).toEqual(medal(0, 0, 100, pattern(1)));
  });

  it.each([
    ['none', undefined],
    ['of zeros', { values: new Float32Array(6), shape: [1, 2, 3] }],
    ['of no hidden unit', { values: new Float32Array(0), shape: [1, 2, 0] }],
    ['without a batch', { values: Float32Array.of(1, -1, 0.5), shape: [1, 3] }],
  ])('with a pattern %s has no broken number', (_, none) => {
    expect(JSON.stringify(medal(50, 50, 40, none))).not.toMatch(/NaN|Infinity|null/);
  });
});

it('the badge says who vouches for it, when and how', () => {
  const lines = badgeScene(facts, pattern(3)).items.flatMap((item) => (item.kind === 'text' ? item.text : []));
  expect(lines).toContain('22 November 2026 · 3:00 per attempt (×1.5)');
  expect(lines).toContain('5 of 5 right in 6:02');
  expect(lines.join(' ')).toContain("Self-reported: your own browser counted the answers, and <nobody> else's has checked them.");
});

it('paths close and keep their radii', () => {
  expect(sectorPath(0, 0, 5, 10, 0, 0.25)).toBe('M0 -10A10 10 0 0 1 10 0L5 0A5 5 0 0 0 0 -5Z');
  expect(closedCurve(0, 0, [1, 1, 1, 1])).toMatch(/^M0 -1C.*Z$/);
});

it('long texts are wrapped at words', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(wrap('', 9)).toEqual([]);
  expect(wrap('unbreakable', 3)).toEqual(['unbreakable']);
});

it('a day is told in words', () => {
  expect(dayWords('2026-11-02')).toBe('2 November 2026');
  expect(dayWords('someday')).toBe('someday');
});
