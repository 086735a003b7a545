/** What the worker for code does, on the page's own thread. */
import * as core from '../../../pkg/gru_code.js';
import { standIn } from '../worker-shell.js';
import { codeJobs } from './tasks.js';

export const serveAt = standIn(core, codeJobs);
