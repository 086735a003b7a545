/** A run of the room: what it was asked, and what it has told so far. */
import type { Engine } from '../../engine/engine.js';
import type { TextEnd, TextGuess, TextSample, TextSetup } from '../../engine/lab/text.js';
import type { TrainingValidation } from '../../engine/lab/train.js';
import type { Wish } from '../../ui/run-controller.js';
import { trainingWish, type TrainedRun } from '../shared/training-wish.js';

export interface TextRun extends TrainedRun {
  readonly text: string;
  readonly setup: TextSetup;
  readonly guesses: readonly TextGuess[];
  readonly losses: number[];
  readonly validation: TrainingValidation[];
  /** What it wrote before some of its training steps, and at the end. */
  readonly samples: TextSample[];
  end: TextEnd | undefined;
}

/** Has the lab's worker train it; `told` is called whenever it has told something. */
export function wishOf(room: HTMLElement, engine: Engine, run: TextRun, told: () => void): Wish<TextRun> {
  return trainingWish(room, run, async ({ signal, onProgress }) => {
    const { end, trouble } = await engine.lab.ask('trainText', { text: run.text, setup: run.setup }, {
      signal,
      onProgress: ({ steps, slice }) => {
        if (signal.aborted) return;
        run.losses.push(...slice.losses);
        run.validation.push(...slice.validation);
        run.samples.push(...slice.samples);
        onProgress(steps / run.setup.steps);
        told();
      },
    });
    run.end = end;
    run.trouble = trouble;
    if (end) run.samples.push(end.sample);
    return end?.judgement.sentences;
  }, told);
}
