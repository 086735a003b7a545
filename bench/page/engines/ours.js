// This project, as any script uses it: the lab's module, which has `Gru` at full speed.
import { start } from './wasm.js';

export async function load(flavour) {
  const { Gru } = await start('/pkg/gru_lab.js', flavour);
  return {
    model({ input, hidden, layers, steps, batch, parameters, data }) {
      const gru = new Gru({ input_size: input, hidden_size: hidden, num_layers: layers });
      gru.loadStateDict(Object.fromEntries(parameters.map(({ name, shape, data: values }) => [name, { shape, data: values }])));
      const shape = [steps, batch, input];
      return { run: () => gru.forward(data, shape).output, free: () => gru.free() };
    },
  };
}
