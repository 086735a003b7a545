// The lab's module: what a script may rely on beside the numbers, which the goldens hold.
import assert from 'node:assert/strict';
import test from 'node:test';
import { goldens, lab, maxDifference, tensor } from './core.mjs';

const zeros = (shape) => ({ shape, data: new Float32Array(shape.reduce((size, axis) => size * axis, 1)) });
const OPTIONS = { input_size: 3, hidden_size: 4, num_layers: 2, bidirectional: true };

test('a module draws first, and tells what it is', () => {
  const generator = new lab.Generator(7);
  const gru = new lab.Gru(OPTIONS, { generator });
  assert.deepEqual(gru.stateDict(), new lab.Gru(OPTIONS, { seed: 7 }).stateDict());
  assert.notDeepEqual(generator.randn([5, 2]).data, new lab.Generator(7).randn([5, 2]).data);
  assert.deepEqual(gru.config, { ...OPTIONS, bias: true, batch_first: false, dropout: 0 });
  assert.deepEqual(gru.variant, { reset: 'after_product', update: 'keeps_old' });
});

test('what is no state dict is refused by name, and the module goes on', () => {
  const gru = new lab.Gru(OPTIONS, { seed: 7 });
  const before = gru.stateDict();
  for (const value of [null, undefined, 3, 'weights']) {
    assert.throws(() => gru.loadStateDict(value), { name: 'ArgumentError', message: 'state_dict: expected an object' });
    assert.throws(() => lab.Gru.fromStateDict(OPTIONS, value), { name: 'ArgumentError' });
  }
  assert.deepEqual(gru.stateDict(), before);
});

test('a generator goes on, begins anew, and is shared by all that draw from it', () => {
  const generator = new lab.Generator(3);
  const first = generator.rand([4]);
  const second = generator.rand([4]);
  assert.notDeepEqual(second, first);
  generator.manualSeed(3n);
  assert.deepEqual(generator.rand([4]), first);
  new lab.Linear({ in_features: 2, out_features: 3 }, { generator });
  assert.notDeepEqual(generator.rand([4]), second);
  // As in PyTorch a negative seed is its two's complement.
  assert.deepEqual(new lab.Generator(-1).rand([4]), new lab.Generator(2n ** 64n - 1n).rand([4]));
});

test('what is filled in place is given back, in its own type', () => {
  const generator = new lab.Generator(0);
  for (const data of [new Float32Array(20), new Float64Array(20)]) {
    const given = { shape: [4, 5], data };
    assert.equal(generator.normal_(given, 5, 0.1), given);
    assert.ok(data.every((element) => element > 4 && element < 6));
    const dropped = generator.dropout(given, 0.5);
    assert.equal(dropped.data.constructor, data.constructor);
    assert.ok(dropped.data.every((element, i) => element === 0 || element === 2 * data[i]));
  }
  assert.ok(generator.randn([3], { dtype: 'float64' }).data instanceof Float64Array);
});

test('whole numbers are as wide as those of torch.int64', () => {
  const generator = new lab.Generator(0);
  const { data } = generator.randint(-(2n ** 62n), 2n ** 62n, [8]);
  assert.ok(data instanceof BigInt64Array && data.some((element) => element > 2n ** 53n || element < -(2n ** 53n)));
  assert.deepEqual(Array.from(generator.randperm(6).data, Number).sort(), [0, 1, 2, 3, 4, 5]);
});

/** Holds a module's outputs and gradients to those of a record of torch's. */
function holdGradients(record, make) {
  const parameters = Object.entries(record.state_dict).map(([name, value]) => [name, tensor(value)]);
  const call = make(Object.fromEntries(parameters)).record(tensor(record.tensors.input), tensor(record.tensors.h_0));
  const near = ({ shape, data }, expected) => {
    assert.deepEqual(shape, expected.shape);
    assert.ok(maxDifference(data, expected.data) < 1e-4);
  };
  near(call.output, record.outputs.out);
  near(call.h_n, record.outputs.h_n);
  const gradients = call.backward({ output: tensor(record.R.out), h_n: tensor(record.R.h_n) });
  for (const [name, expected] of Object.entries(record.grads)) near(gradients[name] ?? gradients.parameters[name], expected);
}

test('minGRU gives what its equations give in torch, and their gradients', () => {
  const [record] = goldens('gradients/min_gru.jsonl');
  holdGradients(record, (parameters) => lab.MinGru.fromStateDict(record.config, parameters));
});

test('the GRUs of others give what their equations give in torch, and their gradients', () => {
  const records = goldens('gradients/modules.jsonl').filter((record) => 'variant' in record);
  assert.equal(records.length, 3);
  for (const record of records) {
    holdGradients(record, (parameters) => lab.Gru.fromStateDict(record.config, parameters, { variant: record.variant }));
  }
});

