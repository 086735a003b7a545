// Shapes, messages and costs as JavaScript gets them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { core } from './core.mjs';

const legal = { config: { input_size: 10, hidden_size: 20, num_layers: 2 }, input: { shape: [5, 3, 10] } };
const broken = { config: { input_size: 8, hidden_size: 16 }, input: { shape: [4, 10] } };

const error = (call) => core.diagnose(call).diagnostics.find(({ severity }) => severity === 'error');

test('a legal call has every tensor\'s shape and no error', () => {
  assert.equal(error(legal), undefined);
  const { trace } = core.diagnose(legal);
  const shape = (name) => trace.tensors.find((tensor) => tensor.name === name)?.shape;
  assert.deepEqual(shape('output'), [5, 3, 20]);
  assert.deepEqual(shape('h_n'), [2, 3, 20]);
});

test('a mistake has PyTorch\'s message, for the release that is asked', () => {
  const newest = error(broken);
  assert.equal(newest.exception, 'RuntimeError');
  assert.equal(newest.message, 'input.size(-1) must be equal to input_size. Expected 8, got 10');
  const old = error({ ...broken, release: '1.10.0' });
  assert.equal(old.message, 'input must have 3 dimensions, got 2');
});

test('every offered fix gives a call without that error, and says what it writes', () => {
  const { help } = error(broken);
  assert.ok(help.length > 0);
  for (const fix of help) {
    assert.ok(fix.code.length > 0);
    assert.equal(error(core.applyFix(broken, fix)), undefined, fix.code);
  }
});

test('what is no call throws a named error', () => {
  for (const call of [undefined, null, 5, 'nonsense', {}, { config: {} }, { ...legal, release: 'new' }]) {
    assert.throws(() => core.diagnose(call), { name: 'ArgumentError' }, JSON.stringify(call));
  }
});

test('an option that nn.GRU does not have is answered by PyTorch, with the nearest as the fix', () => {
  const { input } = legal;
  for (const name of ['num_layer', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'a b']) {
    const config = Object.fromEntries([['input_size', 10], [name, 2], ['hidden_size', 20]]);
    const { exception, message } = error({ config, input });
    assert.equal(`${exception}: ${message}`, `TypeError: RNNBase.__init__() got an unexpected keyword argument '${name}'`);
    assert.equal(error({ config, input, release: '1.10.0' }).message, `__init__() got an unexpected keyword argument '${name}'`);
  }
  const misspelt = { config: { input_size: 10, hidden_size: 20, num_layer: 2 }, input };
  const [fix] = error(misspelt).help;
  assert.equal(fix.code, 'gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)');
  assert.deepEqual(core.diagnose(core.applyFix(misspelt, fix)).trace, core.diagnose(legal).trace);
  // The first that is written is the first that Python finds, before those of `other`.
  const several = { config: { input_size: 10, b: 1, a: 1, hidden_size: 20, other: [['c', 1]] }, input };
  assert.match(error(several).message, /'b'$/);
  assert.deepEqual(core.applyFix(several, { statement: '', code: '', edits: [] }).config.other, [['b', 1], ['a', 1], ['c', 1]]);
  // What is undefined is not written.
  assert.equal(error({ config: { ...legal.config, num_layer: undefined }, input }), undefined);
});

test('an option of another kind or written twice is answered by PyTorch', () => {
  const message = (config) => error({ config: { ...legal.config, ...config }, input: legal.input }).message;
  assert.equal(message({ num_layers: { float: 2 } }), "'float' object cannot be interpreted as an integer");
  assert.equal(message({ num_layers: NaN }), "'float' object cannot be interpreted as an integer");
  assert.equal(message({ num_layers: -1.5 }), 'num_layers must be greater than zero');
  assert.equal(message({ other: [['num_layers', 2]] }), 'keyword argument repeated: num_layers');
  assert.equal(message({ num_layer: 2, other: [['num_layer', 2]] }), 'keyword argument repeated: num_layer');
});

test('a field that is no part of a call throws an error that names it and its place', () => {
  const { config, input } = legal;
  const h_0 = { shape: [2, 3, 20] };
  const cases = [
    [{ config, input, h0: h_0 }, 'call.h0: unknown key; there are config, input, h_0, release'],
    [{ config, input: { ...input, devcie: 'cpu' } }, 'call.input.devcie: unknown key; there are shape, dtype, value, array, device'],
    [{ config, input, h_0: { ...h_0, dytpe: 'float64' } }, 'call.h_0.dytpe: unknown key; there are shape, dtype, value, array, device'],
    [{ config, input, constructor: 1 }, 'call.constructor: unknown key; there are config, input, h_0, release'],
    [{ config: { ...config, dropout: { flaot: 1 } }, input }, 'call.config.dropout.flaot: unknown key; there are float, tuple, int64'],
  ];
  for (const [call, message] of cases) {
    for (const ask of [core.diagnose, core.code, core.cost]) assert.throws(() => ask(call), { name: 'ArgumentError', message });
  }
  const [fix] = error(broken).help;
  const edits = [{ edit: 'set_option', name: 'num_layers', vlaue: 2 }];
  assert.throws(() => core.applyFix(broken, { ...fix, cdoe: '' }), { message: /^fix\.cdoe: unknown key/ });
  assert.throws(() => core.applyFix(broken, { ...fix, edits }), { message: /^fix\.edits\[0\]\.vlaue: unknown key/ });
});

