import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mainOf } from './names.js';

const LIST = '# Names\n\n<!-- Written. -->\n\nWith `code` in words.\n\n## `builtins`\n\nRuns: `abs`, `<b>`.\n\n## `torch.nn`\n\nRuns: `GRU`.\n\nRefused by name: `Conv2d`.\n';

describe('the page of names', () => {
  it('gives each name the address that it is called by', () => {
    const main = mainOf(LIST);
    for (const id of ['abs', 'torch.nn', 'torch.nn.GRU', 'torch.nn.Conv2d']) expect(main).toContain(` id="${id}"`);
    expect(main).toContain('<a href="#torch.nn"><code>torch.nn</code></a>');
    expect(main).toContain('With <code>code</code> in words');
  });

  it('takes nothing of the list for HTML', () => {
    const main = mainOf(LIST);
    expect(main).toContain('<code id="&lt;b>">&lt;b></code>');
    expect(main).not.toContain('Written');
  });

  it('gives no address twice, and has what programs use most', () => {
    const main = mainOf(readFileSync(new URL('../../docs/python.md', import.meta.url), 'utf8'));
    const ids = [...main.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ['print', 'torch.randn', 'torch.nn.GRU', 'torch.nn.utils.rnn.pack_padded_sequence', 'torch.stft']) expect(ids).toContain(id);
  });
});
