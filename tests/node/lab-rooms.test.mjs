// The lab's rooms through the built package: what their own code printed in PyTorch.
import assert from 'node:assert/strict';
import test from 'node:test';
import { goldens, lab } from './core.mjs';

const records = (room) => goldens('lab/rooms.jsonl').filter((record) => record.room === room);
const codeOf = (view) => view.code.map(({ segments }) => segments.map(({ text }) => text).join('')).join('\n');
const numbers = (text) => (text.match(/-?\d+\.?\d*(?:e[+-]\d+)?(?![\w])/g) ?? []).map(Number);

function assertClose(ours, theirs, relative, absolute, what) {
  assert.equal(ours.length, theirs.length, what);
  ours.forEach((value, i) => {
    const off = Math.abs(value - theirs[i]);
    assert.ok(off <= absolute + relative * Math.abs(theirs[i]), `${what}[${i}]: ${value}, PyTorch ${theirs[i]}`);
  });
}

test('gradients through time are those of PyTorch', () => {
  for (const { setup, code, printed } of records('gradients')) {
    const run = new lab.GradientsRun(setup);
    assert.ok(run.step() < 1);
    const view = run.finish();
    assert.equal(codeOf(view), code);
    const norms = printed.filter((line) => line.startsWith('|dL/dh_t|'));
    view.modules.forEach(({ module, grad_h }, i) => assertClose(grad_h, JSON.parse(norms[i].slice(9)), 1e-4, 0, module));
  }
});

test('the other GRUs part from nn.GRU as their code says', () => {
  for (const { setup, code, printed } of records('variants')) {
    const view = new lab.VariantsRun(setup).finish();
    assert.equal(codeOf(view), code);
    const lists = printed.filter((line) => line.startsWith('['));
    view.outputs.slice(1).forEach(({ difference }, i) => assertClose(difference, JSON.parse(lists[i]), 0, 5e-6, `variant ${i + 1}`));
  }
});

test('modules and cells have the parameters that PyTorch draws', () => {
  for (const { setup, code, printed } of records('modules')) {
    const view = lab.moduleCard(setup);
    assert.equal(codeOf(view), code);
    view.card.parameters.forEach(({ name, first }, i) => {
      assert.ok(printed[i].startsWith(`${name} (`) && printed[i].endsWith(first), printed[i]);
    });
  }
});

test('packing does and says what PyTorch does and says', () => {
  for (const { setup, code, printed, exception, message } of records('packing')) {
    const { packing, ...view } = lab.packing(setup);
    assert.equal(codeOf(view), code);
    const raised = packing.diagnostics.find(({ raises }) => raises);
    assert.deepEqual([raised?.exception ?? null, raised?.message ?? null], [exception, message]);
    if (packing.packed) {
      const { printed_shape, printed_batch_sizes, printed_sorted } = packing.packed;
      const lines = [printed_shape, printed_batch_sizes, printed_sorted].join('\n').split('\n');
      assert.deepEqual(printed.slice(0, lines.length), lines);
    }
    const states = packing.readings.filter(({ reverse }) => !reverse).flatMap(({ true_last }) => true_last);
    const last = printed.findIndex((line) => line.startsWith('tensor([['));
    if (states.length > 0) {
      assertClose(states, numbers(printed.slice(last).join(' ')).slice(0, states.length), 0, 1.1e-4, 'h_n');
    }
  }
});

test('what is no setup, or beyond the bounds, is refused by name', () => {
  const [{ setup }] = records('gradients');
  assert.throws(() => new lab.GradientsRun({ ...setup, loss: 'none' }), { name: 'ArgumentError' });
  assert.throws(() => new lab.GradientsRun({ ...setup, seq_len: 501 }), { name: 'SetupError', message: /seq_len must be in \[1, 500\], got 501/ });
});
