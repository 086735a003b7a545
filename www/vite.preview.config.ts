import { defineConfig } from 'vite';
import { previewHost, type Served } from './build/preview-host.js';

/** A built folder on 127.0.0.1, for `cargo xtask serve` and for tests, which say by `GRU_SERVED` how it is served. */
export default defineConfig({
  // What is not there is not found: no page stands in for another.
  appType: 'mpa',
  plugins: [previewHost(JSON.parse(process.env['GRU_SERVED'] ?? '{}') as Served)],
  // Course pages load the elements from here, and so do frames without an origin.
  preview: { host: '127.0.0.1', strictPort: true, cors: { origin: '*' } },
});
