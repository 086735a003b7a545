/** How the states of a file's tensors are said. */
import { visible } from '../../state/text.js';
import type { EntryState, ModulePlace, Report } from '../../engine/engine.js';

/** A sign beside the word, so that neither stands alone. */
export const STATES: Record<EntryState, { readonly sign: string; readonly word: string; readonly tone: 'good' | 'bad' | 'calm' }> = {
  fits: { sign: '✓', word: 'fits', tone: 'good' },
  converted: { sign: '✓', word: 'fits, converted', tone: 'good' },
  missing: { sign: '✗', word: 'missing', tone: 'bad' },
  unexpected: { sign: '✗', word: 'unexpected', tone: 'bad' },
  wrong_shape: { sign: '✗', word: 'another shape', tone: 'bad' },
  wrong_type: { sign: '✗', word: 'no floats', tone: 'bad' },
  elsewhere: { sign: '–', word: 'another part', tone: 'calm' },
};

const FORMATS = {
  safetensors: 'in the safetensors format',
  pt: 'saved by torch.save',
  npz: 'saved by numpy.savez',
  npy: 'saved by numpy.save',
  onnx: 'in an ONNX model',
} as const;

/** A place in a file, and what is there: `model.encoder: nn.GRU(4, 3)`. */
export function placeName({ prefix, module }: ModulePlace): string {
  const name = prefix === '' ? 'without a prefix' : visible(prefix.replace(/\.$/, ''));
  return module ? `${name}: nn.${module.module}(${module.input_size}, ${module.hidden_size})` : `${name}: not complete`;
}

/** What a report comes to, in a sentence. */
export function summary({ format, tensors, entries, usable, proposed, equations }: Report): string {
  const found = `${tensors} ${tensors === 1 ? 'tensor' : 'tensors'}, ${FORMATS[format]}.`;
  if (!usable) return `${found} They do not fit this module. Nothing has been changed.`;
  const others = entries.filter(({ state }) => state === 'elsewhere').length;
  const rest = others === 0 ? '' : ` ${others} of another part of the model ${others === 1 ? 'is' : 'are'} left alone.`;
  if (proposed) return `${found} By their shapes they may be this module's, as the table has them.${rest} Nothing is changed until you agree.`;
  const equation = equations === 'reset before the product' ? ' The GRU that the model computes is another one.' : '';
  return `${found} They fit this module.${equation}${rest} Nothing is changed until you use them.`;
}
