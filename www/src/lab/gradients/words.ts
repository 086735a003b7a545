/** What the room of gradients says of what the core found. */
import type { GradientsSetup, ModuleGradients } from '../../../pkg/gru_lab.js';
import { formatValue } from '../../ui/numbers.js';

export type ModuleKind = ModuleGradients['module'];

export const MODULES: readonly { readonly module: ModuleKind; readonly name: string }[] = [
  { module: 'rnn_tanh', name: 'RNN tanh' },
  { module: 'rnn_relu', name: 'RNN relu' },
  { module: 'lstm', name: 'LSTM' },
  { module: 'gru', name: 'GRU' },
];

export function nameOf(module: ModuleKind): string {
  return MODULES.find((entry) => entry.module === module)?.name ?? module;
}

type Loss = GradientsSetup['loss'];

/** A word or two for what became of a gradient. */
export function fateOf({ fate, grad_h }: Pick<ModuleGradients, 'fate' | 'grad_h'>, loss: Loss): string {
  if (fate === 'broken') return 'breaks';
  // What comes from the end may be gone: each step has a gradient of its own.
  if (fate === 'holds' && loss === 'every_step') return 'gets some at every step';
  return fate === 'vanishes' && grad_h[0] === 0 ? 'is lost' : fate;
}

/** What became of a gradient on its way back, in a sentence. */
export function sentenceOf(gradients: Pick<ModuleGradients, 'trouble' | 'rate' | 'remains'>, steps: number, loss: Loss): string {
  const { trouble, rate, remains } = gradients;
  if (trouble) {
    const what = trouble.forward ? 'h' : 'the gradient';
    return `${what} becomes infinite or nan at step ${trouble.step}; from there on no number means anything.`;
  }
  if (steps < 2) return 'One step has no way back.';
  if (rate === null || remains === null) return 'Nothing of the gradient of the last step reaches the first one.';
  if (loss === 'every_step') {
    return `At step 0 it is ${formatValue(remains)} times that of the last step. Every step adds its own, so this does not tell how far a gradient reaches.`;
  }
  return `Each step back multiplies it by ${formatValue(rate)} on average; ${formatValue(remains)} of it reaches step 0.`;
}
