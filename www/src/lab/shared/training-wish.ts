/** A training that a room asks the lab's worker for, with what is said when it ends. */
import type { Trouble } from '../../engine/lab/train.js';
import { announce } from '../../ui/announcer.js';
import { asSentence } from '../../ui/error-words.js';
import type { Wish } from '../../ui/run-controller.js';

/** A run as a room keeps it. */
export interface TrainedRun {
  trouble: Trouble | undefined;
  /** Whether it has ended, in whatever way. */
  over: boolean;
}

type Options = Parameters<Wish<unknown>['run']>[0];

let turns = 0;

/** Has a run trained by `ask`, which fills it and says what it came to; each is a wish of its own, for every press trains anew. */
export function trainingWish<R extends TrainedRun>(room: HTMLElement, run: R, ask: (options: Options) => Promise<readonly string[] | undefined>, told: () => void): Wish<R> {
  turns += 1;
  return {
    key: String(turns),
    weight: 'heavy',
    run: async (options) => {
      try {
        const sentences = await ask(options);
        announce(room, sentences ? `Trained. ${sentences.join(' ')}` : asSentence(`The run broke: ${run.trouble?.message ?? ''}`), run.trouble !== undefined);
        return run;
      } finally {
        run.over = true;
        told();
      }
    },
  };
}
