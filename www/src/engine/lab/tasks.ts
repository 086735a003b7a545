/** How the lab's worker does each kind of its work. */
import type { Jobs } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';
import { readWeights, writeWeights } from './weights.js';

export const labJobs: Jobs<LabTasks> = { readWeights, writeWeights };
