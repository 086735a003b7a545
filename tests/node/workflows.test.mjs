// What CI runs of others is named by the hash of its content: a tag can be moved, a hash cannot.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../.github/workflows/', import.meta.url));
const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

test('every action of every workflow is pinned by a hash, and says its version', () => {
  const used = readdirSync(FOLDER).flatMap((file) =>
    [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/^\s*(?:- )?uses:\s*(.*?)\s*$/gm)].map(([, action]) => action));
  assert.ok(used.length > 5);
  for (const action of used) assert.match(action, PINNED);
});
