/** The work of the lab's worker, by name; how each is done stands in `tasks.ts`. */
import type { PlanTask, TrainTask } from './train.js';

export interface LabTasks {
  readonly trainingPlan: PlanTask;
  readonly train: TrainTask;
}
