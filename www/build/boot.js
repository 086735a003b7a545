// The single file's first script: unpacks the others. Packs are raw deflate, four bytes as five characters from ( to |, where
// ~ stands for <, which would end an element.
globalThis.gruUnpack = async (name) => {
  const text = document.getElementById('pack-' + name).textContent.trim();
  const bytes = new Uint8Array((text.length / 5) * 4);
  for (let from = 0, to = 0; from < text.length; to += 4) {
    let word = 0;
    for (const end = from + 5; from < end; from += 1) {
      const code = text.charCodeAt(from);
      word = word * 85 + (code === 126 ? 60 : code) - 40;
    }
    bytes[to] = word >>> 24;
    bytes[to + 1] = word >>> 16;
    bytes[to + 2] = word >>> 8;
    bytes[to + 3] = word;
  }
  // What fills the last word is not read.
  const packed = bytes.subarray(0, bytes.length - document.getElementById('pack-' + name).dataset.fill);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer();
};
globalThis.gruUnpack('app').then((bytes) => {
  const script = document.createElement('script');
  script.type = 'module';
  script.textContent = new TextDecoder().decode(bytes);
  document.body.append(script);
});
