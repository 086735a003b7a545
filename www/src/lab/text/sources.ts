/** Where the text comes from: a tale that the page has, or the learner's own, which their browser keeps. */
import tale from './data/tale.txt?raw';
import type { TextName } from './state.js';

/** A text, and the name of its file in the script. */
export interface TextChoice {
  readonly name: string;
  readonly text: string;
}

const TALE: TextChoice = { name: 'tale.txt', text: tale };
const OWN = 'own.txt';

/** Where the browser keeps what was typed or dropped; what is longer than it takes is kept as long as the page is open. */
const KEY = 'gru-text-own';

let own: TextChoice | undefined;

export function textOf(name: TextName): TextChoice {
  if (name === 'tale') return TALE;
  own ??= { name: OWN, text: stored() };
  return own;
}

export function keepOwn(text: string, name: string = OWN): void {
  own = { name, text };
  try {
    if (text === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, text);
  } catch {
    // A browser that keeps nothing, or not as much: the page has it while it is open.
  }
}

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
