/** The work of the lab's worker, by name; how each is done stands in `tasks.ts`. */
import type { GradientsTask, ModuleTask, PackingTask, VariantsTask } from './rooms.js';

export interface LabTasks {
  readonly gradients: GradientsTask;
  readonly variants: VariantsTask;
  readonly module: ModuleTask;
  readonly packing: PackingTask;
}
