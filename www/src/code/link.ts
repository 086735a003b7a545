/** Code in a link: compressed by the browser, in letters that an address takes as they are. */

/** So many characters of code, compressed, are carried by a link; beyond, a file carries it. */
export const MOST_IN_LINK = 8 * 1024;
/** No code has more bytes than this, whatever a link unpacks to. */
export const MOST_BYTES = 200 * 1024;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: ReadableWritablePair<Uint8Array, BufferSource>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error('it is too long');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Code as a link has it; undefined where it is too long for one. */
export async function packed(code: string): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(code);
  if (bytes.length > MOST_BYTES) return undefined;
  const small = await through(bytes, new CompressionStream('deflate-raw'), MOST_BYTES);
  const text = btoa(String.fromCharCode(...small.subarray(0, MOST_IN_LINK)));
  if (small.length > MOST_IN_LINK || text.length > MOST_IN_LINK) return undefined;
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The code of a link; rejects where it is none. */
export async function unpacked(text: string): Promise<string> {
  if (text.length > MOST_IN_LINK || !/^[\w-]+$/.test(text)) throw new Error('it is damaged');
  const small = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const bytes = await through(small, new DecompressionStream('deflate-raw'), MOST_BYTES);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
