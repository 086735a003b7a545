/** Training in the lab's worker. */
import { Training, doctorReport, trainingPlan as plan, type DoctorReport, type RunRecord, type Setup, type TrainingPlan, type TrainingSlice, type Trouble } from '../../../pkg/gru_lab.js';
import { SLICE_MS, type Job } from '../worker-shell.js';
import type { Task } from '../protocol.js';

export type { Advice, CellName, Change, DoctorReport, Evidence, Finding, Help, OptimizerName, Preset, RunRecord, Setup, Task as TaskName, TrainingGoal, TrainingPlan, TrainingSlice, TrainingValidation, Trouble } from '../../../pkg/gru_lab.js';

/** What a setup means: its script, its examples, what is wrong with it. */
export interface PlanTask extends Task {
  readonly request: Setup;
  readonly progress: never;
  readonly result: TrainingPlan;
}

/** The steps of a setup from the one of this number on; those before have been told already. */
export interface TrainRequest {
  readonly setup: Setup;
  readonly from: number;
}

/** What some steps told; null while those that have been told are taken again. */
export interface TrainProgress {
  readonly steps: number;
  readonly slice: TrainingSlice | null;
}

/** How a run ended, and the time in the worker. */
export interface TrainResult {
  readonly trouble: Trouble | null;
  readonly milliseconds: number;
}

export interface TrainTask extends Task {
  readonly request: TrainRequest;
  readonly progress: TrainProgress;
  readonly result: TrainResult;
}

/** What is seen in a run, and beside the one before it whether the change helped. */
export interface DoctorTask extends Task {
  readonly request: { readonly run: RunRecord; readonly before: RunRecord | undefined };
  readonly progress: never;
  readonly result: DoctorReport;
}

/** A run as it was left, so that it can go on from there. */
interface Left {
  readonly key: string;
  readonly training: Training;
}

let left: Left | undefined;

export const trainingPlan: Job<PlanTask> = (setup) => ({ result: plan(setup), transfer: [] });

export const doctor: Job<DoctorTask> = ({ run, before }) => ({ result: doctorReport(run, before), transfer: [] });

export const train: Job<TrainTask> = async ({ setup, from }, { report, breathe }) => {
  const started = performance.now();
  const { key, training } = take(setup, from);
  let intact = false;
  try {
    let count = 1;
    let trouble: Trouble | null = null;
    let early = false;
    while (training.steps < setup.steps && !trouble && !early) {
      const before = performance.now();
      const steps = Math.min(count, (training.steps < from ? from : setup.steps) - training.steps);
      const isNew = training.steps >= from;
      const slice = training.advance(steps);
      ({ trouble, stopped_early: early } = slice);
      report({ steps: training.steps, slice: isNew ? slice : null });
      const took = Math.max(performance.now() - before, 0.1);
      count = Math.max(1, Math.round(steps * Math.min(4, SLICE_MS / took)));
      intact = true;
      await breathe();
      intact = false;
    }
    intact = true;
    return { result: { trouble, milliseconds: performance.now() - started }, transfer: [] };
  } finally {
    // After a panic the instance is gone, and what it held with it.
    if (intact) leave({ key, training });
  }
};

/** The run that was left there; another begins anew, which draws and learns the very same. */
function take(setup: Setup, from: number): Left {
  const key = JSON.stringify({ ...setup, steps: 0 });
  const found = left;
  left = undefined;
  if (found?.key === key && found.training.steps === from) return found;
  found?.training.free();
  return { key, training: new Training(setup) };
}

function leave(run: Left): void {
  left?.training.free();
  left = run;
}
