/** What the page says of the five axes, everywhere in the same words. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Axis } from '../engine/engine.js';

export interface AxisWords {
  /** The letter as PyTorch's documentation has it. */
  readonly letter: Axis;
  /** PyTorch's name of the number. */
  readonly name: string;
  readonly words: string;
  /** One sentence for a learner. */
  readonly sentence: string;
}

export const AXES: Readonly<Record<Axis, AxisWords>> = {
  L: {
    letter: 'L',
    name: 'seq_len',
    words: 'sequence length',
    sentence: 'L, the sequence length: how many steps the GRU reads, one after the other.',
  },
  N: {
    letter: 'N',
    name: 'batch',
    words: 'batch size',
    sentence: 'N, the batch size: how many sequences are read side by side.',
  },
  H_in: {
    letter: 'H_in',
    name: 'input_size',
    words: 'input size',
    sentence: 'H_in, the input size: how many features each step of the input has.',
  },
  H_out: {
    letter: 'H_out',
    name: 'hidden_size',
    words: 'hidden size',
    sentence: 'H_out, the hidden size: how many features the hidden state has.',
  },
  D: {
    letter: 'D',
    name: 'num_layers',
    words: 'directions',
    sentence: 'D, the directions: 2 when bidirectional, else 1. The hidden state has D for each of the num_layers layers.',
  },
};

/** The first axis of h_0 and h_n, which has the colour of D: what `num_layers` counts is no axis without it. */
export const STACK = {
  letters: 'D*num_layers',
  words: 'directions times layers',
  sentence: 'D·num_layers, the first axis of h_0 and h_n: every layer has a state for each of its D directions.',
} as const;

export const AXIS_ORDER: readonly Axis[] = ['L', 'N', 'H_in', 'H_out', 'D'];

/** Letters such as `3*H_out` as they are set: a raised dot, and `in` and `out` lowered. */
export function axisLetters(letters: string): TemplateResult {
  const [first, ...rest] = letters.split('*').map((factor) => {
    const [, base, index] = /^(H)_(in|out)$/.exec(factor) ?? [];
    return base && index ? html`${base}<sub>${index}</sub>` : html`${factor}`;
  });
  return html`${first ?? nothing}${rest.map((factor) => html`<span class="times">·</span>${factor}`)}`;
}
