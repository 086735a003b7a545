import { describe, expect, it } from 'vitest';
import { linePath, niceStep } from '../ui/plot.js';
import { layoutCurves, lowest, marked } from './curves-layout.js';

const training = Array.from({ length: 20 }, (_, index) => 2.4 / (index + 1));
const validation = Array.from({ length: 20 }, (_, index) => 1 + ((index - 8) / 10) ** 2);

describe.each([280, 328, 640, 900])('the plot at %d pixels', (width) => {
  const plot = layoutCurves(training, validation, width);

  it('keeps every point and tick inside', () => {
    for (const { x, y } of [...plot.training, ...plot.validation]) {
      expect(x).toBeGreaterThanOrEqual(plot.left);
      expect(x).toBeLessThanOrEqual(plot.right);
      expect(y).toBeGreaterThanOrEqual(plot.top);
      expect(y).toBeLessThanOrEqual(plot.bottom);
    }
    expect(plot.losses.at(0)).toEqual({ at: plot.bottom, text: '0.0' });
    expect(plot.losses.at(-1)?.at).toBeCloseTo(plot.top);
    expect(plot.right).toBeLessThan(width);
  });

  it('has room for the numbers of its epochs', () => {
    const gaps = plot.epochs.slice(1).map(({ at }, index) => at - (plot.epochs[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(22);
  });

  it('has markers that do not touch, the last point among them', () => {
    const points = marked(plot.training, 18);
    expect(points.at(-1)).toBe(plot.training.at(-1));
    for (const [index, { x }] of points.slice(1).entries()) expect(x - (points[index]?.x ?? 0)).toBeGreaterThanOrEqual(18);
  });
});

it('the higher loss is drawn higher, the later epoch further right', () => {
  const { training: [first, second] } = layoutCurves([2, 1], [1, 1], 400);
  expect((first?.y ?? 0) < (second?.y ?? 0)).toBe(true);
  expect((first?.x ?? 0) < (second?.x ?? 0)).toBe(true);
});

it.each([[[], []], [[1], [1]], [[0, 0], [0, 0]]])('odd data %j and %j give finite numbers', (a, b) => {
  const plot = layoutCurves(a, b, 300);
  const numbers = [...plot.epochs, ...plot.losses].map(({ at }) => at).concat([...plot.training, ...plot.validation].flatMap(({ x, y }) => [x, y]));
  expect(numbers.every(Number.isFinite)).toBe(true);
});

it('steps are 1, 2 or 5 times a power of ten', () => {
  expect([niceStep(2.41, 5), niceStep(20, 8), niceStep(20, 4), niceStep(1, 5), niceStep(0.9, 9)].map((step) => Number(step.toPrecision(6)))).toEqual([0.5, 5, 5, 0.2, 0.1]);
});

it('a path starts with a move, and the lowest point is the first of equals', () => {
  const { validation: points } = layoutCurves([3, 1, 1, 2], [3, 1, 1, 2], 300);
  expect(linePath(points)).toMatch(/^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){3}$/);
  expect(lowest(points)?.epoch).toBe(2);
  expect(lowest([])).toBeUndefined();
});
