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

/** ONNX: (L, N, I), answered by (L, D, N, H). */
function onnx({ config, X, W, R, B, initial_h }) {
  const { direction, hidden_size, linear_before_reset } = config;
  const gru = lab.Gru.fromOnnx({ W: tensor(W), R: tensor(R), B: optional(B), linear_before_reset });
  const [L, N] = X.shape;
  const step = direction === 'reverse' ? (t) => L - 1 - t : (t) => t;
  const input = arranged(tensor(X), X.shape, ([t, n, i]) => [step(t), n, i]);
  const { output, h_n } = gru.forward(input, optional(initial_h));
  const directions = direction === 'bidirectional' ? 2 : 1;
  const y = arranged(output, [L, directions, N, hidden_size], ([t, d, n, h]) => [step(t), n, d * hidden_size + h]);
  return [answered('Y', y), answered('Y_h', h_n)];
}

export const variants = ({ record }) => ('kernel' in record ? keras(record) : onnx(record));
