// Every kind of value on its way in and out, and what is said of one that is of the wrong kind.
import assert from 'node:assert/strict';
import test from 'node:test';
import { core } from './core.mjs';

const input = { shape: [5, 3, 10] };
const config = { input_size: 10, hidden_size: 20 };

/** The code of a module that has one more option, whose value Python prints. */
const printed = (value) => {
  const lines = core.code({ config: { ...config, other: [['device', value]] }, input });
  const text = lines.map(({ segments }) => segments.map(({ text }) => text).join('')).join('\n');
  return text.match(/device=(.*)\)/)?.[1];
};

test('a Python value of every kind is read', () => {
  const values = [
    [null, 'None'], [true, 'True'], [7, '7'], [-7, '-7'], [7n, '7'], [0.5, '0.5'], [2 ** 53 + 2, '9007199254740994.0'],
    [{ float: 16 }, '16.0'], ['cpu', "'cpu'"], [[5, [8]], '[5, [8]]'], [{ tuple: [5] }, '(5,)'],
    [Int32Array.of(1, 2), '[1, 2]'],
  ];
  for (const [value, text] of values) assert.equal(printed(value), text);
});

test('a Python value comes back as it went', () => {
  const values = [true, 7, 0.5, { float: 16 }, 'cpu', [5, [8]], { tuple: [5, { float: 1 }] }, { float: 1e300 }];
  for (const value of values) {
    const fix = { statement: '', code: '', edits: [{ edit: 'set_option', name: 'device', value }] };
    const { other } = core.applyFix({ config, input }, fix).config;
    assert.deepEqual(other, [['device', value]]);
  }
});

test('what is left out or undefined is absent; null is no argument, but None as an option', () => {
  const call = { config: { ...config, num_layers: undefined, dtype: undefined }, input, h_0: null };
  assert.deepEqual(core.diagnose(call), core.diagnose({ config, input }));
  const { diagnostics } = core.diagnose({ config: { ...config, bias: null }, input });
  assert.equal(diagnostics[0].message, 'bias should be of type bool, got: NoneType');
});

test('a shape may be any iterable of whole numbers', () => {
  const shapes = [[5, 3, 10], Uint32Array.of(5, 3, 10), new Set([5, 3, 10]), [5n, 3n, 10n]];
  for (const shape of shapes) assert.equal(core.diagnose({ config, input: { shape } }).diagnostics.length, 0);
});

test('a size beyond 2^53 is answered, rounded where JavaScript has no such number', () => {
  const shape = [5, 3, 2 ** 60];
  const { module, trace } = core.diagnose({ config: { ...config, input_size: 2n ** 60n }, input: { shape } });
  assert.equal(module, null);
  assert.equal(trace, null);
  const { diagnostics } = core.diagnose({ config, input: { shape } });
  assert.match(diagnostics[0].message, /1152921504606846976/);
});

test('a mistake within an edit has its path', () => {
  const edit = (edit) => () => core.applyFix({ config, input }, { statement: '', code: '', edits: [edit] });
  const cases = [
    [{ edit: 'set_input_shape', shape: [5, 1.5] }, 'fix.edits[0].shape[1]: expected a whole number'],
    [{ edit: 'set_input_shape', shape: [5], dtype: 'float16' }, 'fix.edits[0]: not the keys of this edit'],
    [{ edit: 'set_option' }, 'fix.edits[0]: not the keys of this edit'],
    [{ edit: 'unset' }, /^fix\.edits\[0\]\.edit: expected one of "set_option", /],
  ];
  for (const [given, message] of cases) assert.throws(edit(given), { name: 'ArgumentError', message });
});

test('a value of the wrong kind is named, with what is due', () => {
  const cases = [
    [{ config: 5, input }, 'call.config: expected the options of nn.GRU'],
    [{ config, input: 'x' }, 'call.input: expected an object'],
    [{ config: { ...config, dtype: 'float8' }, input }, /^call\.config\.dtype: expected one of "float32", "float64", /],
    [{ config, input: { shape: [5, 1.5] } }, 'call.input.shape[1]: expected a whole number'],
    [{ config, input: { shape: 5 } }, 'call.input.shape: expected an array'],
    [{ config, input: { shape: {} } }, 'call.input.shape: expected an array'],
    [{ config: { ...config, other: [['a', 1, 2]] }, input }, 'call.config.other[0]: expected an array of 2'],
    [{ config: { ...config, bias: { flat: 1 } }, input }, 'call.config.bias.flat: unknown key; there are float, tuple, int64'],
    [{ config: { ...config, bias: () => true }, input }, /^call\.config\.bias: expected null, a boolean, a number/],
    [{ config: { ...config, bias: 2n ** 63n }, input }, 'call.config.bias: expected a whole number below 2^63'],
    [{ config, input, release: '3.0' }, /^call\.release: no PyTorch release/],
    [{ config, input: { shape: [1], value: 1 } }, 'call.input: both shape and value'],
    [{ input }, 'call.config: missing'],
    [null, 'call: expected an object'],
    [[], 'call.config: missing'],
  ];
  for (const [call, message] of cases) assert.throws(() => core.diagnose(call), { name: 'ArgumentError', message });
  for (const hidden_size of [-1, 1.5, '2', 2n ** 64n, null]) {
    const message = 'options.hidden_size: expected a whole number, at least 0';
    assert.throws(() => new core.Gru({ input_size: 1, hidden_size }), { name: 'ArgumentError', message });
  }
});

