import { describe, expect, it } from 'vitest';
import { errorWords } from './error-words.js';

describe('an error, as it is announced', () => {
  it.each([
    ['RuntimeError', 'Expected 10, got 7', 2, 'below', 'RuntimeError: Expected 10, got 7. Why, and 2 fixes: below.'],
    ['RuntimeError', 'start (4) + length (1) exceeds dimension size (4).', 1, 'below', 'RuntimeError: start (4) + length (1) exceeds dimension size (4). Why, and 1 fix: below.'],
    ['Silent trap', 'is this meant?', 0, 'below', 'Silent trap: is this meant? Why: below.'],
    ['', 'A step of 0 moves nothing', 0, '', 'A step of 0 moves nothing.'],
  ])('of %s, %s', (exception, message, fixes, where, said) => {
    expect(errorWords(exception, message, fixes, where)).toBe(said);
  });
});
