import { describe, expect, it } from 'vitest';
import { fromAttributes, toAttributes } from '../embed/attributes.js';
import { generator } from './fuzz.js';
import { OPENING } from './playground-state.js';
import { formatPython, parsePython, parseWhole } from './python.js';
import { cut, LONGEST_TEXT, printable, visible } from './text.js';
import { RELEASES } from './samples.js';
import { fromQuery, MOST_OTHER, schema, toQuery } from './url.js';

const TURNED = ['\u202E', '\u2066', '\u2069', '\u200F', '\u061C', '\u0007', '\u009B'];

/** Texts of about the greatest length, which are no shorter as Python writes them. */
const LONG: readonly ((length: number) => string)[] = [
  (length) => '9'.repeat(length),
  (length) => `(${'1,'.repeat(length / 2)})`,
  (length) => '1,'.repeat(length / 2) + '1',
  (length) => `'${'\u202E'.repeat(length - 2)}'`,
  (length) => `'${'\\'.repeat(length - 2)}'`,
  (length) => `"${"'".repeat(length - 2)}"`,
  (length) => `[${'['.repeat(7)}${'0,'.repeat(length / 2)}${']'.repeat(8)}`,
  (length) => ' '.repeat(length),
  (length) => `(5, 3, ${'x'.repeat(length)}`,
];

describe('a text of a setting', () => {
  it('has one greatest length in links and attributes, and nothing longer is looked at', () => {
    const seen: string[] = [];
    for (const [key, { longest = LONGEST_TEXT }] of Object.entries(schema(RELEASES))) {
      const text = 'x'.repeat(longest + 1);
      const { notices, state } = fromQuery(`${key}=${text}`, RELEASES);
      expect(notices.map(({ problem }) => problem), key).toEqual([`is longer than ${longest} characters`]);
      expect(state).toEqual(OPENING);
      seen.push(key);
    }
    expect(seen.length).toBeGreaterThan(20);
    expect(fromQuery(`other.x=${'1'.repeat(LONGEST_TEXT + 1)}`, RELEASES).notices[0]?.problem).toBe('is longer than 200 characters');
  });

  it('that is read is written so that it can be read again', () => {
    for (const make of LONG) {
      for (let length = LONGEST_TEXT - 12; length <= LONGEST_TEXT; length += 1) {
        const text = cut(make(length));
        for (const key of ['input', 'h_0', 'hidden_size', 'other.x', 'seed']) {
          const { state } = fromQuery(`${key}=${encodeURIComponent(text)}`, RELEASES);
          const again = fromQuery(toQuery(state), RELEASES);
          expect(again.notices, `${key}: ${text}`).toEqual([]);
          expect(toQuery(again.state)).toBe(toQuery(state));
          expect((state.input ?? '').length).toBeLessThanOrEqual(LONGEST_TEXT);
        }
      }
    }
  });

  it('of ten megabytes costs nothing', () => {
    for (const make of LONG) {
      const text = make(10_000_000);
      expect(parsePython(text)).toBeUndefined();
      expect(parseWhole(text)).toBeUndefined();
      expect(fromAttributes({ getAttribute: () => text, setAttribute: () => undefined, removeAttribute: () => undefined }, RELEASES).state).toEqual(OPENING);
    }
  });
});

describe('a link of a quarter of a million settings', () => {
  const many = (make: (index: number) => string): string => Array.from({ length: 250_000 }, (_, index) => make(index)).join('&');

  it.each([
    ['unknown ones', (index: number) => `k${index}=1`],
    ['one again and again', () => 'seq_len=7'],
    ['options that nn.GRU does not have', (index: number) => `other.k${index}=1`],
    ['options that cannot be read', (index: number) => `other.k${index}=(`],
    ['names of a kilobyte', (index: number) => (index < 2000 ? `${'k'.repeat(1000)}${index}=1` : 'a')],
  ])('%s: some notices, and the number of all others', (_, make) => {
    const { state, notices } = fromQuery(many(make), RELEASES);
    expect(notices).toHaveLength(51);
    expect(notices.at(-1)).toMatchObject({ given: expect.stringMatching(/^\d+ more$/) as string, problem: 'are not obeyed either' });
    expect(Math.max(...notices.map(({ given, problem }) => given.length + problem.length))).toBeLessThan(200);
    expect(state.other.length).toBeLessThanOrEqual(MOST_OTHER);
    expect(fromQuery(toQuery(state), RELEASES).notices).toEqual([]);
  });

  it('of as many options as are kept goes through attributes too', () => {
    const other = Array.from({ length: MOST_OTHER }, (_, index) => [`k${index}`, 'x'.repeat(150)] as const);
    const given = new Map<string, string>();
    const holder = {
      getAttribute: (name: string) => given.get(name) ?? null,
      setAttribute: (name: string, value: string) => void given.set(name, value),
      removeAttribute: (name: string) => void given.delete(name),
    };
    toAttributes(holder, { ...OPENING, other }, RELEASES);
    expect(fromAttributes(holder, RELEASES)).toEqual({ state: { ...OPENING, other }, notices: [] });
  });
});

describe('a name that turns the text around', () => {
  it('is shown with its controls escaped, as Python writes them', () => {
    for (const control of TURNED) {
      const shown = visible(`weight${control}_hh`);
      expect(shown).not.toContain(control);
      expect(shown).toMatch(/^weight\\(?:x|u)[0-9a-f]+_hh$/);
      expect(printable(`weight${control}_hh`)).toBe(shown);
      for (const query of [`${encodeURIComponent(control)}=1`, `seq_len=${encodeURIComponent(control)}`, `hide=${encodeURIComponent(control)}`]) {
        for (const { given, problem } of fromQuery(query, RELEASES).notices) expect(given + problem).not.toContain(control);
      }
    }
    expect(visible('encoder.weight_ih_l0 größer \u05D0\u05D1')).toBe('encoder.weight_ih_l0 größer \u05D0\u05D1');
  });

  it('is a value that Python prints escaped, and that is read back', () => {
    const random = generator(7);
    const pieces = [...TURNED, '\u00A0', '\u2003', '\u{E0001}', '\uFEFF', 'a', ' ', "'", '"', '\\', '\n', '\t', '\r', 'u202e', 'x41', '\u{1F600}', 'ß'];
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: random.below(8) }, () => random.pick(pieces)).join('');
      const written = formatPython(text);
      for (const control of TURNED) expect(written).not.toContain(control);
      expect(parsePython(written), written).toBe(text);
    }
    // As CPython 3.12 has them.
    expect(formatPython('a\u202Eb\u00A0c\u{E0001}\n')).toBe("'a\\u202eb\\xa0c\\U000e0001\\n'");
  });
});
