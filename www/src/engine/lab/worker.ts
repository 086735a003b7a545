/** The lab's worker. */
import { initSync } from '../../../pkg/gru_lab.js';
import { serve } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';
import { labJobs } from './tasks.js';

serve<LabTasks>((module) => initSync({ module }).memory, labJobs);
