// The module for Node: `fetch` refuses addresses of files there, so init() reads what lies beside it.
import { readFile } from 'node:fs/promises';
import load from './NAME.js';

export * from './NAME.js';

const BESIDE = new URL('NAME_bg.wasm', import.meta.url);

/** What can be compiled, in place of the address of a file. */
async function compilable(module) {
  const awaited = await module;
  const address = typeof awaited === 'string' && awaited.startsWith('file:') ? new URL(awaited) : awaited;
  return address instanceof URL && address.protocol === 'file:' ? readFile(address) : awaited;
}

/** Loads the module, as everywhere: without arguments the one beside this file. */
export default async function init({ module_or_path = BESIDE } = {}) {
  return load({ module_or_path: compilable(module_or_path) });
}
