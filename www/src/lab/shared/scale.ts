/** Where everything of a plot over steps stands, in pixels. */
import { niceStep } from '../../ui/plot.js';

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Values from the bottom of a plot to its top. */
export interface Scale {
  readonly y: (value: number) => number | undefined;
  readonly ticks: readonly Tick[];
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10⁻⁶`, and `1` for its zeroth power. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0) return '1';
  const digits = Array.from(String(Math.abs(exponent)), (digit) => SUPERSCRIPT[Number(digit)] ?? '').join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Powers of ten at equal distances; a value of 0, or none, has no place. */
export function logScale(values: Iterable<number>, top: number, bottom: number): Scale {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    const exponent = Math.log10(value);
    least = Math.min(least, exponent);
    most = Math.max(most, exponent);
  }
  if (least > most) [least, most] = [0, 0];
  [least, most] = [Math.floor(least), Math.ceil(most)];
  if (least === most) most += 1;
  const every = Math.max(1, niceStep(most - least, 6));
  const place = (exponent: number): number => bottom - ((bottom - top) * (exponent - least)) / (most - least);
  const ticks: Tick[] = [];
  for (let exponent = Math.ceil(least / every) * every; exponent <= most; exponent += every) {
    ticks.push({ at: place(exponent), text: powerOfTen(exponent) });
  }
  return { y: (value) => (value > 0 && Number.isFinite(value) ? place(Math.log10(value)) : undefined), ticks };
}

/** Values from 0 on at equal distances. */
export function linearScale(values: Iterable<number>, top: number, bottom: number): Scale {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, value);
  if (most === 0) most = 1;
  const step = niceStep(most, 5);
  most = Math.ceil(most / step - 1e-9) * step;
  const place = (value: number): number => bottom - ((bottom - top) * value) / most;
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks = Array.from({ length: Math.round(most / step) + 1 }, (_, index) => ({
    at: place(index * step),
    text: step >= 1e6 || step < 1e-4 ? (index * step).toExponential(0) : (index * step).toFixed(digits),
  }));
  return { y: (value) => (Number.isFinite(value) ? place(value) : undefined), ticks };
}

/** Steps below a plot, the first and the last among them. */
export function stepTicks(count: number, x: (step: number) => number, most: number): Tick[] {
  const every = Math.max(1, niceStep(count, most));
  const ticks: Tick[] = [];
  for (let step = 0; step < count; step += every) ticks.push({ at: x(step), text: String(step) });
  return ticks;
}

/** A path through the values that have a place; a gap where one has none. */
export function pathOf(values: readonly number[], x: (step: number) => number, y: Scale['y']): string {
  let path = '';
  let pen = 'M';
  values.forEach((value, step) => {
    const at = y(value);
    if (at === undefined) {
      pen = 'M';
      return;
    }
    path += `${pen}${x(step).toFixed(1)} ${at.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

/** Heights of labels at least `gap` apart, in the order of what they label. */
export function spread(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = heights.map((height) => height);
  let free = top;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, free);
    free = (placed[index] ?? 0) + gap;
  }
  let ceiling = bottom;
  for (const index of [...order].reverse()) {
    placed[index] = Math.min(placed[index] ?? 0, ceiling);
    ceiling = (placed[index] ?? 0) - gap;
  }
  return placed;
}
