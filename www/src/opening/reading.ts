/** What the engine says of a sentence. */

export interface SentenceWord {
  readonly text: string;
  readonly token: number;
  readonly kind: 'unknown' | 'filler' | 'negation' | 'good' | 'bad';
}

export interface SentenceStep {
  readonly word: SentenceWord;
  readonly x: readonly number[];
  readonly r: readonly number[];
  readonly z: readonly number[];
  readonly n: readonly number[];
  readonly h: readonly number[];
  readonly opinion: 'bad' | 'none' | 'good';
  readonly probabilities: readonly [number, number, number];
}

export interface SentenceReading {
  readonly steps: readonly SentenceStep[];
  readonly unit: number;
  readonly is_cut: boolean;
}
