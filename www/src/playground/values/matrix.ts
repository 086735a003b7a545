/** The matrices that the values panel shows: views into the flat tensors of a run, never copies. */
import type { ColorMap, GateTrace, RunValues, ShapeTrace } from '../../engine/engine.js';
import { valueAt, type Matrix } from '../../ui/heatmap/matrix.js';
import type { Module } from '../module.js';

/** What of a run is looked at, within its bounds. */
export interface Selection {
  readonly sample: number;
  readonly layer: number;
  readonly reverse: boolean;
  readonly step: number;
  readonly unit: number;
}

/** How a run's tensors are laid out. */
export interface Layout {
  readonly steps: number;
  readonly batch: number;
  readonly batched: boolean;
  readonly batchFirst: boolean;
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly hidden: number;
}

export function layoutOf(trace: ShapeTrace, module: Module): Layout {
  return {
    steps: trace.seq_len,
    batch: trace.batch,
    batched: trace.batched,
    batchFirst: trace.batched && module.batch_first,
    layers: module.num_layers,
    directions: module.bidirectional ? 2 : 1,
    hidden: module.hidden_size,
  };
}

/** The selection nearest to what was chosen that the run has; what was chosen is kept by whoever chose. */
export function within(layout: Layout, chosen: Selection): Selection {
  const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  return {
    sample: clamp(chosen.sample, layout.batch),
    layer: clamp(chosen.layer, layout.layers),
    reverse: chosen.reverse && layout.directions === 2,
    step: clamp(chosen.step, layout.steps),
    unit: clamp(chosen.unit, layout.hidden),
  };
}

/** One sample of what is read or given at every step: a row a step. */
function everyStep({ steps, batch, batched, batchFirst }: Layout, sample: number, columns: number) {
  return {
    offset: batchFirst ? sample * steps * columns : sample * columns,
    rows: steps,
    rowStride: batchFirst ? columns : batch * columns,
    columns,
    columnStride: 1,
    map: 'diverging',
    rowAxis: 'L',
    index: (step, j) => (batched ? (batchFirst ? [sample, step, j] : [step, sample, j]) : [step, j]),
  } satisfies Partial<Matrix>;
}

/** The input of one sample. */
export function inputMatrix({ input, input_shape }: Pick<RunValues, 'input' | 'input_shape'>, layout: Layout, sample: number): Matrix {
  return { ...everyStep(layout, sample, input_shape.at(-1) ?? 0), name: 'input', values: input, columnAxis: 'H_in', split: undefined };
}

/** One step of the input: how many features it has, and each. */
export function inputRow(result: Pick<RunValues, 'input' | 'input_shape'>, layout: Layout, sample: number, step: number): { of: number; value: (index: number) => number } {
  const matrix = inputMatrix(result, layout, sample);
  return { of: matrix.columns, value: (index) => valueAt(matrix, step, index) };
}

export function outputMatrix({ output }: Pick<RunValues, 'output'>, layout: Layout, sample: number): Matrix {
  const { directions, hidden } = layout;
  return { ...everyStep(layout, sample, directions * hidden), name: 'out', values: output, columnAxis: 'H_out', split: directions === 2 ? hidden : undefined };
}

export function finalMatrix({ h_n }: Pick<RunValues, 'h_n'>, layout: Layout, sample: number): Matrix {
  const { batch, batched, layers, directions, hidden } = layout;
  return {
    name: 'h_n',
    values: h_n,
    offset: sample * hidden,
    rows: directions * layers,
    rowStride: batch * hidden,
    columns: hidden,
    columnStride: 1,
    map: 'diverging',
    rowAxis: 'D',
    columnAxis: 'H_out',
    split: undefined,
    index: (row, j) => (batched ? [row, sample, j] : [row, j]),
  };
}

/** What a traced gate is called, and how it is shown. */
export const GATES = {
  r: { name: 'r', words: 'reset', map: 'sequential' },
  z: { name: 'z', words: 'update', map: 'sequential' },
  n: { name: 'n', words: 'candidate', map: 'diverging' },
  h: { name: 'h', words: 'state', map: 'diverging' },
  n_input: { name: 'W_in x + b_in', words: 'what x says to n', map: 'diverging' },
  n_hidden: { name: 'W_hn h + b_hn', words: 'what h_prev says to n', map: 'diverging' },
} as const satisfies Partial<Record<keyof GateTrace, { name: string; words: string; map: ColorMap }>>;

export type Gate = keyof typeof GATES;

/** What of a trace is looked at: where it has not all that was chosen, what it has. */
export function withinTrace({ layer, reverse, sample, shape: [, samples = 0] }: GateTrace, chosen: Selection): Selection {
  const kept = chosen.sample >= sample && chosen.sample < sample + samples;
  return { ...chosen, layer, reverse, sample: kept ? chosen.sample : sample };
}

/** Where a unit's number lies in a trace, which is (L, N, H) whatever the layout of input and output, of all samples or of one. */
export function placeInTrace({ sample: first, shape: [, samples = 0, hidden = 0] }: Pick<GateTrace, 'sample' | 'shape'>, step: number, sample: number, unit: number): number {
  return (step * samples + sample - first) * hidden + unit;
}

export function gateMatrix(trace: GateTrace, gate: Gate, layout: Layout, sample: number): Matrix {
  const { steps, batched, hidden } = layout;
  const { name, map } = GATES[gate];
  return {
    name,
    values: trace[gate],
    offset: placeInTrace(trace, 0, sample, 0),
    rows: steps,
    rowStride: placeInTrace(trace, 1, sample, 0) - placeInTrace(trace, 0, sample, 0),
    columns: hidden,
    columnStride: 1,
    map,
    rowAxis: 'L',
    columnAxis: 'H_out',
    split: undefined,
    index: (step, j) => (batched ? [step, sample, j] : [step, j]),
  };
}
