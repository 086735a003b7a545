/** What the challenge's elements tell each other and the page. */
import type { Call, Mode, QuizEvent } from '../engine/engine.js';

declare global {
  interface HTMLElementEventMap {
    /** The learner did something to the quiz. */
    'gru-quiz-event': CustomEvent<QuizEvent>;
    /** The learner begins a run. */
    'gru-quiz-start': CustomEvent<Mode>;
    /** Something to be said by a screen reader, now. */
    'gru-say': CustomEvent<string>;
    /** A call to be opened in the playground. */
    'gru-try': CustomEvent<Call>;
    /** A place of the page to go to, as its address has it after the `#`. */
    'gru-go': CustomEvent<string>;
  }
}

/** Sends one of these events up, through shadow roots. */
export function emit<K extends 'gru-quiz-event' | 'gru-quiz-start' | 'gru-say' | 'gru-try' | 'gru-go'>(
  from: HTMLElement,
  type: K,
  detail: HTMLElementEventMap[K]['detail'],
): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}
