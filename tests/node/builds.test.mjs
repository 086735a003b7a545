// What computes is built twice, behind the same JavaScript: with plain and with relaxed SIMD. That both say what PyTorch
// says, `cargo xtask golden --wasm` checks.
import './relaxed.mjs';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { maxDifference, top } from './core.mjs';

const published = (name) => readFileSync(new URL(`../../www/pkg/${name}_bg.wasm`, import.meta.url));

/** A module of JavaScript of its own for each build. */
async function load(name, build) {
  const module = await import(`../../www/pkg/${name}.js?${build}`);
  module.initSync({ module: published(build === 'relaxed' ? `${name}_relaxed` : name) });
  return module;
}

const outputs = new Map();

for (const build of ['plain', 'relaxed']) {
  test(`the playground's module with ${build} SIMD runs a plan`, async () => {
    const { Experiment } = await load('gru_run', build);
    const config = { input_size: 3, hidden_size: 5, num_layers: 2, bias: true, batch_first: false, dropout: 0, bidirectional: true };
    const run = new Experiment({ config, input_shape: [4, 2, 3], h_0_shape: [4, 2, 5] }, 0);
    const { output, output_shape, trace } = run.finish();
    assert.deepEqual(output_shape, [4, 2, 10]);
    assert.equal(trace.length, 4);
    assert.ok(output.every(Number.isFinite) && output.some((value) => value !== 0));
    outputs.set(build, output);
  });
}

test('both builds compute the same', () => {
  assert.ok(maxDifference(outputs.get('plain'), outputs.get('relaxed')) <= 5e-6);
});

test('the relaxed modules tell nothing about the machine that built them', () => {
  for (const name of ['gru_run_relaxed', 'gru_lab_relaxed']) {
    const text = published(name).toString('latin1');
    for (const place of [top, process.env.HOME, process.env.CARGO_HOME, '/registry/src/']) {
      if (place) assert.ok(!text.includes(place), `${name}: ${place}`);
    }
  }
});
