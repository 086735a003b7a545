/** What an event of the quiz says of a learner's answer, as the log keeps it. */
import type { QuizEvent, QuizState, QuizView } from '../engine/engine.js';
import type { AttemptMade } from '../state/attempt.js';

/** The attempt that an event used up, or nothing; `shown` is what was drawn when it came. */
export function attemptOf(before: QuizState, event: QuizEvent, after: QuizState, shown: QuizView): AttemptMade | undefined {
  const [was, is] = [before.records.at(-1), after.records.at(-1)];
  if (!was || was.question !== is?.question || before.seed !== after.seed || before.records.length !== after.records.length) return undefined;
  const solved = was.outcome === 'undecided' && is.outcome === 'solved';
  if (!solved && is.spent.length <= was.spent.length) return undefined;
  const answer = solved ? (event.type === 'answer' ? event.option : '') : (is.spent.at(-1) ?? '');
  return {
    source: 'challenge',
    item: is.question,
    answer,
    right: solved,
    seconds: is.elapsed_ms / 1000,
    hint: is.hint,
    bank: after.bank,
    seed: after.seed,
    ...(shown.phase === 'open' && { order: shown.options.map(({ id }) => id) }),
  };
}
