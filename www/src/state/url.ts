/** The playground's state as the query of a URL. */
import type { ReleaseRange, Value } from '../engine/engine.js';
import { escape, flag, oneOf, shorten, whole, type Codec, type Notice, type Read } from './codec.js';
import { DTYPES, FLOATING_DTYPES, HIDEABLE, OPENING, type Hideable, type PlaygroundState } from './playground-state.js';
import { formatPython, formatShape, parsePython, parseWhole } from './python.js';

const LONGEST_TEXT = 200;
const anyWhole = whole(Number.MIN_SAFE_INTEGER);
const count = whole(0);

const python: Codec<Value> = {
  read(text) {
    const value = parsePython(text);
    return value === undefined ? { problem: 'is not a Python value' } : { value };
  },
  write: formatPython,
};

/** A typed text. The tuple that the page itself writes is shortened: `4,10` is `(4, 10)`. */
const shapeText: Codec<string | null> = {
  read(text) {
    if (text.length > LONGEST_TEXT) return { problem: 'is too long for a shape' };
    if (!/^-?\d{1,15}(?:,-?\d{1,15})*$/.test(text)) return { value: text };
    return { value: formatShape(text.split(',').map(Number)) };
  },
  write(text) {
    if (text === null) return undefined;
    const inner = /^\((-?\d+(?:, -?\d+)*),?\)$/.exec(text)?.[1]?.replaceAll(' ', '');
    return inner !== undefined && readsAs(inner, text) ? inner : text;
  },
};

function readsAs(short: string, text: string): boolean {
  const read = shapeText.read(short);
  return 'value' in read && read.value === text;
}

/** Names between commas. */
const hidden: Codec<readonly Hideable[]> = {
  read(text) {
    const given = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
    const stranger = given.find((name) => !HIDEABLE.some((known) => known === name));
    if (stranger !== undefined) return { problem: `names nothing that can be hidden: ${stranger}` };
    return { value: HIDEABLE.filter((name) => given.includes(name)) };
  },
  write: (names) => (names.length === 0 ? undefined : names.join(',')),
};

function release(ranges: readonly ReleaseRange[]): Codec<string | null> {
  return {
    read(text) {
      const range = ranges.find(({ from, to }) => compareReleases(from, text) <= 0 && compareReleases(text, `${to}.99`) <= 0);
      if (!/^\d+\.\d+(?:\.\d+)?$/.test(text) || !range) return { problem: 'is not a PyTorch release known here' };
      return { value: range === ranges[0] ? null : range.to };
    },
    // Ranges of releases begin and end with a minor version.
    write: (value) => value?.split('.').slice(0, 2).join('.'),
  };
}

function compareReleases(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let index = 0; index < 3; index += 1) {
    const difference = (x[index] ?? 0) - (y[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** One property of the state, and how it is said: in a URL, and by an attribute. */
export interface Field {
  readonly key: string;
  readonly read: (text: string) => Read<Partial<PlaygroundState>>;
  readonly write: (state: PlaygroundState) => string | undefined;
}

function field<Key extends keyof PlaygroundState>(key: Key, codec: Codec<PlaygroundState[Key]>): Field {
  return {
    key,
    read(text) {
      const read = codec.read(text);
      return 'value' in read ? { value: { [key]: read.value } } : read;
    },
    write: (state) => codec.write(state[key]),
  };
}

/** Every property but `other`, in the order in which a URL has them. */
export function fields(releases: readonly ReleaseRange[]): Field[] {
  return [
    field('seq_len', anyWhole),
    field('batch', anyWhole),
    field('unbatched', flag),
    field('input_size', python),
    field('hidden_size', python),
    field('num_layers', python),
    field('bias', python),
    field('batch_first', python),
    field('dropout', python),
    field('bidirectional', python),
    field('dtype', oneOf(FLOATING_DTYPES)),
    field('input', shapeText),
    field('input_dtype', oneOf(DTYPES)),
    field('give_h_0', flag),
    field('h_0', shapeText),
    field('h_0_dtype', oneOf(DTYPES)),
    field('seed', anyWhole),
    field('release', release(releases)),
    field('hide', hidden),
    field('sample', count),
    field('layer', count),
    field('reverse', flag),
    field('step', count),
  ];
}

/**
 * The version of what links say. Where a name, a meaning or the opening is to change, the next version begins, and links of the
 * older ones are read as they were meant; `tests/links.json` keeps some of each.
 */
const VERSION = 1;
const VERSION_KEY = 'v';

/** What is wrong with a version, if anything. A link without one is of the first. */
function versionProblem(text: string): string | undefined {
  const version = parseWhole(text);
  if (version === undefined || version < 1) return 'is not a version of links';
  return version > VERSION ? 'is of a later version of this page: what is unknown here is left out' : undefined;
}

/** An option that nn.GRU does not have: `other.proj_size=3`. */
const OTHER = /^other\.([A-Za-z_]\w{0,40})$/;

/** The query of a state, without a question mark; empty for the opening. */
export function toQuery(state: PlaygroundState): string {
  const pairs: [string, string][] = [];
  for (const { key, write } of fields([])) {
    const text = write(state);
    if (text !== undefined && text !== write(OPENING)) pairs.push([key, text]);
  }
  for (const [name, value] of state.other) pairs.push([`other.${name}`, formatPython(value)]);
  return pairs.map(([key, text]) => `${escape(key)}=${escape(text)}`).join('&');
}

/** The query of a link to be kept or sent: it tells its version. */
export function toSharedQuery(query: string): string {
  const version = `${VERSION_KEY}=${VERSION}`;
  return query === '' ? version : `${version}&${query}`;
}

/** The state that a query describes, and what in it was not obeyed. */
export function fromQuery(query: string, releases: readonly ReleaseRange[]): { state: PlaygroundState; notices: Notice[] } {
  const known = new Map(fields(releases).map((entry) => [entry.key, entry]));
  const other: [string, Value][] = [];
  const notices: Notice[] = [];
  const seen = new Set<string>();
  let state = OPENING;
  for (const [key, text] of new URLSearchParams(query)) {
    const given = shorten(`${key}=${text}`);
    const refuse = (problem: string, instead?: string): void => {
      notices.push({ given, problem, instead });
    };
    const entry = known.get(key);
    const option = OTHER.exec(key)?.[1];
    // An option that is written twice is what Python has its say on.
    if (seen.has(key) && option === undefined) {
      refuse('is there twice');
    } else if (key === VERSION_KEY) {
      const problem = versionProblem(text);
      if (problem !== undefined) refuse(problem);
    } else if (entry) {
      const read = entry.read(text);
      const written = entry.write(state);
      if ('value' in read) state = { ...state, ...read.value };
      else refuse(read.problem, written === undefined ? undefined : `${key}=${written}`);
    } else if (option !== undefined) {
      const value = parsePython(text);
      if (value === undefined) refuse('is not a Python value');
      else other.push([option, value]);
    } else {
      refuse('is no setting of the playground');
    }
    seen.add(key);
  }
  return { state: { ...state, other }, notices };
}
