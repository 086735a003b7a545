/** The bytes of a wasm module, by its address. The single file has its own (`bytes-packed.ts`). */
export async function bytesOf(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${String(response.status)} ${response.statusText}`);
  return response.arrayBuffer();
}
