// The installed package in Node, where there is no document and no fetch of files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const SIZES = { input_size: 10, hidden_size: 20, num_layers: 2 };
// torch.manual_seed(0); gru = nn.GRU(10, 20, 2); gru(torch.randn(5, 3, 10))[0][0, 0, 0].item()
const near = (number) => assert.ok(Math.abs(number - -0.04543720930814743) < 5e-6, String(number));

test('the elements are imported and define nothing', async () => {
  assert.equal(typeof customElements, 'undefined');
  await import('gru-playground');
});

test('the anywidget module is imported', async () => {
  const { default: widget } = await import('gru-playground/widget');
  assert.equal(typeof widget.render, 'function');
});

test('the core loads itself', async () => {
  const { default: init, Generator, Gru } = await import('gru-playground/core');
  await init();
  const generator = new Generator(0);
  const gru = new Gru(SIZES, { generator });
  near(gru.forward(generator.randn([5, 3, 10])).output.data[0]);
});

test('what of others goes with the package stands in it, with its licence', () => {
  const text = readFileSync(new URL('licences.txt', import.meta.resolve('gru-playground/package.json')), 'utf8');
  for (const name of ['npm package lit ', 'Rust crate wasm-bindgen ', 'typeface ']) assert.ok(text.includes(`\n${name}`), name);
});

test('what else the package exports is found', async () => {
  for (const name of ['core.wasm', 'custom-elements.json', 'package.json']) {
    assert.ok(import.meta.resolve(`gru-playground/${name}`).startsWith('file:'), name);
  }
});
