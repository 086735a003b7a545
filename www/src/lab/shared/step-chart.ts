import type { Axis } from '../../engine/engine.js';
import type { Chart } from '../../ui/chart/scene.js';
import '../../ui/chart/gru-line-chart.js';

/** A number for every step. */
export interface StepCurve {
  readonly name: string;
  readonly values: readonly number[];
  /** Which of the looks it has. */
  readonly look: 0 | 1 | 2 | 3 | 4;
}

export const LOOKS: readonly { readonly tone: Axis; readonly dash?: string }[] = [
  { tone: 'L' },
  { tone: 'N', dash: '8 4' },
  { tone: 'H_in', dash: '3 3' },
  { tone: 'H_out', dash: '10 3 2 3' },
  { tone: 'D', dash: '2 5' },
];

/** Numbers over the steps of a sequence. */
export function stepChart(title: string, unit: string, curves: readonly StepCurve[], log = false): Chart {
  return {
    title,
    x: { title: 'step t', noun: 'step', sign: 't=', from: 0, to: Math.max(0, ...curves.map(({ values }) => values.length - 1)) },
    y: { title: unit, log },
    series: curves.map(({ name, values, look }) => ({ name, ...(LOOKS[look] ?? { tone: 'L' }), points: values.map((y, x) => ({ x, y })) })),
  };
}
