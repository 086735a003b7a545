// Runs programs through the module that the page loads for them: a program a line in (JSON), what came of it a line out.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import init, * as core from '../../www/pkg/gru_code.js';

await init({ module_or_path: readFileSync(new URL('../../www/pkg/gru_code_bg.wasm', import.meta.url)) });

for await (const line of createInterface({ input: process.stdin })) {
  const { code, steps } = JSON.parse(line);
  let answer;
  try {
    const { stdout, raised, refused, stopped } = core.runProgram(code, steps);
    answer = { stdout, raised, refused, stopped: stopped && stopped.what };
  } catch (error) {
    answer = { crashed: String(error) };
    core.__wbg_reset_state();
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
