/** The room's charts: the whole series with its parts, the forecast beside what came, and the loss. */
import type { SeriesForecast, SeriesPlan } from '../../engine/lab/series.js';
import type { TrainingValidation } from '../../engine/lab/train.js';
import type { Chart, Point, Series } from '../../ui/chart/scene.js';
import type { Table } from '../../ui/table/table.js';
import { WHO } from './words.js';

/** So many points of a long series are drawn. */
const MOST_POINTS = 1000;
/** The least of what came before that is drawn beside a forecast. */
const BEFORE = 20;

/** A series as it was read. */
export interface Read {
  readonly values: Float64Array;
  readonly labels: readonly string[];
  /** What its numbers are. */
  readonly name: string;
}

/** A number of the series' own unit, with about five digits that count. */
export function inUnit(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(3).replace('-', '\u2212');
  return value.toFixed(Math.max(0, Math.min(6, 4 - Math.floor(Math.log10(size || 1))))).replace('-', '\u2212');
}

function axis({ values, labels, name }: Read, from: number, to: number): Pick<Chart, 'x'> & { readonly y: Chart['y'] } {
  return {
    x: { title: labels.length > 0 ? '' : 'row', noun: labels.length > 0 ? 'at' : 'row', from, to, ...(labels.length === values.length && { text: (at: number) => labels[at] ?? `+${at - values.length + 1}` }) },
    y: { title: name, tight: true, format: inUnit },
  };
}

const points = (values: ArrayLike<number>, from: number, to: number, step = 1): Point[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, index) => ({ x: from + index * step, y: values[from + index * step] ?? NaN }));

export function wholeChart(read: Read, parts: SeriesPlan['parts']): Chart {
  const count = read.values.length;
  const ends = parts ? [parts.train + parts.offset, parts.test + parts.offset] : [];
  const [train = 0, test = 0] = ends;
  return {
    title: `The whole series: ${read.name}`,
    description: `${read.name}, ${count} values.${parts ? ` Training until ${train}, validation until ${test}, test from there.` : ''}`,
    ...axis(read, 0, Math.max(1, count - 1)),
    series: [{ name: read.name, label: '', tone: 'L', points: points(read.values, 0, count, Math.max(1, Math.ceil(count / MOST_POINTS))) }],
    marks: parts ? [{ x: train, text: 'validation from here', tone: 'N' }, { x: test, text: 'test from here: not seen', tone: 'H_out' }] : [],
  };
}

const LOOKS: readonly Pick<Series, 'tone' | 'dash'>[] = [{ tone: 'N', dash: '3 3' }, { tone: 'H_in', dash: '10 3 2 3' }, { tone: 'D', dash: '1 4' }];

export function forecastChart(read: Read, { from, gru, naive }: SeriesForecast): Chart {
  const to = from + gru.length;
  const before = Math.max(0, from - Math.max(BEFORE, gru.length));
  const told = (values: readonly number[]): Point[] => values.map((y, index) => ({ x: from + index, y }));
  return {
    title: `Forecast of ${read.name}`,
    description: `${read.name}: what came and ${gru.length} forecast values, each fed back for the next.`,
    ...axis(read, before, to - 1),
    series: [
      { name: 'what came', label: 'what came', tone: 'L', points: points(read.values, before, Math.min(to, read.values.length)) },
      { name: 'GRU', tone: 'H_out', dash: '8 4', marker: 'circle', points: told(gru) },
      ...naive.map(({ who, values }, index): Series => ({ name: WHO[who].short, ...(LOOKS[index] ?? { tone: 'N' }), thin: true, points: told(values) })),
    ],
    marks: [{ x: from, text: 'forecast from here', tone: 'H_out' }],
  };
}

/** What the GRU says beyond the last value: nothing has come yet that could judge it. */
export function beyondChart(read: Read, { from, gru, naive }: SeriesForecast): Chart {
  const tested = forecastChart(read, { from, gru, naive });
  return {
    ...tested,
    // Its name would stand where it ends, in the middle of the picture.
    series: tested.series.map((one, index) => (index === 0 ? { ...one, label: '' } : one)),
    title: `Beyond the data: ${read.name}`,
    description: `${read.name}: the last values, and ${gru.length} values beyond the last one, which nothing has tested.`,
    marks: [{ x: from, text: 'untested from here', tone: 'H_out' }],
  };
}

export function lossChart(losses: readonly number[], validation: readonly TrainingValidation[], steps: number, guessing: number | undefined): Chart {
  return {
    title: 'Loss',
    description: `Loss by training step${losses.length === 0 ? '. Nothing is trained yet.' : `, from ${inUnit(losses[0] ?? NaN)} to ${inUnit(losses.at(-1) ?? NaN)}.`}`,
    x: { title: 'training steps taken', noun: 'training steps taken', sign: 'training steps taken ', from: 0, to: Math.max(1, steps, losses.length) },
    y: { title: 'loss (mean square)', log: true, floor: 1e-6 },
    ...(guessing !== undefined && guessing > 0 && { limit: { y: guessing, text: 'naive, on validation' } }),
    series: [
      { name: 'training', label: 'train', tone: 'L', thin: true, points: losses.map((y, x) => ({ x, y })) },
      { name: 'validation', label: 'valid.', tone: 'H_out', dash: '6 5', points: validation.map(({ steps: x, loss }) => ({ x, y: loss })) },
    ],
  };
}

/** So many rows of a long table stand on the page; what is saved has all of them. */
const MOST_ROWS = 60;

/** Every so many of the places from 0 on. */
function rows(count: number, whole: boolean, row: (at: number) => Table['rows'][number]): Table['rows'] {
  const every = whole ? 1 : Math.max(1, Math.ceil(count / MOST_ROWS));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => row(index * every));
}

export function wholeTable({ values, labels, name }: Read, whole: boolean): Table {
  return {
    label: `The whole series: ${name}`,
    columns: [{ name: labels.length > 0 ? 'at' : 'row' }, { name, kind: 'number' }],
    rows: rows(values.length, whole, (at) => [labels[at] ?? String(at), values[at] ?? NaN]),
    format: inUnit,
  };
}

export function lossTable(losses: readonly number[], validation: readonly TrainingValidation[], whole: boolean): Table {
  const judged = new Map(validation.map(({ steps, loss }) => [steps, loss]));
  // A step's loss is that before its update: beside it stands what was validated after it.
  const every = whole ? 1 : 5 * Math.max(1, Math.ceil(losses.length / (5 * MOST_ROWS)));
  const taken = Array.from({ length: Math.floor(losses.length / every) }, (_, index) => (index + 1) * every);
  return {
    label: 'Loss by training step',
    columns: [{ name: 'training step' }, { name: 'training', kind: 'number' }, { name: 'validation', kind: 'number' }],
    rows: taken.map((step) => [String(step), losses[step - 1] ?? NaN, judged.get(step) ?? '']),
  };
}
