import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** The policy of the site's pages, as a header. */
export const POLICY = readFileSync(new URL('../csp.txt', import.meta.url), 'utf8').trim();

/** The same without who may frame it: a meta tag cannot say that, and `embed.html` is made to be framed by anyone. */
export const FRAMEABLE_POLICY = POLICY.split('; ').filter((directive) => !directive.startsWith('frame-ancestors')).join('; ');

/**
 * Puts the policy of `csp.txt` into the built page, so that a host which sends no headers keeps it too.
 * The server of `cargo xtask serve` sends the same file as a header. Vite's dev server inlines its styles,
 * so it goes without.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: FRAMEABLE_POLICY }, injectTo: 'head-prepend' },
    ],
  };
}
