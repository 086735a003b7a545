/** Why numbers that nobody touched are others after a change of the module: the seed's random numbers are taken in order. */
import type { Module } from './module.js';

const OPTIONS = ['input_size', 'hidden_size', 'num_layers', 'bias', 'bidirectional'] as const;

/** What to say where a module's options became others; empty where none did that weights depend on. */
export function redrawn(before: Module, after: Module, seed: number): string {
  const changed = OPTIONS.filter((option) => before[option] !== after[option]);
  if (changed.length === 0) return '';
  const same = `PyTorch does so too after torch.manual_seed(${seed}).`;
  if (changed.length === 1 && changed[0] === 'num_layers') {
    return (
      'Why the numbers of layer 0 are others now, too: the seed gives one row of random numbers, and the weights of all layers are taken ' +
      `before the input. With another num_layers the weights of the layers that stay are the same, but the input is another. ${same}`
    );
  }
  return (
    `Why other numbers are others now, too: the seed gives one row of random numbers, and weights and input are taken from it in order. With another ` +
    `${changed.join(', ')} all that is taken after the change begins elsewhere${changed.includes('hidden_size') ? ', and weights are drawn from \u00b11/sqrt(hidden_size)' : ''}. ${same}`
  );
}
