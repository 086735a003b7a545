// One engine in a page of its own: how long until its first result, what it loaded, what memory it took.

/** Every wasm memory of the page, wherever it was made. */
const memories = new Set();
const { Memory } = WebAssembly;
for (const name of ['instantiate', 'instantiateStreaming']) {
  const real = WebAssembly[name].bind(WebAssembly);
  WebAssembly[name] = async (...values) => {
    const made = await real(...values);
    const { exports } = made instanceof WebAssembly.Instance ? made : made.instance;
    for (const value of Object.values(exports)) if (value instanceof Memory) memories.add(value);
    return made;
  };
}
WebAssembly.Memory = class extends Memory {
  constructor(...values) {
    super(...values);
    memories.add(this);
  }
};

const { ENGINES, call } = await import('./engines/all.js');
const query = new URLSearchParams(location.search);
const of = await call(query.get('call'));
const load = ENGINES[query.get('engine')];
const model = await (await load()).model(of);
await model.run();
window.cold = {
  milliseconds: performance.now(),
  files: performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  memory: [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
};
