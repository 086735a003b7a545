/** A run of the room: what it was asked, and what it has told so far. */
import type { Engine } from '../../engine/engine.js';
import type { SeriesForecast, SeriesJudgement, SeriesSetup } from '../../engine/lab/series.js';
import type { TrainingValidation, Trouble } from '../../engine/lab/train.js';
import type { Wish } from '../../ui/run-controller.js';
import type { Read } from './charts.js';

export interface SeriesRun {
  readonly read: Read;
  readonly setup: SeriesSetup;
  /** What the best naive forecast loses on validation. */
  readonly guessing: number | undefined;
  readonly losses: number[];
  readonly validation: TrainingValidation[];
  forecast: SeriesForecast | undefined;
  /** What it says beyond the last value. */
  beyond: SeriesForecast | undefined;
  judgement: SeriesJudgement | undefined;
  trouble: Trouble | undefined;
  /** Whether it has ended, in whatever way. */
  over: boolean;
}

let turns = 0;

/** Has the lab's worker train it; `told` is called whenever it has told something. */
export function wishOf(engine: Engine, run: SeriesRun, told: () => void): Wish<SeriesRun> {
  turns += 1;
  return {
    key: String(turns),
    weight: 'heavy',
    run: async ({ signal, onProgress }) => {
      try {
        const request = { values: run.read.values, setup: run.setup };
        const { judgement, trouble } = await engine.lab.ask('trainSeries', request, {
          signal,
          onProgress: ({ steps, slice }) => {
            if (signal.aborted) return;
            run.losses.push(...slice.losses);
            run.validation.push(...slice.validation);
            run.forecast = slice.forecast ?? run.forecast;
            run.beyond = slice.beyond ?? run.beyond;
            onProgress(steps / run.setup.steps);
            told();
          },
        });
        run.judgement = judgement;
        run.trouble = trouble;
        return run;
      } finally {
        run.over = true;
        told();
      }
    },
  };
}
