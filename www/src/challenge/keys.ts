/**
 * What a key does while a question is open.
 *
 * Single letters and digits work only while the focus is in the challenge or nowhere, never while something is typed, and can
 * be switched off (WCAG 2.1.4).
 */

export type QuizKey = { readonly does: 'choose'; readonly number: number } | { readonly does: 'answer' | 'tell' | 'pause' };

/** Where a key was pressed. */
export interface KeyPlace {
  /** The focus is in the challenge, or nowhere. */
  readonly here: boolean;
  /** What has the focus: something typed into, something that Enter presses, or neither. */
  readonly on: 'text' | 'control' | 'other';
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'repeat' | 'isComposing' | 'defaultPrevented'>;

export function quizKey(event: Pressed, place: KeyPlace, options: number, letters: boolean): QuizKey | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.isComposing || event.defaultPrevented) return undefined;
  if (!place.here || place.on === 'text') return undefined;
  if (event.key === 'Enter') return place.on === 'control' ? undefined : { does: 'answer' };
  if (!letters) return undefined;
  if (/^[1-9]$/.test(event.key) && Number(event.key) <= options) return { does: 'choose', number: Number(event.key) };
  switch (event.key.toLowerCase()) {
    case 't':
      return { does: 'tell' };
    case 'p':
      return { does: 'pause' };
    default:
      return undefined;
  }
}

/** Where an event's target stands, seen from an element of the challenge. */
export function keyPlace(path: readonly EventTarget[], challenge: EventTarget): KeyPlace {
  const [target] = path;
  const here = path.includes(challenge) || target === document.body || target === document.documentElement;
  return { here, on: target instanceof HTMLElement ? kindOf(target) : 'other' };
}

function kindOf(element: HTMLElement): KeyPlace['on'] {
  if (element instanceof HTMLInputElement) {
    // Enter on a radio button answers; a checkbox is pressed by space alone.
    return ['radio', 'checkbox'].includes(element.type) ? 'other' : 'text';
  }
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || element.isContentEditable) return 'text';
  return element.matches('button, a[href], summary') ? 'control' : 'other';
}
