/** Where everything of a line chart stands, in pixels. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Axis } from '../../engine/engine.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly name: string;
  /** The axis whose colour it has. */
  readonly tone: Axis;
  /** From left to right, at whole numbers; what is not finite leaves a gap. */
  readonly points: readonly Point[];
  /** What stands at its end; its name where nothing else is said. */
  readonly label?: string;
  readonly dash?: string;
  readonly thin?: boolean;
  readonly marker?: 'circle' | 'square';
}

/** A place that a chart points out: a line from top to bottom, with a cross where something ended, or a band as far as `to`. */
export interface Mark {
  readonly x: number;
  readonly to?: number;
  /** Where its cross stands; none without. */
  readonly cross?: number;
  readonly text: string;
  readonly tone: Axis | 'error';
}

export interface Chart {
  /** What the numbers are. */
  readonly title: string;
  /** What a reader of the picture learns from it; its title where nothing else is said. */
  readonly description?: string;
  readonly x: {
    readonly title: string;
    /** What one of its numbers is called: `step`. */
    readonly noun: string;
    readonly from: number;
    readonly to: number;
    /** How a number is written below the picture: `t=`. */
    readonly sign?: string;
    /** What a number stands for, where it is not read as it is: `1958-03`. */
    readonly text?: (value: number) => string;
  };
  readonly y: {
    readonly title: string;
    readonly log?: boolean;
    /** Whether a linear axis has its values alone, and not 0 too. */
    readonly tight?: boolean;
    /** What is lower is drawn there, on a logarithmic axis. */
    readonly floor?: number;
    /** The values that the axis has to show, where these are not all; what goes beyond is cut off. */
    readonly span?: readonly number[];
    readonly format?: (value: number) => string;
  };
  readonly series: readonly Series[];
  /** A line from left to right. */
  readonly limit?: { readonly y: number; readonly text: string } | undefined;
  readonly marks?: readonly Mark[];
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Curve {
  readonly series: Series;
  readonly path: string;
  readonly markers: readonly Point[];
  /** Where its label stands; none without a point or a label. */
  readonly end: Point | undefined;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly x: (value: number) => number;
  /** The height of a value; none where it has no place. */
  readonly y: (value: number) => number | undefined;
  readonly curves: readonly Curve[];
}

/** Nothing is drawn farther away than so many times the picture's height. */
const BEYOND = 20;
/** The height of a line of text, and the width of one character. */
const [LINE, CHARACTER] = [14, 7.4];
/** Markers of one curve keep this distance. */
const MARKER_GAP = 22;

export function layoutChart(chart: Chart, width: number): Scene {
  const height = Math.round(Math.min(320, Math.max(220, width * 0.46)));
  const [top, bottom] = [26, height - 40];
  const { y, ticks: yTicks } = (chart.y.log ? logarithmic : linear)(chart, top, bottom);
  const left = 12 + CHARACTER * longest(yTicks.map(({ text }) => text));
  const right = Math.max(width - 18 - CHARACTER * longest(chart.series.map(labelOf)), left + 60);
  const { from, to, text = String } = chart.x;
  const x = scaleLinear([from, Math.max(to, from + 1)], [left, right]);
  // What would stand on each other is left out.
  const most = Math.max(2, Math.min(8, Math.floor((right - left) / (40 + CHARACTER * text(to).length))));
  const numbers = x.ticks(most).filter((value) => Number.isInteger(value) && value <= to);
  const [first = to, second = first + 2] = numbers;
  if (first - from > (second - first) / 2) numbers.unshift(from);

  const drawn = chart.series.map((series) => {
    const points = series.points.map((point) => ({ x: x(point.x), y: y(point.y) ?? NaN }));
    return { series, points: points.length > 2 * (right - left) ? thinned(points) : points };
  });
  const path = line<Point>(({ x: at }) => at, (point) => point.y).defined((point) => Number.isFinite(point.y)).digits(1);
  const ends = drawn.map(({ series, points }) => (labelOf(series) === '' ? undefined : points.findLast((point) => Number.isFinite(point.y))));
  const heights = spread(ends.map((end) => end && Math.max(top, Math.min(bottom, end.y))), LINE, top, bottom);
  return {
    width, height, left, right, top, bottom, x, y, yTicks,
    xTicks: numbers.map((value) => ({ at: x(value), text: text(value) })),
    curves: drawn.map(({ series, points }, index) => ({
      series,
      path: path(points) ?? '',
      markers: series.marker ? marked(points, MARKER_GAP) : [],
      end: ends[index] && { x: ends[index].x + 8, y: (heights[index] ?? 0) + 4 },
    })),
  };
}

export function labelOf({ name, label = name }: Series): string {
  return label;
}

/** The value of a series at a number of the axis; none where it has no point. */
export function valueAt({ points }: Series, at: number): number | undefined {
  return points.find(({ x }) => x === at)?.y;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

interface Heights {
  readonly y: Scene['y'];
  readonly ticks: readonly Tick[];
}

/** The least and the greatest of the values that an axis has to show and can. */
function extent({ y: { span }, series, limit }: Chart, can: (value: number) => boolean): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  const see = (value: number): void => {
    if (!Number.isFinite(value) || !can(value)) return;
    least = Math.min(least, value);
    most = Math.max(most, value);
  };
  if (span) span.forEach(see);
  else for (const { points } of series) for (const { y } of points) see(y);
  if (limit) see(limit.y);
  return [least, most];
}

/** Within reach of the picture. */
function near(at: number, top: number, bottom: number): number {
  return Math.max(bottom - BEYOND * (bottom - top), Math.min(bottom, at));
}

/** Values from 0 on at equal distances. */
function linear(chart: Chart, top: number, bottom: number): Heights {
  const [least, most] = extent(chart, () => true);
  const domain = chart.y.tight && least < most ? [least, most] : [0, most > 0 ? most : 1];
  const scale = scaleLinear(domain, [bottom, top]).nice(5);
  const ticks = scale.ticks(5);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const text = scale.tickFormat(5, step >= 1e6 || step < 1e-4 ? 'e' : 'f');
  return {
    y: (value) => (Number.isFinite(value) ? near(scale(value), top, bottom) : undefined),
    ticks: ticks.map((value) => ({ at: scale(value), text: text(value) })),
  };
}

/** Powers of ten at equal distances; 0 has no place but on the floor. */
function logarithmic(chart: Chart, top: number, bottom: number): Heights {
  const { floor = 0 } = chart.y;
  let [least, most] = extent(chart, (value) => value > 0);
  if (least > most) [least, most] = [1, 1];
  const scale = scaleLog([Math.max(least, floor), Math.max(most, floor)], [bottom, top]).nice();
  const [from, to] = scale.domain() as [number, number];
  if (from === to) scale.domain([from, 10 * to]);
  // Between few powers of ten there are other numbers too.
  const powers = scale.ticks(5).map(Math.log10).filter((power) => Math.abs(power - Math.round(power)) < 1e-9).map(Math.round);
  const plain = powers.every((power) => Math.abs(power) <= 3);
  return {
    y: (value) => (Math.max(value, floor) > 0 && Number.isFinite(value) ? near(scale(Math.max(value, floor)), top, bottom) : undefined),
    ticks: powers.map((power) => ({ at: scale(10 ** power), text: plain ? (10 ** power).toFixed(Math.max(0, -power)) : powerOfTen(power) })),
  };
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10⁻⁶`, and `1` for its zeroth power. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0) return '1';
  const digits = Array.from(String(Math.abs(exponent)), (digit) => SUPERSCRIPT[Number(digit)] ?? '').join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Of many points in one column of pixels the first, the extremes and the last: what can be seen of them. */
function thinned(points: readonly Point[]): Point[] {
  const columns = new Map<number, readonly [first: Point, low: Point, high: Point, last: Point]>();
  for (const point of points) {
    const column = Math.floor(point.x);
    const [first, low, high] = columns.get(column) ?? [point, point, point];
    columns.set(column, [first, point.y > low.y ? point : low, point.y < high.y ? point : high, point]);
  }
  return [...columns.values()].flatMap((kept) => [...new Set(kept)].sort((a, b) => a.x - b.x));
}

/** The points that carry a marker, the last among them: not each one where they would touch. */
export function marked(points: readonly Point[], gap: number): readonly Point[] {
  const [first, second] = points;
  if (!first || !second) return points;
  const every = Math.max(1, Math.ceil(gap / Math.max(second.x - first.x, 1e-6)));
  return points.filter(({ y }, index) => Number.isFinite(y) && (points.length - 1 - index) % every === 0);
}

/** Where lines of marks stand: one that would fall on an earlier one is moved aside, to the right or, at the end, to the left. */
export function apart(places: readonly number[], gap: number, right: number): number[] {
  const taken: number[] = [];
  for (const place of places) {
    const free = (at: number): boolean => taken.every((other) => Math.abs(other - at) >= gap);
    const steps = Array.from({ length: 2 * places.length + 1 }, (_, index) => index * gap);
    const after = steps.map((step) => place + step).find((at) => at <= right && free(at));
    taken.push(after ?? steps.map((step) => place - step).find(free) ?? place);
  }
  return taken;
}

/** Heights of labels at least `gap` apart, in the order of what they label; none where there is none. */
export function spread(heights: readonly (number | undefined)[], gap: number, top: number, bottom: number): (number | undefined)[] {
  const placed = [...heights];
  const order = heights.flatMap((height, index) => (height === undefined ? [] : [index])).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  let free = top;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, free);
    free = (placed[index] ?? 0) + gap;
  }
  let ceiling = bottom;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index] ?? 0, ceiling);
    ceiling = (placed[index] ?? 0) - gap;
  }
  return placed;
}
