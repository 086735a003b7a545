import { describe, expect, it } from 'vitest';
import type { Value } from '../engine/engine.js';
import { code } from '../engine/in-tests.js';
import { formatPython, formatShape, isTruthy, parsePython, parseWhole } from './python.js';

describe('a Python literal', () => {
  it.each([
    ['20', 20],
    [' -3 ', -3],
    ['1_000', 1000],
    ['-0', 0],
    ['16.0', { float: 16 }],
    ['np.int64(16)', { int64: 16 }],
    ['(np.int64(-3), 2)', { tuple: [{ int64: -3 }, 2] }],
    ['1e3', { float: 1000 }],
    ['.5', 0.5],
    ['True', true],
    ['None', null],
    ["'10'", '10'],
    ['"it\'s"', "it's"],
    ['(5)', 5],
    ['(5,)', { tuple: [5] }],
    ['( 5 , 8 )', { tuple: [5, 8] }],
    ['[1, [True]]', [1, [true]]],
    ['()', { tuple: [] }],
  ])('%s is read', (text, value) => {
    expect(parsePython(text)).toEqual(value);
  });

  it.each(['', 'abc', '1 2', '(1', '1)', '(1 2)', '(,)', '1__', '--1', "'a", '9007199254740992', '1e400', '('.repeat(100), 'nan', 'np.int64(', 'np.int64(x)', 'np.int64(1'])(
    '%j is not one',
    (text) => {
      expect(parsePython(text)).toBeUndefined();
    },
  );

  it.each(['20', '16.0', 'np.int64(16)', '0.5', 'True', 'None', "'10'", '"it\'s"', '(5,)', '(5, 8)', '[1, [True]]', '-1.25e-07', '0.0001', '1e+20', '-0.0'])('%s prints as it was', (text) => {
    expect(formatPython(parsePython(text) ?? null)).toBe(text);
  });

  it('counts as true as Python counts it', () => {
    const truths = ['1', '2.5', 'np.int64(1)', 'True', "'x'", '(0,)', '[0]'].map((text) => isTruthy(parsePython(text) ?? null));
    const falsehoods = ['0', '0.0', 'np.int64(0)', 'False', "''", '()', '[]', 'None'].map((text) => isTruthy(parsePython(text) ?? null));
    expect([...truths, ...falsehoods]).toEqual([...Array<boolean>(7).fill(true), ...Array<boolean>(8).fill(false)]);
  });
});

describe('a whole number', () => {
  it('is read only where it is exact', () => {
    expect(parseWhole('9007199254740991')).toBe(9007199254740991);
    expect(parseWhole('9007199254740992')).toBeUndefined();
    expect(['5.0', '5a', '', '0x10', '1,000'].map(parseWhole)).toEqual(Array(5).fill(undefined));
  });
});

describe('a shape', () => {
  it('prints as a tuple', () => {
    expect([[5, 3, 10], [4], []].map(formatShape)).toEqual(['(5, 3, 10)', '(4,)', '()']);
  });
});

describe('what is written here is what the core writes', () => {
  /** A value as the core writes it in a call. */
  function written(value: Value): string {
    const lines = code({ config: { input_size: 1, hidden_size: 1, other: [['of', value]] }, input: { shape: [1, 1] } });
    const line = lines.map(({ segments }) => segments.map(({ text }) => text).join('')).find((text) => text.startsWith('gru = '));
    return /, of=(.*)\)$/s.exec(line ?? '')?.[1] ?? `not written: ${line ?? ''}`;
  }

  /** Numbers of any size, the same in each run. */
  function* numbers(): Generator<number> {
    let state = 1;
    for (let round = 0; round < 300; round += 1) {
      state = (state * 1103515245 + 12345) % 2147483648;
      yield (state / 2147483648 - 0.5) * 10 ** ((round % 44) - 22);
    }
    for (let power = -324; power <= 308; power += 1) yield Number(`1e${power}`);
    yield* [1e16, 1e16 - 2, 9999999999999998, 0.0001, 0.00009999, 1 / 3, 5e-324, 1.7976931348623157e308, 123456789.125];
  }

  it('for floats', () => {
    for (const number of numbers()) {
      for (const float of [number, -number]) expect(formatPython({ float }), String(float)).toBe(written({ float }));
    }
    expect(formatPython({ float: 0 })).toBe(written({ float: 0 }));
  });

  it('for whole numbers, words and what holds others', () => {
    const values: Value[] = [0, -1, 7, 1e15, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, { int64: -3 }, null, true, false];
    const nested: Value[] = [[], [1], { tuple: [] }, { tuple: [1] }, { tuple: [1, [{ float: 2 }, 'a']] }, [{ tuple: [null, { int64: 4 }] }]];
    for (const value of [...values, ...nested, values, { tuple: values }]) expect(formatPython(value)).toBe(written(value));
  });

  it('for every character that Unicode has', () => {
    const quotes = ['', "'", '"', '\'"', "it's", 'say "x"', '\\', "\\'", '\n\r\t'];
    for (const text of quotes) expect(formatPython(text)).toBe(written(text));
    // Where a code point is nobody's yet, versions of Unicode differ.
    const known = (code: number): boolean => !/[\p{Cn}\p{Cs}]/u.test(String.fromCodePoint(code)) || (code & 0xfffe) === 0xfffe;
    for (let start = 0; start < 0x110000; start += 1024) {
      const text = Array.from({ length: 1024 }, (_, index) => start + index).filter(known).map((code) => String.fromCodePoint(code)).join('');
      if (formatPython(text) === written(text)) continue;
      for (const character of text) expect(formatPython(character), character.codePointAt(0)?.toString(16)).toBe(written(character));
    }
  });
});
