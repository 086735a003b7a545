/** Texts that a learner or a link gives: how long they may be, and how they are shown. */

/** The longest text of one setting that is read, wherever it stands: in a field, a link or an attribute. */
export const LONGEST_TEXT = 200;

/** What is wrong with a text that is longer, continuing a sentence. */
export function tooLong(longest: number): string {
  return `is longer than ${longest} characters`;
}

/** The beginning of a text, so long that it is read. */
export function cut(text: string, longest = LONGEST_TEXT): string {
  return text.length > longest ? text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '') : text;
}

/** What Python's `repr` escapes of a string, but for quotes and backslashes: what cannot be seen, or turns the text around it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** What turns a text around or marks its direction, and other controls: a name with one would read as another name. */
const TURNING = /(?![\t\n])\p{Cc}|[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** The inside of a Python string as `repr` has it: `\u202e` for what cannot be seen. */
export function printable(text: string): string {
  const short: Readonly<Partial<Record<string, string>>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return text.replace(UNSEEN, (character) => short[character] ?? escaped(character));
}

/**
 * A text with names that are not ours, as it is shown: `\u202e` in the place of a control that would turn what stands around it.
 * In code it stands within a string, where it means the same.
 */
export function visible(name: string): string {
  return name.replace(TURNING, escaped);
}
