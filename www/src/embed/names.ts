/** What the elements are called, and what their attributes are: all that a page must know before anything else is loaded. */

export type Kind = 'playground' | 'challenge' | 'question' | 'code';

/** The attributes of `<gru-playground>`: the state's, one for each part of it. */
export const STATE_ATTRIBUTES = [
  'seq-len', 'batch', 'unbatched', 'input-size', 'hidden-size', 'num-layers', 'bias', 'batch-first', 'dropout',
  'bidirectional', 'dtype', 'input', 'input-dtype', 'input-on', 'give-h-0', 'h-0', 'h-0-dtype', 'h-0-on', 'seed', 'release', 'keep', 'edit', 'hide',
  'sample',
  'layer', 'reverse', 'step', 'other',
] as const;

/** Flags of ours, which are `1` and `0`; Python's are `True` and `False`. */
export const OWN_FLAGS: readonly string[] = ['unbatched', 'give-h-0', 'reverse'];

/** The attributes of every element, `theme` and `loading` apart. */
export const ATTRIBUTES: Readonly<Record<Kind, readonly string[]>> = {
  playground: STATE_ATTRIBUTES,
  challenge: ['mode'],
  question: ['number'],
  code: ['code', 'setup', 'checks', 'readonly'],
};
