// The built package as any script would load it: no page, no bundler.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import * as core from '../../www/pkg/gru_playground.js';

const bytes = readFileSync(new URL('../../www/pkg/gru_playground_bg.wasm', import.meta.url));

test('the package loads in Node from its bytes', () => {
  const exports = core.initSync({ module: bytes });
  assert.ok(exports.memory instanceof WebAssembly.Memory);
});

test('the module tells nothing about the machine that built it', () => {
  const text = bytes.toString('latin1');
  const top = fileURLToPath(new URL('../../', import.meta.url));
  for (const place of [top, process.env.HOME, process.env.CARGO_HOME, '/registry/src/']) {
    if (place) assert.ok(!text.includes(place), place);
  }
});
