// Every engine by the name that the report gives it.
export const ENGINES = {
  'this project, relaxed': async () => (await import('./ours.js')).load('relaxed'),
  'this project, simd128': async () => (await import('./ours.js')).load('simd128'),
  'onnxruntime-web': async () => (await import('./ort.js')).load(),
  'tfjs wasm': async () => (await import('./tfjs.js')).load(),
  candle: async () => (await import('./small.js')).load('candle'),
  'naive ndarray': async () => (await import('./small.js')).load('naive'),
};

/** A call as the bench made it: its sizes, parameters, input and the output in float64. */
export async function call(name) {
  const [description, numbers] = await Promise.all(
    [`/models/${name}.json`, `/models/${name}.bin`].map(async (address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response;
    }),
  );
  const { sizes, tensors } = await description.json();
  const all = new Float32Array(await numbers.arrayBuffer());
  let at = 0;
  const parameters = tensors.map(({ name: of, shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    at += count;
    return { name: of, shape, data: all.slice(at - count, at) };
  });
  const take = (of) => parameters.splice(parameters.findIndex((tensor) => tensor.name === of), 1)[0]?.data;
  const data = take('input');
  const expected = take('output');
  return { name, ...sizes, data, expected, parameters };
}
