/** What was missed in the challenge comes back in practice, as a new variant. */
import type { Engine } from '../engine/engine.js';
import { PracticeKeeper, practiceStorage } from './keeper.js';

/** A question of the challenge was missed. */
export async function missedInChallenge(engine: Engine, question: string): Promise<void> {
  const core = await engine.practice();
  const like = core.like(question);
  if (like !== undefined) new PracticeKeeper(core, practiceStorage()).told(like, false);
}

/** How many items are due today. */
export async function dueToday(engine: Engine): Promise<number> {
  return new PracticeKeeper(await engine.practice(), practiceStorage()).due().length;
}
