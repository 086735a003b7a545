/**
 * The one Trusted Types policy of all that we load, by a name of our own: a page of others that requires them allows
 * `trusted-types gru-playground`.
 *
 * Lit's templates are made by it too (`build/trusted.ts` sees to that): under Lit's own name a page that has Lit itself, and allows
 * each name once, would refuse ours. It is handed to nobody else: whoever has it can make a script of any text.
 */
const NAME = 'gru-playground';

interface Policy {
  createHTML(html: string): string;
  createScriptURL(url: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

function make(): Policy | undefined {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  try {
    return trustedTypes?.createPolicy(NAME, { createHTML: (html) => html, createScriptURL: (url) => url });
  } catch {
    // A page that names its policies and not ours. It may require none of them: then nothing is missing.
    return undefined;
  }
}

/** For Lit's templates, which are texts of ours; none where the browser knows no such policies, or the page forbids ours. */
export const policy = make();

/** The address of a script of ours, for what starts it. */
export function scriptUrl(url: string): string {
  return policy?.createScriptURL(url) ?? url;
}

/** Whether the page requires Trusted Types and does not allow our policy. */
export function isForbidden(): boolean {
  if (policy) return false;
  try {
    new DOMParser().parseFromString('', 'text/html');
    return false;
  } catch {
    return true;
  }
}
