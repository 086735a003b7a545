/** The losses of some runs as a chart and as a table. Each run has a colour and a letter; validation is dashed. */
import type { Chart, Mark, Series } from '../../ui/chart/scene.js';
import { formatCount, formatValue } from '../../ui/numbers.js';
import type { Cell, Table } from '../../ui/table/table.js';
import type { Evidence } from '../../engine/lab/train.js';
import type { Run } from './runs.js';

/** A loss below is drawn there on a logarithmic axis. */
const LEAST = 1e-8;
/** A loss that is so many times a first one is far away; so many times guessing is enough of a linear axis. */
const [FAR, ENOUGH] = [100, 5];
/** Validation comes after so many steps; the table has about so many rows, however long the runs. */
const [EVERY, ROWS] = [5, 40];

export type ChartedRun = Pick<Run, 'letter' | 'tone' | 'losses' | 'validation' | 'status' | 'report'> & { readonly setup: Pick<Run['setup'], 'steps'> };

interface Options {
  readonly log: boolean;
  /** What the best answer loses that does not look at the input. */
  readonly chance: number | undefined;
  /** What is marked in the newest run. */
  readonly evidence?: readonly Evidence[];
}

export function chartOf(runs: readonly ChartedRun[], { log, chance, evidence = [] }: Options): Chart {
  const newest = runs.at(-1);
  return {
    title: 'Loss',
    description: `Loss by training step. ${runs.length === 0 ? 'Nothing is trained yet' : runs.map(inWords).join('; ')}.`,
    x: {
      title: 'training steps taken',
      noun: 'training steps taken',
      sign: 'training steps taken ',
      from: 0,
      to: Math.max(1, ...runs.map(({ setup, losses }) => Math.max(losses.length, setup.steps))),
    },
    y: { title: 'loss', log, floor: LEAST, span: spanOf(runs, log, chance) },
    limit: chance === undefined ? undefined : { y: chance, text: 'guessing' },
    series: runs.flatMap((run, index) => seriesOf(run, index === runs.length - 1)),
    marks: [...(newest ? evidence.map((seen, index) => markOf(newest.tone, seen, index)) : []), ...runs
      .filter(({ status }) => status === 'broken')
      .map(({ letter, losses }): Mark => ({ x: losses.length, cross: losses.at(-1) ?? NaN, text: `${letter} broke here`, tone: 'error' }))],
  };
}

/** A place that shows what the doctor says; its number leads to the words. */
function markOf(tone: Mark['tone'], { from, to }: Evidence, index: number): Mark {
  return { x: from, to, text: `${index + 1}`, tone };
}

function seriesOf({ letter, tone, losses, validation, status }: ChartedRun, newest: boolean): Series[] {
  const look = { tone, thin: !newest };
  return [
    { ...look, name: letter, points: losses.map((y, x) => ({ x, y })), ...(status === 'broken' && { label: '' }) },
    { ...look, name: `${letter} validation`, label: '', dash: '6 5', points: validation.map(({ steps, loss }) => ({ x: steps, y: loss })) },
  ];
}

/** Beside others, a run that explodes leaves the picture at its top, so that they can still be seen. */
function spanOf(runs: readonly ChartedRun[], log: boolean, chance: number | undefined): number[] {
  const most = runs.length > 1 ? FAR * Math.max(chance ?? 0, ...runs.flatMap(({ losses }) => losses.slice(0, 1))) : Infinity;
  const cap = log || !chance ? Infinity : ENOUGH * chance;
  return runs
    .flatMap(({ losses, validation }) => [...losses, ...validation.map(({ loss }) => loss)])
    .filter((loss) => loss <= most)
    .map((loss) => Math.min(loss, cap));
}

function inWords({ letter, losses, status }: ChartedRun): string {
  const [first, last] = [losses[0], losses.at(-1)];
  if (first === undefined || last === undefined) return `run ${letter} has not taken a training step`;
  const end = status === 'broken' ? ' and then broke' : '';
  return `run ${letter}: from ${formatValue(first)} to ${formatValue(last)} in ${losses.length} training steps${end}`;
}

/** A row for a step: its loss, and the validation loss that stands beside it in what the script prints. */
export function tableOf(runs: readonly ChartedRun[], whole: boolean, evidence: readonly Evidence[] = []): Table {
  const longest = Math.max(0, ...runs.map(({ losses }) => losses.length));
  const every = whole ? 1 : Math.max(EVERY, EVERY * Math.ceil(longest / (EVERY * ROWS)));
  const validated = runs.map(({ validation }) => new Map(validation.map(({ steps, loss }) => [steps, loss])));
  return {
    label: 'Loss by training step',
    columns: [
      ...['Training step', ...runs.flatMap(({ letter }) => [`${letter} training`, `${letter} validation`])].map((name) => ({ name, kind: 'number' as const })),
      ...(evidence.length > 0 ? [{ name: `Seen in ${runs.at(-1)?.letter ?? ''}` }] : []),
    ],
    rows: Array.from({ length: Math.floor(longest / every) }, (_, index) => {
      const step = (index + 1) * every;
      const losses = runs.flatMap((run, at) => [run.losses[step - 1] ?? '', validated[at]?.get(step) ?? '']);
      const seen = evidence.flatMap(({ from, to, text }, at) => (from <= step && to > step - every ? [`${at + 1}: ${text}`] : []));
      return [{ value: step, shown: formatCount(step) }, ...losses, ...(evidence.length > 0 ? [seen.join('; ')] : [])];
    }),
    ...(!whole && runs.some(({ report }) => report) && { foot: footOf(runs, evidence.length > 0) }),
  };
}

/** The figures of each run, which are those that are said of it elsewhere. */
function footOf(runs: readonly ChartedRun[], seen: boolean): Cell[] {
  const figures = runs.flatMap(({ report }): Cell[] => {
    const told = report?.finding.figures;
    return told ? [{ value: told.training, shown: told.training_text }, { value: told.validation ?? '', shown: told.validation_text }] : ['', ''];
  });
  return ['last fifth', ...figures, ...(seen ? [''] : [])];
}
