/** What a learner has set in the playground: all of it, and nothing that follows from it. */
import type { Dtype, Holder, NumberEdit, Value } from '../engine/engine.js';

/** The options of `nn.GRU` as they are set, right or wrong; the names are PyTorch's. */
export interface Options {
  readonly input_size: Value;
  readonly hidden_size: Value;
  readonly num_layers: Value;
  readonly bias: Value;
  readonly batch_first: Value;
  readonly dropout: Value;
  readonly bidirectional: Value;
}

/** Which of the computed values are looked at. */
export interface ValuesView {
  /** The sample of the batch, counted from 0. */
  readonly sample: number;
  /** The layer whose gates are shown, counted from 0. */
  readonly layer: number;
  /** Whether the gates of the reverse direction are shown. */
  readonly reverse: boolean;
  /** The time step, counted from 0. */
  readonly step: number;
}

/** What a link or an embedding page can hide: controls by their names, and parts of the playground. */
export const HIDEABLE = [
  'seq_len', 'batch', 'num_layers', 'input', 'options', 'input_size', 'hidden_size', 'bidirectional', 'batch_first',
  'bias', 'unbatched', 'give_h_0', 'dropout', 'seed', 'release', 'dtype', 'input_dtype', 'input_on', 'h_0_dtype', 'h_0_on', 'reset',
  'controls', 'code', 'advice', 'flow', 'values', 'parameters', 'weights',
] as const;

export type Hideable = (typeof HIDEABLE)[number];

export interface PlaygroundState extends Options, ValuesView {
  readonly seq_len: number;
  readonly batch: number;
  /** Whether the input has no batch axis. */
  readonly unbatched: boolean;
  /** Options that `nn.GRU` does not have, as a question's code may give them. */
  readonly other: readonly (readonly [name: string, value: Value])[];
  /** The element type of the parameters. */
  readonly dtype: Dtype;
  /** The input's shape as typed; null while it follows the numbers above. */
  readonly input: string | null;
  readonly input_dtype: Dtype;
  /** What holds the input's numbers. */
  readonly input_on: Holder;
  /** Whether the call is given an h_0. */
  readonly give_h_0: boolean;
  /** The shape of h_0 as typed; null while it follows the input and the options. */
  readonly h_0: string | null;
  readonly h_0_dtype: Dtype;
  /** What holds the numbers of h_0. */
  readonly h_0_on: Holder;
  readonly seed: number;
  /** The PyTorch release; null for the newest. */
  readonly release: string | null;
  /** The query of the setting whose numbers are kept where they have a place; null where all are drawn anew. */
  readonly keep: string | null;
  /** The number that is another than what the seed drew; null for none. */
  readonly edit: NumberEdit | null;
  /** What is not shown. */
  readonly hide: readonly Hideable[];
}

/** The first problem's very example. */
export const OPENING: PlaygroundState = {
  seq_len: 5,
  batch: 3,
  unbatched: false,
  input_size: 10,
  hidden_size: 20,
  num_layers: 2,
  bias: true,
  batch_first: false,
  dropout: { float: 0 },
  bidirectional: false,
  other: [],
  dtype: 'float32',
  input: null,
  input_dtype: 'float32',
  input_on: 'tensor',
  give_h_0: false,
  h_0: null,
  h_0_dtype: 'float32',
  h_0_on: 'tensor',
  seed: 0,
  release: null,
  keep: null,
  edit: null,
  hide: [],
  sample: 0,
  layer: 0,
  reverse: false,
  step: 0,
};

export const DTYPES: readonly Dtype[] = ['float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'uint8', 'bool', 'complex64'];

/** What may hold the numbers of an argument: a tensor, one on a GPU, an array of NumPy. */
export const HOLDERS: readonly Holder[] = ['tensor', 'cuda', 'numpy'];

/** The types that parameters can have. */
export const FLOATING_DTYPES: readonly Dtype[] = ['float32', 'float64', 'float16', 'bfloat16'];
