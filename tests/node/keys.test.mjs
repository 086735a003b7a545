// An unknown key is refused wherever it stands, in every value that crosses, with the path to it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { core, goldens } from './core.mjs';

const tensor = (...shape) => ({ shape, data: new Float32Array(shape.reduce((size, axis) => size * axis, 1)) });
const sizes = { input_size: 3, hidden_size: 4 };
const call = {
  config: { ...sizes, dropout: { float: 1 }, other: [['a', { tuple: [1, { float: 2 }] }]] },
  input: { shape: [5, 2, 3], dtype: 'float32' },
  h_0: { value: [1, { float: 2 }] },
  release: '2.15',
};
const draft = {
  config: { ...sizes, dropout: { float: 1 }, other: [['a', 1]] }, seq_len: 5, batch: 2, unbatched: false, input: null, input_dtype: 'float32',
  give_h_0: true, h_0: '(1, 2, 4)', h_0_dtype: 'float32', release: null, before: call, call,
};
const [gru, lstm] = [new core.Gru(sizes), new core.Lstm(sizes)];
const cell = new core.LstmCell(sizes);
const model = new core.Model({ gru: sizes, out_features: 1 });
const reader = new core.Model({ embedding: { num_embeddings: 3 }, gru: sizes, out_features: 1 });
const packed = core.packPaddedSequence(tensor(5, 2, 3), [5, 2]);
const dict = gru.stateDict();
const batch = { x: tensor(5, 2, 3), y: tensor(2, 1) };
const ROOMS = {
  gradients: (setup) => new core.GradientsRun(setup),
  variants: (setup) => new core.VariantsRun(setup),
  modules: core.moduleCard,
  packing: core.packing,
};
const training = {
  task: 'adding', seq_len: 10, batch: 64, fresh: true, hidden_size: 16, num_layers: 1, dropout: 0, optimizer: 'Adam', lr: 0.02,
  momentum: 0, nesterov: false, beta_1: 0.9, beta_2: 0.999, alpha: 0.99, lr_decay: 0, weight_decay: 0, clip_grad_norm: null,
  steps: 200, seed: 0,
};
const optimizer = (name, options = {}) => ({ loss: 'mse_loss', optimizer: { name, ...options }, steps: 1 });
const edits = [
  { edit: 'set_option', name: 'bias', value: { float: 1 } }, { edit: 'set_input_shape', shape: [5, 2, 3] },
  { edit: 'set_h_0_shape', shape: null }, { edit: 'set_input_dtype', dtype: 'float32' },
  { edit: 'set_h_0_dtype', dtype: 'float32' }, { edit: 'set_module_dtype', dtype: 'float32' },
  { edit: 'set_input_device', device: 'cuda' }, { edit: 'set_h_0_device', device: 'cpu' },
];
const events = [
  { type: 'start', mode: 'x2', seed: 3 }, { type: 'answer', option: 'a' }, { type: 'hint' }, { type: 'pause' },
  { type: 'resume' }, { type: 'next' }, { type: 'tick' }, { type: 'try_it' }, { type: 'again' }, { type: 'abandon' },
  { type: 'stamp', date: '2026-11-22' },
];
const quizzes = new core.Quiz();
quizzes.dispatch(events[0], 0);

