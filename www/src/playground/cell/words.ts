/** What each stage of a step does now, with its equation and the numbers of one unit. */
import type { Equation } from '../../engine/engine.js';
import { bracketed, formatShare, formatValue, plural } from '../../ui/numbers.js';
import type { UnitStep } from '../values/unit.js';

export interface Told {
  /** The stage in a word or two, as it stands on its button. */
  readonly name: string;
  /** The equations that are computed. */
  readonly equations: readonly string[];
  readonly sentences: readonly string[];
}

export interface Where {
  readonly layer: number;
  readonly step: number;
  readonly unit: number;
  readonly reverse: boolean;
  /** How many numbers x has, and the state. */
  readonly features: number;
  readonly hidden: number;
  /** What reads the state next, in words. */
  readonly next: string;
}

export function stateName(before: UnitStep['before']): string {
  return before === 'h_0' ? 'h_0' : `h of step ${before}`;
}

export function toldOf(stage: number, at: UnitStep, where: Where, equations: readonly Equation[]): Told {
  const { r, z, n, h, h_prev, pre_r, pre_z, n_input, n_hidden, before } = at;
  const { layer, step, unit, features, hidden, next } = where;
  const text = (...names: Equation['name'][]) => equations.filter(({ name }) => names.includes(name)).map((equation) => equation.text);
  const whose = `Unit ${unit}:`;
  const old = h_prev === undefined ? 'h' : bracketed(h_prev);
  switch (stage) {
    case 0:
      return {
        name: 'in',
        equations: [],
        sentences: [
          `x comes in: ${plural(features, 'number')} that ${layer === 0 ? `the input has at step ${step}` : `layer ${layer - 1} gave at step ${step}`}.`,
          `With it comes the old state, ${stateName(before)}: ${plural(hidden, 'number')}, one of each unit.`,
        ],
      };
    case 1:
      return {
        name: 'r, z',
        equations: text('r', 'z'),
        sentences: [
          `${whose} r = \u03c3(${formatValue(pre_r)}) = ${formatValue(r)} lets ${formatShare(r)} of what the old state says into n.`,
          `z = \u03c3(${formatValue(pre_z)}) = ${formatValue(z)} will keep ${formatShare(z)} of the old state.`,
        ],
      };
    case 2:
      return {
        name: 'n',
        equations: text('n'),
        sentences: [
          `${whose} n = tanh(${formatValue(n_input)} + ${formatValue(r)} \u2217 ${bracketed(n_hidden)}) = ${formatValue(n)} is what the state could become.`,
        ],
      };
    case 3:
      return {
        name: 'mix',
        equations: text("h'"),
        sentences: [
          `${whose} h' = ${formatValue(1 - z)} \u2217 ${bracketed(n)} + ${formatValue(z)} \u2217 ${old} = ${formatValue(h)}.`,
          `z keeps ${formatShare(z)} of the old state and takes ${formatShare(1 - z)} of n: the disc slides from the ring that far towards the diamond.`,
        ],
      };
    default:
      return { name: 'out', equations: [], sentences: [`h' leaves: ${next}.`, `${whose} ${h_prev === undefined ? '' : `it had ${formatValue(h_prev)}, and `}now it has ${formatValue(h)}.`] };
  }
}
