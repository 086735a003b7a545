/** A learner's text, character by character, in the lab's worker. */
import {
  TextTraining,
  readText as read,
  refuseText,
  textPlan as plan,
  writeText as write,
  type TextEnd,
  type TextFile,
  type TextPlan,
  type TextSetup,
  type TextSlice,
  type TextWritten,
  type Trouble,
} from '../../../pkg/gru_lab.js';
import type { Job } from '../worker-shell.js';
import type { Task } from '../protocol.js';
import { trainInSlices } from './train-in-slices.js';

export type { TextEnd, TextGuess, TextGuesser, TextJudgement, TextPlan, TextSample, TextSetup } from '../../../pkg/gru_lab.js';

export interface TextReadTask extends Task {
  readonly request: { readonly file: Blob };
  readonly progress: never;
  readonly result: TextFile;
}

/** What a setup means for a text: its script, its vocabulary, guesses, what is wrong with it. */
export interface TextPlanTask extends Task {
  readonly request: { readonly text: string; readonly setup: TextSetup; readonly file: string };
  readonly progress: never;
  readonly result: TextPlan;
}

/** How many training steps are taken, and what the last ones told. */
export interface TextProgress {
  readonly steps: number;
  readonly slice: TextSlice;
}

export interface TextTrainTask extends Task {
  readonly request: { readonly text: string; readonly setup: TextSetup };
  readonly progress: TextProgress;
  /** How it ended; none of a run that broke. */
  readonly result: { readonly end: TextEnd | undefined; readonly trouble: Trouble | undefined };
}

/** What a model with these weights writes, which was trained on this text. */
export interface TextWriteTask extends Task {
  readonly request: { readonly text: string; readonly setup: TextSetup; readonly weights: Float32Array };
  readonly progress: never;
  readonly result: TextWritten;
}

export const readText: Job<TextReadTask> = async ({ file }, { breathe }) => {
  const trouble = refuseText(file.size);
  if (trouble) return { result: { text: '', trouble }, transfer: [] };
  const bytes = new Uint8Array(await file.arrayBuffer());
  await breathe();
  return { result: read(bytes), transfer: [] };
};

export const textPlan: Job<TextPlanTask> = ({ text, setup, file }) => ({ result: plan(text, setup, file), transfer: [] });

export const writeText: Job<TextWriteTask> = ({ text, setup, weights }) => ({ result: write(text, setup, weights), transfer: [] });

export const trainText: Job<TextTrainTask> = async ({ text, setup }, worker) => {
  const training = new TextTraining(text, setup);
  return { result: await trainInSlices(training, setup.steps, worker, () => training.finish()), transfer: [] };
};
