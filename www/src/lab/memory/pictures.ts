/** What goes on within the cells, as a chart and heatmaps. */
import type { Chart } from '../../ui/chart/scene.js';
import type { Matrix } from '../../ui/heatmap/matrix.js';
import { LOOKS, stepChart } from '../shared/step-chart.js';
import { lookOf, type MemoryCell, type MemoryInside, type MemoryOutcome } from './settings.js';
import { percent } from './words.js';

/** A cell that was looked into. */
export interface Seen {
  readonly cell: MemoryCell;
  readonly name: string;
  readonly inside: MemoryInside;
}

/** What of the loss's gradient reaches the state of each step, a line a cell. */
export function gradientChart(seen: readonly Seen[], when: 'before' | 'after'): Chart {
  const curves = seen.map(({ cell, name, inside }) => ({ name, values: inside[when], look: lookOf(cell) }));
  const chart = stepChart(`|dL/dh_t| over that of the last step, ${when} training`, '|dL/dh_t| / |dL/dh_L|', curves, true);
  return { ...chart, y: { ...chart.y, floor: 1e-12 } };
}

/** How often each cell is right while it is trained: of each the seed in the middle. */
export function learningChart(outcomes: readonly MemoryOutcome[], names: ReadonlyMap<MemoryCell, string>, steps: number, chance: number): Chart {
  const cells = [...new Set(outcomes.map(({ cell }) => cell))].sort((one, other) => lookOf(one) - lookOf(other));
  const series = cells.map((cell) => {
    const sorted = outcomes.filter((outcome) => outcome.cell === cell).sort((one, other) => one.accuracy - other.accuracy);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    const { tone = 'L', dash } = LOOKS[lookOf(cell)] ?? {};
    const points = (middle?.validation ?? []).map(({ steps: x, accuracy: y }) => ({ x, y }));
    return { name: names.get(cell) ?? cell, tone, ...(dash !== undefined && { dash }), points };
  });
  return {
    title: 'Right answers while they are trained',
    description: 'Right answers on unseen sequences while they are trained, of each cell the seed in the middle.',
    x: { title: 'step of training', noun: 'step', from: 0, to: steps },
    y: { title: 'right answers', span: [0, 1], format: percent },
    series,
    limit: { y: chance, text: 'guessing' },
  };
}

/** The largest state of a cell, at least 1. */
function largest({ states }: MemoryInside): number {
  return states.reduce((most, state) => (Number.isFinite(state) ? Math.max(most, Math.abs(state)) : most), 1);
}

/** The state after each step, units downwards and steps to the right; on a scale of its own where it goes beyond 1. */
export function stateMatrix(inside: MemoryInside): Matrix {
  const { states, tokens, letter } = inside;
  const columns = tokens.length;
  const rows = states.length / Math.max(1, columns);
  const most = largest(inside);
  const end = String(Number(most.toPrecision(2)));
  return {
    name: letter,
    values: Float32Array.from(states, (state) => state / most),
    offset: 0,
    rows,
    rowStride: 1,
    columns,
    columnStride: rows,
    map: 'diverging',
    rowAxis: 'H_out',
    columnAxis: 'L',
    split: undefined,
    index: (row, column) => [column, row],
    number: (row, column) => states[column * rows + row] ?? NaN,
    ends: [`\u2212${end}`, end],
  };
}
