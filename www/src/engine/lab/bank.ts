/** How the lab's worker checks a teacher's bank of questions. */
import { checkBank as check, type BankCheck } from '../../../pkg/gru_lab.js';
import type { Job } from '../worker-shell.js';

export interface BankTask {
  /** The text of the bank. */
  readonly request: string;
  readonly progress: never;
  readonly result: BankCheck;
}

export const checkBank: Job<BankTask> = (text) => ({ result: check(text), transfer: [] });
