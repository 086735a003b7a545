import { describe, expect, it } from 'vitest';
import { notebook } from '../ui/notebook.js';
import { codeOf } from './files.js';

const cell = (source: unknown, cell_type = 'code'): object => ({ cell_type, source, metadata: {}, outputs: [{ text: ['99'] }], execution_count: 3 });
const book = (...cells: object[]): string => JSON.stringify({ cells, nbformat: 4, nbformat_minor: 5, metadata: {} });

describe('a file of code', () => {
  it('is Python as it is, whatever its ends of lines', () => {
    expect(codeOf('a.py', '\uFEFFx = 1\r\ny = 2\rz = 3\n')).toEqual({ code: 'x = 1\ny = 2\nz = 3\n', skipped: [] });
  });

  it('is a notebook whose code cells follow one another, without outputs and text', () => {
    const text = book(cell(['import torch\n', 'x = 1']), cell('# Title', 'markdown'), cell('  \n'), cell('print(x)\n'));
    expect(codeOf('Week 3.IPYNB', text)).toEqual({ code: 'import torch\nx = 1\n\nprint(x)\n', skipped: [] });
    expect(codeOf('a.ipynb', JSON.stringify({ worksheets: [{ cells: [{ cell_type: 'code', input: ['y = 2'] }] }], nbformat: 3 })).code).toBe('y = 2\n');
    expect(codeOf('a.ipynb', book()).code).toBe('');
  });

  it('leaves out magics, shell commands and help, and tells them once each by name', () => {
    const text = book(
      cell('%matplotlib inline\n!pip install torch\nx = 5 % 3\n  %time y = 1\n!pip list\nx?\n?x'),
      cell('%%time\nz = 1'),
      cell('%%bash\necho hello'),
      cell('s = """\n%kept\n!kept\n"""\nw = 2'),
    );
    const { code, skipped } = codeOf('a.ipynb', text);
    expect(code).toBe('x = 5 % 3\n\nz = 1\n\ns = """\n%kept\n!kept\n"""\nw = 2\n');
    expect(skipped).toEqual(['%matplotlib', '!pip', '%time', '?', '?x', '%%time', '%%bash']);
  });

  it('reads back what the page saves', () => {
    expect(codeOf('gru.ipynb', notebook('import torch\nx = 1')).code).toBe('import torch\nx = 1\n');
  });

  it.each(['', 'x = 1', '[]', 'null', '{"cells": 3}', '{"cells": [1, null]}'])('is no notebook: %s', (text) => {
    if (text.startsWith('{"cells": [')) expect(codeOf('a.ipynb', text).code).toBe('');
    else expect(() => codeOf('a.ipynb', text)).toThrow('This is no notebook');
  });
});
