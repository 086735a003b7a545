import { defineConfig } from 'vite';
import { first } from './build/first.js';
import { fonts } from './build/fonts.js';
import { licences } from './build/licences.js';
import { names } from './build/names.js';
import { hostHeaders } from './build/headers.js';
import { offline } from './build/offline.js';
import { contentSecurityPolicy } from './build/policy.js';
import { preload } from './build/preload.js';
import { STYLED_BROWSERS } from './build/styles.js';
import { trustedTypes } from './build/trusted.js';

export default defineConfig({
  // Relative addresses: the built site works below any path of any host.
  base: './',
  plugins: [trustedTypes(), licences(), names(), fonts(), first(), contentSecurityPolicy(), preload(), hostHeaders(), offline()],
  server: { host: '127.0.0.1' },
  worker: { format: 'es', plugins: () => [licences({ writes: false })] },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: STYLED_BROWSERS,
    // The policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the views share is one file, not one for each pair of views that share a part; what only some of them draw is apart.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: /\/node_modules\/(?:@?lit|@lit|idb-keyval)|\/src\/(?:ui\/(?:table\/|heatmap\/(?=matrix))?(?!(?:gru-notices|file-drop|notebook)\.)[^/]+$|state\/|playground\/values\/(?:known|matrix|pressed|unit|gru-scrubber|gru-unit)\.)/ }] } } },
  },
});
