/** What a module is, every option with its value. */
import type { Config, Diagnosis, GruConfig, Value } from '../engine/engine.js';
import { isTruthy } from '../state/python.js';

export type Module = Required<GruConfig>;

/** The module of a diagnosis, where its constructor succeeds. */
export function moduleOf({ module }: Pick<Diagnosis, 'module'>): Module | undefined {
  return module ?? undefined;
}

/** What of a module can be drawn. */
export type Sketch = Pick<Module, 'hidden_size' | 'num_layers' | 'bidirectional' | 'batch_first'>;

/**
 * The module as it can be drawn, whether or not PyTorch builds it; where it does not, an option that counts nothing has a size
 * that merely looks well.
 *
 * Nothing else may make counts of what a learner wrote: `num_layers=1.5` is a value, but no number of things.
 */
export function sketchOf(diagnosis: Pick<Diagnosis, 'module'>, config: Config): Sketch {
  return (
    moduleOf(diagnosis) ?? {
      hidden_size: countOf(config.hidden_size) ?? 8,
      num_layers: countOf(config.num_layers) ?? 1,
      bidirectional: isTruthy(config.bidirectional ?? false),
      batch_first: isTruthy(config.batch_first ?? false),
    }
  );
}

function countOf(value: Value | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}
