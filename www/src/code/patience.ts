/** How long a program is run before it is stopped and asked about. */
import type { RunBounds } from '../engine/engine.js';

export type Patience = RunBounds;

export const FIRST_BOUNDS: Patience = { milliseconds: 2000, steps: 50_000_000 };

/** With every `Run on` it is ten times as long. */
export function more({ milliseconds, steps }: Patience): Patience {
  return { milliseconds: milliseconds * 10, steps: Math.min(steps * 10, 2 ** 32 - 1) };
}
