// The README's examples are run as they stand, so that they stay true.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const top = new URL('../../', import.meta.url);

const readme = readFileSync(new URL('README.md', top), 'utf8');
const examples = Array.from(readme.matchAll(/```js\n(.*?)```/gs), ([, code]) => code);

/** A project that has the built package. */
const project = mkdtempSync(join(tmpdir(), 'gru-readme-'));
mkdirSync(join(project, 'node_modules'));
symlinkSync(fileURLToPath(new URL('www/pkg', top)), join(project, 'node_modules/gru-playground'), 'junction');
after(() => rmSync(project, { recursive: true }));

/** What an example prints there, line by line. */
function printed(example) {
  const args = ['--input-type=module', '--eval', example];
  return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' }).split('\n');
}

const near = (number, expected, line) => assert.ok(Math.abs(Number(number) - expected) < 5e-6, line);

test("the README's examples are of the core", () => {
  assert.deepEqual(examples.map((code) => /gru-playground\/(\w+)'/.exec(code)?.[1]), ['core', 'core']);
  for (const code of examples) assert.match(code, /^await init\(\);$/m);
});

test("the page's example prints a shape, PyTorch's number and PyTorch's message", () => {
  const [values, message] = printed(examples[0]);
  // torch.manual_seed(0); gru = nn.GRU(10, 20, 2); print(gru(torch.randn(5, 3, 10))[0][0, 0, 0].item())
  const [, number] = /^\[ 5, 3, 20 \] (\S+)$/.exec(values);
  near(number, -0.04543720930814743, values);
  assert.match(message, /^RuntimeError: input\.size\(-1\) must be equal to input_size\. Expected 8, got 10 \[/);
});

test("the lab's example prints PyTorch's gradient and PyTorch's losses", () => {
  const [gradient, losses] = printed(examples[1]);
  const [, number] = /^\[ 60, 10 \] (\S+)$/.exec(gradient);
  near(number, 0.007394604384899139, gradient);
  const [first, last] = losses.split(' ');
  near(first, 0.16193927824497223, losses);
  near(last, 0.052382029592990875, losses);
});