test('gradients are what the outputs change by', () => {
  const generator = new lab.Generator(1);
  const [x, h_0] = [generator.randn([5, 2, 3]), generator.randn([4, 2, 4])];
  const gru = new lab.Gru(OPTIONS, { generator });
  const call = gru.record(x, h_0);
  const R = generator.randn(call.output.shape);
  const loss = () => gru.forward(x, h_0).output.data.reduce((sum, value, i) => sum + value * R.data[i], 0);
  const trace = call.trace();
  assert.equal(trace.length, 4);
  assert.ok(trace[0].z.every((z) => z > 0 && z < 1));
  const gradients = call.backward({ output: R });
  assert.deepEqual(Object.keys(gradients.parameters), Object.keys(gru.stateDict()));
  for (const [tensor, gradient] of [[x, gradients.input], [h_0, gradients.h_0]]) {
    const before = tensor.data[3];
    tensor.data[3] = before + 1e-2;
    const above = loss();
    tensor.data[3] = before - 1e-2;
    const slope = (above - loss()) / 2e-2;
    tensor.data[3] = before;
    assert.ok(Math.abs(slope - gradient.data[3]) < 1e-3, `${slope}, not ${gradient.data[3]}`);
  }
  assert.throws(() => call.backward({ output: R }), { name: 'BackwardError', message: /second time/ });
  assert.throws(() => call.trace(), { name: 'BackwardError' });
});

test('an LSTM takes and gives two states, and its trace has its gates', () => {
  const lstm = new lab.Lstm({ input_size: 3, hidden_size: 4, proj_size: 2 });
  const { output, h_n, c_n } = lstm.forward(zeros([5, 2, 3]), [null, zeros([1, 2, 4])]);
  assert.deepEqual([output.shape, h_n.shape, c_n.shape], [[5, 2, 2], [1, 2, 2], [1, 2, 4]]);
  const call = lstm.record(zeros([5, 2, 3]));
  assert.deepEqual(call.c_n, c_n);
  assert.deepEqual(call.trace()[0].shape, [5, 2, 4]);
  assert.equal(call.backward({ c_n }).c_0.data.length, 8);
});

test('while training dropout draws from the generator given', () => {
  const gru = new lab.Gru({ ...OPTIONS, dropout: 0.5 });
  const x = new lab.Generator(5).randn([6, 2, 3]);
  const run = (options) => gru.forward(x, null, options).output.data;
  const training = (seed) => run({ training: true, generator: new lab.Generator(seed) });
  assert.deepEqual(training(1), training(1));
  assert.notDeepEqual(training(1), training(2));
  assert.deepEqual(run({ training: false }), run());
  assert.throws(() => run({ training: true }), { name: 'ArgumentError', message: /generator/ });
});

test('packing sorts, ends every sample at its true last step, and is undone', () => {
  const samples = [3, 5, 1].map((length, i) => new lab.Generator(i).randn([length, 3]));
  const packed = lab.packSequence(samples, { enforce_sorted: false });
  assert.deepEqual(packed.sorted_indices, [1, 0, 2]);
  assert.deepEqual(packed.batch_sizes, [3, 2, 2, 1, 1]);
  const gru = new lab.Gru({ input_size: 3, hidden_size: 4 });
  const { output, h_n } = gru.forwardPacked(packed);
  samples.forEach((sample, i) => {
    const alone = gru.forward(sample).h_n.data;
    // Another batch adds the same products in another order.
    assert.ok(maxDifference(h_n.data.slice(4 * i, 4 * i + 4), alone) <= 5e-6, `sample ${i}`);
  });
  const padded = lab.padPackedSequence(output, { batch_first: true, padding_value: 9, total_length: 7 });
  assert.deepEqual([padded.output.shape, padded.lengths], [[3, 7, 4], [3, 5, 1]]);
  assert.ok(padded.output.data.slice(-6 * 4).every((element) => element === 9));
});

test('another GRU is told apart, and has gradients of its own', () => {
  const x = new lab.Generator(5).randn([6, 2, 3]);
  const options = { input_size: 3, hidden_size: 4 };
  const variant = { reset: 'before_product' };
  const other = new lab.Gru(options, { seed: 0, variant });
  assert.deepEqual(other.variant, { reset: 'before_product', update: 'keeps_old' });
  assert.notDeepEqual(other.forward(x), new lab.Gru(options, { seed: 0 }).forward(x));
  const gradient = (gru) => gru.record(x).backward({ h_n: { shape: [1, 2, 4], data: new Float32Array(8).fill(1) } }).input.data;
  assert.ok(gradient(other).every(Number.isFinite));
  assert.ok(maxDifference(gradient(other), gradient(new lab.Gru(options, { seed: 0 }))) > 1e-3);
});

