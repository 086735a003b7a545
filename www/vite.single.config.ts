import { defineConfig } from 'vite';
import { fonts } from './build/fonts.js';
import { licences } from './build/licences.js';
import { single } from './build/single.js';
import { STYLED_BROWSERS } from './build/styles.js';
import { trustedTypes } from './build/trusted.js';

/** The page in one file: `cargo xtask build --single`. */
export default defineConfig({
  plugins: [trustedTypes(), licences({ writes: false }), fonts(), single('gru-playground.html')],
  publicDir: false,
  build: {
    outDir: '../dist-single',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: STYLED_BROWSERS,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: false,
    rolldownOptions: { input: 'src/single.ts', output: { codeSplitting: false } },
  },
});
