/** What is set in a room as its part of a URL: only what differs from the opening, and never obeyed blindly. */
import { escape, shorten, type Codec, type Notice } from '../../state/codec.js';

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
