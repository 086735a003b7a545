/** Forecasts of series in the lab's worker. */
import {
  SeriesTraining,
  readSeries as read,
  refuseSeries,
  seriesPlan as plan,
  type SeriesJudgement,
  type SeriesPlan,
  type SeriesRead,
  type SeriesSetup,
  type SeriesSlice,
  type SeriesSource,
  type Trouble,
} from '../../../pkg/gru_lab.js';
import type { Job } from '../worker-shell.js';
import type { Task } from '../protocol.js';
import { trainInSlices } from './train-in-slices.js';

export type { Forecaster, SeriesFile, SeriesForecast, SeriesJudgement, SeriesPlan, SeriesRead, SeriesSetup, SeriesSource } from '../../../pkg/gru_lab.js';

/** A file, and the column that is read of it; without a name the one that the core takes. */
export interface SeriesReadTask extends Task {
  readonly request: { readonly file: Blob; readonly column: string | undefined };
  readonly progress: never;
  readonly result: SeriesRead;
}

/** What a setup means for a series: its script, its parts, what is wrong with it. */
export interface SeriesPlanTask extends Task {
  readonly request: { readonly values: Float64Array; readonly setup: SeriesSetup; readonly source: SeriesSource };
  readonly progress: never;
  readonly result: SeriesPlan;
}

/** How many steps are taken, and what the last ones told. */
export interface SeriesProgress {
  readonly steps: number;
  readonly slice: SeriesSlice;
}

export interface SeriesTrainTask extends Task {
  readonly request: { readonly values: Float64Array; readonly setup: SeriesSetup };
  readonly progress: SeriesProgress;
  /** How good the forecasts are; none of a run that broke. */
  readonly result: { readonly judgement: SeriesJudgement | undefined; readonly trouble: Trouble | undefined };
}

export const readSeries: Job<SeriesReadTask> = async ({ file, column }, { breathe }) => {
  const refusal = refuseSeries(file.size);
  if (refusal) {
    const nothing = { columns: [], column: 0, delimiter: ',', decimal_comma: false, header: false, rows: 0, bad_rows: 0, problems: [refusal] };
    return { result: { file: nothing, values: new Float64Array(), labels: [] }, transfer: [] };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  await breathe();
  const result = read(bytes, column);
  return { result, transfer: [result.values.buffer] };
};

export const seriesPlan: Job<SeriesPlanTask> = ({ values, setup, source }) => ({ result: plan(values, setup, source), transfer: [] });

export const trainSeries: Job<SeriesTrainTask> = async ({ values, setup }, worker) => {
  const training = new SeriesTraining(values, setup);
  const { end: judgement, trouble } = await trainInSlices(training, setup.steps, worker, () => training.judge());
  return { result: { judgement, trouble }, transfer: [] };
};
