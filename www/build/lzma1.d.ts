/** What we use of lzma1, whose types are its sources, written under other rules than ours. */
export function compress(data: Uint8Array, mode: 9): Uint8Array;
