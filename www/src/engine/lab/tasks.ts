/** How the lab's worker does each kind of its work. */
import type { Jobs } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';
import { train, trainingPlan } from './train.js';

export const labJobs: Jobs<LabTasks> = { trainingPlan, train };
