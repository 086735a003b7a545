/** Defines `<gru-playground>`, `<gru-challenge>`, `<gru-question>` and `<gru-code>`. */
import { ATTRIBUTES, type Kind } from './names.js';
import { elementOf } from './shell.js';

export type * from './api.js';
// For an older version of this script: see there.
export { importPart } from './shell.js';

// Where there is no document, as on a server that draws pages, there is nothing to define.
const kinds = typeof customElements === 'undefined' ? [] : (Object.keys(ATTRIBUTES) as Kind[]);

for (const kind of kinds) {
  try {
    // A page may have the script twice: the first one counts.
    if (!customElements.get(`gru-${kind}`)) customElements.define(`gru-${kind}`, elementOf(kind));
  } catch {
    // A page that lets nobody define it: what its author put into the element stays, and the others are defined still.
  }
}
