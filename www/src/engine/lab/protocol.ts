/** The work of the lab's worker, by name; how each is done stands in `tasks.ts`. */
import type { GradientsTask, ModuleTask, PackingTask, VariantsTask } from './rooms.js';
import type { PlanTask, TrainTask } from './train.js';

export interface LabTasks {
  readonly gradients: GradientsTask;
  readonly variants: VariantsTask;
  readonly module: ModuleTask;
  readonly packing: PackingTask;
  readonly trainingPlan: PlanTask;
  readonly train: TrainTask;
}