test('training lowers the loss, leaves the model alone, and stops where a number is none', () => {
  const generator = new lab.Generator(0);
  const config = { embedding: { num_embeddings: 5 }, gru: { input_size: 3, hidden_size: 8, batch_first: true }, out_features: 2 };
  const model = new lab.Model(config, { generator });
  const before = model.stateDict();
  const batch = { x: { shape: [4, 3], data: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1] }, y: [0, 1, 1, 0] };
  const options = { loss: 'cross_entropy', optimizer: { name: 'Adam', lr: 0.05 }, clip_grad_norm: 1, steps: 40 };
  const trainer = new lab.Trainer(model, batch, options);
  const first = trainer.step();
  const { losses, grad_norms } = trainer.run();
  assert.equal(losses.length, 39);
  assert.ok(losses[38] < first.loss / 4 && grad_norms.every((norm) => norm > 0));
  assert.equal(trainer.step(), null);
  assert.deepEqual(model.stateDict(), before);
  assert.deepEqual(trainer.model().forward(batch.x).shape, [4, 2]);

  const wild = new lab.Trainer(model, batch, { ...options, optimizer: { name: 'SGD', lr: 1e38 } });
  assert.throws(() => wild.run(), ({ name, step, value, message }) => {
    assert.equal(name, 'NotFiniteError');
    assert.match(message, new RegExp(`at step ${step}$`));
    return Number.isInteger(step) && !Number.isFinite(value);
  });
});

test('misuse throws named errors, after which the module still works', () => {
  const generator = new lab.Generator(0);
  const gru = new lab.Gru(OPTIONS);
  const lstm = new lab.Lstm({ input_size: 3, hidden_size: 4 });
  const packed = lab.packPaddedSequence(zeros([4, 2, 3]), [4, 2]);
  const model = new lab.Model({ gru: { input_size: 3, hidden_size: 4 }, out_features: 1 });
  const batch = { x: zeros([5, 2, 3]), y: zeros([2, 1]) };
  const options = { loss: 'mse_loss', optimizer: { name: 'SGD' }, steps: 1 };
  const freed = new lab.Generator(0);
  freed.free();
  const cases = [
    [() => new lab.Generator(0.5), 'ArgumentError'],
    [() => new lab.Generator(2n ** 64n), 'ArgumentError'],
    [() => generator.rand([2 ** 16, 2 ** 16]), 'TooLargeError'],
    [() => generator.rand([-1]), 'ArgumentError'],
    [() => generator.rand([1], { dtype: 'float16' }), 'ArgumentError'],
    [() => generator.randint(3, 3, [1]), 'DrawError'],
    [() => generator.randperm(2 ** 40), 'ArgumentError', 'TooLargeError'],
    [() => generator.uniform_({ shape: [2], data: [0, 0] }), 'ArgumentError'],
    [() => generator.uniform_({ shape: [3], data: new Float32Array(2) }), 'ArgumentError'],
    [() => generator.normal_(zeros([2]), 0, -1), 'DrawError'],
    [() => generator.bernoulli_(zeros([2]), 2), 'DrawError'],
    [() => generator.normal(zeros([2]), zeros([3])), 'ArgumentError'],
    [() => generator.multinomial(zeros([2]), 1), 'DrawError'],
    [() => generator.multinomial(zeros([1, 2]), 1), 'ArgumentError'],
    [() => new lab.Gru({ ...OPTIONS, num_layer: 2 }), 'ArgumentError'],
    [() => new lab.Gru({ input_size: 3, hidden_size: 0 }), 'ConfigError'],
    [() => new lab.Gru({ input_size: 2 ** 31, hidden_size: 2 ** 31 }), 'TooLargeError'],
    [() => new lab.Gru(OPTIONS, { generator: {} }), 'ArgumentError'],
    [() => new lab.Gru(OPTIONS, { generator: freed }), 'ArgumentError'],
    [() => new lab.Gru(OPTIONS, { variant: { reset: 'never' } }), 'ArgumentError'],
    [() => lab.Gru.fromStateDict(OPTIONS, {}), 'StateDictError'],
    [() => gru.forward(zeros([5, 2])), 'ShapeError'],
    [() => gru.forward(zeros([5, 3]), zeros([4, 5])), 'ShapeError'],
    [() => gru.forward({ shape: [5, 3], data: new Float64Array(15) }), 'ArgumentError'],
    [() => gru.record(zeros([5, 3])).backward({ output: zeros([5, 3]) }), 'ShapeError'],
    [() => gru.record(zeros([5, 3])).backward({ c_n: zeros([5, 3]) }), 'ShapeError'],
    [() => lab.Gru.fromKeras({ kernel: zeros([3, 12]), recurrent_kernel: zeros([4, 9]) }), 'ShapeError'],
    [() => lab.Gru.fromOnnx({ W: zeros([1, 12, 3]) }), 'ArgumentError'],
    [() => new lab.Rnn({ input_size: 3, hidden_size: 4, nonlinearity: 'sine' }), 'ArgumentError'],
    [() => new lab.Lstm({ input_size: 3, hidden_size: 4, proj_size: 4 }), 'ConfigError'],
    [() => lstm.forward(zeros([5, 3]), [null, zeros([1, 5])]), 'ShapeError'],
    [() => new lab.LstmCell({ input_size: 3, hidden_size: 4 }).forward(zeros([2, 2])), 'ShapeError'],
    [() => lab.packPaddedSequence(zeros([4, 2, 3]), [2, 4]), 'PackedError'],
    [() => lab.packPaddedSequence(zeros([4, 2, 3]), 'long'), 'ArgumentError'],
    [() => lab.padPackedSequence(packed, { total_length: 3 }), 'PackedError'],
    [() => lab.padPackedSequence(packed, { total_length: 2 ** 28 }), 'TooLargeError'],
    [() => lab.padPackedSequence({ ...packed, batch_sizes: [1] }), 'PackedError'],
    [() => gru.forwardPacked({}), 'ArgumentError'],
    [() => new lab.Linear({ in_features: 0, out_features: 1 }), 'ConfigError'],
    [() => new lab.Linear({ in_features: 2, out_features: 1 }).forward(zeros([3])), 'ShapeError'],
    [() => new lab.Embedding({ num_embeddings: 2, embedding_dim: 2, padding_idx: 2 }), 'ConfigError'],
    [() => new lab.Embedding({ num_embeddings: 2, embedding_dim: 2 }).forward([2]), 'InputError'],
    [() => model.forward({ shape: [5, 2], data: [] }), 'ArgumentError'],
    [() => new lab.Trainer(model, batch, { ...options, loss: 'hinge' }), 'ArgumentError'],
    [() => new lab.Trainer(model, batch, { ...options, optimizer: { name: 'SGD', speed: 1 } }), 'ArgumentError'],
    [() => new lab.Trainer(model, batch, { ...options, optimizer: { name: 'SGD', lr: -1 } }), 'ConfigError'],
    [() => new lab.Trainer(model, { ...batch, y: zeros([3, 1]) }, options), 'TargetError'],
  ];
  for (const [misuse, ...names] of cases) {
    assert.throws(misuse, ({ name }) => names.includes(name), misuse.toString());
  }
  assert.deepEqual(gru.forward(zeros([5, 2, 3])).output.shape, [5, 2, 8]);
});

