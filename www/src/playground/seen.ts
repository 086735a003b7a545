/** What is seen of a state at once: the call that it says, and all that the core answers to it. */
import type { CodeLine, Engine, Look } from '../engine/engine.js';
import { readCall, type Reading } from '../state/call.js';
import type { PlaygroundState } from '../state/playground-state.js';

export interface Seen {
  readonly seed: number;
  readonly reading: Reading;
  /** What answers the call; of the same call it keeps its identity, and nothing that hangs on it is drawn anew. */
  readonly look: Look;
  /** The code, of the seed too. */
  readonly lines: readonly CodeLine[];
}

/** Looks at a state after another: what is asked of the core is asked at once, and of what has been seen nothing is. */
export function see(engine: Pick<Engine, 'look' | 'parseShape'>, state: PlaygroundState, before?: Seen): Seen {
  const { seed } = state;
  const reading = readCall(state, (text) => engine.parseShape(text), before?.reading.call);
  const same = before && JSON.stringify(before.reading) === JSON.stringify(reading);
  if (same && before.seed === seed) return { ...before, reading };
  const look = engine.look(reading.call, seed);
  return { seed, reading, look: same ? before.look : look, lines: look.code };
}
