/** Files of weights through the lab's module, as its worker asks it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lab } from './core.mjs';

const file = (name) => readFileSync(new URL(`../golden/weights/${name}`, import.meta.url));
const CALL = {
  config: { input_size: 3, hidden_size: 2, num_layers: 2, bidirectional: true },
  input: { shape: [5, 3, 3] },
};

test('a file that PyTorch wrote is read, and saved as PyTorch saves it', () => {
  const { report, refusal, weights } = lab.readWeights(file('gru.pt'), 'gru.pt', CALL);
  assert.equal(refusal, null);
  assert.equal(report.usable, true);
  assert.equal(report.entries.length, 16);
  assert.ok(weights instanceof Float32Array);
  const saved = lab.writeWeights('safetensors', CALL, 0, weights);
  assert.deepEqual(Buffer.from(saved), file('gru.safetensors'));
});

test('without weights those are saved that the seed draws', () => {
  const code = Buffer.from(lab.writeWeights('python', CALL, 3)).toString();
  const drawn = lab.readWeights(lab.writeWeights('safetensors', CALL, 3), 'gru.safetensors', CALL).weights;
  const [, first] = /weight_ih_l0": torch\.tensor\(\[\s+\[([-\d.]+),/.exec(code);
  assert.equal(Math.fround(Number(first)), drawn[0]);
  assert.throws(() => lab.writeWeights('safetensors', CALL, 0, new Float32Array(5)), { name: 'ShapeError' });
  assert.throws(() => lab.writeWeights('pickle', CALL, 0), { name: 'ArgumentError' });
});

test('what does not fit comes with edits that the call takes', () => {
  const call = { config: { input_size: 7, hidden_size: 2 }, input: { shape: [5, 3, 7] } };
  const { report, weights } = lab.readWeights(file('gru.pt'), 'gru.pt', call);
  assert.equal(weights, null);
  const [misfit] = report.diagnostics;
  assert.equal(misfit.exception, 'RuntimeError');
  assert.deepEqual(misfit.help[0].edits.slice(0, 3), [
    { edit: 'set_option', name: 'input_size', value: 3 },
    { edit: 'set_option', name: 'num_layers', value: 2 },
    { edit: 'set_option', name: 'bidirectional', value: true },
  ]);
});

test('a bad file is data too', () => {
  const { report, refusal, weights } = lab.readWeights(file('malicious.pt'), 'malicious.pt', CALL);
  assert.equal(report, null);
  assert.equal(weights, null);
  assert.equal(refusal.message, "the file's pickle names posix.system");
  assert.equal(lab.refuseWeights(2e9).message, 'the file needs 2 GB, the limit here is 128 MB');
  assert.equal(lab.refuseWeights(1e6), null);
});

test('an ONNX model of another GRU is held against nn.GRU on what the seed draws, and mended', () => {
  const bytes = file('../weights_cases/s062-one-dynamo.onnx');
  const call = { config: { input_size: 6, hidden_size: 9, batch_first: true }, input: { shape: [3, 5, 6] } };
  const { report, distance, mended } = lab.readWeights(bytes, 'gru.onnx', call, null, 4);
  assert.equal(report.equations, 'reset before the product');
  assert.ok(distance > 0.01 && distance < 1, String(distance));
  assert.ok(mended instanceof Uint8Array);
  assert.equal(lab.readWeights(bytes, 'gru.onnx', call).distance, null);
  const again = lab.readWeights(mended, 'gru.onnx', call, null, 4);
  assert.equal(again.report.equations, 'nn.GRU');
  assert.equal(again.distance, null);
  assert.equal(again.mended, null);
});
