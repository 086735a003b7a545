/**
 * How settings are said in a URL: only what differs from the opening, and never obeyed blindly.
 *
 * Whatever a URL says that cannot be meant is left out and told, so that a damaged link still opens.
 */
import { parseWhole } from './python.js';

/** One thing in a URL that was not obeyed. */
export interface Notice {
  /** What the URL says, such as `seq_len=abc`. */
  readonly given: string;
  /** What is wrong with it, continuing the sentence. */
  readonly problem: string;
  /** What stands instead, such as `seq_len=5`; none where nothing was meant to. */
  readonly instead: string | undefined;
}

/** A value as read, or what is wrong with the text. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

export interface Codec<T> {
  read(text: string): Read<T>;
  /** The text, or undefined where the value is said by silence. */
  write(value: T): string | undefined;
}

/** A whole number from a lowest one on. */
export const whole = (lowest: number): Codec<number> => ({
  read(text) {
    const value = parseWhole(text);
    if (value === undefined) return { problem: 'is not a whole number' };
    return value < lowest ? { problem: `is below ${lowest}` } : { value };
  },
  write: String,
});

export const flag: Codec<boolean> = {
  read(text) {
    if (/^(?:1|true)$/i.test(text)) return { value: true };
    return /^(?:0|false)$/i.test(text) ? { value: false } : { problem: 'is neither 1 nor 0' };
  },
  write: (value) => (value ? '1' : '0'),
};

export function oneOf<T extends string>(names: readonly T[]): Codec<T> {
  return {
    read(text) {
      const value = names.find((name) => name === text);
      return value === undefined ? { problem: `is none of ${names.join(', ')}` } : { value };
    },
    write: String,
  };
}

/** As `encodeURIComponent`, but commas stay readable and brackets and quotes do not end a link in a chat. */
export function escape(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2C', ',')
    .replaceAll('%20', '+');
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
