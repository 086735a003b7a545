import { expect, it } from 'vitest';
import { parameterAxes } from './parameter-axes.js';

it.each([
  ['weight_ih_l0', false, ['3*H_out', 'H_in']],
  ['weight_ih_l0_reverse', true, ['3*H_out', 'H_in']],
  ['weight_hh_l0', false, ['3*H_out', 'H_out']],
  ['weight_ih_l1', false, ['3*H_out', 'H_out']],
  ['weight_ih_l1_reverse', true, ['3*H_out', '2*H_out']],
  ['weight_ih_l10', true, ['3*H_out', '2*H_out']],
  ['weight_hh_l1_reverse', true, ['3*H_out', 'H_out']],
  ['bias_hh_l0', true, ['3*H_out']],
])('%s (bidirectional %s) has axes %j', (name, bidirectional, letters) => {
  expect(parameterAxes(name, { bidirectional }).map((meaning) => meaning.letters)).toEqual(letters);
});
