/** `_headers`, which Netlify and Cloudflare Pages obey: the policy of `csp.txt`, and how long what may be kept. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What a policy is for: pages, and the workers' scripts. The single file has its own. */
const UNDER_POLICY = ['/', '/index.html', '/embed.html', '/sw.js', '/assets/*'];

const TEXT = (policy: string): string => `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Access-Control-Allow-Origin: *
${UNDER_POLICY.map((path) => `${path}\n  Content-Security-Policy: ${policy}`).join('\n')}
  Cache-Control: public, max-age=31536000, immutable
`;

export function hostHeaders(): Plugin {
  const policy = readFileSync(new URL('../csp.txt', import.meta.url), 'utf8').trim();
  return {
    name: 'gru-host-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: TEXT(policy) });
    },
  };
}
