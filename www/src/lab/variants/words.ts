/** The four GRUs, and where one meets each; their equations come with what they give. */

export interface VariantWords {
  readonly name: string;
  readonly where: string;
}

export const VARIANTS: readonly VariantWords[] = [
  {
    name: 'nn.GRU',
    where: 'PyTorch, cuDNN, Keras with reset_after=True (its default since TensorFlow 2), ONNX with linear_before_reset=1.',
  },
  {
    name: 'reset before',
    where: 'The first paper of 2014 (Cho et al.), Keras with reset_after=False, ONNX with linear_before_reset=0, its default.',
  },
  {
    name: 'other z',
    where: 'Libraries that write z where PyTorch has 1 - z. The weights of one do in the other once W_iz, W_hz and the biases of z change sign.',
  },
  {
    name: 'both',
    where: 'The paper that compared gated units in 2014 (Chung et al.), and many a textbook.',
  },
];
