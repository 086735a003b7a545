/** What is seen of a state at once: the call that it says, and all that the core answers to it. */
import type { CodeLine, Draft, DraftReading, Look } from '../engine/engine.js';
import { draftOf, type Reads } from '../state/call.js';
import type { PlaygroundState } from '../state/playground-state.js';

export interface Seen {
  readonly draft: Draft;
  readonly seed: number;
  readonly reading: DraftReading;
  /** What answers the call; of the same call it keeps its identity, and nothing that hangs on it is drawn anew. */
  readonly look: Look;
  /** The code, of the seed too. */
  readonly lines: readonly CodeLine[];
}

/** Looks at a state after another: what is asked of the core is asked at once, and of what has been seen nothing is. */
export function see(engine: Reads, state: PlaygroundState, before?: Seen): Seen {
  const { seed } = state;
  const draft = draftOf(state);
  const sameSeed = before?.seed === seed;
  if (before && sameSeed && JSON.stringify(before.draft) === JSON.stringify(draft)) return before;
  const { reading, look } = engine.lookAtDraft({ ...draft, ...(before && { before: before.reading.call }) }, seed);
  const same = before && said(before.reading) === said(reading);
  return { draft, seed, reading, look: same ? before.look : look, lines: same && sameSeed ? before.lines : look.code };
}

/** A call and what is wrong with its texts; shapes that would follow are seen in their fields alone. */
function said({ call, input, h_0 }: DraftReading): string {
  return JSON.stringify([call, input, h_0]);
}
