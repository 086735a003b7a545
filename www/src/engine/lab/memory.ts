/** The room of memory in the lab's workers: a run of one cell from one seed is a task of its own, so that several can do it. */
import {
  MemoryRun,
  memoryPlan as plan,
  memoryReport as report,
  type MemoryCell,
  type MemoryOutcome,
  type MemoryPlan,
  type MemoryReport,
  type MemorySetup,
} from '../../../pkg/gru_lab.js';
import { SLICE_MS, type Job } from '../worker-shell.js';
import type { Task } from '../protocol.js';

/** What a comparison means, with the code of one of its cells. */
export interface MemoryPlanTask extends Task {
  readonly request: { readonly setup: MemorySetup; readonly cell: MemoryCell };
  readonly progress: never;
  readonly result: MemoryPlan;
}

/** The training of a cell from the seed of this number; it tells how much of it is done, in [0, 1]. */
export interface MemoryRunTask extends Task {
  readonly request: { readonly setup: MemorySetup; readonly cell: MemoryCell; readonly number: number };
  readonly progress: number;
  readonly result: MemoryOutcome;
}

/** What follows from the outcomes that have arrived, and from the order that the learner gave. */
export interface MemoryReportTask extends Task {
  readonly request: {
    readonly setup: MemorySetup;
    readonly ranking: readonly MemoryCell[];
    readonly outcomes: readonly MemoryOutcome[];
  };
  readonly progress: never;
  readonly result: MemoryReport;
}

export const memoryPlan: Job<MemoryPlanTask> = ({ setup, cell }) => ({ result: plan(setup, cell), transfer: [] });

export const memoryReport: Job<MemoryReportTask> = ({ setup, ranking, outcomes }) => ({
  result: report(setup, ranking, outcomes),
  transfer: [],
});

export const memoryRun: Job<MemoryRunTask> = async ({ setup, cell, number }, { report: tell, breathe }) => {
  const run = new MemoryRun(setup, cell, number);
  try {
    let count = 1;
    for (;;) {
      const before = performance.now();
      const share = run.advance(count);
      if (share >= 1) break;
      const took = Math.max(performance.now() - before, 0.1);
      count = Math.max(1, Math.round(count * Math.min(4, SLICE_MS / took)));
      tell(share);
      await breathe();
    }
  } catch (error) {
    run.free();
    throw error;
  }
  // This uses the run up.
  return { result: run.finish(), transfer: [] };
};
