/** An answer that a learner gave, as every part of the page tells it; what keeps the log listens for it. */
export interface AttemptMade {
  /** Where it was asked. */
  readonly source: 'challenge' | 'practice' | 'station' | 'placement' | 'form';
  /** The stable name of what was asked: `output-shape`, `shapes/h-n`. */
  readonly item: string;
  /** What tells this variant from others of the same item: its seed, or its numbers. */
  readonly variant?: string;
  /** The answer as the learner gave it, or the option's id. */
  readonly answer: string;
  readonly right: boolean;
  /** Seconds from the question to the answer. */
  readonly seconds: number;
  /** Whether help was asked for before it. */
  readonly hint: boolean;
  /** How sure the learner said to be, 0 to 1, where that was asked. */
  readonly confidence?: number;
}

/** Tells of an answer. It is heard by the page alone: the elements in pages of others keep what passes through their walls. */
export function tellAttempt(from: EventTarget, attempt: AttemptMade): void {
  from.dispatchEvent(new CustomEvent<AttemptMade>('gru-attempt', { detail: attempt, bubbles: true, composed: true }));
}
