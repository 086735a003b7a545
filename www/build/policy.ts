import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Puts the policy of `csp.txt` into the built page, so that a host which sends no headers keeps it too.
 * The server of `cargo xtask serve` sends the same file as a header. Vite's dev server inlines its styles,
 * so it goes without.
 */
export function contentSecurityPolicy(): Plugin {
  const content = readFileSync(new URL('../csp.txt', import.meta.url), 'utf8').trim();
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}
