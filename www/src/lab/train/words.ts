/** One sentence for each setting of a training run. */
import type { LossName } from '../../../pkg/gru_lab.js';
import type { Setup } from '../../engine/lab/train.js';

export const WORDS: Readonly<Partial<Record<keyof Setup, string>>> = {
  seq_len: 'Time steps of each sequence: the longer, the further back what counts may lie.',
  batch: 'Sequences whose losses are averaged in one training step: more make the gradient calmer and the step slower.',
  fresh: 'Draws other sequences for every training step. Without it the first ones come again, and can be learned by heart.',
  train_size: 'Sequences in the training set. Each epoch shuffles them and takes a batch at a time: few can be learned by heart.',
  cell: 'The recurrent module that reads the sequence.',
  gate_bias: 'Added, before the first training step, to the bias of the gate that keeps the old state: above 0 the gate starts open.',
  hidden_size: 'Numbers that the cell remembers from time step to time step.',
  num_layers: 'Cells stacked, each reading what the one below gives.',
  dropout: 'Probability that an element between layers becomes zero while training.',
  lr: 'How far each training step goes along its direction: too small is slow, too large overshoots.',
  momentum: 'How much of the last direction is kept.',
  nesterov: 'Takes the gradient as if the momentum had already been followed.',
  beta_1: 'How much of the running mean of gradients is kept.',
  beta_2: 'How much of the running mean of squared gradients is kept.',
  alpha: 'How much of the running mean of squared gradients is kept.',
  lr_decay: 'How fast the learning rate falls from training step to training step.',
  weight_decay: 'How strongly weights are drawn towards zero, which holds back learning by heart.',
  clip_grad_norm: 'Shortens all gradients together to this norm where it is larger.',
  patience: 'Stops when so many validation losses in a row, one every 5 training steps, are no better than the best, and keeps the model of the best.',
  steps: 'How many training steps: how often data, loss, gradients and optimiser take their turn.',
  seed: 'torch.manual_seed before anything is drawn: the same seed gives the same run, here and in PyTorch.',
};

/** Why a task has its loss. */
export const LOSSES: Readonly<Record<LossName, string>> = {
  MSELoss: 'the mean squared error, for an answer that is a number',
  CrossEntropyLoss: 'for an answer that is one of several classes: minus the logarithm of the share that the right one gets',
  BCEWithLogitsLoss: 'for an answer that is yes or no: minus the logarithm of the share that the right one gets',
};