test('every kind of place and of edit has the name that its type says, and every edit can be read', () => {
  const h_0 = { shape: [1, 3, 20] };
  const calls = [
    { config: { ...config, bias: 1 }, input },
    { config, input: { shape: [5, 3, 8] } },
    { config, input: { shape: [5, 3, 10], dtype: 'float64' } },
    { config, input, h_0: { shape: [2, 3, 20] } },
    { config, input, h_0: { ...h_0, dtype: 'float64' } },
    { config: { ...config, dtype: 'int64' }, input },
    { config, input: { shape: [5, 3, 10], device: 'cuda' } },
    { config, input: { shape: [5, 3, 10], device: 'cuda' }, h_0 },
  ];
  const diagnostics = calls.flatMap((call) => core.diagnose(call).diagnostics);
  diagnostics.push(core.parseShape('(4,').diagnostic);
  const parts = new Set(diagnostics.flatMap(({ labels }) => labels.map(({ place }) => place.part)));
  assert.deepEqual([...parts].sort(), ['h_0', 'input', 'option', 'text']);
  const fixes = diagnostics.flatMap(({ help }) => help);
  const edits = new Set(fixes.flatMap((fix) => fix.edits.map(({ edit }) => edit)));
  assert.deepEqual([...edits].sort(), [
    'set_h_0_device', 'set_h_0_dtype', 'set_h_0_shape', 'set_input_device', 'set_input_dtype', 'set_input_shape', 'set_module_dtype',
    'set_option',
  ]);
  for (const fix of fixes) core.applyFix({ config, input, h_0 }, fix);
});

test('the challenge goes on from the state that it gave, in every phase', () => {
  let quiz = new core.Quiz();
  let now = 0;
  const phases = new Set();
  const send = (event) => {
    quiz.dispatch(event, (now += 1000));
    const state = quiz.state();
    const restored = core.Quiz.restore(structuredClone(state));
    assert.deepEqual(restored.state(), state);
    phases.add(quiz.view().phase);
  };
  send({ type: 'tick' });
  send({ type: 'start', mode: 'x1.5', seed: 3 });
  for (let step = 0; step < 100 && quiz.view().phase !== 'finished'; step++) {
    const view = quiz.view();
    if (step === 0) for (const type of ['hint', 'try_it', 'pause', 'resume']) send({ type });
    send(view.phase === 'open' ? { type: 'answer', option: view.options[step % 3].id } : { type: 'next' });
  }
  assert.deepEqual([...phases], ['intro', 'open', 'paused', 'closed', 'finished']);
  send({ type: 'stamp', date: '2026-11-22' });
  send({ type: 'again' });
  now += 1e6;
  send({ type: 'tick' });
  assert.equal(quiz.view().because, 'time_out');
  send({ type: 'abandon' });
  assert.equal(quiz.view().mode, 'x1.5');
  assert.throws(() => quiz.dispatch({ type: 'answer' }, now), { message: 'event.option: missing' });
  assert.throws(() => quiz.dispatch({ type: 'guess' }, now), { message: /^event\.type: expected one of "start", / });
});

test('a seed is any number of 64 bits, a negative one its complement', () => {
  const first = (seed) => new core.Generator(seed).rand([4]);
  assert.deepEqual(first(-1), first(2n ** 64n - 1n));
  assert.deepEqual(first(-(2n ** 63n)), first(2n ** 63n));
  assert.deepEqual(first(7), first(7n));
  const plan = core.runPlan({ config, input });
  const run = (seed) => new core.Experiment(plan, seed).finish().output;
  assert.deepEqual(run(2n ** 64n - 1n), run(-1));
  for (const seed of [0.5, 2 ** 53, 2n ** 64n, -(2n ** 63n) - 1n, '1', null]) {
    const message = 'seed: expected a whole number of 64 bits, beyond 2^53 a bigint';
    assert.throws(() => new core.Generator(seed), { name: 'ArgumentError', message });
  }
});
