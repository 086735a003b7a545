/** What each stage of an LSTM's step does now, and of an RNN's, with its equations and the numbers of one unit. */
import { addedProduct, bracketed, formatShare, formatValue, plural } from '../../ui/numbers.js';
import type { UnitNumbers } from './numbers.js';
import { equationOf, equationsOf } from './source.js';
import type { Told, Where } from './words.js';
import { stateName } from './words.js';

const SIGMOID = '\u03c3, the sigmoid, squeezes any number into 0 to 1; tanh into \u22121 to 1.';

/** A number that is always kept. */
function read(at: UnitNumbers, name: string): number {
  return at[name] ?? NaN;
}

export function lstmTold(stage: number, at: UnitNumbers, where: Where, equations: readonly string[]): Told {
  const { unit, features, hidden, reads, next, before } = where;
  const [i, f, g, o, c, tanh, h] = ['i', 'f', 'g', 'o', 'c', 'tanh_c', 'h'].map((name) => read(at, name)) as [number, number, number, number, number, number, number];
  const whose = `Unit ${unit}:`;
  switch (stage) {
    case 0:
      return {
        name: 'read',
        equations: [],
        sentences: [
          `x comes in: ${plural(features, 'number')} that ${reads}.`,
          `With it come h_prev, the state before, and c_prev, the cell state before: ${before === 'h_0' ? 'h_0 and c_0' : `those of step ${before}`}, ${plural(hidden, 'number')} each.`,
        ],
      };
    case 1:
      return {
        name: 'gates',
        equations: equationsOf(equations, 'i', 'f', 'g', 'o'),
        sentences: [
          `${whose} i = \u03c3(${formatValue(read(at, 'pre_i'))}) = ${formatValue(i)}, f = \u03c3(${formatValue(read(at, 'pre_f'))}) = ${formatValue(f)}, o = \u03c3(${formatValue(read(at, 'pre_o'))}) = ${formatValue(o)}.`,
          `g = tanh(${formatValue(read(at, 'pre_g'))}) = ${formatValue(g)} is the candidate: what could be added.`,
          SIGMOID,
        ],
      };
    case 2:
      return {
        name: 'c',
        equations: equationsOf(equations, 'c'),
        sentences: [
          `${whose} c = ${formatValue(f)} \u2217 ${bracketed(read(at, 'c_prev'))}${addedProduct(i, g)} = ${formatValue(c)}.`,
          `f keeps ${formatShare(f)} of c_prev, and i adds ${formatShare(i)} of the candidate g.`,
        ],
      };
    case 3:
      return {
        name: 'h',
        equations: equationsOf(equations, 'h'),
        sentences: [`${whose} h = ${formatValue(o)} \u2217 tanh(${formatValue(c)}) = ${formatValue(o)} \u2217 ${bracketed(tanh)} = ${formatValue(h)}.`, `o shows ${formatShare(o)} of tanh(c).`],
      };
    default:
      return { name: 'out', equations: [], sentences: [`h leaves, and c with it: ${next}.`, `${whose} it has c = ${formatValue(c)} and h = ${formatValue(h)} now.`] };
  }
}

export function rnnTold(stage: number, at: UnitNumbers, where: Where, equations: readonly string[]): Told {
  const { unit, features, hidden, reads, next, before } = where;
  const [pre, h] = [read(at, 'pre'), read(at, 'h')];
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
    case 1: {
      const relu = equationOf(equations, 'h')?.includes('relu(') ?? false;
      return {
        name: 'h',
        equations: equationsOf(equations, 'h'),
        sentences: [
          `Unit ${unit}: h = ${relu ? 'relu' : 'tanh'}(${formatValue(pre)}) = ${formatValue(h)}.`,
          relu ? 'relu keeps what is above 0 and makes 0 of all else.' : 'tanh squeezes any number into \u22121 to 1.',
          'There is no gate: all of h_prev is replaced.',
        ],
      };
    }
    default:
      return { name: 'out', equations: [], sentences: [`h leaves: ${next}.`, `Unit ${unit} had ${formatValue(read(at, 'h_prev'))}, and now has ${formatValue(h)}.`] };
  }
}
