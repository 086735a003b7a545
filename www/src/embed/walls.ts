/** What stays within an embedded element: what our elements say to each other, and the keys that are pressed in it. */
import { ReactiveElement } from 'lit';

/** The events that leave an element; all else is between our own. */
export const EVENTS: readonly string[] = ['gru-state', 'gru-answer', 'gru-complete', 'gru-run', 'gru-error'];

/** Keys that leave nothing typed: a page may use them to close what holds us, or to move the focus. */
const OPEN = ['Escape', 'Tab'];

const walls = new Set<HTMLElement>();
/** The names that our elements have used so far for what is between them. */
const names = new Set<string>();
let listening = false;

function keep(event: Event): void {
  event.stopPropagation();
}

/** Letters and arrows are ours while the focus is here; with a modifier they are the page's, as they are the browser's. */
function keepKey(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.altKey && !OPEN.includes(event.key)) event.stopPropagation();
}

/** Learns the names as they are used: Lit, whose copy here is ours alone, sends nothing else. */
function listen(): void {
  if (listening) return;
  listening = true;
  const prototype = ReactiveElement.prototype as HTMLElement;
  prototype.dispatchEvent = function (this: HTMLElement, event: Event): boolean {
    const { type } = event;
    if (type.startsWith('gru-') && !EVENTS.includes(type) && !names.has(type)) {
      names.add(type);
      for (const wall of walls) wall.addEventListener(type, keep);
    }
    return HTMLElement.prototype.dispatchEvent.call(this, event);
  };
}

/** Keeps it within `root`, until the returned function is called. */
export function wallIn(root: HTMLElement): () => void {
  listen();
  walls.add(root);
  for (const name of names) root.addEventListener(name, keep);
  for (const name of ['keydown', 'keypress', 'keyup'] as const) root.addEventListener(name, keepKey);
  return () => {
    walls.delete(root);
  };
}
