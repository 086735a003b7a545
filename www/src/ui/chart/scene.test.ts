import { describe, expect, it } from 'vitest';
import { apart, layoutChart, marked, powerOfTen, spread, valueAt, type Chart } from './scene.js';

const FALLING = Array.from({ length: 20 }, (_, x) => ({ x, y: 2.4 / (x + 1) }));
const RISING = Array.from({ length: 20 }, (_, x) => ({ x, y: 1 + ((x - 8) / 10) ** 2 }));

function chart(ys: readonly (readonly number[])[], log = false, more: Partial<Chart['y']> = {}): Chart {
  const series = ys.map((values, index) => ({ name: 'AB'[index] ?? 'C', tone: 'L' as const, points: values.map((y, x) => ({ x, y })) }));
  const to = Math.max(0, ...ys.map(({ length }) => length - 1));
  return { title: 'Loss', x: { title: 'step', noun: 'step', from: 0, to }, y: { title: 'loss', log, ...more }, series };
}

const texts = (ys: readonly number[], log = false) => layoutChart(chart([ys], log), 600).yTicks.map(({ text }) => text);
/** The points that a path goes through. */
const corners = (path = '') => [...path.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

describe.each([[280, true], [280, false], [328, false], [640, true], [900, false]])('the chart at %d pixels, log axis %s', (width, log) => {
  const series = [
    { name: 'training', tone: 'L' as const, marker: 'circle' as const, points: FALLING },
    { name: 'validation', tone: 'N' as const, marker: 'square' as const, points: RISING },
  ];
  const scene = layoutChart({ ...chart([], log), x: { title: 'step', noun: 'step', from: 0, to: 19 }, series, limit: { y: 0.17, text: 'guessing' } }, width);

  it('keeps every point, tick and name inside', () => {
    for (const { x, y } of scene.curves.flatMap(({ path, markers }) => [...corners(path), ...markers])) {
      expect(x).toBeGreaterThanOrEqual(scene.left - 0.05);
      expect(x).toBeLessThanOrEqual(scene.right + 0.05);
      expect(y).toBeGreaterThanOrEqual(scene.top - 0.05);
      expect(y).toBeLessThanOrEqual(scene.bottom + 0.05);
    }
    expect(scene.curves.flatMap(({ path }) => corners(path))).toHaveLength(40);
    expect(scene.yTicks.length).toBeGreaterThan(1);
    expect(scene.yTicks[0]?.at).toBeCloseTo(scene.bottom);
    for (const { at } of scene.yTicks) expect(at).toBeGreaterThanOrEqual(scene.top - 1e-6);
    expect(scene.y(0.17)).toBeGreaterThan(scene.top);
    expect(scene.right).toBeLessThan(width);
  });

  it('has room for the numbers of its axis', () => {
    const gaps = scene.xTicks.slice(1).map(({ at }, index) => at - (scene.xTicks[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(22);
  });

  it('has markers that do not touch, the last point among them', () => {
    const [curve] = scene.curves;
    expect(curve?.markers.at(-1)?.x).toBeCloseTo(scene.right);
    for (const [index, { x }] of (curve?.markers ?? []).slice(1).entries()) expect(x - (curve?.markers[index]?.x ?? 0)).toBeGreaterThanOrEqual(22);
  });
});

it('the higher value is drawn higher on both axes, the later one further right', () => {
  for (const log of [true, false]) {
    const points = corners(layoutChart(chart([FALLING.map(({ y }) => y)], log), 600).curves[0]?.path);
    expect(points).toHaveLength(20);
    expect(points).toEqual([...points].sort((a, b) => a.y - b.y));
    expect(points).toEqual([...points].sort((a, b) => a.x - b.x));
  }
});

it('puts powers of ten at equal distances, and nothing where there is no logarithm', () => {
  expect(texts([1e-4, 0, NaN, Infinity, 10], true)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '1', '10¹']);
  expect(texts([1, 0.1, 0.001], true)).toEqual(['0.001', '0.01', '0.1', '1']);
  const { y, yTicks, top, bottom } = layoutChart(chart([[1e-4, 10]], true), 600);
  expect([y(1e-4), y(10)]).toEqual([bottom, top]);
  expect([0, -1, NaN, Infinity].map(y)).toEqual([undefined, undefined, undefined, undefined]);
  const gaps = yTicks.slice(1).map(({ at }, index) => (yTicks[index]?.at ?? 0) - at);
  for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0);
  expect(texts([1e-38, 1], true).length).toBeLessThan(9);
  expect(texts([1e-38, 1], true).length).toBeGreaterThan(3);
  expect(powerOfTen(-38)).toBe('10⁻³⁸');
});

it('draws what is below the floor of a logarithmic axis there', () => {
  const { y, bottom } = layoutChart(chart([[1, 0]], true, { floor: 1e-8 }), 600);
  expect(y(0)).toBe(y(1e-8));
  expect(y(0)).toBeLessThanOrEqual(bottom);
});

it('begins at 0 where values are added', () => {
  expect(texts([0.07, 0.21])).toEqual(['0.00', '0.05', '0.10', '0.15', '0.20', '0.25']);
  expect(texts([0, 0])[0]).toBe('0.0');
  expect(texts([2e7, 1e7]).at(-1)).toBe('2.0e+7');
  const { y, bottom } = layoutChart(chart([[1]]), 600);
  expect(y(0)).toBe(bottom);
});

it('cuts off what goes beyond the values that the axis has to show, within reach', () => {
  const { y, top } = layoutChart(chart([[1, 3e30]], false, { span: [1] }), 600);
  expect(y(1)).toBeCloseTo(top);
  expect(y(3e30)).toBeLessThan(top);
  expect(y(3e30)).toBeGreaterThan(-1e4);
});

it('leaves a gap where a value has no place', () => {
  const path = layoutChart(chart([[1, 2, 0, 3, 4]], true), 600).curves[0]?.path;
  expect(path).toMatch(/^M[\d.]+,[\d.]+L[\d.]+,[\d.]+M[\d.]+,[\d.]+L[\d.]+,[\d.]+$/);
});

it('ten thousand points become as many as can be seen, the extremes among them', () => {
  const scene = layoutChart(chart([Array.from({ length: 10_000 }, (_, step) => (step === 4321 ? 9 : 1 + (step % 7) / 10))], true), 400);
  const points = corners(scene.curves[0]?.path);
  expect(points.length).toBeLessThan(4 * 400);
  expect(Math.min(...points.map(({ y }) => y))).toBeCloseTo(scene.y(9) ?? 0, 0);
});

it('names at the ends of curves keep apart and within the chart, and stand after their own curve', () => {
  const [a, b] = layoutChart(chart([[3, 1, 1], [3, 1]]), 600).curves;
  expect(Math.abs((a?.end?.y ?? 0) - (b?.end?.y ?? 0))).toBeGreaterThanOrEqual(14);
  expect(a?.end?.x).toBeGreaterThan(b?.end?.x ?? Infinity);
  expect(spread([50, 51, 10], 12, 0, 100)).toEqual([50, 62, 10]);
  expect(spread([99, undefined, 98], 12, 0, 100)).toEqual([100, undefined, 88]);
});

it.each([[[]], [[[], []]], [[[1], [1]]], [[[0, 0], [0, 0]]], [[[NaN], [Infinity]]]])('odd data %j give finite numbers', (data) => {
  for (const log of [true, false]) {
    const scene = layoutChart(chart(data, log), 300);
    const ends = scene.curves.flatMap(({ end }) => (end ? [end.x, end.y] : []));
    expect([...scene.xTicks, ...scene.yTicks].map(({ at }) => at).concat(ends, scene.left, scene.right).every(Number.isFinite)).toBe(true);
    expect(scene.yTicks.length).toBeGreaterThan(1);
    expect(scene.curves.map(({ path }) => path).join('')).not.toContain('NaN');
  }
});

it('markers leave out gaps, and a value is read at its own number alone', () => {
  expect(marked([{ x: 0, y: 1 }, { x: 30, y: NaN }, { x: 60, y: 2 }], 22)).toEqual([{ x: 0, y: 1 }, { x: 60, y: 2 }]);
  const [series] = chart([[5, 6]]).series;
  expect(series && [valueAt(series, 1), valueAt(series, 2)]).toEqual([6, undefined]);
});

it('lines of marks that would fall on each other stand apart, the first where it belongs', () => {
  expect(apart([100, 100, 102, 300], 5, 400)).toEqual([100, 105, 112, 300]);
  expect(apart([398, 398], 5, 400)).toEqual([398, 393]);
  expect(apart([10, 30], 5, 400)).toEqual([10, 30]);
});
