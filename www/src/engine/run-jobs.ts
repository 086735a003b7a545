/** How the playground's worker does its work: it computes runs. */
import { Experiment, insideSentence as openSentence, insideUnit, keptOf, sentenceValues } from '../../pkg/gru_run.js';
import { measureJob } from './measure-job.js';
import type { RunTasks } from './protocol.js';
import { SLICE_MS, type Job, type Jobs } from './worker-shell.js';

/** The first slice's size in multiply-adds; later ones follow the measured speed. */
const FIRST_SLICE = 2_000_000;

const run: Job<RunTasks['run']> = async ({ plan, seed, weights, keep, before }, { report, breathe }) => {
  const started = performance.now();
  const experiment = before && !weights ? Experiment.keeping(plan, before, seed, keep) : new Experiment(plan, seed, weights, keep);
  try {
    let slice = FIRST_SLICE;
    for (;;) {
      const before = performance.now();
      const progress = experiment.advance(slice);
      if (progress.done >= progress.total) break;
      const took = Math.max(performance.now() - before, 0.1);
      slice = Math.max(1, Math.round(slice * Math.min(4, SLICE_MS / took)));
      report(progress);
      await breathe();
    }
  } catch (error) {
    experiment.free();
    throw error;
  }
  // This uses the experiment up.
  const values = experiment.finish();
  const milliseconds = performance.now() - started;
  const arrays = [values.input, values.output, values.h_n];
  if (values.h_0) arrays.push(values.h_0);
  for (const gates of values.trace) {
    arrays.push(gates.r, gates.z, gates.n, gates.h, gates.pre_r, gates.pre_z, gates.pre_n, gates.n_input, gates.n_hidden);
  }
  return { result: { ...values, milliseconds }, transfer: arrays.map((array) => array.buffer) };
};

/** The core refuses what would take longer than a worker may be silent. */
const inside: Job<RunTasks['inside']> = ({ plan, seed, weights, at, edit, before }) => ({ result: insideUnit(plan, seed, weights, at, edit, weights ? undefined : before), transfer: [] });

const kept: Job<RunTasks['kept']> = ({ before, call, seed }) => ({ result: keptOf(before, call, seed), transfer: [] });

const sentence: Job<RunTasks['sentence']> = (text) => ({ result: sentenceValues(text), transfer: [] });

const insideSentence: Job<RunTasks['insideSentence']> = ({ text, at, edit }) => ({ result: openSentence(text, at, edit), transfer: [] });

export const runJobs: Jobs<RunTasks> = { run, inside, kept, sentence, insideSentence, measure: measureJob };
