import { describe, expect, it } from 'vitest';
import { plotRuns } from './curves.js';

type Runs = Parameters<typeof plotRuns>[0];

const validation = [5, 10, 15].map((steps) => ({ steps, loss: 2 / steps, accuracy: null }));
const run = (losses: readonly number[], status: Runs[number]['status'] = 'finished', letter: Runs[number]['letter'] = 'A'): Runs[number] => ({
  letter, status, losses: [...losses], validation, setup: { steps: 20 },
});
const FALLING = Array.from({ length: 20 }, (_, step) => 1 / (step + 1));

describe.each([[280, true], [280, false], [900, true], [900, false]])('the plot at %d pixels, log axis %s', (width, log) => {
  const plot = plotRuns([run(FALLING), run([1, 50, 3e30], 'broken', 'B')], { width, log, chance: 0.17 });

  it('keeps every point, tick and name inside', () => {
    const [calm, exploding] = plot.curves;
    // What explodes is cut off at the top, but for the mark where it broke.
    expect(exploding?.training.at(-1)?.y).toBeLessThan(plot.top);
    const points = [...(calm?.training ?? []), ...(calm?.validation ?? []), ...(exploding?.broken ? [exploding.broken] : [])];
    expect(points.length).toBeGreaterThan(20);
    for (const { x, y } of points) {
      expect(x).toBeGreaterThanOrEqual(plot.left);
      expect(x).toBeLessThanOrEqual(plot.right);
      expect(y).toBeGreaterThanOrEqual(plot.top);
      expect(y).toBeLessThanOrEqual(plot.bottom);
    }
    expect(plot.losses.length).toBeGreaterThan(1);
    for (const { at } of plot.losses) expect(at).toBeGreaterThanOrEqual(plot.top - 1e-6);
    expect(plot.chance).toBeGreaterThan(plot.top);
  });

  it('marks where a run broke: after the steps that it took', () => {
    const [whole, broken] = plot.curves;
    expect(whole?.broken).toBeUndefined();
    expect(broken?.broken?.x).toBeCloseTo(plot.left + ((plot.right - plot.left) * 3) / 20);
  });
});

it('the higher loss is drawn higher, on both axes', () => {
  for (const log of [true, false]) {
    const [curve] = plotRuns([run(FALLING)], { width: 600, log, chance: undefined }).curves;
    const heights = curve?.training.map(({ y }) => y) ?? [];
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(heights.length).toBe(20);
  }
});

it('powers of ten are as far apart as each other on a logarithmic axis', () => {
  const { losses } = plotRuns([run([1, 0.1, 0.001])], { width: 600, log: true, chance: undefined });
  expect(losses.map(({ text }) => text)).toEqual(['0.001', '0.010', '0.100', '1'].map((text) => String(Number(text))));
  const gaps = losses.slice(1).map(({ at }, index) => (losses[index]?.at ?? 0) - at);
  for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0);
});

it('ten thousand steps become as many points as can be seen, the extremes among them', () => {
  const losses = Array.from({ length: 10_000 }, (_, step) => (step === 4321 ? 9 : 1 + (step % 7) / 10));
  const plot = plotRuns([{ ...run(losses), setup: { steps: 10_000 } }], { width: 400, log: true, chance: undefined });
  const points = plot.curves[0]?.training ?? [];
  expect(points.length).toBeLessThan(4 * 400);
  expect(Math.min(...points.map(({ y }) => y))).toBeCloseTo(plotRuns([run([9, 1])], { width: 400, log: true, chance: undefined }).curves[0]?.training[0]?.y ?? 0);
});

it('names that would stand on each other are moved apart', () => {
  const plot = plotRuns([run(FALLING), run(FALLING, 'finished', 'B')], { width: 600, log: true, chance: undefined });
  const [a, b] = plot.curves.map(({ name }) => name?.y ?? 0) as [number, number];
  expect(Math.abs(a - b)).toBeGreaterThanOrEqual(15);
});

it('a run that explodes is seen whole where it is alone', () => {
  const [curve] = plotRuns([run([1, 50, 3e30], 'broken')], { width: 600, log: true, chance: 0.17 }).curves;
  expect(curve?.training.at(-1)?.y).toBeGreaterThanOrEqual(14);
});

it('without a step there is a plot, with finite numbers', () => {
  for (const runs of [[], [run([])], [run([0, 0])]]) {
    const plot = plotRuns(runs, { width: 300, log: true, chance: 0.17 });
    expect([...plot.steps, ...plot.losses].every(({ at }) => Number.isFinite(at))).toBe(true);
  }
});
