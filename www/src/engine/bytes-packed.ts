/** The bytes of a wasm module in the single file, by the name that its packer gave it instead of an address. */

declare global {
  /** What the page's first script offers: see `build/single.html`. */
  var gruUnpack: (name: string) => Promise<ArrayBuffer>;
}

export async function bytesOf(name: string): Promise<ArrayBuffer> {
  return globalThis.gruUnpack(name);
}
