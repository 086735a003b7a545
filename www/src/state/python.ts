/**
 * Python literals, as far as an option of nn.GRU may hold them, in links, attributes and fields: text to value and back.
 *
 * What PyTorch or Python says is the core's to write; a test holds what is written here to the same letters.
 */
import type { Value } from '../engine/engine.js';
import { LONGEST_TEXT, printable } from './text.js';

const MAX_DEPTH = 8;

/** A whole number as a person types it, or undefined; JavaScript has no exact ones beyond 2^53. */
export function parseWhole(text: string): number | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const trimmed = text.trim().replace(/^[−–]/, '-');
  if (!/^[+-]?\d+(?:_\d+)*$/.test(trimmed)) return undefined;
  const number = Number(trimmed.replaceAll('_', ''));
  // `-0` is 0 in Python.
  return Number.isSafeInteger(number) ? number + 0 : undefined;
}

/**
 * The value of a literal such as `20`, `16.0`, `True`, `None`, `'a'` or `(5, 8)`, or undefined.
 *
 * What would be too long to be read again as Python writes it is none either.
 */
export function parsePython(text: string): Value | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const reader = new Reader(text);
  const value = reader.value(0);
  if (value === undefined || !reader.atEnd()) return undefined;
  return formatPython(value).length > LONGEST_TEXT ? undefined : value;
}

/** Whether Python counts a value as true. */
export function isTruthy(value: Value): boolean {
  if (value === null) return false;
  if (typeof value !== 'object') return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  if ('int64' in value) return value.int64 !== 0;
  return 'float' in value ? value.float !== 0 : value.tuple.length > 0;
}

/** A value as Python's `repr` prints it. */
export function formatPython(value: Value): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatFloat(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(formatPython).join(', ')}]`;
  if ('int64' in value) return `np.int64(${value.int64})`;
  if ('tuple' in value) return formatTuple(value.tuple.map(formatPython));
  return formatFloat(value.float);
}

/** A float: an exponent of two digits below 1e-4 and from 1e16, as in Python. */
function formatFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/([+-])(\d)$/, '$10$2');
  }
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A shape as Python prints a tuple: `(5, 3, 10)`, `(4,)`, `()`. */
export function formatShape(shape: readonly (number | bigint)[]): string {
  return formatTuple(shape.map(String));
}

function formatTuple(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0] ?? ''},)` : `(${items.join(', ')})`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + printable(text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)) + quote;
}

/** A reader by recursive descent; every method leaves the position after what it read. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#text.length;
  }

  value(depth: number): Value | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (this.#take(/\(/y)) return this.#tuple(depth);
    if (this.#take(/\[/y)) return this.#items(/\]/y, depth)?.values;
    if (this.#take(/np\s*\.\s*int64\s*\(/y)) return this.#int64();
    const word = this.#take(/[A-Za-z_]\w*/y);
    if (word) return WORDS.get(word);
    const number = this.#take(/[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number) return numberOf(number);
    const string = this.#take(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y);
    return string?.slice(1, -1).replace(ESCAPE, unescaped);
  }

  /** An int of NumPy, which stands in brackets. */
  #int64(): Value | undefined {
    const int64 = parseWhole(this.#take(/[+-]?\d[\d_]*/y) ?? '');
    return this.#take(/\)/y) === undefined || int64 === undefined ? undefined : { int64 };
  }

  #tuple(depth: number): Value | undefined {
    const items = this.#items(/\)/y, depth);
    if (!items) return undefined;
    const [only] = items.values;
    return items.values.length === 1 && !items.trailingComma ? only : { tuple: items.values };
  }

  #items(close: RegExp, depth: number): { values: Value[]; trailingComma: boolean } | undefined {
    const values: Value[] = [];
    let trailingComma = false;
    while (!this.#take(close)) {
      if (values.length > 0 && !trailingComma) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      values.push(value);
      trailingComma = this.#take(/,/y) !== undefined;
    }
    return { values, trailingComma };
  }

  #skipSpace(): void {
    while (this.#text[this.#at]?.trim() === '') this.#at += 1;
  }

  #take(token: RegExp): string | undefined {
    this.#skipSpace();
    token.lastIndex = this.#at;
    const [found] = token.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00[01][\da-fA-F]{5})|(.))/g;

/** What an escape in a string stands for. */
function unescaped(_: string, x: string | undefined, u: string | undefined, wide: string | undefined, mark: string | undefined): string {
  if (mark === undefined) {
    const code = parseInt(x ?? u ?? wide ?? '', 16);
    return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
  }
  return { n: '\n', r: '\r', t: '\t' }[mark] ?? mark;
}

// `true` and `false` are what a URL written by hand says.
const WORDS = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['true', true],
  ['false', false],
]);

function numberOf(text: string): Value | undefined {
  if (/^[+-]?[\d_]+$/.test(text)) return parseWhole(text);
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(number)) return undefined;
  return Number.isInteger(number) ? { float: number } : number;
}
