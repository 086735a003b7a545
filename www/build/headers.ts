/** `_headers`, which Netlify and Cloudflare Pages obey: who may load what, the policy of `csp.txt`, and how long what may be kept. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What a policy is for: pages, and the workers' scripts. The single file has its own. */
const UNDER_POLICY = ['/', '/index.html', '/embed.html', '/sw.js', '/assets/*'];

/** What keeps its name from version to version. */
const ASKED_ANEW = ['/', '/index.html', '/embed.html', '/gru-playground.html', '/manifest.webmanifest', '/sw.js', '/embed/*'];

const KEPT = ['/assets/*'];

/** A rule for each path, once: hosts add up what several patterns say of a path, and some heed one block alone of a pattern. */
function rules(policy: string): string {
  const rules = new Map([['/*', ['X-Content-Type-Options: nosniff', 'Referrer-Policy: no-referrer', 'Access-Control-Allow-Origin: *']]]);
  const add = (paths: readonly string[], header: string): void => {
    for (const path of paths) rules.set(path, [...(rules.get(path) ?? []), header]);
  };
  add(UNDER_POLICY, `Content-Security-Policy: ${policy}`);
  add(ASKED_ANEW, 'Cache-Control: no-cache');
  add(KEPT, 'Cache-Control: public, max-age=31536000, immutable');
  return [...rules].map(([path, headers]) => [path, ...headers.map((header) => `  ${header}`), ''].join('\n')).join('');
}

export function hostHeaders(): Plugin {
  const policy = readFileSync(new URL('../csp.txt', import.meta.url), 'utf8').trim();
  return {
    name: 'gru-host-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: rules(policy) });
    },
  };
}
