import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { fonts } from './build/fonts.js';
import { minifyTemplates } from './build/minify.js';
import { offline } from './build/offline.js';

/**
 * Puts the policy of `csp.txt` into the built page, so that a host which sends no headers keeps it too.
 * The server of `cargo xtask serve` sends the same file as a header. Vite's dev server inlines its styles,
 * so it goes without.
 */
function contentSecurityPolicy(): Plugin {
  const content = readFileSync(new URL('csp.txt', import.meta.url), 'utf8').trim();
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}

export default defineConfig({
  // Relative addresses: the built site works below any path of any host.
  base: './',
  plugins: [fonts(), minifyTemplates(), contentSecurityPolicy(), offline()],
  server: { host: '127.0.0.1' },
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // The policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
