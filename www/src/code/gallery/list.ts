/** The gallery: programs that run as they are, in the order in which they build on each other. */

export type ProgramName =
  | 'shapes' | 'last_state' | 'batch_first' | 'bidirectional' | 'packing' | 'training'
  | 'classifier' | 'detach' | 'clipping' | 'seq2seq' | 'attention' | 'state_dict';

export interface GalleryEntry {
  readonly name: ProgramName;
  readonly title: string;
  readonly sentence: string;
}

export const GALLERY: readonly GalleryEntry[] = [
  { name: 'shapes', title: 'Shapes', sentence: 'What goes in and what comes out, and the shape of every parameter.' },
  { name: 'last_state', title: 'out and h_n', sentence: 'h_n is the last step of out: of the last layer, and of it alone.' },
  { name: 'batch_first', title: 'batch_first', sentence: 'What it moves, what it leaves, and what goes wrong without a message.' },
  { name: 'bidirectional', title: 'Two directions', sentence: 'Where each direction has its last state, and what a classifier takes.' },
  { name: 'packing', title: 'Packing', sentence: 'Sequences of different lengths: padded, packed, and padded again.' },
  { name: 'training', title: 'A training loop', sentence: 'Sixty steps that learn whether the sum of a sequence is above zero.' },
  { name: 'classifier', title: 'Embedding and classifier', sentence: 'From words to numbers to vectors to a class.' },
  { name: 'detach', title: 'detach between batches', sentence: 'A state that is kept, and why the second backward raises without it.' },
  { name: 'clipping', title: 'Gradient clipping', sentence: 'What clip_grad_norm_ returns, and what it leaves as it was.' },
  { name: 'seq2seq', title: 'Sequence to sequence', sentence: 'An encoder and a decoder with teacher forcing say sequences backwards.' },
  { name: 'attention', title: 'Attention by hand', sentence: 'Scores, a mask, weights that add up to 1, and their mixture.' },
  { name: 'state_dict', title: 'load_state_dict', sentence: 'What fits, what does not, and the message with all that is wrong.' },
];
