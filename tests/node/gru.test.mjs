// Numbers: the package against real PyTorch, and what it does with nonsense.
import assert from 'node:assert/strict';
import test from 'node:test';
import { core, goldens, maxDifference, tensor } from './core.mjs';

/** PyTorch's own float32 is up to 1.9e-6 off its float64. */
const TOLERANCE = 5e-6;

const forward = goldens('forward.jsonl').filter((record) => record.kind === 'forward');

function loaded(record) {
  const gru = new core.Gru(record.config, { seed: 1 });
  const dict = Object.entries(record.state_dict).map(([name, value]) => [name, tensor(value)]);
  gru.loadStateDict(Object.fromEntries(dict));
  return gru;
}

test('there are goldens of every option', () => {
  assert.ok(forward.length >= 40);
  for (const option of ['bias', 'batch_first', 'bidirectional']) {
    for (const value of [true, false]) {
      assert.ok(forward.some((record) => record.config[option] === value), `${option}=${value}`);
    }
  }
});

for (const record of forward) {
  test(`${record.id} agrees with PyTorch`, () => {
    const gru = loaded(record);
    const input = tensor(record.input);
    const h_0 = record.h_0 && tensor(record.h_0);
    for (const { output, h_n } of [gru.forward(input, h_0), gru.record(input, h_0)]) {
      assert.deepEqual(output.shape, record.out.shape);
      assert.deepEqual(h_n.shape, record.h_n.shape);
      assert.ok(maxDifference(output.data, record.out.data) <= TOLERANCE, 'output');
      assert.ok(maxDifference(h_n.data, record.h_n.data) <= TOLERANCE, 'h_n');
    }
  });
}

test('the trace keeps every gate, and its h is the output', () => {
  const gru = new core.Gru({ input_size: 3, hidden_size: 4, num_layers: 2, bidirectional: true }, { seed: 5 });
  const [L, N, H] = [6, 2, 4];
  const call = gru.record(new core.Generator(7).randn([L, N, 3]));
  const [{ shape, data: output }, trace] = [call.output, call.trace()];
  assert.deepEqual(shape, [L, N, 2 * H]);
  assert.deepEqual(
    trace.map(({ layer, reverse }) => [layer, reverse]),
    [[0, false], [0, true], [1, false], [1, true]],
  );
  for (const gates of trace) {
    assert.deepEqual(gates.shape, [L, N, H]);
    for (const gate of [gates.r, gates.z]) assert.ok(gate.every((value) => value > 0 && value < 1));
    for (let i = 0; i < gates.n.length; i++) {
      const n = Math.tanh(gates.n_input[i] + gates.r[i] * gates.n_hidden[i]);
      assert.ok(Math.abs(n - gates.n[i]) < 1e-6, `n at ${i}`);
    }
  }
  for (const [direction, gates] of [[0, trace[2]], [1, trace[3]]]) {
    for (let row = 0; row < L * N; row++) {
      for (let j = 0; j < H; j++) {
        assert.equal(gates.h[row * H + j], output[row * 2 * H + direction * H + j]);
      }
    }
  }
});

test('the state dict has PyTorch\'s names and shapes, and goes round', () => {
  const options = { input_size: 3, hidden_size: 2, num_layers: 2, bidirectional: true };
  const dict = new core.Gru(options, { seed: 3 }).stateDict();
  assert.deepEqual(Object.keys(dict).slice(0, 5), [
    'weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0', 'weight_ih_l0_reverse',
  ]);
  assert.equal(Object.keys(dict).length, 16);
  assert.deepEqual(dict.weight_ih_l1_reverse.shape, [6, 4]);
  const other = new core.Gru(options, { seed: 4 });
  assert.notDeepEqual(other.stateDict(), dict);
  other.loadStateDict(dict);
  assert.deepEqual(other.stateDict(), dict);
});

test('a state dict that does not fit is refused whole', () => {
  const gru = new core.Gru({ input_size: 3, hidden_size: 2 }, { seed: 3 });
  const before = gru.stateDict();
  const { weight_ih_l0, ...rest } = new core.Gru({ input_size: 3, hidden_size: 2 }, { seed: 9 }).stateDict();
  assert.throws(() => gru.loadStateDict(rest), { name: 'StateDictError', message: /weight_ih_l0/ });
  const narrow = { shape: [6, 2], data: weight_ih_l0.data.slice(0, 12) };
  assert.throws(() => gru.loadStateDict({ ...rest, weight_ih_l0: narrow }), { name: 'StateDictError' });
  assert.deepEqual(gru.stateDict(), before);
});

test('the seed decides the weights, and 0 is the default', () => {
  const options = { input_size: 3, hidden_size: 2 };
  assert.deepEqual(new core.Gru(options).stateDict(), new core.Gru(options, { seed: 0 }).stateDict());
  assert.notDeepEqual(new core.Gru(options).stateDict(), new core.Gru(options, { seed: 1 }).stateDict());
});

test('misuse throws named errors, after which the package still works', () => {
  const gru = new core.Gru({ input_size: 3, hidden_size: 2 });
  const zeros = (...shape) => ({ shape, data: new Float32Array(shape.reduce((size, axis) => size * axis)) });
  const cases = [
    [() => new core.Gru({ input_size: 3 }), 'ArgumentError'],
    [() => new core.Gru('nonsense'), 'ArgumentError'],
    [() => new core.Gru({ input_size: 3, hidden_size: 0 }), 'ConfigError'],
    [() => new core.Gru({ input_size: 3, hidden_size: 2 }, { seed: 0.5 }), 'ArgumentError'],
    [() => new core.Gru({ input_size: 2 ** 31, hidden_size: 2 ** 31 }), 'TooLargeError'],
    [() => new core.Generator(0).randn([2 ** 16, 2 ** 16]), 'TooLargeError'],
    [() => gru.forward({ shape: [5, 3, 3], data: new Float32Array(5) }), 'ArgumentError'],
    [() => gru.forward(zeros(5, 2)), 'ShapeError'],
    [() => gru.forward(zeros(5, 3), zeros(1, 3)), 'ShapeError'],
    [() => gru.forward(zeros(5, 3), { shape: [1, 2], data: [0, 0] }), 'ArgumentError'],
  ];
  for (const [misuse, name] of cases) assert.throws(misuse, { name }, misuse.toString());
  const words = (message) => ({ name: 'ShapeError', message });
  const features = words('input.size(-1) must be equal to input_size. Expected 3, got 2');
  assert.throws(() => gru.forward(zeros(5, 2)), features);
  const state = words('Expected hidden size (1, 1, 2), got [1, 1, 3]');
  assert.throws(() => gru.forward(zeros(5, 3), zeros(1, 3)), state);
  assert.deepEqual(gru.forward(zeros(5, 3)).output.shape, [5, 2]);
});
