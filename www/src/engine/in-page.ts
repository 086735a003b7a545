/** What the playground's worker does, on the page's own thread. */
import * as core from '../../pkg/gru_run.js';
import { runJobs } from './run-jobs.js';
import { standIn } from './worker-shell.js';

export const serveAt = standIn(core, runJobs);
