/** How the worker for code does each kind of its work. */
import { deckCase, deckKinds, deckSymptom, explain, judgeClaim, judgeDeck, readProgram, rewriteProgram, runProgram } from '../../../pkg/gru_code.js';
import type { Jobs } from '../worker-shell.js';
import type { CodeTasks } from './protocol.js';

/** How often the page is told how far a program is. */
const TELL_MS = 100;

export const codeJobs: Jobs<CodeTasks> = {
  deckKinds: () => ({ result: deckKinds(), transfer: [] }),
  deckCase: ({ kind, seed }) => {
    const drawn = deckCase(kind, seed);
    return { result: drawn && { drawn, symptom: deckSymptom(kind, seed) ?? '' }, transfer: [] };
  },
  deckJudge: ({ kind, seed, source, bounds }) => {
    const begun = performance.now();
    return { result: judgeDeck(kind, seed, source, bounds.steps, () => performance.now() - begun >= bounds.milliseconds), transfer: [] };
  },
  explain: (text) => ({ result: explain(text), transfer: [] }),
  judge: (printed) => ({ result: judgeClaim(printed), transfer: [] }),
  read: (source) => ({ result: readProgram(source), transfer: [] }),
  rewrite: ({ source, call, seed }) => ({ result: rewriteProgram(source, call, seed), transfer: [] }),
  // A program is run in one go: who does not want to wait for its end has the worker replaced.
  run: ({ source, bounds }, { report }) => {
    let started = performance.now();
    let told = started;
    let last = 0;
    const result = runProgram(source, bounds.steps, (done) => {
      const now = performance.now();
      // Counted from 0 again: what explains an exception has as long.
      if (done <= last) started = now;
      last = done;
      if (now - told >= TELL_MS) {
        told = now;
        report(done);
      }
      return now - started >= bounds.milliseconds;
    });
    return { result, transfer: [] };
  },
};
