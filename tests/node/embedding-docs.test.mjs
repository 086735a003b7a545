// The recipes of docs/embedding.md are the files that the tests of pages of others build.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const recipes = [...read('docs/embedding.md').matchAll(/^<!-- (tests\/\S+) -->\n````\w+\n(.*?)^````$/gms)];

test('every recipe is the tested file, word for word', () => {
  assert.equal(recipes.length, 13);
  for (const [, path, text] of recipes) assert.equal(text, read(path), path);
});
