/** Defines `<gru-playground>`, `<gru-challenge>` and `<gru-question>`. */
import type { Kind } from './names.js';
import { elementOf } from './shell.js';

export type * from './api.js';

for (const kind of ['playground', 'challenge', 'question'] satisfies Kind[]) {
  // A page may have the script twice: the first one counts.
  if (!customElements.get(`gru-${kind}`)) customElements.define(`gru-${kind}`, elementOf(kind));
}
