/** Where the curves of some runs stand, in pixels. */
import { niceStep, type Position, type Tick } from '../../ui/plot.js';
import type { Letter, Run } from './runs.js';

export interface CurveOfRun {
  readonly letter: Letter;
  readonly training: readonly Position[];
  readonly validation: readonly Position[];
  /** Where its letter stands. */
  readonly name: Position | undefined;
  /** The step in which a number was no longer finite. */
  readonly broken: Position | undefined;
}

export interface CurvesPlot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly steps: readonly Tick[];
  readonly losses: readonly Tick[];
  readonly chance: number | undefined;
  readonly curves: readonly CurveOfRun[];
}

export interface PlotOptions {
  readonly width: number;
  readonly log: boolean;
  readonly chance: number | undefined;
}

/** A loss below is drawn there on a logarithmic axis. */
const LEAST = 1e-8;
/** Nothing is drawn higher than so many times the picture's height; what leaves the picture is cut off. */
const BEYOND = 20;
/** A loss that is so many times a first one is far away. */
const FAR = 100;
/** Lines of names keep this distance. */
const NAME_GAP = 15;

type PlottedRun = Pick<Run, 'letter' | 'losses' | 'validation' | 'status'> & { readonly setup: Pick<Run['setup'], 'steps'> };

export function plotRuns(runs: readonly PlottedRun[], { width, log, chance }: PlotOptions): CurvesPlot {
  const height = Math.round(Math.min(340, Math.max(220, width * 0.5)));
  const [left, right, top, bottom] = [54, Math.max(width - 26, 80), 14, height - 40];
  const count = Math.max(1, ...runs.map(({ setup, losses }) => Math.max(losses.length, setup.steps)));
  const losses = runs.flatMap((run) => [run.losses, run.validation.map(({ loss }) => loss)]).flat().filter(Number.isFinite);
  const firsts = runs.flatMap((run) => run.losses.slice(0, 1));
  // Beside others, a run that explodes leaves the picture at its top, so that they can still be seen.
  const most = runs.length > 1 ? FAR * Math.max(chance ?? 0, ...firsts) : Infinity;
  const scale = (log ? logarithmic : linear)(losses.filter((loss) => loss <= most), chance, [bottom, top]);
  const inside = (y: number): number => Math.max(top, Math.min(bottom, y));
  const x = (steps: number): number => left + ((right - left) * steps) / count;
  const at = (steps: number, loss: number): Position => ({ x: x(steps), y: scale.y(loss) });

  const curves = runs.map((run): CurveOfRun => {
    const training = thinned(run.losses.map((loss, step) => at(step, loss)));
    const validation = run.validation.filter(({ loss }) => !Number.isNaN(loss)).map(({ steps, loss }) => at(steps, loss));
    const end = training.at(-1);
    const broken = run.status === 'broken' ? { x: x(run.losses.length), y: inside(end?.y ?? top) } : undefined;
    return { letter: run.letter, training, validation, name: end && { x: end.x + 8, y: inside(end.y) + 4 }, broken };
  });
  const every = Math.max(1, niceStep(count, width < 420 ? 4 : 8));
  return {
    width, height, left, right, top, bottom,
    steps: Array.from({ length: Math.floor(count / every + 1e-9) + 1 }, (_, index) => ({ at: x(index * every), text: String(index * every) })),
    losses: scale.ticks,
    chance: chance === undefined ? undefined : scale.y(chance),
    curves: spread(curves),
  };
}

interface Scale {
  readonly y: (loss: number) => number;
  readonly ticks: readonly Tick[];
}

/** From zero; what is far beyond guessing leaves the picture at its top. */
function linear(losses: readonly number[], chance = 0, [bottom, top]: readonly [number, number]): Scale {
  const most = losses.reduce((highest, loss) => Math.max(highest, loss), 0);
  const highest = Math.min(most || 1, 5 * (chance || most || 1));
  const step = niceStep(Math.max(highest, chance), 5);
  const end = Math.ceil(Math.max(highest, chance) / step - 1e-9) * step;
  const y = (loss: number): number => bottom - (bottom - top) * Math.min(BEYOND, loss / end);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, index) => ({ at: y(index * step), text: (index * step).toFixed(decimals) }));
  return { y, ticks };
}

/** From one power of ten to another. */
function logarithmic(losses: readonly number[], chance = 1, [bottom, top]: readonly [number, number]): Scale {
  const positive = losses.filter((loss) => loss > 0);
  const low = positive.reduce((lowest, loss) => Math.min(lowest, loss), chance);
  const high = positive.reduce((highest, loss) => Math.max(highest, loss), chance);
  const from = Math.floor(Math.log10(Math.max(low, LEAST)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(high) - 1e-9));
  const y = (loss: number): number => {
    const share = (Math.log10(Math.max(loss, LEAST)) - from) / (to - from);
    return bottom - (bottom - top) * Math.max(0, Math.min(BEYOND, share));
  };
  const every = Math.ceil((to - from) / 6);
  const powers = Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => from + index * every);
  return { y, ticks: powers.map((power) => ({ at: y(10 ** power), text: powerOfTen(power) })) };
}

function powerOfTen(power: number): string {
  return power >= -3 && power <= 3 ? (10 ** power).toFixed(Math.max(0, -power)) : `1e${power < 0 ? '−' : '+'}${Math.abs(power)}`;
}

/** Of many points in one column of pixels the first, the extremes and the last: what can be seen of them. */
function thinned(points: readonly Position[]): readonly Position[] {
  const columns = new Map<number, readonly [first: Position, low: Position, high: Position, last: Position]>();
  for (const point of points) {
    const column = Math.floor(point.x);
    const [first, low, high] = columns.get(column) ?? [point, point, point];
    columns.set(column, [first, point.y > low.y ? point : low, point.y < high.y ? point : high, point]);
  }
  return [...columns.values()].flatMap((kept) => [...new Set(kept)].sort((a, b) => a.x - b.x));
}

/** Moves names apart that would stand on each other. */
function spread(curves: readonly CurveOfRun[]): readonly CurveOfRun[] {
  const named = curves.filter((curve) => curve.name).sort((a, b) => (a.name?.y ?? 0) - (b.name?.y ?? 0));
  const moved = new Map<Letter, Position>();
  let least = -Infinity;
  for (const { letter, name } of named) {
    if (!name) continue;
    const y = Math.max(name.y, least);
    moved.set(letter, { x: name.x, y });
    least = y + NAME_GAP;
  }
  return curves.map((curve) => ({ ...curve, name: moved.get(curve.letter) }));
}
