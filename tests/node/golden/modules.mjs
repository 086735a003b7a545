// Calls of modules and cells.
import { lab } from '../core.mjs';
import { OPTIONS, answered, answeredDict, answeredList, optional, pick, stateDict, tensor } from './tensors.mjs';

const CLASSES = {
  GRU: lab.Gru,
  RNN: lab.Rnn,
  LSTM: lab.Lstm,
  GRUCell: lab.GruCell,
  RNNCell: lab.RnnCell,
  LSTMCell: lab.LstmCell,
};

/** The module of a record, with its parameters. */
const loaded = ({ module, config, state_dict }) =>
  CLASSES[module].fromStateDict(pick(config, OPTIONS[module]), stateDict(state_dict));

/** Its states, as its class takes them. */
function states({ module, h_0, hx, c_0, cx }) {
  const [h, c] = [optional(h_0 ?? hx), optional(c_0 ?? cx)];
  return module.startsWith('LSTM') ? [h, c] : h;
}

const outputs = ({ output, h_n, c_n }) => [
  answered('out', output),
  answered('h_n', h_n),
  ...(c_n ? [answered('c_n', c_n)] : []),
];

/** Parameters are loaded into a module that is there: the other kinds make theirs of them. */
export function forward({ record: { config, state_dict, input, h_0 } }) {
  const gru = new lab.Gru(config);
  gru.loadStateDict(stateDict(state_dict));
  return outputs(gru.forward(tensor(input), optional(h_0)));
}

export function cells({ record }) {
  const result = loaded(record).forward(tensor(record.input), states(record));
  if (record.module === 'LSTMCell') return [answered('h1', result.h_1), answered('c1', result.c_1)];
  return record.module.endsWith('Cell') ? [answered('h1', result)] : outputs(result);
}

export function backward({ record }) {
  const { config, training, seed, input, R, R_h_n, R_c_n } = record;
  const drops = training && config.dropout > 0 && config.num_layers > 1;
  const options = drops ? { training, generator: new lab.Generator(seed) } : {};
  const call = loaded(record).record(tensor(input), states(record), options);
  const upstream = { output: tensor(R), h_n: optional(R_h_n), c_n: optional(R_c_n) };
  let loss = 0;
  for (const [name, weights] of Object.entries(upstream)) {
    weights?.data.forEach((weight, i) => (loss += weight * call[name].data[i]));
  }
  const gradients = call.backward(upstream);
  return [
    ...outputs(call),
    ['loss', [], [loss]],
    answered('grad_input', gradients.input),
    answered('grad_h_0', gradients.h_0),
    ...(gradients.c_0 ? [answered('grad_c_0', gradients.c_0)] : []),
    ...answeredDict('grad', gradients.parameters),
  ];
}

export function dropout({ record, drew_its_own }) {
  const generator = new lab.Generator(record.seed);
  if (drew_its_own) {
    new lab.Gru(pick(record.config, OPTIONS.GRU), { generator });
    generator.randn(record.input.shape);
  }
  const module = loaded(record);
  const result = module.forward(tensor(record.input), states(record), { training: true, generator });
  return [...outputs(result), answered('next_rand', generator.rand([1]))];
}

export function packed({ record }) {
  const { config, lengths, enforce_sorted, input } = record;
  const { batch_first } = config;
  const sequence = lab.packPaddedSequence(tensor(input), lengths, { batch_first, enforce_sorted });
  const result = loaded(record).forwardPacked(sequence, states(record));
  const padded = lab.padPackedSequence(result.output, { batch_first });
  return [
    answered('packed_data', sequence.data),
    answeredList('batch_sizes', sequence.batch_sizes),
    answeredList('sorted_indices', sequence.sorted_indices),
    answeredList('unsorted_indices', sequence.unsorted_indices),
    answered('packed_out_data', result.output.data),
    answered('h_n', result.h_n),
    ...(result.c_n ? [answered('c_n', result.c_n)] : []),
    answered('padded_out', padded.output),
    answeredList('padded_lengths', padded.lengths),
  ];
}
