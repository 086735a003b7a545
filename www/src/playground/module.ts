/** What a module is, with PyTorch's defaults where an option is left out. */
import type { Diagnosis, GruConfig } from '../engine/engine.js';

export type Module = Required<GruConfig>;

/** The module of a diagnosis, where its constructor succeeds. */
export function moduleOf({ module }: Pick<Diagnosis, 'module'>): Module | undefined {
  const defaults = { num_layers: 1, bias: true, batch_first: false, dropout: 0, bidirectional: false };
  return module ? { ...defaults, ...module } : undefined;
}
