import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT } from '../state/text.js';
import { fieldLength, typedIn } from './typed.js';

const SOURCES = import.meta.glob<string>(['../**/*.ts', '!../**/*.test.ts'], { query: '?raw', import: 'default', eager: true });

describe('a field', () => {
  it('is cut to what is read, and says so', () => {
    const field = { value: 'x'.repeat(10_000_000) } as HTMLInputElement;
    expect(typedIn(field)).toEqual({ text: 'x'.repeat(LONGEST_TEXT), wasCut: true });
    expect(field.value).toHaveLength(LONGEST_TEXT);
    expect(typedIn(field).wasCut).toBe(false);
  });

  it('is held to its bound before a pasted text is laid out, with room to notice what was longer', () => {
    expect(fieldLength()).toBe(LONGEST_TEXT + 1);
  });

  it('has that bound wherever text is typed', () => {
    const fields = Object.entries(SOURCES).flatMap(([file, source]) =>
      [...source.matchAll(/<input\b(?:(?!\/>).)*?\btype="(?:text|number|search|url|email)".*?\/>/gs)].map(([field]) => ({ file, field })),
    );
    expect(fields.length).toBeGreaterThanOrEqual(4);
    for (const { file, field } of fields) expect(field, file).toMatch(/maxlength=\$\{fieldLength\(/);
  });
});
