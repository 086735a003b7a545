import { expect, it } from 'vitest';
import { csvFile } from './csv.js';

it('writes numbers with all their digits, and names what is not finite as Python reads it', () => {
  const columns = [{ name: 'step' }, { name: 'loss' }];
  expect(csvFile({ columns, rows: [[1, 0.1 + 0.2], [2, 1e-20], [3, NaN], [4, -Infinity], [5, '']] }).join('')).toBe(
    'step,loss\r\n1,0.30000000000000004\r\n2,1e-20\r\n3,nan\r\n4,-inf\r\n5,\r\n',
  );
});

it('puts in quotes what would break a row, and writes a value in place of how it is shown', () => {
  const rows = [['out[0, 1]', { value: 0.5, shown: 'a half' }], ['say "h"', 'two\nlines']];
  expect(csvFile({ columns: [{ name: 'a,b' }, { name: 'c' }], rows }).join('')).toBe('"a,b",c\r\n"out[0, 1]",0.5\r\n"say ""h""","two\nlines"\r\n');
});
