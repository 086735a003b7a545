/** The four GRUs: their equations, and where one meets each. */

export interface VariantWords {
  readonly name: string;
  /** The line of n, around the term that may differ. */
  readonly n: readonly [before: string, term: string, after: string];
  /** The line of h'. */
  readonly h: string;
  readonly where: string;
}

const AFTER = ['n  = tanh(W_in x + b_in + ', 'r * (W_hn h + b_hn)', ')'] as const;
const BEFORE = ['n  = tanh(W_in x + b_in + ', 'W_hn (r * h) + b_hn', ')'] as const;
const KEEPS = '(1 - z) * n + z * h';
const TAKES = 'z * n + (1 - z) * h';

export const VARIANTS: readonly VariantWords[] = [
  {
    name: 'nn.GRU',
    n: AFTER,
    h: KEEPS,
    where: 'PyTorch, cuDNN, Keras with reset_after=True (its default since TensorFlow 2), ONNX with linear_before_reset=1.',
  },
  {
    name: 'reset before',
    n: BEFORE,
    h: KEEPS,
    where: 'The first paper of 2014 (Cho et al.), Keras with reset_after=False, ONNX with linear_before_reset=0, its default.',
  },
  {
    name: 'other z',
    n: AFTER,
    h: TAKES,
    where: 'Libraries that write z where PyTorch has 1 - z. The weights of one do in the other once W_iz, W_hz and the biases of z change sign.',
  },
  {
    name: 'both',
    n: BEFORE,
    h: TAKES,
    where: 'The paper that compared gated units in 2014 (Chung et al.), and many a textbook.',
  },
];

/** Whether a variant's line differs from PyTorch's. */
export function differs(variant: VariantWords): { readonly n: boolean; readonly h: boolean } {
  return { n: variant.n !== AFTER, h: variant.h !== KEEPS };
}
