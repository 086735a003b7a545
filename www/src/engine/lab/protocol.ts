/** The work of the lab's worker, by name; how each is done stands in `tasks.ts`. */
import type { Call, WeightsFormat, WeightsFound } from '../../../pkg/gru_lab.js';
import type { BankTask } from './bank.js';
import type { MemoryPlanTask, MemoryReportTask, MemoryRunTask } from './memory.js';
import type { GradientsTask, InsideModuleTask, ModuleTask, ModuleValuesTask, PackingTask, VariantsTask } from './rooms.js';
import type { SeriesPlanTask, SeriesReadTask, SeriesTrainTask } from './series.js';
import type { TextPlanTask, TextReadTask, TextTrainTask, TextWriteTask } from './text.js';
import type { DoctorTask, PlanTask, TrainTask } from './train.js';

export type { Entry, EntryState, ModulePlace, Report, WeightsFormat, WeightsFound } from '../../../pkg/gru_lab.js';

export interface LabTasks {
  /** What is said of a bank of questions; its keys are executed. */
  readonly checkBank: BankTask;
  readonly gradients: GradientsTask;
  readonly variants: VariantsTask;
  readonly module: ModuleTask;
  /** Every number of a module's call. */
  readonly moduleValues: ModuleValuesTask;
  /** Opens one unit of a module at one step. */
  readonly insideModule: InsideModuleTask;
  readonly packing: PackingTask;
  readonly memoryPlan: MemoryPlanTask;
  readonly memoryRun: MemoryRunTask;
  readonly memoryReport: MemoryReportTask;
  readonly trainingPlan: PlanTask;
  readonly train: TrainTask;
  readonly readSeries: SeriesReadTask;
  readonly seriesPlan: SeriesPlanTask;
  readonly trainSeries: SeriesTrainTask;
  readonly readText: TextReadTask;
  readonly textPlan: TextPlanTask;
  readonly trainText: TextTrainTask;
  readonly writeText: TextWriteTask;
  readonly doctor: DoctorTask;
  /**
   * What a file of weights holds for the module of a call; `prefix` chooses among several modules in it, the seed draws what
   * an ONNX model is held against `nn.GRU` on.
   */
  readonly readWeights: {
    readonly request: {
      readonly file: File;
      readonly call: Call;
      readonly prefix: string | undefined;
      readonly seed: number;
    };
    readonly progress: never;
    readonly result: WeightsFound;
  };
  /**
   * A file with the weights given, or with those that the seed draws, of which those of the call `before` are kept where there is
   * one; `beside` tells that it needs the safetensors file.
   */
  readonly writeWeights: {
    readonly request: {
      readonly format: WeightsFormat;
      readonly call: Call;
      readonly seed: number;
      readonly weights: Float32Array | undefined;
      readonly before: Call | undefined;
    };
    readonly progress: never;
    readonly result: { readonly bytes: Uint8Array<ArrayBuffer>; readonly beside: boolean };
  };
}
