import { defineConfig } from 'vite';
import { fonts } from './build/fonts.js';
import { minifyStyles } from './build/minify.js';
import { single } from './build/single.js';

/** The page in one file: `cargo xtask build --single`. */
export default defineConfig({
  plugins: [fonts(), minifyStyles(), single('gru-playground.html')],
  publicDir: false,
  build: {
    outDir: '../dist-single',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    modulePreload: false,
    rolldownOptions: { input: 'src/single.ts', output: { codeSplitting: false } },
  },
});
