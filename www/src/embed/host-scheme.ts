/**
 * Follows the colour scheme of the page around: canvases are painted anew when it changes.
 *
 * Pages switch it by a class or an attribute of their root or body; styles follow by themselves.
 */
import { schemeChanged } from '../ui/theme.js';

let observer: MutationObserver | undefined;
let elements = 0;

export function followHostScheme(): () => void {
  elements += 1;
  if (!observer) {
    observer = new MutationObserver(schemeChanged);
    for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
  }
  return () => {
    elements -= 1;
    if (elements > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