/** A value of each type that is read, and what reads it. */
const READERS = {
  call: [call, core.diagnose],
  'call of look': [call, core.look],
  draft: [draft, core.lookAtDraft],
  fix: [{ statement: '', code: '', edits }, (fix) => core.applyFix(call, fix)],
  plan: [core.runPlan({ config: sizes, input: { shape: [5, 2, 3] } }), (plan) => new core.Experiment(plan, 0)],
  keep: [{ layer: 0, reverse: false, sample: 0 }, (keep) => {
    new core.Experiment(core.runPlan({ config: sizes, input: { shape: [5, 2, 3] } }), 0, null, keep);
  }],
  at: [{ layer: 0, reverse: false, sample: 0, step: 0, unit: 0 }, (at) => {
    core.insideUnit(core.runPlan({ config: sizes, input: { shape: [5, 2, 3] } }), 0, null, at);
  }],
  edit: [{ tensor: 'input', index: 0, value: 1 }, (edit) => {
    const at = { layer: 0, reverse: false, sample: 0, step: 0, unit: 0 };
    core.insideUnit(core.runPlan({ config: sizes, input: { shape: [5, 2, 3] } }), 0, null, at, edit);
  }],
  state: [quizzes.state(), (state) => core.Quiz.restore(state)],
  ...Object.fromEntries(events.map((event) => [`event ${event.type}`, [event, (event) => new core.Quiz().dispatch(event, 0)]])),
  'options of Gru': [{ ...sizes, num_layers: 1, bias: true, batch_first: false, dropout: 0, bidirectional: false }, (o) => new core.Gru(o)],
  'options of Rnn': [{ ...sizes, nonlinearity: 'relu' }, (o) => new core.Rnn(o)],
  'options of Lstm': [{ ...sizes, proj_size: 2 }, (o) => new core.Lstm(o)],
  'options of a cell': [{ ...sizes, bias: true, nonlinearity: 'tanh' }, (o) => new core.RnnCell(o)],
  'options of Linear': [{ in_features: 1, out_features: 1, bias: true }, (o) => new core.Linear(o)],
  'options of Embedding': [{ num_embeddings: 2, embedding_dim: 1, padding_idx: 0 }, (o) => new core.Embedding(o)],
  'options of Model': [{ embedding: { num_embeddings: 3, padding_idx: 0 }, gru: sizes, out_features: 1 }, (o) => new core.Model(o)],
  init: [{ seed: 1n, variant: { reset: 'after_product', update: 'keeps_old' } }, (init) => new core.Gru(sizes, init)],
  'init of Linear': [{ seed: 1 }, (init) => new core.Linear({ in_features: 1, out_features: 1 }, init)],
  'init of a variant': [{ variant: { reset: 'after_product' } }, (init) => core.Gru.fromStateDict(sizes, dict, init)],
  'call options': [{ training: false }, (options) => gru.forward(tensor(5, 2, 3), null, options)],
  'state dict': [dict, (dict) => gru.loadStateDict(dict)],
  input: [tensor(5, 2, 3), (input) => gru.forward(input)],
  states: [[tensor(1, 2, 4), tensor(1, 2, 4)], (states) => lstm.forward(tensor(5, 2, 3), states)],
  'states of a cell': [[null, tensor(2, 4)], (states) => cell.forward(tensor(2, 3), states)],
  upstream: [{ output: tensor(5, 2, 4), h_n: tensor(1, 2, 4) }, (upstream) => gru.record(tensor(5, 2, 3)).backward(upstream)],
  packed: [packed, (packed) => gru.forwardPacked(packed)],
  'pack options': [{ batch_first: false, enforce_sorted: true }, (options) => core.packPaddedSequence(tensor(5, 2, 3), [5, 2], options)],
  'pad options': [{ batch_first: true, padding_value: 1, total_length: 9 }, (options) => core.padPackedSequence(packed, options)],
  sequences: [[tensor(3, 1), tensor(2, 1)], (sequences) => core.packSequence(sequences)],
  'keras weights': [{ kernel: tensor(3, 12), recurrent_kernel: tensor(4, 12), bias: tensor(2, 12), reset_after: true }, core.Gru.fromKeras],
  'onnx weights': [{ W: tensor(1, 12, 3), R: tensor(1, 12, 4), B: tensor(1, 24), linear_before_reset: 1 }, core.Gru.fromOnnx],
  tokens: [{ shape: [4], data: [0, 1, 2, 0] }, (tokens) => reader.forward(tokens)],
  batch: [batch, (batch) => new core.Trainer(model, batch, optimizer('SGD'))],
  ...Object.fromEntries([
    ['SGD', { lr: 1, momentum: 0.5, dampening: 0, weight_decay: 0, nesterov: true }],
    ['Adam', { lr: 1, betas: [0.5, 0.5], eps: 1, weight_decay: 0, amsgrad: true }],
    ['AdamW', { lr: 1 }], ['RMSprop', { lr: 1, centered: true }], ['Adagrad', { lr: 1 }],
  ].map(([name, options]) => [`options of ${name}`, [optimizer(name, options), (o) => new core.Trainer(model, batch, o)]])),
  'draw options': [{ dtype: 'float64' }, (options) => new core.Generator(0).rand([1], options)],
  'multinomial options': [{ replacement: true }, (options) => new core.Generator(0).multinomial({ shape: [1], data: Float32Array.of(1) }, 1, options)],
  'drawn tensor': [tensor(2), (tensor) => new core.Generator(0).normal_(tensor)],
  'training setup': [training, core.trainingPlan],
  ...Object.fromEntries(Object.entries(ROOMS).map(([room, read]) => {
    const { setup } = goldens('lab/rooms.jsonl').find((record) => record.room === room);
    return [`setup of ${room}`, [setup, read]];
  })),
};

/** Every object in a value, by its path; typed arrays are none. */
function objects(value, path = '') {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return [];
  const nested = Array.isArray(value)
    ? value.flatMap((element, i) => objects(element, `${path}[${i}]`))
    : Object.entries(value).flatMap(([key, element]) => objects(element, `${path}.${key}`));
  return Array.isArray(value) ? nested : [[path, value], ...nested];
}

for (const [name, [value, read]] of Object.entries(READERS)) {
  test(`an unknown key is refused at every depth of ${name}`, () => {
    read(value);
    for (const [path, object] of objects(value)) {
      // Parameters have any names, and a module's options go to PyTorch, which has its say.
      if ((name === 'state dict' && path === '') || path.endsWith('.config') && /^(?:call|draft)/.test(name)) continue;
      object.nonsense = 1;
      try {
        assert.throws(
          () => read(value),
          ({ name, message }) => (name === 'ArgumentError' && message.includes('.nonsense: unknown key')) || name === 'QuizStateError',
          path,
        );
      } finally {
        delete object.nonsense;
      }
    }
    read(value);
  });
}

test('the path leads to the key', () => {
  const at = (read, message) => assert.throws(read, { name: 'ArgumentError', message });
  const nonsense = 1;
  at(() => core.diagnose({ ...call, h_0: { ...call.h_0, nonsense } }), 'call.h_0.nonsense: unknown key; there are shape, dtype, value, array, device');
  at(() => new core.Rnn({ ...sizes, nonsense }), /^options\.nonsense: unknown key/);
  at(() => gru.forward({ ...tensor(5, 2, 3), nonsense }), 'input.nonsense: unknown key; there are shape, data');
  at(() => lstm.forward(tensor(5, 2, 3), [null, { ...tensor(1, 2, 4), nonsense }]), /^states\[1\]\.nonsense: unknown key/);
  at(() => new core.Trainer(model, batch, optimizer('SGD', { nonsense })), /^options\.optimizer\.nonsense: unknown key/);
  at(() => new core.Quiz().dispatch({ type: 'hint', nonsense }, 0), 'event.nonsense: unknown key');
});
