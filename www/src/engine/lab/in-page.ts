/** What the lab's worker does, on the page's own thread. */
import * as core from '../../../pkg/gru_lab.js';
import { standIn } from '../worker-shell.js';
import { labJobs } from './tasks.js';

export const serveAt = standIn(core, labJobs);
