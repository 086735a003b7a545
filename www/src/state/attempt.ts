/** An answer that a learner gave, as every part of the page tells it; what keeps the log listens for it. */
import type { Attempt } from '../engine/engine.js';

/** The log adds the time itself. */
export type AttemptMade = Omit<Attempt, 'at'>;

/** Tells of an answer. It is heard by the page alone: the elements in pages of others keep what passes through their walls. */
export function tellAttempt(from: EventTarget, attempt: AttemptMade): void {
  from.dispatchEvent(new CustomEvent<AttemptMade>('gru-attempt', { detail: attempt, bubbles: true, composed: true }));
}

declare global {
  interface HTMLElementEventMap {
    'gru-attempt': CustomEvent<AttemptMade>;
  }
}
