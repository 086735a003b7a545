// The random stream: calls that draw from one generator, in order.
import { lab } from '../core.mjs';
import { OPTIONS, answered, pick } from './tensors.mjs';

const parameters = (name, prefix, dict) =>
  Object.entries(dict).map(([parameter, value]) => answered(`${name} ${prefix}${parameter}`, value));

/** The weights of a module as it is made. */
function drawn(kind, options, generator) {
  const recurrent = { GRU: lab.Gru, RNN: lab.Rnn, LSTM: lab.Lstm };
  const cells = { GRUCell: lab.GruCell, RNNCell: lab.RnnCell, LSTMCell: lab.LstmCell };
  if (kind === 'Embedding') return new lab.Embedding(options, { generator }).stateDict();
  if (kind === 'Linear') {
    // A convolution draws as a linear layer does that reads all that its kernel covers.
    const [out_features, ...reads] = options.shape;
    const in_features = reads.reduce((product, size) => product * size);
    const { weight, ...rest } = new lab.Linear({ in_features, out_features, bias: options.bias }, { generator }).stateDict();
    return { weight: { shape: options.shape, data: weight.data }, ...rest };
  }
  const Class = recurrent[kind] ?? cells[kind];
  return new Class(pick(options, OPTIONS[kind]), { generator }).stateDict();
}

/** The same in float64, which the lab's modules are not: every tensor is uniform in ±1/sqrt(hidden_size). */
function drawnInDouble(kind, options, generator) {
  const bound = 1 / Math.sqrt(options.hidden_size);
  const shapes = Object.entries(drawn(kind, options, new lab.Generator(0)));
  return Object.fromEntries(
    shapes.map(([name, { shape, data }]) => {
      const tensor = { shape, data: new Float64Array(data.length) };
      return [name, generator.uniform_(tensor, -bound, bound)];
    }),
  );
}

function ofLab(generator, { call, shape, dtype, arguments: given, tensors }) {
  const Elements = dtype === 'float64' ? Float64Array : Float32Array;
  const size = shape.reduce((product, axis) => product * axis, 1);
  switch (call) {
    case 'rand':
    case 'randn':
      return generator[call](shape, { dtype });
    case 'randint':
      return generator.randint(...given.map(BigInt), shape);
    case 'randperm':
      return generator.randperm(shape[0]);
    case 'normal':
    case 'bernoulli':
    case 'dropout':
    case 'multinomial':
      return generator[call](...tensors.map((data) => ({ shape, data: Elements.from(data) })), ...given);
    default:
      return generator[call]({ shape, data: new Elements(size) }, ...given);
  }
}

export function rng({ calls }) {
  const generator = new lab.Generator(0);
  return calls.flatMap((question) => {
    const { name, call, seed, modules, dtype } = question;
    if (call === 'manual_seed') {
      generator.manualSeed(BigInt(seed));
      return [];
    }
    if (call !== 'module') return [answered(name, ofLab(generator, question))];
    const draw = dtype === 'float64' ? drawnInDouble : drawn;
    return modules.flatMap(([prefix, kind, options]) =>
      parameters(name, prefix, draw(kind, options, generator)),
    );
  });
}
