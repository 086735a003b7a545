/** The core's quiz, guarded like every other call: its rules are the core's, the page keeps its state and draws its views. */
import * as core from '../../pkg/gru_playground.js';

/** A quiz as the page holds it. After a panic anywhere in the core it throws whatever is asked of it: restore another. */
export interface QuizMachine {
  /** Takes an event at a reading of a monotonic clock, in milliseconds. */
  dispatch(event: core.QuizEvent, nowMs: number): void;
  view(): core.QuizView;
  state(): core.QuizState;
  free(): void;
}

export interface QuizMachines {
  /** A quiz before its run. */
  fresh(): QuizMachine;
  /** A quiz where a state left it; throws `QuizStateError`, with a sentence for the learner, if no run can have left it. */
  restore(state: object): QuizMachine;
}

/** Runs a call of the core, and renews the core if it panics. */
type Guard = <T>(call: () => T) => T;

export function quizMachines(guard: Guard): QuizMachines {
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
