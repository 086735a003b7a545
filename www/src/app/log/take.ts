/** What the page does with an answer: it goes into the log, and what was missed in the challenge comes back in practice. */
import type { Engine } from '../../engine/engine.js';
import { missedInChallenge } from '../../practice/come-back.js';
import type { AttemptMade } from '../../state/attempt.js';
import { announce } from '../../ui/announcer.js';
import { keeper } from './keeper.js';

/** The longest answer that a log keeps, in characters; a program may be longer. */
const LONGEST = 2_000;

/** Whether it was said that nothing is kept. */
let told = false;

/** Takes an answer; `from` is where it is said that nothing is kept, once. */
export async function takeAttempt(from: EventTarget, engine: Engine, attempt: AttemptMade): Promise<void> {
  await engine.loadQuizzes();
  const keeps = keeper.add(engine.attempts, { ...attempt, answer: Array.from(attempt.answer).slice(0, LONGEST).join('') }, new Date());
  if (!keeps && !told) announce(from, 'Your answers cannot be kept in this browser: they are gone when you close this tab.');
  told ||= !keeps;
  if (attempt.source === 'challenge' && !attempt.right) await missedInChallenge(engine, attempt.item);
}
