import { describe, expect, it } from 'vitest';
import { linearScale, logScale, pathOf, powerOfTen, spread, stepTicks } from './scale.js';

describe('the scales of a plot', () => {
  it('puts powers of ten at equal distances, and nothing where there is no logarithm', () => {
    const { y, ticks } = logScale([1e-4, 0, NaN, Infinity, 10], 0, 100);
    expect(ticks.map(({ text }) => text)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '1', '10¹']);
    expect([1e-4, 10].map(y)).toEqual([100, 0]);
    expect([0, -1, NaN, Infinity].map(y)).toEqual([undefined, undefined, undefined, undefined]);
    expect(logScale([], 0, 100).ticks.length).toBeGreaterThan(1);
    const far = logScale([1e-38, 1], 0, 100).ticks;
    expect(far.length).toBeLessThan(9);
    expect(powerOfTen(-38)).toBe('10⁻³⁸');
  });

  it('begins at 0 where values are added', () => {
    const { y, ticks } = linearScale([0.07, 0.21], 0, 100);
    expect(ticks.map(({ text }) => text)).toEqual(['0.00', '0.05', '0.10', '0.15', '0.20', '0.25']);
    expect(y(0)).toBe(100);
    expect(linearScale([0, 0], 0, 100).ticks[0]?.text).toBe('0.0');
  });

  it('leaves a gap where a value has no place', () => {
    const y = (value: number) => (value > 0 ? value : undefined);
    expect(pathOf([1, 2, 0, 3, 4], (step) => step * 10, y)).toBe('M0.0 1.0L10.0 2.0M30.0 3.0L40.0 4.0');
    expect(stepTicks(60, (step) => step, 6).map(({ text }) => text)).toEqual(['0', '10', '20', '30', '40', '50']);
  });

  it('keeps labels apart and within the plot', () => {
    expect(spread([50, 51, 10], 12, 0, 100)).toEqual([50, 62, 10]);
    expect(spread([99, 98], 12, 0, 100)).toEqual([100, 88]);
  });
});
