/** A run of the room: what it was asked, and what it has told so far. */
import type { Engine } from '../../engine/engine.js';
import type { TextEnd, TextGuess, TextSample, TextSetup } from '../../engine/lab/text.js';
import type { TrainingValidation, Trouble } from '../../engine/lab/train.js';
import type { Wish } from '../../ui/run-controller.js';

export interface TextRun {
  readonly text: string;
  readonly setup: TextSetup;
  readonly guesses: readonly TextGuess[];
  readonly losses: number[];
  readonly validation: TrainingValidation[];
  /** What it wrote before some of its training steps, and at the end. */
  readonly samples: TextSample[];
  end: TextEnd | undefined;
  trouble: Trouble | undefined;
  /** Whether it has ended, in whatever way. */
  over: boolean;
}

let turns = 0;

/** Has the lab's worker train it; `told` is called whenever it has told something. */
export function wishOf(engine: Engine, run: TextRun, told: () => void): Wish<TextRun> {
  turns += 1;
  return {
    key: String(turns),
    weight: 'heavy',
    run: async ({ signal, onProgress }) => {
      try {
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
        return run;
      } finally {
        run.over = true;
        told();
      }
    },
  };
}
