/** The gradients of every unit and step as heatmaps with one scale of powers of ten. */
import type { ModuleGradients } from '../../../pkg/gru_lab.js';
import { powerOfTen } from '../../ui/chart/scene.js';
import type { Matrix } from '../../ui/heatmap/matrix.js';

/** Below so many powers of ten under the largest, all has the colour of the low end. */
const DEPTH = 12;

/** The powers of ten that the colours stand for. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

export function spanOf(modules: readonly Pick<ModuleGradients, 'units'>[]): Span {
  let most = 0;
  let least = Infinity;
  for (const { units } of modules) {
    for (const unit of units) {
      const size = Math.abs(unit);
      if (!Number.isFinite(size) || size === 0) continue;
      most = Math.max(most, size);
      least = Math.min(least, size);
    }
  }
  if (most === 0) return { low: -DEPTH, high: 0 };
  const high = Math.ceil(Math.log10(most));
  return { low: Math.min(high - 1, Math.max(Math.floor(Math.log10(least)), high - DEPTH)), high };
}

/** One module's, units downwards and steps to the right. */
export function heatMatrix({ units }: Pick<ModuleGradients, 'units'>, steps: number, { low, high }: Span): Matrix {
  const hidden = units.length / steps;
  const at = (row: number, column: number): number => units[column * hidden + row] ?? NaN;
  const values = Float32Array.from(units, (unit) => {
    if (!Number.isFinite(unit)) return NaN;
    return unit === 0 ? 0 : Math.max(0, Math.min(1, (Math.log10(Math.abs(unit)) - low) / (high - low)));
  });
  return {
    name: 'dL/dh',
    values,
    offset: 0,
    rows: hidden,
    rowStride: 1,
    columns: steps,
    columnStride: hidden,
    map: 'sequential',
    rowAxis: 'H_out',
    columnAxis: 'L',
    split: undefined,
    index: (row, column) => [column, 0, row],
    number: at,
    ends: [`≤${powerOfTen(low)}`, powerOfTen(high)],
  };
}
