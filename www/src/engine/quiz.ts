/**
 * The core's quiz, a module of its own that the challenge loads: its rules are the core's, the page keeps its state and draws
 * its views.
 */
import * as core from '../../pkg/gru_quiz.js';

/** A quiz as the page holds it. After a panic of any quiz it throws whatever is asked of it: restore another. */
export interface QuizMachine {
  /** Takes an event at a reading of a monotonic clock, in milliseconds. */
  dispatch(event: core.QuizEvent, nowMs: number): void;
  view(): core.QuizView;
  state(): core.QuizState;
  free(): void;
}

/** The log of answers: each takes the text that is kept, or undefined, and gives the text to keep. */
export interface AttemptTools {
  /** The log with an attempt more; what cannot be read is begun anew. */
  add(kept: string | undefined, attempt: core.Attempt): core.LogChange;
  /** The log with the answers of a file, or why the file is not taken. */
  take(kept: string | undefined, file: string): core.LogTaken;
  /** The log of a learner who gave a name. */
  name(kept: string | undefined, learner: string): core.LogChange;
  count(kept: string | undefined): core.LogCounts;
  csv(kept: string | undefined): string;
}

/** What works with the log of answers, once the module has started. */
export const attemptTools: AttemptTools = {
  add: (kept, attempt) => guard(() => core.addAttempt(kept, attempt)),
  take: (kept, file) => guard(() => core.takeLog(kept, file)),
  name: (kept, learner) => guard(() => core.nameLearner(kept, learner)),
  count: (kept) => guard(() => core.countAttempts(kept)),
  csv: (kept) => guard(() => core.attemptsAsCsv(kept)),
};

export interface QuizMachines {
  /** A quiz before its run. */
  fresh(): QuizMachine;
  /** A quiz where a state left it; throws `QuizStateError`, with a sentence for the learner, if no run can have left it. */
  restore(state: object): QuizMachine;
}

/** A panic leaves the instance unusable: it is renewed, so that the next call works, and the bug is reported. */
function guard<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) core.__wbg_reset_state();
    throw error;
  }
}

/** Starts the module. */
export function quizMachines(module: WebAssembly.Module): QuizMachines {
  core.initSync({ module });
  const machine = (quiz: core.Quiz): QuizMachine => ({
    dispatch: (event, nowMs) => guard(() => { quiz.dispatch(event, nowMs); }),
    view: () => guard(() => quiz.view()),
    state: () => guard(() => quiz.state()),
    free: () => guard(() => { quiz.free(); }),
  });
  return {
    fresh: () => machine(guard(() => new core.Quiz())),
    restore: (state) => machine(guard(() => core.Quiz.restore(state))),
  };
}
