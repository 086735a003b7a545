import { expect, it } from 'vitest';
import { layoutChart } from '../../ui/chart/scene.js';
import { chartOf, tableOf, type ChartedRun } from './runs-chart.js';

const validation = [5, 10, 15].map((steps) => ({ steps, loss: 2 / steps, accuracy: null }));
const run = (losses: readonly number[], status: ChartedRun['status'] = 'finished', letter: ChartedRun['letter'] = 'A'): ChartedRun => ({
  letter, tone: 'L', report: undefined, status, losses: [...losses], validation, setup: { steps: 20 },
});
const FALLING = Array.from({ length: 20 }, (_, step) => 1 / (step + 1));

it.each([true, false])('beside others, a run that explodes leaves the picture at its top, log axis %s', (log) => {
  const scene = layoutChart(chartOf([run(FALLING), run([1, 50, 3e30], 'broken', 'B')], { log, chance: 0.17 }), 600);
  expect(scene.y(3e30)).toBeLessThan(scene.top);
  for (const loss of FALLING) expect(scene.y(loss)).toBeGreaterThanOrEqual(log ? scene.top : -1e3);
  expect(scene.y(0.17)).toBeGreaterThan(scene.top);
});

it('a run that explodes is seen whole where it is alone', () => {
  const { y, top } = layoutChart(chartOf([run([1, 50, 3e30], 'broken')], { log: true, chance: 0.17 }), 600);
  expect(y(3e30)).toBeGreaterThanOrEqual(top);
});

it('a linear axis shows five times what guessing loses at most', () => {
  const { yTicks } = layoutChart(chartOf([run([40, 1, 0.2])], { log: false, chance: 0.2 }), 600);
  expect(yTicks.at(-1)?.text).toBe('1.0');
});

it('marks where a run broke: after the steps that it took, in the place of its letter', () => {
  const { marks, series } = chartOf([run(FALLING), run([1, 50, 3e30], 'broken', 'B')], { log: true, chance: 0.17 });
  expect(marks).toEqual([{ x: 3, cross: 3e30, text: 'B broke here', tone: 'error' }]);
  expect(series.map(({ name, label }) => label ?? name)).toEqual(['A', '', '', '']);
});

it('without a step there is a chart, which says so', () => {
  expect(chartOf([], { log: true, chance: 0.17 }).description).toBe('Loss by training step. Nothing is trained yet.');
  expect(chartOf([run([])], { log: true, chance: 0.17 }).description).toBe('Loss by training step. run A has not taken a training step.');
});

it('the table leaves rows out where it is long, but not where it is saved', () => {
  const long = run(Array.from({ length: 1000 }, (_, step) => step));
  expect(tableOf([long], false).rows).toHaveLength(40);
  const { columns, rows } = tableOf([long], true);
  expect(columns.map(({ name }) => name)).toEqual(['Training step', 'A training', 'A validation']);
  expect([rows.length, rows[4]]).toEqual([1000, [{ value: 5, shown: '5' }, 4, 0.4]]);
  expect(rows[0]?.[2]).toBe('');
});

it('below the table stand the figures that the doctor names, where a run was examined', () => {
  const figures = { from: 17, to: 20, training: 0.0541, training_text: '0.0541', validation: 0.13, validation_text: '0.13', accuracy: null, meaning: '' };
  const finding = { verdict: 'learned', since: null, title: '', sentences: [], evidence: [], figures, advice: null } as const;
  const examined = { ...run(FALLING, 'finished', 'B'), report: structuredClone({ finding, comparison: null }) as unknown as NonNullable<ChartedRun['report']> };
  const { columns, foot } = tableOf([run(FALLING), examined], false);
  expect(foot).toEqual(['last fifth', '', '', { value: 0.0541, shown: '0.0541' }, { value: 0.13, shown: '0.13' }]);
  expect(foot).toHaveLength(columns.length);
  expect(tableOf([run(FALLING)], false).foot).toBeUndefined();
});
