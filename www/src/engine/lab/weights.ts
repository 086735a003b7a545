/** Files of weights in the lab's worker. */
import * as lab from '../../../pkg/gru_lab.js';
import type { Job } from '../worker-shell.js';
import type { LabTasks } from './protocol.js';

/** Reads a file, unless its size alone forbids; only here are its bytes ever in memory. */
export const readWeights: Job<LabTasks['readWeights']> = async ({ file, call, prefix, seed }, { breathe }) => {
  const refusal = lab.refuseWeights(file.size);
  if (refusal) return { result: { refusal, report: null, weights: null, distance: null, mended: null }, transfer: [] };
  const bytes = new Uint8Array(await file.arrayBuffer());
  await breathe();
  const found = lab.readWeights(bytes, file.name, call, prefix, seed);
  return { result: found, transfer: [found.weights, found.mended].flatMap((numbers) => numbers?.buffer ?? []) };
};

export const writeWeights: Job<LabTasks['writeWeights']> = ({ format, call, seed, weights, before }) => {
  const bytes = lab.writeWeights(format, call, seed, weights, before);
  // Above a certain number of weights the Python file loads them from another.
  const beside = format === 'python' && new TextDecoder().decode(bytes).includes('load_file(');
  return { result: { bytes, beside }, transfer: [bytes.buffer] };
};
