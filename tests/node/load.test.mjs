// Every way of loading the package outside a page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import { bytes, core, top } from './core.mjs';

const pkg = new URL('../../www/pkg/', import.meta.url);

/** What a script posts from a worker, where every module is loaded anew. */
async function posted(script) {
  const text = `import { parentPort } from 'node:worker_threads';\n${script}`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
  try {
    return await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  } finally {
    await worker.terminate();
  }
}

for (const [name, module] of [['gru_lab', core]]) {
  const file = (ending) => new URL(`${name}${ending}`, pkg);
  const loaded = (argument, { entry = '.node.js', before = '' } = {}) =>
    posted(`
      import { readFileSync } from 'node:fs';
      import init from ${JSON.stringify(file(entry).href)};
      const address = new URL(${JSON.stringify(file('_bg.wasm').href)});
      ${before}
      const { memory } = await init(${argument});
      parentPort.postMessage(memory instanceof WebAssembly.Memory);
    `);

  test(`${name} finds itself in Node`, async () => {
    assert.equal(await loaded(''), true);
  });

  for (const argument of ['address', 'address.href', 'Promise.resolve(address)', 'readFileSync(address)', 'new WebAssembly.Module(readFileSync(address))']) {
    test(`${name} is loaded in Node from ${argument}`, async () => {
      assert.equal(await loaded(`{ module_or_path: ${argument} }`), true);
    });
  }

  test(`${name} says which file is not there`, async () => {
    await assert.rejects(loaded("{ module_or_path: new URL('absent.wasm', address) }"), { code: 'ENOENT', message: /absent\.wasm/ });
  });

  test(`${name} finds itself in a page`, async () => {
    // A page can fetch what lies beside a module.
    const before = `globalThis.fetch = async (asked) => {
      if (String(asked) !== address.href) throw new Error(\`\${asked}\`);
      return new Response(readFileSync(asked), { headers: { 'content-type': 'application/wasm' } });
    };`;
    assert.equal(await loaded('', { entry: '.js', before }), true);
  });

  test(`${name} has in Node all that it has in a page, and types that leave the address out`, async () => {
    const names = await posted(`
      import * as entry from ${JSON.stringify(file('.node.js').href)};
      parentPort.postMessage(Object.keys(entry));
    `);
    assert.deepEqual(names.sort(), Object.keys(module).sort());
    assert.match(readFileSync(file('.d.ts'), 'utf8'), /export default function \w+\s*\(module_or_path\?:/);
  });
}

test('it loads from its bytes at once', () => {
  const { memory } = core.initSync({ module: bytes });
  assert.ok(memory instanceof WebAssembly.Memory);
});

test('it loads from a compiled module, asynchronously', async () => {
  const { memory } = await core.default({ module_or_path: await WebAssembly.compile(bytes) });
  assert.ok(memory instanceof WebAssembly.Memory);
});

test('it loads and computes in a worker', async () => {
  const shape = await posted(`
    import { core } from ${JSON.stringify(new URL('core.mjs', import.meta.url).href)};
    const gru = new core.Gru({ input_size: 10, hidden_size: 20, num_layers: 2 }, { seed: 0 });
    parentPort.postMessage(gru.forward({ shape: [5, 3, 10], data: new Float32Array(150) }).output.shape);
  `);
  assert.deepEqual(shape, [5, 3, 20]);
});

test('the module tells nothing about the machine that built it', () => {
  const text = bytes.toString('latin1');
  for (const place of [top, process.env.HOME, process.env.CARGO_HOME, '/registry/src/']) {
    if (place) assert.ok(!text.includes(place), place);
  }
});
