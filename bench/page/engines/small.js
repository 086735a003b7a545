// The modules of `bench/peers/`: candle and the naive version.
import { flat, start, swapped } from './wasm.js';

export async function load(peer) {
  const { Model } = await start(`/peers/bench_${peer}.js`, 'simd128');
  return {
    model({ input, hidden, layers, steps, batch, parameters, data }) {
      const model = new Model(input, hidden, layers, flat(parameters));
      // candle's tensors have the batch first: it is given what it likes, outside of what is timed.
      const batchFirst = peer === 'candle';
      const given = batchFirst ? swapped(data, steps, batch) : data;
      return {
        run: () => model.forward(given, steps, batch),
        order: (output) => (batchFirst ? swapped(output, batch, steps) : output),
        free: () => model.free(),
      };
    },
  };
}
