/** The bytes of a wasm module in the single file, by the name that its packer gave it instead of an address. */

declare global {
  /** What the page's first script offers: see `build/boot.js`. */
  var gruUnpack: (name: string) => Uint8Array<ArrayBuffer>;
}

const unpacked = new Map<string, ArrayBuffer>();

/** Unpacked once: several modules of the site are one here. */
export function bytesOf(name: string): Promise<ArrayBuffer> {
  const bytes = unpacked.get(name) ?? globalThis.gruUnpack(name).buffer;
  unpacked.set(name, bytes);
  return Promise.resolve(bytes);
}
