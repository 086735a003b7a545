/** What a learner sets in the room of their own text. */
import type { TextSetup } from '../../engine/lab/text.js';
import { oneOf, type Codec, type Schema } from '../../state/codec.js';
import type { NumberSetting } from '../shared/room.js';
import { number } from '../shared/settings.js';

export type TextName = 'tale' | 'own';

export interface TextState extends TextSetup {
  /** Whose text it is; the learner's own is kept by the browser, and no address has it. */
  readonly text: TextName;
}

/** The core's own default. */
export const OPENING: TextState = {
  text: 'tale', seq_len: 32, hidden_size: 64, embedding_dim: 16, batch: 16, lr: 0.01, steps: 300, sample_every: 25, length: 150, temperature: 0.7, prompt: '', sample_seed: 0, seed: 0,
};

const SEED = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, whole: true, bare: true } as const;

export const NUMBERS = {
  steps: { min: 1, max: 5000, most: 2000, step: 1, whole: true, help: 'How many times the weights are changed.' },
  sample_every: { min: 1, max: 5000, most: 500, whole: true, help: 'After how many training steps it writes again: in between nothing is shown but the loss.' },
  hidden_size: { min: 1, max: 128, whole: true, axis: 'H_out', help: 'The units of the GRU: what it can keep of what it has read.' },
  seq_len: { min: 1, max: 100, whole: true, axis: 'L', help: 'How many characters each window has; after each of them it predicts the next one.' },
  embedding_dim: { min: 1, max: 64, whole: true, axis: 'H_in', help: 'How many numbers stand for each character.' },
  batch: { min: 1, max: 128, whole: true, axis: 'N', help: 'How many windows of the training part each training step draws.' },
  lr: { min: 0, max: 10, whole: false, bare: true, help: 'How far a training step of Adam goes.' },
  seed: { ...SEED, help: 'Given to torch.manual_seed: of the weights and the windows.' },
  temperature: { min: 0.1, max: 5, most: 2, step: 0.1, whole: false, help: 'The scores of all characters are divided by it before one is drawn: a low one takes the likeliest character, a high one takes risks.' },
  length: { min: 1, max: 500, whole: true, help: 'How many characters it writes.' },
  sample_seed: { ...SEED, help: 'Seeds the draws of the characters: the same seed writes the same text.' },
} as const satisfies Partial<Record<keyof TextState, NumberSetting>>;

/** The longest prompt. */
export const LONGEST_PROMPT = 100;

const prompt: Codec<string> = {
  longest: LONGEST_PROMPT,
  read: (value) => ({ value }),
  write: (value) => (value === '' ? undefined : value),
};

export const SCHEMA: Schema<TextState> = {
  text: oneOf(['tale', 'own']),
  steps: number(NUMBERS.steps),
  sample_every: number(NUMBERS.sample_every),
  hidden_size: number(NUMBERS.hidden_size),
  seq_len: number(NUMBERS.seq_len),
  embedding_dim: number(NUMBERS.embedding_dim),
  batch: number(NUMBERS.batch),
  lr: number(NUMBERS.lr),
  seed: number(NUMBERS.seed),
  temperature: number(NUMBERS.temperature),
  length: number(NUMBERS.length),
  prompt,
  sample_seed: number(NUMBERS.sample_seed),
};

/** What the worker is asked: everything but whose text it is. */
export function setupOf({ seq_len, hidden_size, embedding_dim, batch, lr, steps, sample_every, length, temperature, prompt: told, sample_seed, seed }: TextState): TextSetup {
  return { seq_len, hidden_size, embedding_dim, batch, lr, steps, sample_every, length, temperature, prompt: told, sample_seed, seed };
}
