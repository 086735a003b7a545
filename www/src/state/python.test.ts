import { describe, expect, it } from 'vitest';
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

  it.each(['20', '16.0', 'np.int64(16)', '0.5', 'True', 'None', "'10'", '"it\'s"', '(5,)', '(5, 8)', '[1, [True]]', '-1.25e-07', '0.0001', '1e+20'])('%s prints as it was', (text) => {
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
