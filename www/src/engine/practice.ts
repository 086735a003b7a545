/** The core's practice: questions from a seed, what is said of an answer, and what follows it. It lies in the challenge's module. */
import * as core from '../../pkg/gru_quiz.js';

export interface PracticeCore {
  shelf(): core.PracticeShelf;
  /** The next question, of these topics or of all. */
  next(progress: core.PracticeProgress, tags: readonly string[], seed: number): core.PracticeQuestion | null;
  /** A generator's question of a seed; null where there is none of that name. */
  question(generator: string, seed: number): core.PracticeQuestion | null;
  judge(generator: string, seed: number, option: number): core.PracticeVerdict | null;
  /** How a learner stands after an answer; `confidence` is a place in the shelf's steps. */
  after(progress: core.PracticeProgress, generator: string, right: boolean, confidence: number): core.PracticeProgress;
  /** What comes back after an answer on a day. */
  comeBackAfter(entries: readonly core.ComeBackEntry[], item: string, right: boolean, day: number): core.ComeBackEntry[];
  /** The items that are due; throws where these are no entries. */
  due(entries: readonly core.ComeBackEntry[], day: number): string[];
  /** The generator that asks what a question of the challenge asks. */
  like(question: string): string | undefined;
  /** A form that measures what was learned, its options in the order of a seed. */
  form(name: core.FormName, seed: number): core.FormQuestion[];
  /** Judges a form by the places that were chosen. */
  judgeForm(name: core.FormName, seed: number, answers: readonly (number | null)[]): core.FormAnswer[];
  /** What was gained, in sentences. */
  gain(before: number, after: number): string;
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

/** Starts the module, where the challenge has not. */
export function practiceCore(module: WebAssembly.Module): PracticeCore {
  core.initSync({ module });
  return {
    shelf: () => guard(() => core.practiceShelf()),
    next: (progress, tags, seed) => guard(() => core.nextPractice(progress, [...tags], seed)),
    question: (generator, seed) => guard(() => core.practiceQuestion(generator, seed)),
    judge: (generator, seed, option) => guard(() => core.judgePractice(generator, seed, option)),
    after: (progress, generator, right, confidence) => guard(() => core.practiceAfter(progress, generator, right, confidence)),
    comeBackAfter: (entries, item, right, day) => guard(() => core.comeBackAfter([...entries], item, right, day)),
    due: (entries, day) => guard(() => core.comeBackDue([...entries], day)),
    like: (question) => guard(() => core.practiceLike(question)),
    form: (name, seed) => guard(() => core.formQuestions(name, seed)),
    judgeForm: (name, seed, answers) => guard(() => core.judgeForm(name, seed, answers)),
    gain: (before, after) => guard(() => core.formGain(before, after)),
  };
}
