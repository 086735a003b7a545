/** How fast this build of the engine computes here, for the choice between the builds. */
import { Experiment, type RunPlan } from '../../pkg/gru_run.js';
import type { RunTasks } from './protocol.js';
import type { Job } from './worker-shell.js';

/** Large enough that products count, small enough for a phone. */
const PLAN: RunPlan = {
  config: { input_size: 128, hidden_size: 128, num_layers: 1, bias: true, batch_first: false, dropout: 0, bidirectional: false },
  input_shape: [20, 4, 128],
  h_0_shape: null,
};

/** Some browsers' clocks step by a millisecond. */
const ENOUGH_MS = 20;

export const measureJob: Job<RunTasks['measure']> = async (_, { breathe }) => {
  for (let count = 1; ; count *= 2) {
    const experiments = Array.from({ length: count }, () => new Experiment(PLAN, 0));
    const before = performance.now();
    for (const experiment of experiments) experiment.advance(Infinity);
    const took = performance.now() - before;
    for (const experiment of experiments) experiment.free();
    if (took >= ENOUGH_MS) return { result: took / count, transfer: [] };
    await breathe();
  }
};
