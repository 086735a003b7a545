/** A training of the core's, some steps at a time. */
import type { Trouble } from '../../../pkg/gru_lab.js';
import { SLICE_MS } from '../worker-shell.js';

interface Slice {
  readonly trouble: Trouble | null;
}

interface SlicedTraining<S extends Slice> {
  readonly steps: number;
  advance(steps: number): S;
  free(): void;
}

interface Teller<S> {
  readonly report: (progress: { readonly steps: number; readonly slice: S }) => void;
  readonly breathe: () => Promise<void>;
}

/**
 * Trains for so many steps, in slices of about the same time, so that a cancel is heard in between; `end` makes the result of a
 * training that did not break. The training is freed.
 */
export async function trainInSlices<S extends Slice, E>(
  training: SlicedTraining<S>,
  steps: number,
  { report, breathe }: Teller<S>,
  end: () => E,
): Promise<{ readonly end: E | undefined; readonly trouble: Trouble | undefined }> {
  let intact = true;
  try {
    let count = 1;
    let trouble: Trouble | null = null;
    while (training.steps < steps && !trouble) {
      const before = performance.now();
      const taken = Math.min(count, steps - training.steps);
      intact = false;
      const slice = training.advance(taken);
      intact = true;
      ({ trouble } = slice);
      report({ steps: training.steps, slice });
      const took = Math.max(performance.now() - before, 0.1);
      count = Math.max(1, Math.round(taken * Math.min(4, SLICE_MS / took)));
      await breathe();
    }
    intact = false;
    const ended = trouble ? undefined : end();
    intact = true;
    return { end: ended, trouble: trouble ?? undefined };
  } finally {
    // After a panic the instance is gone, and what it held with it.
    if (intact) training.free();
  }
}
