/** A playground's state as attributes, by the same codecs as in a URL: `seq_len=5` is `seq-len="5"`. */
import type { ReleaseRange, Value } from '../engine/engine.js';
import { OPENING, type PlaygroundState } from '../state/playground-state.js';
import { formatPython, parsePython } from '../state/python.js';
import { keysOf, Notices, readWith, type Codec, type Notice, type Schema } from '../state/codec.js';
import { LONGEST_TEXT } from '../state/text.js';
import { MOST_OTHER, schema } from '../state/url.js';

/** Whatever holds attributes. */
export type Holder = Pick<Element, 'getAttribute' | 'setAttribute' | 'removeAttribute'>;

export function attributeName(key: string): string {
  return key.replaceAll('_', '-');
}

/** Options of Python that are true or false: HTML has other words for that. */
const FLAGS = ['bias', 'batch_first', 'bidirectional'];

/** What an attribute says as a URL would say it: one without a value is true, as HTML's own are. */
function asInUrl(key: string, text: string): string {
  if (text.length > LONGEST_TEXT) return text;
  const said = text.trim().toLowerCase();
  const python = FLAGS.includes(key);
  if (said === '' && (python || ['unbatched', 'give_h_0', 'reverse'].includes(key))) return python ? 'True' : '1';
  if (python && (said === 'true' || said === 'false')) return said === 'true' ? 'True' : 'False';
  return text;
}

/** Reads `proj_size=3, foo='a'`, the options that nn.GRU does not have. */
function readOther(text: string): readonly (readonly [string, Value])[] | undefined {
  const other: [string, Value][] = [];
  // Read as one tuple for each name: what stands between two names is a value, commas in brackets included.
  const starts = [...text.matchAll(/(?:^|,)\s*([A-Za-z_]\w{0,40})\s*=(?!=)/g)];
  if (text.trim() !== '' && starts[0]?.index !== 0) return undefined;
  for (const [index, start] of starts.entries()) {
    const value = parsePython(text.slice(start.index + start[0].length, starts[index + 1]?.index));
    if (value === undefined) return undefined;
    other.push([start[1] ?? '', value]);
  }
  return other;
}

const otherOptions: Codec<PlaygroundState['other']> = {
  // Room for every option with the longest value.
  longest: MOST_OTHER * (LONGEST_TEXT + 60),
  read(text) {
    const value = readOther(text);
    if (value && value.length > MOST_OTHER) return { problem: `has more than ${MOST_OTHER} options` };
    return value ? { value } : { problem: 'is no list of options, such as proj_size=3' };
  },
  write: (other) => (other.length === 0 ? undefined : other.map(([name, value]) => `${name}=${formatPython(value)}`).join(', ')),
};

/** Every part of the state, `other` among them, with the attribute that says it. */
function attributes(releases: readonly ReleaseRange[]): readonly { key: keyof PlaygroundState; name: string; codec: Codec<unknown> }[] {
  const all: Schema<PlaygroundState> = { ...schema(releases), other: otherOptions };
  return keysOf(all).map((key) => ({ key, name: attributeName(key), codec: all[key] }));
}

/** The state that attributes describe, and what in them was not obeyed. */
export function fromAttributes(holder: Holder, releases: readonly ReleaseRange[]): { state: PlaygroundState; notices: Notice[] } {
  const notices = new Notices();
  let state = OPENING;
  for (const { key, name, codec } of attributes(releases)) {
    const text = holder.getAttribute(name);
    if (text === null) continue;
    const result = readWith(codec, asInUrl(key, text));
    const written = codec.write(state[key]);
    if ('value' in result) state = { ...state, [key]: result.value };
    else notices.add(`${name}="${text}"`, result.problem, written === undefined ? undefined : `${name}="${written}"`);
  }
  return { state, notices: notices.list() };
}

/** Writes a state into attributes; one that says the same already stays as it is written. */
export function toAttributes(holder: Holder, state: PlaygroundState, releases: readonly ReleaseRange[]): void {
  for (const { key, name, codec } of attributes(releases)) {
    const before = holder.getAttribute(name);
    const said = before === null ? undefined : readWith(codec, asInUrl(key, before));
    const opening = codec.write(OPENING[key]);
    const same = said === undefined ? opening : 'value' in said ? codec.write(said.value) : undefined;
    const now = codec.write(state[key]);
    if (now === same && !(said && 'problem' in said)) continue;
    if (now === undefined || now === opening) holder.removeAttribute(name);
    else holder.setAttribute(name, now);
  }
}
