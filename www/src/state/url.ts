/** The playground's state as the query of a URL. */
import type { ReleaseRange, Value } from '../engine/engine.js';
import { flag, fromQuery as read, oneOf, queryOf, readWith, toQuery as said, whole, type Codec, type Notice, type Schema } from './codec.js';
import { numberEdit } from './edit.js';
import { DTYPES, FLOATING_DTYPES, HOLDERS, HIDEABLE, OPENING, type Hideable, type PlaygroundState } from './playground-state.js';
import { formatPython, formatShape, parsePython, parseWhole } from './python.js';
import { LONGEST_TEXT, visible } from './text.js';

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
    if (!/^-?\d{1,15}(?:,-?\d{1,15})*$/.test(text)) return { value: text };
    const shape = formatShape(text.split(',').map(Number));
    // What it is read as must be readable too, where it stands in its field.
    return { value: shape.length > LONGEST_TEXT ? text : shape };
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
  // Every name twice, with a space after its comma.
  longest: 2 * HIDEABLE.join(', ').length,
  read(text) {
    const given = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
    const stranger = given.find((name) => !HIDEABLE.some((known) => known === name));
    if (stranger !== undefined) return { problem: `names nothing that can be hidden: ${visible(stranger.slice(0, 40))}` };
    return { value: HIDEABLE.filter((name) => given.includes(name)) };
  },
  write: (names) => (names.length === 0 ? undefined : names.join(',')),
};

/** The query of a setting whose numbers are kept: one that says nothing else. */
const kept = (releases: readonly ReleaseRange[]): Codec<string | null> => ({
  longest: 1000,
  read(text) {
    const { state, notices } = fromQuery(text, releases);
    return notices.length > 0 || state.keep !== null ? { problem: 'is no setting whose numbers could be kept' } : { value: keptQuery(state) };
  },
  write: (value) => value ?? undefined,
});

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

/** Every property but `other`, in the order in which a URL has them. */
export function schema(releases: readonly ReleaseRange[]): Schema<Omit<PlaygroundState, 'other'>> {
  return {
    seq_len: anyWhole,
    batch: anyWhole,
    unbatched: flag,
    input_size: python,
    hidden_size: python,
    num_layers: python,
    bias: python,
    batch_first: python,
    dropout: python,
    bidirectional: python,
    dtype: oneOf(FLOATING_DTYPES),
    input: shapeText,
    input_dtype: oneOf(DTYPES),
    input_on: oneOf(HOLDERS),
    give_h_0: flag,
    h_0: shapeText,
    h_0_dtype: oneOf(DTYPES),
    h_0_on: oneOf(HOLDERS),
    seed: anyWhole,
    release: release(releases),
    keep: kept(releases),
    edit: numberEdit,
    hide: hidden,
    sample: count,
    layer: count,
    reverse: flag,
    step: count,
  };
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

/** So many of them at most: nobody means more, and each is drawn. */
export const MOST_OTHER = 50;

/** The query of a state, without a question mark; empty for the opening. */
export function toQuery(state: PlaygroundState): string {
  const other = queryOf(state.other.map(([name, value]) => [`other.${name}`, formatPython(value)]));
  return [said(schema([]), OPENING, state), other].filter((part) => part !== '').join('&');
}

/** The query of what of a state has numbers that can be kept: the call alone. */
export function keptQuery(state: PlaygroundState): string {
  const { seed, release, keep, hide, sample, layer, reverse, step } = OPENING;
  return toQuery({ ...state, seed, release, keep, hide, sample, layer, reverse, step });
}

/** The query of a link to be kept or sent: it tells its version. */
export function toSharedQuery(query: string): string {
  const version = `${VERSION_KEY}=${VERSION}`;
  return query === '' ? version : `${version}&${query}`;
}

/** The state that a query describes, and what in it was not obeyed. */
export function fromQuery(query: string, releases: readonly ReleaseRange[]): { state: PlaygroundState; notices: Notice[] } {
  const other: [string, Value][] = [];
  const beside = (name: string, text: string) => {
    if (name === VERSION_KEY) return { problem: versionProblem(text) };
    const option = OTHER.exec(name)?.[1];
    if (option === undefined) return undefined;
    const value = readWith(python, text);
    if ('value' in value && other.length >= MOST_OTHER) return { problem: `is one option too many: ${MOST_OTHER} are kept`, again: true };
    if ('value' in value) other.push([option, value.value]);
    // An option that is written twice is what Python has its say on.
    return { ...value, again: true };
  };
  const { settings, notices } = read(schema(releases), OPENING, query, { of: 'the playground', beside });
  return { state: { ...OPENING, ...settings, other }, notices };
}
