import { describe, expect, it } from 'vitest';
import { fromAddress, toAddress } from './address.js';
import { MOST_BYTES, MOST_IN_LINK, packed, unpacked } from './link.js';

const CODE = 'import torch\nx = torch.randn(5, 3)  # größer: 𝛁\nprint(x.shape)\n';

/** Letters that no compression makes shorter. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}

/** Bytes as a link has them, whatever they are. */
async function linked(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const small = await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  return btoa(String.fromCharCode(...new Uint8Array(small))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

describe('code in a link', () => {
  it.each(['', 'x', CODE, CODE.repeat(100)])('is read back as it was', async (code) => {
    const text = (await packed(code)) ?? '';
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length).toBeLessThanOrEqual(MOST_IN_LINK);
    expect(await unpacked(text)).toBe(code);
  });

  it('is refused where a link would be too long, however well it packs', async () => {
    expect(await packed(noise(20_000))).toBeUndefined();
    expect(await packed('x'.repeat(MOST_BYTES + 1))).toBeUndefined();
  });

  it('is not unpacked beyond what code may have', async () => {
    const bomb = await linked(new Uint8Array(MOST_BYTES + 1));
    expect(bomb.length).toBeLessThan(MOST_IN_LINK);
    await expect(unpacked(bomb)).rejects.toThrow();
  });

  it.each(['', '!', 'AAAA', 'abc def', 'A'.repeat(MOST_IN_LINK + 1)])('is refused where it is damaged: %s', async (text) => {
    await expect(unpacked(text)).rejects.toThrow();
  });

  it('is refused where it is no text', async () => {
    await expect(unpacked(await linked(Uint8Array.of(0xff, 0xfe)))).rejects.toThrow();
  });
});

describe('the address of the code view', () => {
  it('carries the code, and nothing where there is none', async () => {
    expect(await toAddress(undefined)).toBe('');
    const query = (await toAddress(CODE)) ?? '';
    expect(query).toMatch(/^c=/);
    expect(await fromAddress(query)).toEqual({ code: CODE, notices: [] });
    expect(await fromAddress('')).toEqual({ code: undefined, notices: [] });
  });

  it('tells what it does not obey', async () => {
    const query = (await toAddress('x = 1')) ?? '';
    const { code, notices } = await fromAddress(`c=%21&${query}&c=AAAA&depth=2`);
    expect(code).toBe('x = 1');
    expect(notices.map(({ given, problem }) => `${given} ${problem}`)).toEqual([
      'c=! is no code: the link is damaged or cut off',
      'c=AAAA is there twice',
      'depth=2 is no setting of this view',
    ]);
  });
});
