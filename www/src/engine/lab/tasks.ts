/** How the lab's worker does each kind of its work. */
import type { Jobs } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';

// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export const labJobs: Jobs<LabTasks> = {};