test('arrays, ints of NumPy and devices are answered by PyTorch, with what makes tensors of them', () => {
  const first = (call) => {
    const { exception, message, help } = error(call);
    return [`${exception}: ${message}`, help[0].code];
  };
  assert.deepEqual(first({ config: legal.config, input: { array: [5, 3, 10] } }), [
    "AttributeError: 'numpy.ndarray' object has no attribute 'dim'", 'x = torch.from_numpy(x).to(torch.float32)',
  ]);
  assert.deepEqual(first({ config: { ...legal.config, hidden_size: { int64: 20 } }, input: legal.input }), [
    'TypeError: hidden_size should be of type int, got: int64', 'gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)',
  ]);
  assert.deepEqual(first({ config: legal.config, input: { shape: [5, 3, 10], device: 'cuda' } }), [
    'RuntimeError: Input and parameter tensors are not at the same device, found input tensor at cuda:0 and parameter tensor at cpu',
    "gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, device='cuda')",
  ]);
  assert.throws(() => core.diagnose({ config: legal.config, input: { array: [5], dtype: 'bfloat16' } }), { name: 'ArgumentError' });
});

test('a module is not built with an option that it does not have', () => {
  const message = 'options.num_layer: unknown key; there are input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional';
  assert.throws(() => new core.Gru({ input_size: 3, hidden_size: 2, num_layer: 2 }), { name: 'ArgumentError', message });
});

test('a typed shape is read, or refused with its place in UTF-16 units', () => {
  assert.deepEqual(core.parseShape('(4, 10)'), { shape: [4, 10] });
  const text = '(4, \u{1F600})';
  const { diagnostic } = core.parseShape(text);
  const place = diagnostic.labels[0].place;
  assert.equal(text.slice(place.start, place.end), '\u{1F600}');
});

test('a draft is read, with the shapes that follow and all that answers its call', () => {
  const config = { input_size: 10, hidden_size: 20, num_layers: 2, bidirectional: true };
  const draft = {
    config, seq_len: 5, batch: 3, unbatched: false, input: null, input_dtype: 'float32', give_h_0: true, h_0: '(4, 3, \u{1F600})',
    h_0_dtype: 'float32', release: null,
  };
  const { draft: made, reading, look } = core.lookAtDraft(draft, 0);
  assert.equal(made, null);
  assert.deepEqual(reading.following, { input: [5, 3, 10], h_0: [4, 3, 20] });
  assert.deepEqual([reading.call.input.shape, reading.call.h_0.shape, reading.input], [[5, 3, 10], [4, 3, 20], null]);
  const { place } = reading.h_0.labels[0];
  assert.equal(draft.h_0.slice(place.start, place.end), '\u{1F600}');
  assert.deepEqual(look, core.look(reading.call, 0));
  assert.deepEqual(look.diagnosis.h_0_shape, [4, 3, 20]);
  const taken = core.lookAtDraft({ ...draft, call: { config, input: { shape: [4, 10] } } });
  const { input, unbatched, seq_len, batch, give_h_0, h_0 } = taken.draft;
  assert.deepEqual({ input, unbatched, seq_len, batch, give_h_0, h_0 }, { input: null, unbatched: true, seq_len: 4, batch: 3, give_h_0: false, h_0: null });
  assert.deepEqual(core.lookAtDraft(taken.draft).reading, taken.reading);
});

test('costs are exact', () => {
  const cost = core.cost(legal);
  assert.equal(cost.total_parameters, 4440n);
  assert.equal(cost.parameters.find(({ name }) => name === 'weight_ih_l1').count, 1200n);
  // Per step and sample: 3H(I + H) in the first layer, 3H(H + H) in the second.
  assert.equal(cost.multiply_adds, 15n * (60n * 30n + 60n * 40n));
  assert.equal(cost.forward_refusal, null);
  const huge = { config: { input_size: 1, hidden_size: 2 ** 28 }, input: { shape: [1, 1, 1] } };
  const { total_parameters, forward_refusal } = core.cost(huge);
  const H = 2n ** 28n;
  assert.equal(total_parameters, 3n * H + 3n * H * H + 6n * H);
  assert.equal(typeof forward_refusal, 'string');
});

test('the releases are offered newest first', () => {
  const releases = core.releases();
  assert.ok(releases.length > 1);
  assert.ok(releases[0].label.includes('2.15'));
});

test('the code is what the call does', () => {
  const text = core.code(legal, 0).map((line) => line.segments.map((segment) => segment.text).join('')).join('\n');
  assert.match(text, /nn\.GRU\(input_size=10, hidden_size=20, num_layers=2\)/);
  assert.match(text, /torch\.manual_seed\(0\)/);
});
