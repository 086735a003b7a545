// onnxruntime-web on its wasm backend, in one thread.
import * as ort from '/node_modules/onnxruntime-web/dist/ort.wasm.min.mjs';

export async function load() {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
  return {
    async model({ name, input, steps, batch, data }) {
      const file = await fetch(`/models/${name}.onnx`);
      const session = await ort.InferenceSession.create(await file.arrayBuffer(), { executionProviders: ['wasm'] });
      const feeds = { input: new ort.Tensor('float32', data, [steps, batch, input]) };
      return { run: async () => (await session.run(feeds)).output.data, free: () => session.release() };
    },
  };
}
