// The examples of the package's own README are run, and print what it says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'node:test';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const readme = readFileSync(at('node_modules/gru-playground/README.md'), 'utf8');
const examples = [...readme.matchAll(/```js\n(.*?)```\n\nIt prints:\n\n```text\n(.*?)```/gs)];

test('every example in JavaScript has its output', () => {
  assert.equal(examples.length, readme.match(/```js\n/g)?.length);
  assert.ok(examples.length > 0);
});

for (const [index, [, code, printed]] of examples.entries()) {
  test(`example ${index + 1} prints what the README says`, () => {
    const file = at(`readme-${index + 1}.mjs`);
    writeFileSync(file, code);
    assert.equal(execFileSync(process.execPath, [file], { encoding: 'utf8' }), printed);
  });
}
