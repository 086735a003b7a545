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

test('a typed shape is read, or refused with its place in UTF-16 units', () => {
  assert.deepEqual(core.parseShape('(4, 10)'), { shape: [4, 10] });
  const text = '(4, \u{1F600})';
  const { diagnostic } = core.parseShape(text);
  const place = diagnostic.labels[0].place;
  assert.equal(text.slice(place.start, place.end), '\u{1F600}');
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
