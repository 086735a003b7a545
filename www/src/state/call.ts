/** From the playground's state to the draft of a call that the core reads, and back. */
import type { Call, Draft, DraftLook, Value } from '../engine/engine.js';
import type { Options, PlaygroundState } from './playground-state.js';

/** What of a state makes its call. */
export function draftOf(state: PlaygroundState): Draft {
  const { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, dtype } = state;
  const { seq_len, batch, unbatched, input, input_dtype, input_on, give_h_0, h_0, h_0_dtype, h_0_on, release } = state;
  const other = state.other.map(([name, value]): [string, Value] => [name, value]);
  const config = { input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, dtype, other };
  return { config, seq_len, batch, unbatched, input, input_dtype, input_on, give_h_0, h_0, h_0_dtype, h_0_on, release };
}

/** What reads drafts: the engine. */
export interface Reads {
  lookAtDraft(draft: Draft, seed?: number): DraftLook;
}

/** The state whose call is `call`: what a fix or a question's code leads to, with everything else kept. */
export function withCall(engine: Reads, state: PlaygroundState, call: Call): PlaygroundState {
  const { draft } = engine.lookAtDraft({ ...draftOf(state), call });
  if (!draft) return state;
  const { config, ...rest } = draft;
  // Every option has a value in a draft that the core has made.
  return { ...state, ...rest, ...(config as Options & Pick<PlaygroundState, 'dtype' | 'other'>) };
}
