import { expect, it } from 'vitest';
import { equationOf } from './source.js';

it('finds the equation of a part by what it gives', () => {
  const equations = ['i = σ(x)', 'c = f ∗ c_prev + i ∗ g', 'h = o ∗ tanh(c)'];
  expect([equationOf(equations, 'c'), equationOf(equations, 'h'), equationOf(equations, 'r')]).toEqual([equations[1], equations[2], undefined]);
});
