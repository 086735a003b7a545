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

const PLAN = {
  config: { input_size: 3, hidden_size: 5, num_layers: 2, bias: true, batch_first: false, dropout: 0, bidirectional: true },
  input_shape: [4, 2, 3],
  h_0_shape: [4, 2, 5],
};

const outputs = new Map();

for (const build of ['plain', 'relaxed']) {
  test(`the playground's module with ${build} SIMD runs a plan`, async () => {
    const { Experiment } = await load('gru_run', build);
    const run = new Experiment(PLAN, 0);
    const { output, output_shape, trace } = run.finish();
    assert.deepEqual(output_shape, [4, 2, 10]);
    assert.equal(trace.length, 4);
    assert.ok(output.every(Number.isFinite) && output.some((value) => value !== 0));
    outputs.set(build, output);
  });

  test(`with ${build} SIMD it may keep the gates at one place`, async () => {
    const { Experiment } = await load('gru_run', build);
    const run = (keep) => new Experiment(PLAN, 0, undefined, keep);
    const { trace: every } = run().finish();
    assert.deepEqual(every.map(({ layer, reverse }) => [layer, reverse]), [[0, false], [0, true], [1, false], [1, true]]);
    for (const { layer, reverse, ...gates } of every) {
      const [kept, ...others] = run({ layer, reverse, sample: 1 }).finish().trace;
      assert.deepEqual([kept.layer, kept.reverse, kept.sample, kept.shape, others], [layer, reverse, 1, [4, 1, 5], []]);
      for (const name of ['pre_r', 'pre_z', 'pre_n', 'n_input', 'n_hidden', 'r', 'z', 'n', 'h']) {
        assert.deepEqual([...kept[name]], [...gates[name]].filter((_, i) => Math.floor(i / 5) % 2 === 1), name);
      }
    }
    const place = { layer: 0, reverse: false, sample: 0 };
    for (const beyond of [{ layer: 2 }, { sample: 2 }]) {
      assert.throws(() => run({ ...place, ...beyond }), { name: 'ArgumentError', message: 'the call has no such layer, direction and sample' });
    }
    assert.throws(() => run({ ...place, layer: -1 }), { name: 'ArgumentError' });
    assert.throws(() => run({ layer: 0, reverse: false }), { name: 'ArgumentError' });
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
