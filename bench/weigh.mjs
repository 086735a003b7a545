// What files weigh after gzip and after brotli, each at its best: paths in, [gzip, brotli] for each of them out.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const weights = process.argv.slice(2).map((path) => {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return [gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, { params }).length];
});
process.stdout.write(JSON.stringify(weights));
