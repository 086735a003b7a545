/** What the room calls those who guess the next character. */
import type { TextGuesser } from '../../engine/lab/text.js';

export const WHO: Readonly<Record<TextGuesser, string>> = {
  uniform: 'all characters alike',
  frequent: 'how frequent each is',
  pairs: 'which follows which',
};

/** A character as it is seen: a space and the end of a line have a sign. */
export function seen(character: string): string {
  return { ' ': '␣', '\n': '⏎', '\t': '⇥' }[character] ?? character;
}
