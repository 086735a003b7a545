/** What children tell the page about the playground's state. */
import type { PlaygroundState } from './playground-state.js';

/** Asks for a change of the state. */
export function changeEvent(change: Partial<PlaygroundState>): CustomEvent<Partial<PlaygroundState>> {
  return new CustomEvent('gru-change', { detail: change, bubbles: true, composed: true });
}

declare global {
  interface HTMLElementEventMap {
    'gru-change': CustomEvent<Partial<PlaygroundState>>;
  }
}
