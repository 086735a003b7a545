/** What a module is, every option with its value. */
import type { Diagnosis, GruConfig } from '../engine/engine.js';

export type Module = Required<GruConfig>;

/** The module of a diagnosis, where its constructor succeeds. */
export function moduleOf({ module }: Pick<Diagnosis, 'module'>): Module | undefined {
  return module ?? undefined;
}
