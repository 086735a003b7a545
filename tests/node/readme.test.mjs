// The README's example is run as it stands, so that it stays true.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const top = new URL('../../', import.meta.url);

const readme = readFileSync(new URL('README.md', top), 'utf8');
const examples = Array.from(readme.matchAll(/```js\n(.*?)```/gs), ([, code]) => code);

/** What an example prints, line by line. */
function printed(example) {
  const args = ['--input-type=module', '--eval', example];
  return execFileSync(process.execPath, args, { cwd: fileURLToPath(top), encoding: 'utf8' }).split('\n');
}

const near = (number, expected, line) => assert.ok(Math.abs(Number(number) - expected) < 5e-6, line);

test('the README has an example of each module', () => {
  assert.deepEqual(examples.map((code) => /pkg\/(\w+)\.js/.exec(code)?.[1]), ['gru_playground', 'gru_lab']);
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
