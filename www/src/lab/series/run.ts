/** A run of the room: what it was asked, and what it has told so far. */
import type { Engine } from '../../engine/engine.js';
import type { SeriesForecast, SeriesJudgement, SeriesSetup } from '../../engine/lab/series.js';
import type { TrainingValidation } from '../../engine/lab/train.js';
import type { Wish } from '../../ui/run-controller.js';
import { trainingWish, type TrainedRun } from '../shared/training-wish.js';
import type { Read } from './charts.js';

export interface SeriesRun extends TrainedRun {
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
}

/** Has the lab's worker train it; `told` is called whenever it has told something. */
export function wishOf(room: HTMLElement, engine: Engine, run: SeriesRun, told: () => void): Wish<SeriesRun> {
  return trainingWish(room, run, async ({ signal, onProgress }) => {
    const { judgement, trouble } = await engine.lab.ask('trainSeries', { values: run.read.values, setup: run.setup }, {
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
    return judgement?.sentences;
  }, told);
}
