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

/** How each of some settings is said, in the order in which a URL has them. */
export type Schema<S> = { readonly [Key in keyof S]: Codec<S[Key]> };

/** A number between bounds, whole or not. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** What is wrong with a number, continuing a sentence that begins with its name. */
export function problemOf(value: number, { min, max, whole }: Bounds): string | undefined {
  if (!Number.isFinite(value) || (whole && !Number.isSafeInteger(value))) return `is not a ${whole ? 'whole ' : ''}number`;
  return value < min || value > max ? `is not between ${min} and ${max}` : undefined;
}

export function number(bounds: Bounds): Codec<number> {
  return {
    read(text) {
      const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
      const problem = problemOf(value, bounds);
      return problem === undefined ? { value } : { problem };
    },
    write: String,
  };
}

export function oneOf<T extends string>(names: readonly T[]): Codec<T> {
  return {
    read(text) {
      const value = names.find((name) => name === text);
      return value === undefined ? { problem: `is none of ${names.join(', ')}` } : { value };
    },
    write: String,
  };
}

/** `4,2,1`: whole numbers, so many at most. */
export function wholes(most: number, bounds: Bounds): Codec<readonly number[]> {
  const one = number(bounds);
  return {
    read(text) {
      const parts = text.split(',').map((part) => one.read(part.trim()));
      if (parts.length > most) return { problem: `has more than ${most} numbers` };
      const values: number[] = [];
      for (const part of parts) {
        if ('problem' in part) return { problem: `has a number that ${part.problem}` };
        values.push(part.value);
      }
      return { value: values };
    },
    write: (values) => values.join(','),
  };
}

/**
 * The query of what is set, without a question mark; empty for the opening.
 *
 * `absent` holds the settings whose value in a query that does not name them is not the opening's: links from before the
 * opening changed keep their meaning.
 */
export function toQuery<S extends object>(schema: Schema<S>, opening: S, settings: S, absent: Partial<S> = {}): string {
  const differing = (from: S): string =>
    keysOf(schema)
      .map((key) => [key, schema[key].write(settings[key]), schema[key].write(from[key])] as const)
      .filter(([, text, before]) => text !== before)
      .map(([key, text]) => `${key}=${escape(text ?? '')}`)
      .join('&');
  const changed = differing(opening);
  return changed === '' ? '' : differing({ ...opening, ...absent }) || changed;
}

/** What a query sets, and what in it was not obeyed; `absent` as in `toQuery`. */
export function fromQuery<S extends object>(schema: Schema<S>, opening: S, query: string, absent: Partial<S> = {}): { settings: S; notices: Notice[] } {
  const notices: Notice[] = [];
  const settings = { ...opening, ...(query !== '' && absent) };
  const seen = new Set<string>();
  for (const [name, text] of new URLSearchParams(query)) {
    const given = shorten(`${name}=${text}`);
    const key = keysOf(schema).find((known) => known === name);
    if (key === undefined) notices.push({ given, problem: 'is no setting of this room', instead: undefined });
    else if (seen.has(name)) notices.push({ given, problem: 'is there twice', instead: undefined });
    else {
      const read = schema[key].read(text);
      if ('value' in read) settings[key] = read.value;
      else notices.push({ given, problem: read.problem, instead: `${name}=${schema[key].write(settings[key]) ?? ''}` });
    }
    seen.add(name);
  }
  return { settings, notices };
}

function keysOf<S extends object>(schema: Schema<S>): (keyof S & string)[] {
  return Object.keys(schema) as (keyof S & string)[];
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
