/** The one way of telling a screen reader what has changed, wherever on the page it was. */

export interface Announcement {
  readonly text: string;
  /** Whether it is said before anything else: an error that nobody waits for. */
  readonly urgent: boolean;
}

/** What comes within so many milliseconds is one announcement. */
const SAY_MS = 60;

/** Has the nearest announcer around an element say a sentence. */
export function announce(from: EventTarget, text: string, urgent = false): void {
  if (text === '') return;
  from.dispatchEvent(new CustomEvent<Announcement>('gru-announce', { detail: { text, urgent }, bubbles: true, composed: true }));
}

/**
 * A polite and an assertive live region in `place`, for all that is told within `scope`, until the returned function
 * is called. Both are there, and empty, before anything is said: a region that comes with its text is not read.
 */
export function announcer(scope: EventTarget, place: Node): () => void {
  const regions = { status: region(place, 'status'), alert: region(place, 'alert') };
  const onAnnounce = (event: Event): void => {
    event.stopPropagation();
    const { text, urgent } = (event as CustomEvent<Announcement>).detail;
    regions[urgent ? 'alert' : 'status'].say(text);
  };
  scope.addEventListener('gru-announce', onAnnounce);
  return () => {
    scope.removeEventListener('gru-announce', onAnnounce);
    for (const { remove } of Object.values(regions)) remove();
  };
}

function region(place: Node, role: 'status' | 'alert'): { say: (text: string) => void; remove: () => void } {
  const element = document.createElement('div');
  element.className = 'announcer';
  // By itself out of sight, whatever styles there are around it.
  element.style.cssText = 'position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap';
  element.setAttribute('role', role);
  place.appendChild(element);
  let texts: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    say: (text) => {
      if (!texts.includes(text)) texts.push(text);
      clearTimeout(timer);
      // The same words twice are read twice.
      element.textContent = '';
      timer = setTimeout(() => {
        element.textContent = texts.join(' ');
        texts = [];
      }, SAY_MS);
    },
    remove: () => {
      clearTimeout(timer);
      element.remove();
    },
  };
}

declare global {
  interface HTMLElementEventMap {
    'gru-announce': CustomEvent<Announcement>;
  }
}
