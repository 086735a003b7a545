/** What a learner sets in the room of real series. */
import type { SeriesSetup } from '../../engine/lab/series.js';
import { flag, oneOf, type Codec, type Schema } from '../../state/codec.js';
import type { NumberSetting } from '../shared/room.js';
import { number } from '../shared/settings.js';

export type SeriesName = 'nile' | 'co2' | 'own';

export interface SeriesState extends SeriesSetup {
  readonly series: SeriesName;
  /** The column of the learner's own file, by its name; empty for the one that the core takes. */
  readonly column: string;
}

export const NAMES: readonly (readonly [name: SeriesName, text: string])[] = [
  ['own', 'Your own CSV'],
  ['nile', 'The Nile: flow by year'],
  ['co2', 'CO2 at Mauna Loa: by month'],
];

/** The core's own default, which learns the Nile. */
export const OPENING: SeriesState = {
  series: 'nile', column: '', seq_len: 10, hidden_size: 8, batch: 32, lr: 0.01, steps: 200, horizon: 10, season: 0, difference: false, seed: 0,
};

/** What is set with each series: what suits one of them does not suit another. */
export const SUITED: Readonly<Record<SeriesName, Partial<SeriesState>>> = {
  nile: { seq_len: 10, hidden_size: 8, steps: 200, horizon: 10, season: 0, difference: false },
  co2: { seq_len: 24, hidden_size: 16, steps: 400, horizon: 24, season: 12, difference: true },
  own: { seq_len: 10, hidden_size: 8, steps: 200, horizon: 10, season: 0, difference: false },
};

export const NUMBERS = {
  seq_len: { min: 1, max: 200, most: 48, whole: true, axis: 'L', help: 'How many values each window has: what the GRU reads before it tells the next one.' },
  hidden_size: { min: 1, max: 64, most: 32, whole: true, axis: 'H_out', help: 'The units of the GRU.' },
  horizon: { min: 1, max: 120, most: 48, whole: true, help: 'How many values are forecast; each is fed back as if it had been seen.' },
  steps: { min: 1, max: 5000, most: 1000, step: 1, whole: true, help: 'How many training steps: how many times the weights are changed.' },
  season: { min: 0, max: 400, most: 24, whole: true, help: 'After how many values the series repeats itself: 12 for months, 7 for days of a week, 0 for none. It gives two more naive forecasts.' },
  lr: { min: 0, max: 10, whole: false, bare: true, help: 'How far a training step of Adam goes.' },
  batch: { min: 1, max: 256, most: 128, whole: true, axis: 'N', help: 'How many windows of the training part each training step draws.' },
  seed: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true, bare: true, help: 'Given to torch.manual_seed.' },
} as const satisfies Partial<Record<keyof SeriesState, NumberSetting>>;

const text: Codec<string> = { read: (value) => ({ value }), write: (value) => (value === '' ? undefined : value) };

export const SCHEMA: Schema<SeriesState> = {
  series: oneOf(NAMES.map(([name]) => name)),
  column: text,
  seq_len: number(NUMBERS.seq_len),
  hidden_size: number(NUMBERS.hidden_size),
  batch: number(NUMBERS.batch),
  lr: number(NUMBERS.lr),
  steps: number(NUMBERS.steps),
  horizon: number(NUMBERS.horizon),
  season: number(NUMBERS.season),
  difference: flag,
  seed: number(NUMBERS.seed),
};

/** What the worker is asked: everything but where the series comes from. */
export function setupOf({ seq_len, hidden_size, batch, lr, steps, horizon, season, difference, seed }: SeriesState): SeriesSetup {
  return { seq_len, hidden_size, batch, lr, steps, horizon, season, difference, seed };
}
