/** The sentences of practice. */
import type { PracticeProgress } from '../engine/engine.js';
import { plural } from '../ui/numbers.js';

export function dueWords(due: number): string {
  return `${plural(due, 'thing')} that you missed ${due === 1 ? 'is' : 'are'} due today.`;
}

/** What the level was and is. */
export function levelWords(before: number, after: number): string {
  if (after > before) return `Level ${after} now: two right in a row.`;
  if (after < before) return `Level ${after} now, after a miss.`;
  return '';
}

/** What the tallies say of a learner who judges themselves. */
export function calibrationWords({ tallies }: PracticeProgress, shares: readonly number[]): string {
  const said = tallies.reduce((sum, tally) => sum + tally.said, 0);
  if (said < 5) return 'After five answers it says whether you know what you know.';
  const expected = tallies.reduce((sum, tally, step) => sum + tally.said * (shares[step] ?? 0), 0) / said;
  const right = tallies.reduce((sum, tally) => sum + tally.right, 0) / said;
  const gap = Math.round(100 * (expected - right));
  if (Math.abs(gap) <= 10) return 'You know well what you know.';
  return gap > 0 ? `You are surer than you are right, by ${gap} points of 100.` : `You are right more often than you say, by ${-gap} points of 100.`;
}
