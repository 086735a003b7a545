/** How the lab's worker does each kind of its work. */
import type { Jobs } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';
import { checkBank } from './bank.js';
import { memoryPlan, memoryReport, memoryRun } from './memory.js';
import { gradients, insideModule, module, moduleValues, packing, variants } from './rooms.js';
import { readSeries, seriesPlan, trainSeries } from './series.js';
import { readText, textPlan, trainText, writeText } from './text.js';
import { doctor, train, trainingPlan } from './train.js';
import { readWeights, writeWeights } from './weights.js';

export const labJobs: Jobs<LabTasks> = { checkBank, gradients, variants, module, moduleValues, insideModule, packing, memoryPlan, memoryRun, memoryReport, trainingPlan, train, doctor, readSeries, seriesPlan, trainSeries, readText, textPlan, trainText, writeText, readWeights, writeWeights };
