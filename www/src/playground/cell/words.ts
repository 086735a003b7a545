/** What each stage of a GRU's step does now, with its equation and the numbers of one unit. */
import { addedProduct, bracketed, formatShare, formatValue, plural } from '../../ui/numbers.js';
import type { UnitNumbers } from './numbers.js';
import { equationsOf } from './source.js';

export interface Told {
  /** The stage in a word or two, as it stands on its button. */
  readonly name: string;
  /** The equations that are computed. */
  readonly equations: readonly string[];
  readonly sentences: readonly string[];
}

export interface Where {
  readonly unit: number;
  /** How many numbers x has, and the state. */
  readonly features: number;
  readonly hidden: number;
  /** Where the state before comes from: a step, or h_0. */
  readonly before: number | 'h_0';
  /** What x is, continuing `8 numbers that`. */
  readonly reads: string;
  /** What reads the state next, in words. */
  readonly next: string;
}

export function stateName(before: Where['before']): string {
  return before === 'h_0' ? 'h_0' : `h of step ${before}`;
}

export function gruTold(stage: number, at: UnitNumbers, where: Where, equations: readonly string[]): Told {
  const { r = NaN, z = NaN, n = NaN, h = NaN, h_prev, pre_r = NaN, pre_z = NaN, n_input = NaN, n_hidden = NaN } = at;
  const { unit, features, hidden, reads, next, before } = where;
  const whose = `Unit ${unit}:`;
  switch (stage) {
    case 0:
      return {
        name: 'read',
        equations: [],
        sentences: [
          `x comes in: ${plural(features, 'number')} that ${reads}.`,
          `With it comes h_prev, the state before: ${stateName(before)}, ${plural(hidden, 'number')}, one of each unit.`,
        ],
      };
    case 1:
      return {
        name: 'gates',
        equations: equationsOf(equations, 'r', 'z'),
        sentences: [
          `${whose} r = \u03c3(${formatValue(pre_r)}) = ${formatValue(r)} lets ${formatShare(r)} of what h_prev says into the candidate n.`,
          `z = \u03c3(${formatValue(pre_z)}) = ${formatValue(z)} will keep ${formatShare(z)} of h_prev and replace ${formatShare(1 - z)}.`,
          '\u03c3, the sigmoid, squeezes any number into 0 to 1.',
        ],
      };
    case 2:
      return {
        name: 'candidate',
        equations: equationsOf(equations, 'n'),
        sentences: [
          `${whose} n = tanh(${formatValue(n_input)}${addedProduct(r, n_hidden)}) = ${formatValue(n)} is the candidate: what the state could become.`,
          'tanh squeezes any number into \u22121 to 1.',
        ],
      };
    case 3:
      return {
        name: 'mix',
        equations: equationsOf(equations, 'h'),
        sentences: [
          `${whose} h = ${formatValue(1 - z)} \u2217 ${bracketed(n)}${h_prev === undefined ? ` + ${formatValue(z)} \u2217 h_prev` : addedProduct(z, h_prev)} = ${formatValue(h)}.`,
          `z keeps ${formatShare(z)} of h_prev and replaces ${formatShare(1 - z)} with the candidate n: the disc slides from the ring that far towards the diamond.`,
        ],
      };
    default:
      return { name: 'out', equations: [], sentences: [`h leaves: ${next}.`, `${whose} ${h_prev === undefined ? '' : `it had ${formatValue(h_prev)}, and `}now it has ${formatValue(h)}.`] };
  }
}
