/** Samples of a task in words: what is read, what is to be told, and what the model tells. */
import type { TaskName } from '../../engine/lab/train.js';
import { formatShare, formatValue } from '../../ui/numbers.js';

/** A step that is read, or how many are left out. */
export type StepShown = { readonly at: number; readonly text: string; readonly counts: boolean } | { readonly skipped: number };

export interface ExampleRow {
  /** What is read, step by step; of a long sequence its beginning, its end and the steps that count. */
  readonly steps: readonly StepShown[];
  /** What is read, in words. */
  readonly input: string;
  /** The values to draw, where a picture says more; in [-1, 1]. */
  readonly wave: readonly number[];
  readonly target: string;
  /** What the model says; empty before it was asked. */
  readonly answer: string;
  /** Whether that is right, where it is right or wrong. */
  readonly right: boolean | undefined;
}

export interface Samples {
  /** (samples, seq_len, features). */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** The steps of each from which the answer follows; where nothing is said, no step is marked. */
  readonly counts?: readonly (readonly number[])[];
  /** (samples, out_features), if the model was asked. */
  readonly predictions: ArrayLike<number> | undefined;
}

const numbers = (list: ArrayLike<number>, from: number, count: number): number[] => Array.from({ length: count }, (_, at) => list[from + at] ?? 0);

export function exampleRows(task: TaskName, { x, y, counts, predictions }: Samples): ExampleRow[] {
  const samples = y.length;
  if (samples === 0) return [];
  return Array.from({ length: samples }, (_, sample) => {
    const read = numbers(x, (sample * x.length) / samples, x.length / samples);
    const out = predictions && numbers(predictions, (sample * predictions.length) / samples, predictions.length / samples);
    return { ...ROWS[task](read, y[sample] ?? 0, out), steps: stepsOf(task, read, counts?.[sample] ?? []) };
  });
}

type Row = (read: readonly number[], target: number, out: readonly number[] | undefined) => Omit<ExampleRow, 'steps'>;

const decimals = (value: number, digits: number): string => (Math.abs(value) < 1e4 ? value.toFixed(digits).replace('-', '\u2212') : formatValue(value));
const two = (value: number): string => decimals(value, 2);

/** With how many decimals some numbers, each rounded for itself, add up to their rounded sum: 0.50 + 0.90 is not 1.39. */
function digitsThatAddUp(parts: readonly number[], sum: number): number {
  const rounded = (value: number, digits: number): number => Math.round(Number(value.toFixed(digits)) * 10 ** digits);
  const adds = (digits: number): boolean => parts.reduce((total, part) => total + rounded(part, digits), 0) === rounded(sum, digits);
  return [2, 3, 4, 5, 6].find(adds) ?? 2;
}
const first = (steps: readonly number[], mark: number): string => `step ${steps.indexOf(mark)}`;

/** Of a longer sequence, what is far from its ends and from what counts is left out. */
const [MOST, FIRST, LAST] = [20, 6, 3];

function stepsOf(task: TaskName, read: readonly number[], counts: readonly number[]): StepShown[] {
  const values = task === 'adding' ? read.filter((_, at) => at % 2 === 0) : read;
  const marked = new Set(counts.length === values.length ? [] : counts);
  const kept = (at: number): boolean =>
    values.length <= MOST || at < FIRST || at >= values.length - LAST || [at - 1, at, at + 1].some((near) => marked.has(near));
  const steps: StepShown[] = [];
  let skipped = 0;
  values.forEach((value, at) => {
    if (!kept(at)) skipped += 1;
    else {
      if (skipped > 0) steps.push({ skipped });
      skipped = 0;
      steps.push({ at, text: task === 'recall' ? String(value) : two(value), counts: marked.has(at) });
    }
  });
  return steps;
}

const ROWS: Readonly<Record<TaskName, Row>> = {
  recall(read, target, out) {
    const shares = out && softmax(out);
    const best = shares?.indexOf(Math.max(...shares));
    return {
      input: read.length > 24 ? `${read.slice(0, 23).join(' ')} …` : read.join(' '),
      wave: [],
      target: String(target),
      answer: shares && best !== undefined ? `${best} (${formatShare(shares[best] ?? 0)})` : '',
      right: best === undefined ? undefined : best === target,
    };
  },
  adding(read, target, [answer] = []) {
    const marked = read.filter((_, at) => at % 2 === 0 && read[at + 1] === 1);
    const digits = digitsThatAddUp(marked, target);
    const show = (value: number): string => decimals(value, digits);
    return { input: marked.map(show).join(' + '), wave: [], target: show(target), answer: answer === undefined ? '' : show(answer), right: undefined };
  },
  order(read, target, [logit] = []) {
    const share = logit === undefined ? undefined : 1 / (1 + Math.exp(-logit));
    return {
      input: `up at ${first(read, 1)}, down at ${first(read, -1)}`,
      wave: read,
      target: target === 1 ? 'up first' : 'down first',
      answer: share === undefined ? '' : share > 0.5 ? `up first (${formatShare(share)})` : `down first (${formatShare(1 - share)})`,
      right: share === undefined ? undefined : share > 0.5 === (target === 1),
    };
  },
  sine(read, target, [answer] = []) {
    return {
      input: `${read.length > 3 ? '… ' : ''}${read.slice(-3).map(two).join(', ')}`,
      wave: read,
      target: two(target),
      answer: answer === undefined ? '' : two(answer),
      right: undefined,
    };
  },
};

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