test('what is freed, and what throws, leaves no memory behind', () => {
  const { memory } = lab.initSync();
  const x = zeros([50, 8, 32]);
  const round = () => {
    const generator = new lab.Generator(0);
    const gru = new lab.Gru({ input_size: 32, hidden_size: 64 }, { generator });
    const call = gru.record(x);
    assert.throws(() => call.backward({ output: zeros([1, 1, 1]) }), { name: 'ShapeError' });
    call.backward({ output: call.output });
    for (const object of [call, gru, generator]) object.free();
  };
  for (let i = 0; i < 5; i++) round();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 200; i++) round();
  assert.equal(memory.buffer.byteLength, before);
});

test('a call into arrays that are there gives what a call gives, and carries the state on', () => {
  const generator = new lab.Generator(5);
  for (const batch_first of [false, true]) {
    const gru = new lab.Gru({ ...OPTIONS, batch_first }, { generator });
    const [steps, batch] = [6, 2];
    const x = generator.randn(batch_first ? [batch, steps, 3] : [steps, batch, 3]);
    const h_0 = generator.randn([4, batch, 4]);
    const whole = gru.forward(x, h_0);
    const output = new Float32Array(steps * batch * 8);
    const state = h_0.data.slice();
    gru.forwardInto(x.data, steps, batch, output, state);
    assert.deepEqual([output, state], [whole.output.data, whole.h_n.data]);
    gru.forwardInto(x.data, steps, batch, output);
    assert.deepEqual(output, gru.forward(x).output.data);
  }
  const gru = new lab.Gru(OPTIONS);
  const named = (name, message) => (error) => error.name === name && message.test(error.message);
  const output = new Float32Array(16).fill(7);
  assert.throws(() => gru.forwardInto(new Float32Array(5), 1, 2, output), named('ArgumentError', /^input: 5 elements/));
  assert.throws(() => gru.forwardInto(new Float32Array(6), 1, 2, output, new Float32Array(3)), named('ArgumentError', /^state: 3/));
  assert.throws(() => gru.forwardInto(new Float32Array(6), 1, 2, output.subarray(1)), named('ArgumentError', /^output: 15 elements/));
  assert.throws(() => gru.forwardInto(new Float32Array(0), 0, 2, new Float32Array(0)), named('ShapeError', /./));
  assert.ok(output.every((value) => value === 7), 'nothing was written');
});
