// The single file's first script: unpacks the others. Packs are LZMA, four bytes as five characters from ( to |, where ~ stands
// for <, which would end an element.
import { Decoder } from '../node_modules/lzma1/lib/decoder.js';
import { InputBuffer, OutputBuffer } from '../node_modules/lzma1/lib/streams.js';

globalThis.gruUnpack = (name) => {
  const pack = document.getElementById(`pack-${name}`);
  const text = pack.textContent.trim();
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
  const packed = bytes.subarray(0, bytes.length - pack.dataset.fill);
  const unpacked = new OutputBuffer(packed.length * 4);
  new Decoder().decompress(new InputBuffer(packed), unpacked);
  return new Uint8Array(unpacked.toArray());
};

const script = document.createElement('script');
script.type = 'module';
script.textContent = new TextDecoder().decode(globalThis.gruUnpack('app'));
document.body.append(script);
