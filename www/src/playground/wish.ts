/** The playground's wish for a run: how heavy it is, and what of it is kept. */
import type { Call, Engine, Look, RunRequest, RunResult, TracePlace } from '../engine/engine.js';
import type { Wish } from '../ui/run-controller.js';

/** Up to here a run is over before the next wish: while a slider is dragged, each shows its values. */
const LIGHT_MULTIPLY_ADDS = 50_000_000n;
/** What is computed without being asked: about a second on a slow phone. */
export const UNASKED_MULTIPLY_ADDS = 1_000_000_000n;

/** A result, with the call that it is the result of. */
export interface Run {
  readonly result: RunResult;
  readonly diagnosis: Look['diagnosis'];
  /** What was asked. */
  readonly request: RunRequest;
}

export interface Wanted {
  readonly call: Call;
  readonly seed: number;
  readonly look: Look;
  readonly multiplyAdds: bigint;
  /** Where the gates are that are in sight. */
  readonly inSight: TracePlace;
  /** In place of those that the seed draws. */
  readonly weights?: Float32Array | undefined;
  /** The call whose numbers are kept, where they are. */
  readonly before?: Call | undefined;
}

export function wishFor(engine: Engine, { call, seed, look, multiplyAdds, inSight, weights, before }: Wanted): Wish<Run> {
  const weight = multiplyAdds <= LIGHT_MULTIPLY_ADDS ? 'light' : multiplyAdds <= UNASKED_MULTIPLY_ADDS ? 'heavy' : 'asked';
  // A heavy run keeps only the gates in sight: to keep all would cost more than the run, which is soon done again. A light run
  // keeps all, and so does one that was asked for, so that nobody asks again to see others.
  const keep = weight === 'heavy' ? inSight : undefined;
  return {
    key: JSON.stringify([call, seed, keep, before]),
    beside: weights,
    weight,
    run: async ({ signal, onProgress }) => {
      const told = ({ done, total }: { done: number; total: number }) => { onProgress(done / total); };
      const request = { call, seed, weights, look, keep, before };
      const result = await engine.run(request, { signal, onProgress: told });
      return { result, diagnosis: look.diagnosis, request };
    },
  };
}
