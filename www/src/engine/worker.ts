/** The playground's worker: computes runs. */
import { initSync } from '../../pkg/gru_run.js';
import { runJobs } from './run-jobs.js';
import { serve } from './worker-shell.js';

serve((module) => initSync({ module }).memory, runJobs);
