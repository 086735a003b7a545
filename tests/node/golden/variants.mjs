// GRUs of Keras and ONNX, weights in that framework's layout.
import { lab } from '../core.mjs';
import { answered, optional, tensor } from './tensors.mjs';

/** A tensor of three axes with these in another order, some of them reversed. */
function arranged({ shape, data }, size, from) {
  const [, b, c] = shape;
  const result = { shape: size, data: new Float32Array(data.length) };
  const axes = size.map((n) => Array.from({ length: n }, (_, i) => i));
  let place = 0;
  const walk = (index) => {
    if (index.length < axes.length) {
      for (const i of axes[index.length]) walk([...index, i]);
      return;
    }
    const [i, j, k] = from(index);
    result.data[place++] = data[(i * b + j) * c + k];
  };
  walk([]);
  return result;
}

/** Keras: (N, L, I). */
function keras({ config, x, initial_state, kernel, recurrent_kernel, bias, y }) {
  const gru = lab.Gru.fromKeras({
    kernel: tensor(kernel),
    recurrent_kernel: tensor(recurrent_kernel),
    bias: optional(bias),
    reset_after: config.reset_after,
  });
  let input = tensor(x);
  const last = x.shape[1] - 1;
  if (config.go_backwards) input = arranged(input, input.shape, ([n, t, i]) => [n, last - t, i]);
  const h_0 = initial_state ? tensor({ shape: [1, ...initial_state.shape], data: initial_state.data }) : null;
  const { output, h_n } = gru.forward(input, h_0);
  const state = { shape: h_n.shape.slice(1), data: h_n.data };
  // A layer that returns no sequences returns its last step.
  return [answered('y', y.shape.length === 2 ? state : output), answered('state', state)];
}

/** A call on samples that end at their own lengths; what they give is zero from there on. */
function ofLengths(gru, input, lengths, h_0) {
  const { output, h_n } = gru.forwardPacked(lab.packPaddedSequence(input, lengths, { enforce_sorted: false }), h_0);
  return { output: lab.padPackedSequence(output, { total_length: input.shape[0] }).output, h_n };
}

/** ONNX: (L, N, I), answered by (L, D, N, H). */
function onnx({ config, X, W, R, B, sequence_lens, initial_h }) {
  const { direction, hidden_size, linear_before_reset } = config;
  const gru = lab.Gru.fromOnnx({ W: tensor(W), R: tensor(R), B: optional(B), linear_before_reset });
  const [L, N] = X.shape;
  // What lies behind a sample's end stays where it is.
  const length = (n) => sequence_lens?.[n] ?? L;
  const step = direction === 'reverse' ? (t, n) => (t < length(n) ? length(n) - 1 - t : t) : (t) => t;
  const input = arranged(tensor(X), X.shape, ([t, n, i]) => [step(t, n), n, i]);
  const h_0 = optional(initial_h);
  const { output, h_n } = sequence_lens ? ofLengths(gru, input, sequence_lens, h_0) : gru.forward(input, h_0);
  const directions = direction === 'bidirectional' ? 2 : 1;
  const y = arranged(output, [L, directions, N, hidden_size], ([t, d, n, h]) => [step(t, n), n, d * hidden_size + h]);
  return [answered('Y', y), answered('Y_h', h_n)];
}

export const variants = ({ record }) => ('kernel' in record ? keras(record) : onnx(record));
