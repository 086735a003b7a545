/** `_headers`, which Netlify and Cloudflare Pages obey: who may load what, the policy of `csp.txt`, and how long what may be kept. */
import type { Plugin } from 'vite';
import { FRAMEABLE_POLICY, POLICY } from './policy.js';

/** The page itself, which is framed by nobody else. */
const UNFRAMED = ['/', '/index.html'];

/** What else a policy is for: the page of a frame, the page of names, and the workers' scripts. The single file has its own. */
const UNDER_POLICY = ['/embed.html', '/python.html', '/sw.js', '/assets/*', '/embed/*'];

/** What keeps its name from version to version. */
const ASKED_ANEW = ['/', '/index.html', '/embed.html', '/python.html', '/gru-playground.html', '/manifest.webmanifest', '/sw.js', '/embed/*'];

const KEPT = ['/assets/*'];

/** A rule for each path, once: hosts add up what several patterns say of a path, and some heed one block alone of a pattern. */
function rules(): string {
  const rules = new Map([['/*', ['X-Content-Type-Options: nosniff', 'Referrer-Policy: no-referrer', 'Access-Control-Allow-Origin: *']]]);
  const add = (paths: readonly string[], header: string): void => {
    for (const path of paths) rules.set(path, [...(rules.get(path) ?? []), header]);
  };
  add(UNFRAMED, `Content-Security-Policy: ${POLICY}`);
  add(UNDER_POLICY, `Content-Security-Policy: ${FRAMEABLE_POLICY}`);
  add(ASKED_ANEW, 'Cache-Control: no-cache');
  add(KEPT, 'Cache-Control: public, max-age=31536000, immutable');
  return [...rules].map(([path, headers]) => [path, ...headers.map((header) => `  ${header}`), ''].join('\n')).join('');
}

export function hostHeaders(): Plugin {
  return {
    name: 'gru-host-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: rules() });
    },
  };
}
