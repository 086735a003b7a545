// The README's example is run as it stands, so that it stays true.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const top = new URL('../../', import.meta.url);

test("the README's example prints a shape, PyTorch's number and PyTorch's message", () => {
  const readme = readFileSync(new URL('README.md', top), 'utf8');
  const example = /```js\n(.*?)```/s.exec(readme)?.[1];
  assert.ok(example, 'the README has an example');
  const args = ['--input-type=module', '--eval', example];
  const printed = execFileSync(process.execPath, args, { cwd: fileURLToPath(top), encoding: 'utf8' });
  const [values, message] = printed.split('\n');
  // torch.manual_seed(0); gru = nn.GRU(10, 20, 2); print(gru(torch.randn(5, 3, 10))[0][0, 0, 0].item())
  const [, number] = /^\[ 5, 3, 20 \] (\S+)$/.exec(values);
  assert.ok(Math.abs(Number(number) - -0.04543720930814743) < 5e-6, values);
  assert.match(message, /^RuntimeError: input\.size\(-1\) must be equal to input_size\. Expected 8, got 10 \[/);
});
