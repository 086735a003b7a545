// TensorFlow.js on its wasm backend, from raw operations: its own layer refuses the reset after the product.

async function script(address) {
  await new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.onload = resolve;
    element.onerror = reject;
    element.src = address;
    document.head.append(element);
  });
}

/** What computes; with gradients it comes only in one with layers and readers of models. */
const CORE = '/node_modules/@tensorflow/tfjs-core/dist/tf-core.min.js';
const WITH_GRADIENTS = '/node_modules/@tensorflow/tfjs/dist/tf.min.js';

export async function load({ gradients = false } = {}) {
  await script(gradients ? WITH_GRADIENTS : CORE);
  await script('/node_modules/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js');
  const { tf } = globalThis;
  tf.wasm.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  await tf.setBackend('wasm');
  await tf.ready();
  return { model: (call) => model(tf, call), training: (call) => training(tf, call) };
}

/** The parameters of each layer: matrices as a product takes them from the right. */
function layersOf(tf, { layers, parameters }) {
  const tensor = (name) => {
    const { shape, data } = parameters.find((parameter) => parameter.name === name);
    return tf.tensor(data, shape);
  };
  return Array.from({ length: layers }, (_, k) => ({
    w_ih: tf.tidy(() => tf.transpose(tensor(`weight_ih_l${k}`))),
    w_hh: tf.tidy(() => tf.transpose(tensor(`weight_hh_l${k}`))),
    b_ih: tensor(`bias_ih_l${k}`),
    b_hh: tensor(`bias_hh_l${k}`),
  }));
}

/** The hidden state after every step of one layer; the input (L*N, I) is projected for all steps at once. */
function layer(tf, { w_ih, w_hh, b_ih, b_hh }, x, steps, batch, hidden) {
  const ofX = tf.split(tf.add(tf.matMul(x, w_ih), b_ih), steps, 0);
  let h = tf.zeros([batch, hidden]);
  return ofX.map((of_x) => {
    const [x_r, x_z, x_n] = tf.split(of_x, 3, 1);
    const [h_r, h_z, h_n] = tf.split(tf.add(tf.matMul(h, w_hh), b_hh), 3, 1);
    const r = tf.sigmoid(tf.add(x_r, h_r));
    const z = tf.sigmoid(tf.add(x_z, h_z));
    const n = tf.tanh(tf.add(x_n, tf.mul(r, h_n)));
    h = tf.add(n, tf.mul(z, tf.sub(h, n)));
    return h;
  });
}

function forward(tf, layers, input, { steps, batch, hidden }) {
  let sequence = input;
  let states = [];
  for (const parameters of layers) {
    states = layer(tf, parameters, sequence, steps, batch, hidden);
    sequence = tf.concat(states, 0);
  }
  return { sequence, last: states.at(-1) };
}

function model(tf, call) {
  const { input, steps, batch, data } = call;
  const layers = layersOf(tf, call);
  const x = tf.tensor(data, [steps * batch, input]);
  return {
    run: () => tf.tidy(() => forward(tf, layers, x, call).sequence.dataSync()),
    free: () => tf.dispose([layers, x]),
  };
}

/** A step of SGD on the mean squared error of a linear head on the last state. */
function training(tf, call) {
  const { input, hidden, steps, batch, data, head, targets, rate } = call;
  const variables = (tensors) => Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.variable(tensor)]));
  const layers = layersOf(tf, call).map(variables);
  const out = head.bias.length;
  const { weight, bias } = variables({
    weight: tf.tidy(() => tf.transpose(tf.tensor(head.weight, [out, hidden]))),
    bias: tf.tensor(head.bias),
  });
  const x = tf.tensor(data, [steps * batch, input]);
  const y = tf.tensor(targets, [batch, out]);
  const optimizer = tf.train.sgd(rate);
  const loss = () => {
    const predictions = tf.add(tf.matMul(forward(tf, layers, x, call).last, weight), bias);
    return tf.mean(tf.square(tf.sub(predictions, y)));
  };
  return {
    steps(count) {
      let last = NaN;
      for (let i = 0; i < count; i += 1) {
        const value = optimizer.minimize(loss, true);
        [last] = value.dataSync();
        value.dispose();
      }
      return last;
    },
    free: () => tf.dispose([layers, weight, bias, x, y]),
  };
}
