/** Claims that courses and posts make. No verdict is stored: a program is run for each. */

export type ClaimName =
  | 'parameters_rnn' | 'parameters_lstm' | 'h_n_batch_first' | 'last_output' | 'layout' | 'padding'
  | 'remembers' | 'update_gate' | 'two_biases' | 'vanishing' | 'deeper' | 'exporter';

export interface Claim {
  readonly name: ClaimName;
  /** The claim as it is made. */
  readonly claim: string;
  /** What is compared, in which cases. */
  readonly about: string;
  /** How the thing works that the claim is about, whatever comes of it. */
  readonly why: string;
  /** Where more of it is seen. */
  readonly see?: { readonly text: string; readonly opens: string };
}

export const CLAIMS: readonly Claim[] = [
  {
    name: 'parameters_rnn',
    claim: 'A GRU has fewer parameters than an RNN.',
    about: 'The parameters of nn.GRU and nn.RNN are counted, for three sets of input_size, hidden_size and num_layers.',
    why: 'r, z and n have a block of weights and biases each; an RNN has one block of the same size.',
    see: { text: 'Read the shapes of the parameters in Play', opens: 'play' },
  },
  {
    name: 'parameters_lstm',
    claim: 'A GRU has three quarters of the parameters of an LSTM.',
    about: 'The parameters of nn.GRU and nn.LSTM are counted, for three sets of input_size, hidden_size and num_layers.',
    why: 'A GRU has blocks for r, z and n; an LSTM has blocks of the same size for i, f, g and o.',
    see: { text: 'See an LSTM beside the GRU', opens: 'lab/variants' },
  },
  {
    name: 'h_n_batch_first',
    claim: 'With batch_first=True, h_n has the batch first too.',
    about: 'The first size of h_n is compared with the batch size of 3, for three modules with batch_first=True.',
    why: 'h_n has one state for each layer and direction, and these stand first: (D * num_layers, N, H). batch_first is about input and out.',
    see: { text: 'Set batch_first in Play', opens: 'play?batch_first=True' },
  },
  {
    name: 'last_output',
    claim: 'The last step of out is the last layer’s state in h_n.',
    about: 'out[-1] is compared with h_n, for one layer, three layers, and two directions side by side.',
    why: 'out has every step of the last layer. At the last step its reverse half has read one step only; the reverse direction’s last state is that of step 0.',
    see: { text: 'Read and run more about out and h_n', opens: 'code?program=last_state' },
  },
  {
    name: 'layout',
    claim: 'batch_first=True changes the order of the axes, and no number.',
    about: 'Two modules with the same seed read the same batch, one of them with batch_first=True; out and h_n are compared.',
    why: 'The equations take one step of one sample at a time; where it lies in memory is another matter.',
    see: { text: 'Read and run more about batch_first', opens: 'code?program=batch_first' },
  },
  {
    name: 'padding',
    claim: 'Zeros at the end of a sequence do no harm.',
    about: 'Three steps of zeros are put behind five true steps. h_n is compared with that of the true steps, once as it is and once packed with its length.',
    why: 'A step of zeros is a step: the biases and the old state go into it, so that h moves on. A packed sequence ends where its length says.',
    see: { text: 'See what packing does', opens: 'lab/packed' },
  },
  {
    name: 'remembers',
    claim: 'A GRU remembers its last call when it is called again.',
    about: 'A sequence is read after another one, in a second call without h_0, and by a module that has read nothing before. The last states are compared.',
    why: 'A call without h_0 begins at zeros. The module keeps weights, and no state. To go on, hand h_n of one call to the next.',
    see: { text: 'Read and run more about a state that is kept', opens: 'code?program=detach' },
  },
  {
    name: 'update_gate',
    claim: 'An update gate z of 1 takes the candidate n and drops the old state.',
    about: 'z is set to 1, and the new state is compared with n: once by PyTorch’s equation, once by that of Chung et al. (2014).',
    why: 'Papers write the mixture in two ways: which of the two states z is multiplied with is a convention.',
    see: { text: 'See z at work in one step', opens: 'play' },
  },
  {
    name: 'two_biases',
    claim: 'In each of r, z and n, one of the two biases would do.',
    about: 'The two biases of one gate are added up into one of them, and out is compared with what it was: for r, for z and for n.',
    why: 'Within r and z the two biases are added at once. Within n, r is multiplied with bias_hh alone: n = tanh(W x + b_ih + r * (U h + b_hh)).',
    see: { text: 'Look up the parameters', opens: 'glossary?term=bias' },
  },
  {
    name: 'vanishing',
    claim: 'Gradients do not vanish in a GRU.',
    about: 'How much of the last state’s gradient arrives at the first input, over 10 and 100 steps, with weights as they are drawn and with an open z. Below a hundredth, the claim fails.',
    why: 'Where z is near 1, h and its gradient go on nearly unchanged; where z is near a half, each step takes about half of both.',
    see: { text: 'Follow gradients through time', opens: 'lab/gradients' },
  },
  {
    name: 'deeper',
    claim: 'Deeper is better.',
    about: 'One layer and three layers learn two tasks, 80 training steps each, from two seeds. Their errors on unseen sequences are compared.',
    why: 'More layers can say more, and take more training to say it: a small task with few steps is another thing than a large one.',
    see: { text: 'Train with more layers', opens: 'lab/train?num_layers=3' },
  },
  {
    name: 'exporter',
    claim: 'The ONNX exporter keeps your model.',
    about: 'A GRU of ONNX is computed with the weights of nn.GRU, with linear_before_reset=1 and with 0, which a release of PyTorch’s exporter wrote; the outputs are compared.',
    why: 'linear_before_reset says whether r comes before or after the product with the old state. PyTorch’s equations are those of 1; the weights are the same in both files.',
    see: { text: 'Drop a file of yours on Play', opens: 'play' },
  },
];

/** A claim by its name, if there is one. */
export function claimOf(name: string): Claim | undefined {
  return CLAIMS.find((claim) => claim.name === name);
}
