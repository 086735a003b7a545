/** What the axes of a parameter tensor mean, by its name in the state dict. */
import type { AxisMeaning } from '../engine/engine.js';

const ROWS: AxisMeaning = { axis: 'H_out', letters: '3*H_out', words: 'rows of r, z and n' };
const HIDDEN: AxisMeaning = { axis: 'H_out', letters: 'H_out', words: 'hidden size' };
const INPUT: AxisMeaning = { axis: 'H_in', letters: 'H_in', words: 'input size' };
const BOTH: AxisMeaning = { axis: 'H_out', letters: '2*H_out', words: 'output of both directions below' };

export function parameterAxes(name: string, { bidirectional = false }: { readonly bidirectional?: boolean }): AxisMeaning[] {
  if (name.startsWith('bias')) return [ROWS];
  if (name.startsWith('weight_hh')) return [ROWS, HIDDEN];
  if (/^weight_ih_l0(?:_reverse)?$/.test(name)) return [ROWS, INPUT];
  return [ROWS, bidirectional ? BOTH : HIDDEN];
}
