import { expect, it } from 'vitest';
import { notebook } from './notebook.js';

const CODE = 'import torch\n\nx = torch.randn(5, 3, 10)  # "L", N\nprint(x.shape)';

interface Notebook {
  cells: Record<string, unknown>[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

it('is nbformat 4.5 with one code cell, and nothing that the format does not know', () => {
  const { cells, metadata, ...version } = JSON.parse(notebook(CODE)) as Notebook;
  expect(version).toEqual({ nbformat: 4, nbformat_minor: 5 });
  expect(cells).toHaveLength(1);
  const [cell] = cells;
  // All that the format's schema asks of a code cell; an id is 1 to 64 of these characters since 4.5.
  expect(Object.keys(cell ?? {}).sort()).toEqual(['cell_type', 'execution_count', 'id', 'metadata', 'outputs', 'source']);
  expect(cell).toMatchObject({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [] });
  expect(cell?.['id']).toMatch(/^[\w-]{1,64}$/);
  expect(metadata).toEqual({
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  });
});

it('holds the very text, a string for each line with its line break', () => {
  const [cell] = (JSON.parse(notebook(CODE)) as Notebook).cells;
  expect(cell?.['source']).toEqual(['import torch\n', '\n', 'x = torch.randn(5, 3, 10)  # "L", N\n', 'print(x.shape)']);
});
