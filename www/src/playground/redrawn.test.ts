import { expect, it } from 'vitest';
import type { Module } from './module.js';
import { redrawn } from './redrawn.js';

const MODULE = { input_size: 10, hidden_size: 20, num_layers: 2, bias: true, batch_first: false, dropout: 0, bidirectional: false } as Module;

it('says nothing where the weights are the same', () => {
  expect(redrawn(MODULE, { ...MODULE, batch_first: true }, 0)).toBe('');
});

it('says of another number of layers that the input alone is another', () => {
  expect(redrawn(MODULE, { ...MODULE, num_layers: 3 }, 7)).toMatch(/weights of the layers that stay are the same, but the input is another. PyTorch does so too after torch.manual_seed\(7\)/);
});

it('names what became another, and the range where that moves', () => {
  expect(redrawn(MODULE, { ...MODULE, bias: false }, 0)).toMatch(/With another bias all that is taken after the change begins elsewhere\./);
  expect(redrawn(MODULE, { ...MODULE, hidden_size: 8, num_layers: 1 }, 0)).toMatch(/another hidden_size, num_layers all that is taken after the change begins elsewhere, and weights are drawn from ±1\/sqrt\(hidden_size\)/);
});
