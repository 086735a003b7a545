/**
 * How settings are said in a URL: only what differs from the opening, and never obeyed blindly.
 *
 * Whatever a URL says that cannot be meant is left out and told, so that a damaged link still opens.
 */
import { parseWhole } from './python.js';
import { cut, LONGEST_TEXT, tooLong, visible } from './text.js';

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
  /** The longest text that it is given; `LONGEST_TEXT` where it does not say. */
  readonly longest?: number;
  read(text: string): Read<T>;
  /** The text, or undefined where the value is said by silence. */
  write(value: T): string | undefined;
}

/** What a text says, unless it is too long to be looked at. */
export function readWith<T>(codec: Codec<T>, text: string): Read<T> {
  const { longest = LONGEST_TEXT } = codec;
  return text.length > longest ? { problem: tooLong(longest) } : codec.read(text);
}

/** So many notices are told one by one: who reads on after that? */
const MOST_NOTICES = 50;

/** What was not obeyed: told one by one up to a bound, and counted beyond it. */
export class Notices {
  readonly #told: Notice[] = [];
  #more = 0;

  /** `given` as it stands in the link or the attribute. */
  add(given: string, problem: string, instead?: string): void {
    if (this.full) this.#more += 1;
    else this.#told.push({ given: givenAs(given), problem, instead });
  }

  /** Whether another one would be counted alone. */
  get full(): boolean {
    return this.#told.length >= MOST_NOTICES;
  }

  list(): Notice[] {
    if (this.#more === 0) return [...this.#told];
    return [...this.#told, { given: `${this.#more} more`, problem: this.#more === 1 ? 'is not obeyed either' : 'are not obeyed either', instead: undefined }];
  }
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

/** How each of some settings is said, in the order in which a query has them. */
export type Schema<S> = { readonly [Key in keyof S]: Codec<S[Key]> };

export function keysOf<S extends object>(schema: Schema<S>): (keyof S & string)[] {
  return Object.keys(schema) as (keyof S & string)[];
}

/** Texts typed into fields that could not be read, by setting. */
export type Drafts = Readonly<Partial<Record<string, string>>>;

interface Saying<S> {
  /**
   * The settings whose value in a query that does not name them is not the opening's: links from before the opening changed keep
   * their meaning.
   */
  readonly absent?: Partial<S>;
  /** What is said in the place of a setting's value. */
  readonly drafts?: Drafts;
}

/** The query of what is set, without a question mark; empty for the opening. */
export function toQuery<S extends object>(schema: Schema<S>, opening: S, settings: S, { absent, drafts = {} }: Saying<S> = {}): string {
  const differing = (from: S): string =>
    queryOf(
      keysOf(schema).map((key) => {
        const text = schema[key].write(settings[key]);
        return [key, drafts[key] ?? (text === schema[key].write(from[key]) ? undefined : text)];
      }),
    );
  const changed = differing(opening);
  return changed === '' || !absent ? changed : differing({ ...opening, ...absent }) || changed;
}

/** The query of names and texts; what has no text is said by silence. */
export function queryOf(pairs: readonly (readonly [name: string, text: string | undefined])[]): string {
  return pairs.flatMap(([name, text]) => (text === undefined ? [] : `${escape(name)}=${escape(text)}`)).join('&');
}

interface Reading<S> extends Pick<Saying<S>, 'absent'> {
  /** What the settings are of, as a notice says it. */
  readonly of: string;
  /** Takes what else a query may say, perhaps more than once; none where that is nothing known. */
  readonly beside?: (name: string, text: string) => { readonly problem?: string | undefined; readonly again?: boolean } | undefined;
}

/** What a query sets, what in it was not obeyed, and the texts that could not be read, by setting. */
export function fromQuery<S extends object>(
  schema: Schema<S>,
  opening: S,
  query: string,
  { absent, of, beside }: Reading<S>,
): { settings: S; notices: Notice[]; unread: Record<string, string> } {
  const notices = new Notices();
  const unread: Record<string, string> = {};
  const settings = { ...opening, ...(query !== '' && absent) };
  const seen = new Set<string>();
  const known = new Map<string, keyof S & string>(keysOf(schema).map((key) => [key, key]));
  for (const [name, text] of new URLSearchParams(query)) {
    const refuse = (problem: string, instead?: string): void => {
      notices.add(`${name}=${text}`, problem, instead);
    };
    const key = known.get(name);
    const other = key === undefined ? beside?.(name, text) : undefined;
    if (seen.has(name) && !other?.again) {
      refuse('is there twice');
    } else if (key !== undefined) {
      const read = readWith(schema[key], text);
      const written = schema[key].write(settings[key]);
      if ('value' in read) settings[key] = read.value;
      else {
        refuse(read.problem, written === undefined ? undefined : `${name}=${written}`);
        unread[name] = cut(text);
      }
    } else if (!other) {
      refuse(`is no setting of ${of}`);
    } else if (other.problem !== undefined) {
      refuse(other.problem);
    }
    // Of names without end only so many are kept as are told of.
    if (key !== undefined || !notices.full) seen.add(name);
  }
  return { settings, notices: notices.list(), unread };
}

/** As `encodeURIComponent`, but commas stay readable and brackets and quotes do not end a link in a chat. */
function escape(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2C', ',')
    .replaceAll('%20', '+');
}

/** What was given, as a notice shows it: short, and with nothing in it that turns the text around. */
function givenAs(text: string): string {
  return visible(text.length > 60 ? `${cut(text, 57)}...` : text);
}
