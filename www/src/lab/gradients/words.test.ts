import { expect, it } from 'vitest';
import { fateOf, sentenceOf } from './words.js';

const holds = { fate: 'holds' as const, grad_h: [2, 4], rate: 0.5, remains: 0.5, trouble: null };

it('with a loss of the last step alone, what is left at step 0 has come all the way', () => {
  expect(fateOf(holds, 'last_step')).toBe('holds');
  expect(sentenceOf(holds, 2, 'last_step')).toBe('Each step back multiplies it by 0.5000 on average; 0.5000 of it reaches step 0.');
});

it('with a loss of every step, nothing is said of how far a gradient reaches', () => {
  expect(fateOf(holds, 'every_step')).toBe('gets some at every step');
  expect(sentenceOf(holds, 2, 'every_step')).toMatch(/^At step 0 it is 0\.5000 times that of the last step\. Every step adds its own/);
  expect(fateOf({ ...holds, fate: 'explodes' }, 'every_step')).toBe('explodes');
});
