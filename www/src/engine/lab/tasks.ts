/** How the lab's worker does each kind of its work. */
import type { Jobs } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';
import { gradients, module, packing, variants } from './rooms.js';
import { doctor, train, trainingPlan } from './train.js';
import { readWeights, writeWeights } from './weights.js';

export const labJobs: Jobs<LabTasks> = { gradients, variants, module, packing, trainingPlan, train, doctor, readWeights, writeWeights };
