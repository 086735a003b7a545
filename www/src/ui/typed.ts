/** What is typed into a field, held to the one length that a text of a setting may have. */
import { cut, LONGEST_TEXT } from '../state/text.js';

/**
 * The `maxlength` of a field: one more than is read, so that a text that was too long is noticed, and megabytes that are pasted
 * are cut before they are laid out.
 */
export function fieldLength(longest = LONGEST_TEXT): number {
  return longest + 1;
}

export function cutWords(longest = LONGEST_TEXT): string {
  return `The text was cut: this field holds ${longest} characters.`;
}

/** The text of a field, which holds no more than is read; and whether it was cut for that. */
export function typedIn(field: HTMLInputElement, longest = LONGEST_TEXT): { readonly text: string; readonly wasCut: boolean } {
  const { value } = field;
  const text = cut(value, longest);
  const wasCut = text !== value;
  if (wasCut) field.value = text;
  return { text, wasCut };
}
