/** The elements as they are defined, by this version or by one that was there first. */
import type { Kind } from './names.js';

/** The attributes that say what an element shows, `theme` among them. */
export function attributesOf(kind: Kind): readonly string[] {
  const defined = customElements.get(`gru-${kind}`) as { readonly observedAttributes?: readonly string[] } | undefined;
  return (defined?.observedAttributes ?? []).filter((name) => name !== 'loading');
}
