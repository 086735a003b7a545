// Every way of loading the package outside a page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import { bytes, core, top } from './core.mjs';

test('it loads from its bytes at once', () => {
  const { memory } = core.initSync({ module: bytes });
  assert.ok(memory instanceof WebAssembly.Memory);
});

test('it loads from a compiled module, asynchronously', async () => {
  const { memory } = await core.default({ module_or_path: await WebAssembly.compile(bytes) });
  assert.ok(memory instanceof WebAssembly.Memory);
});

test('it loads and computes in a worker', async () => {
  const script = `
    import { parentPort } from 'node:worker_threads';
    import { core } from ${JSON.stringify(new URL('core.mjs', import.meta.url).href)};
    const gru = new core.Gru({ input_size: 10, hidden_size: 20, num_layers: 2 }, { seed: 0 });
    parentPort.postMessage(gru.forward(new Float32Array(150), [5, 3, 10]).output_shape);
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  const shape = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  assert.deepEqual(shape, [5, 3, 20]);
  await worker.terminate();
});

test('the module tells nothing about the machine that built it', () => {
  const text = bytes.toString('latin1');
  for (const place of [top, process.env.HOME, process.env.CARGO_HOME, '/registry/src/']) {
    if (place) assert.ok(!text.includes(place), place);
  }
});
