// Answers questions about golden records through the built package: one JSON value a line in, one a line
// out. `cargo xtask golden --wasm` asks, and compares; nothing is judged here.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as core from '../../www/pkg/gru_playground.js';

core.initSync({ module: readFileSync(new URL('../../www/pkg/gru_playground_bg.wasm', import.meta.url)) });

const tensorData = ({ shape, data }) => ({ shape, data: Float32Array.from(data) });
const answered = (name, shape, data) => [name, shape, Array.from(data)];

/** `nn.GRU(...)` with given parameters, called once. */
function forward({ config, state_dict, input, h_0 }) {
  const gru = new core.Gru(config);
  const parameters = Object.entries(state_dict).map(([name, tensor]) => [name, tensorData(tensor)]);
  gru.loadStateDict(Object.fromEntries(parameters));
  const { shape, data } = tensorData(input);
  const result = gru.forward(data, shape, h_0 ? tensorData(h_0) : null);
  return [
    answered('out', result.output_shape, result.output),
    answered('h_n', result.h_n_shape, result.h_n),
  ];
}

/** Calls that draw from one stream, in order. */
function rng(calls) {
  let generator;
  return calls.flatMap(({ name, manual_seed, rand, randn, gru }) => {
    if (manual_seed !== undefined) generator = new core.Generator(manual_seed);
    if (rand) return [answered(name, rand, generator.rand(rand))];
    if (randn) return [answered(name, randn, generator.randn(randn))];
    if (!gru) return [];
    const parameters = core.Gru.fromGenerator(gru, generator).stateDict();
    return Object.entries(parameters).map(([parameter, { shape, data }]) =>
      answered(`${name} ${parameter}`, shape, data),
    );
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { tensors: question.forward ? forward(question.forward) : rng(question.rng) };
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
