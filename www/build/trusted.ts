/** Has Lit make its templates by the one policy of `src/engine/trusted.ts`, in the place of one of its own. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const POLICY = fileURLToPath(new URL('../src/engine/trusted.ts', import.meta.url));
const LIT = /\/lit-html\/(?:development\/)?lit-html\.js(?:\?|$)/;
const OWN = /\b[\w.]+\.createPolicy\(\s*(["'])lit-html\1\s*,\s*\{\s*createHTML:\s*\(?(\w+)\)?\s*=>\s*\2,?\s*\}\s*\)/g;

/** Lit's code with our policy; a version of Lit that makes its own in another way is a fault of the build. */
export function withOurPolicy(code: string): string {
  const changed = code.replace(OWN, 'gruPolicy');
  if (changed === code || changed.includes('createPolicy')) throw new Error('lit-html makes its Trusted Types policy in another way: see build/trusted.ts');
  return `import { policy as gruPolicy } from ${JSON.stringify(POLICY)};\n${changed}`;
}

export function trustedTypes(): Plugin {
  return {
    name: 'gru-trusted-types',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      return LIT.test(id.replaceAll('\\', '/')) ? { code: withOurPolicy(code), map: null } : null;
    },
  };
}
