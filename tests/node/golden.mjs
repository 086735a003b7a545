// Answers questions about golden records through the built package: one JSON value a line in, one a line
// out. `cargo xtask golden --wasm` asks, and compares; nothing is judged here.
import { createInterface } from 'node:readline';
import { backward, cells, dropout, forward, packed } from './golden/modules.mjs';
import { rng } from './golden/rng.mjs';
import { train } from './golden/train.mjs';
import { variants } from './golden/variants.mjs';

const kinds = { forward, backward, cells, dropout, packed, rng, train, variants };

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { tensors: kinds[question.kind](question) };
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
