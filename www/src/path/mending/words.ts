/** The sentences of a broken program. */
import type { DeckCase, DeckJudgement } from '../../engine/engine.js';
import { counts, type Progress } from './case.js';

/** What has gone wrong, as it shows itself. */
export function symptomWords(drawn: DeckCase): string {
  return drawn.silent ? 'It runs, and raises nothing. This was found when it was tried:' : 'It stops with this:';
}

/** What a line that is not at fault is told. */
export function lineWords(drawn: DeckCase, line: number): string {
  return drawn.silent
    ? `Line ${line} does what it says. Ask of each line what its axes and numbers stand for.`
    : `Line ${line} is not where the fault lies. The message tells which numbers met: where do they come from?`;
}

/** How a judgement ends. */
export function judgementWords({ mended, checks }: DeckJudgement): string {
  if (mended) return 'Mended: it does what it is for.';
  const failed = checks.filter(({ holds }) => !holds).length;
  return failed === 1 ? 'Not yet: one thing does not hold.' : `Not yet: ${failed} things do not hold.`;
}

/** Whether a case that is done counts. */
export function countWords(progress: Progress, drawn: DeckCase): string {
  return counts(progress, drawn)
    ? 'You named the line, the thing and the cause, and mended it: this case counts.'
    : 'You opened the last help, which says the mend: this case does not count. Another one will.';
}
