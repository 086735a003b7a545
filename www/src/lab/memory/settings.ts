/** What is set in the room of memory, to and from its part of the address. */
import type { MemoryCell, MemorySetup } from '../../../pkg/gru_lab.js';
import { flag, oneOf, type Codec, type Schema } from '../../state/codec.js';
import type { NumberSetting } from '../shared/room.js';
import { number } from '../shared/settings.js';

export type { MemoryCell, MemoryGoal, MemoryInside, MemoryOutcome, MemoryPlan, MemoryReport, MemorySetup, MemoryStanding, RankingGap } from '../../../pkg/gru_lab.js';

/** Each cell, in the order in which they are trained, with what it does with its old state. */
export const CELLS: readonly { readonly cell: MemoryCell; readonly name: string; readonly rule: string; readonly about: string }[] = [
  { cell: 'rnn', name: 'RNN', rule: 'h = tanh(W x + U h_prev)', about: 'no gate: each step makes the whole state anew' },
  { cell: 'gru', name: 'GRU', rule: 'h = z * h_prev + (1 - z) * n', about: 'a gate z that keeps about half of the state at first' },
  { cell: 'gru_open', name: 'GRU, open gate', rule: 'h = z * h_prev + (1 - z) * n', about: 'the same, with a gate that keeps nearly all at first' },
  { cell: 'lstm', name: 'LSTM', rule: "c' = f * c + i * g", about: 'a gate f that keeps about half of a second state c at first' },
  { cell: 'min_gru', name: 'minGRU', rule: 'h = (1 - z) * h_prev + z * n', about: 'a gate that sees the input alone; here z is what is taken in, not what is kept' },
];

export interface MemorySettings extends MemorySetup {
  /** The learner's order, best first. */
  readonly ranking: readonly MemoryCell[];
  /** The cell whose code is shown. */
  readonly cell: MemoryCell;
  /** Whether the gradient is that before the training or after it. */
  readonly when: 'before' | 'after';
}

const ALL: readonly MemoryCell[] = CELLS.map(({ cell }) => cell);

export const OPENING: MemorySettings = {
  seq_len: 20,
  steps: 150,
  gate_bias: 3,
  bias_all: false,
  seeds: 3,
  seed: 0,
  ranking: ALL,
  cell: 'gru_open',
  when: 'before',
};

export const NUMBERS = {
  seq_len: { min: 2, max: 40, whole: true, axis: 'L', help: 'How many steps there are: the token to be told is the first of them.' },
  steps: { min: 5, max: 400, step: 5, whole: true, help: 'How many batches of 64 sequences each cell is trained on.' },
  gate_bias: {
    min: -6, max: 8, step: 0.5, whole: false,
    help: 'Added, before training, to the bias of the gate that keeps the old state: at 3 it starts at 0.95, at 0 in the middle.',
  },
  seeds: { min: 1, max: 5, whole: true, help: 'From how many seeds each cell is trained; the median counts.' },
  seed: { min: 0, max: 1_000_000, whole: true, bare: true, help: 'The first seed of torch.manual_seed; the next ones follow it.' },
} as const satisfies Record<string, NumberSetting>;

/** An order of all cells, best first. */
const ranking: Codec<readonly MemoryCell[]> = {
  read(text) {
    const named = text.split(',').flatMap((name) => ALL.filter((cell) => cell === name));
    const isWhole = named.length === ALL.length && new Set(named).size === ALL.length;
    return isWhole ? { value: named } : { problem: 'is no order of the five cells' };
  },
  write: (order) => order.join(','),
};

export const SCHEMA: Schema<MemorySettings> = {
  seq_len: number(NUMBERS.seq_len),
  steps: number(NUMBERS.steps),
  gate_bias: number(NUMBERS.gate_bias),
  bias_all: flag,
  seeds: number(NUMBERS.seeds),
  seed: number(NUMBERS.seed),
  ranking,
  cell: oneOf(ALL),
  when: oneOf(['before', 'after']),
};

/** What the core is asked of what is set. */
export function setupOf({ seq_len, steps, gate_bias, bias_all, seeds, seed }: MemorySettings): MemorySetup {
  return { seq_len, steps, gate_bias, bias_all, seeds, seed };
}

/** The order with one cell moved to another place; the ends stay ends. */
export function movedTo(order: readonly MemoryCell[], from: number, to: number): readonly MemoryCell[] {
  const [cell] = order.slice(from, from + 1);
  if (cell === undefined || to < 0 || to >= order.length) return order;
  const others = order.filter((other) => other !== cell);
  return [...others.slice(0, to), cell, ...others.slice(to)];
}

/** The place of a cell among the looks of curves. */
export function lookOf(cell: MemoryCell): 0 | 1 | 2 | 3 | 4 {
  return Math.max(0, ALL.indexOf(cell)) as 0 | 1 | 2 | 3 | 4;
}
