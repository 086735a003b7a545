import { expect, it } from 'vitest';
import { outdented } from './written.js';

it.each([
  ['', ''],
  ['\n   \n', ''],
  ['x = 1', 'x = 1'],
  ['\n    for i in range(3):\n        print(i)\n\n    print(4)\n  ', 'for i in range(3):\n    print(i)\n\nprint(4)'],
  ['\r\n  a = 1\r\n\r\n  b = 2\r\n', 'a = 1\n\nb = 2'],
  ['if x:\n    y', 'if x:\n    y'],
])('code in a page %j stands at the margin', (text, code) => {
  expect(outdented(text)).toBe(code);
});
