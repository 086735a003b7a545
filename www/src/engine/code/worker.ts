/** The worker for code. */
import { initSync } from '../../../pkg/gru_code.js';
import { serve } from '../worker-shell.js';
import type { CodeTasks } from './protocol.js';
import { codeJobs } from './tasks.js';

serve<CodeTasks>((module) => initSync({ module }).memory, codeJobs);
