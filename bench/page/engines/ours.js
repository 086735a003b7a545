// This project, as any script uses it: the lab's module, which has `Gru` at full speed.
import { start } from './wasm.js';

export async function load(flavour) {
  const { Gru } = await start('/pkg/gru_lab.js', flavour);
  return {
    model({ input, hidden, layers, steps, batch, parameters, data }) {
      const options = { input_size: input, hidden_size: hidden, num_layers: layers };
      const gru = Gru.fromStateDict(options, Object.fromEntries(parameters.map(({ name, ...tensor }) => [name, tensor])));
      const output = new Float32Array(steps * batch * hidden);
      return {
        run: () => {
          gru.forwardInto(data, steps, batch, output);
          return output;
        },
        free: () => gru.free(),
      };
    },
  };
}
