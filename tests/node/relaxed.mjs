// Relaxed SIMD in Node: its older releases have it behind a flag.
import v8 from 'node:v8';

/** A function of three splats and f32x4.relaxed_madd. */
const RELAXED = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11,
);

if (!WebAssembly.validate(RELAXED)) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
