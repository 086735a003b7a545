// What every engine of ours and every small wasm module has in common: one instance for each flavour.

/** Loads JavaScript of wasm-bindgen as a module of its own for a flavour, and starts it. */
export async function start(script, flavour) {
  const wasm = new URL(script.replace(/\.js$/, flavour === 'relaxed' ? '_relaxed_bg.wasm' : '_bg.wasm'), location.href);
  const module = await import(`${script}?${flavour}`);
  const { memory } = await module.default({ module_or_path: wasm });
  return { ...module, memory };
}

/** All parameters one after the other, in the order of the state dict. */
export function flat(parameters) {
  const all = new Float32Array(parameters.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of parameters) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}

/** (L, N, K) as (N, L, K), or back. */
export function swapped(data, outer, inner) {
  const width = data.length / (outer * inner);
  const out = new Float32Array(data.length);
  for (let i = 0; i < outer; i += 1) {
    for (let j = 0; j < inner; j += 1) {
      const from = (i * inner + j) * width;
      out.set(data.subarray(from, from + width), (j * outer + i) * width);
    }
  }
  return out;
}
