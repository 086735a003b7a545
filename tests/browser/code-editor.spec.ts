import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { CodePage, PRINTS, codeIn } from './code-page';
import { expect, hear, LONGER, test } from './harness';

const GALLERY = join(__dirname, '../../www/src/code/gallery');
const GOLDEN = join(__dirname, '../golden/gallery');

async function openWith(page: Page, text: string): Promise<CodePage> {
  const code = await CodePage.open(page);
  await code.paste(text);
  await expect(page.locator('gru-editor .cm-content')).toBeFocused();
  return code;
}

test.describe('the editor', () => {
  test('runs what is typed when it rests, tells it once, and its address follows', async ({ page }) => {
    const code = await openWith(page, PRINTS);
    await expect(code.outcome).toContainText('torch.Size([4, 7, 3])');
    const before = page.url();
    // What is told of the first run is over.
    await expect(page.getByRole('status')).toHaveText(/1 line printed/);
    const heard = await hear(page);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('print(x.dim() + 40)');
    await expect(code.outcome).toContainText('43');
    await expect.poll(heard).toEqual(['status: The code ran. 2 lines printed.']);
    await expect(page).not.toHaveURL(before);
    await page.reload();
    await expect(code.outcome).toContainText('43');
    expect(await codeIn(page)).toBe(`${PRINTS}print(x.dim() + 40)`);
  });

  test('marks the line that raised, with PyTorch\'s message, and leads to it', async ({ page }) => {
    const code = await openWith(page, 'import torch\nfrom torch import nn\n\ngru = nn.GRU(8, 16)\nout, h_n = gru(torch.randn(5, 3, 10))\n');
    await expect(code.outcome.getByRole('region', { name: 'Exception' })).toHaveText('RuntimeError: input.size(-1) must be equal to input_size. Expected 8, got 10');
    await expect(page.locator('.cm-line.raised')).toContainText('out, h_n = gru');
    await page.keyboard.press('Control+Home');
    await code.outcome.getByRole('button', { name: 'line 5' }).click();
    await page.keyboard.press('Shift+End');
    expect(await page.evaluate(() => document.querySelector('gru-app')?.shadowRoot?.querySelector('gru-code-view')?.shadowRoot?.querySelector('gru-program')?.shadowRoot?.querySelector('gru-editor')?.shadowRoot?.activeElement?.className)).toContain('cm-content');
    await page.keyboard.type('pass');
    expect(await codeIn(page)).toContain('\npass\n');
    await expect(page.locator('.cm-line.raised')).toHaveCount(0);
  });

  test('shapes stand beside the lines that made them; a fix mends the code, and Undo brings it back', async ({ page }) => {
    const wrong = 'import torch\nfrom torch import nn\n\nx = torch.randn(32, 5, 8)\ngru = nn.GRU(10, 20, batch_first=True)\nout, h_n = gru(x)\nprint(out.shape)\n';
    const code = await openWith(page, wrong);
    const line = (text: string) => page.locator('.cm-line', { hasText: text }).locator('.made');
    await expect(line('x = torch.randn')).toContainText(/32\D+5\D+8/);
    const fixes = code.outcome.getByRole('region', { name: 'Why, and fixes' }).locator('button.fix');
    await fixes.first().click();
    await expect(code.outcome).toContainText('torch.Size([32, 5, 20])');
    await expect(line('out, h_n = gru(x)')).toContainText(/32\D+5\D+20/);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => codeIn(page)).toBe(wrong);
    await expect(code.outcome.getByRole('region', { name: 'Exception' })).toContainText('Expected 10, got 8');
  });

  test('a loop without an end is stopped with a word, can go on, and can be cancelled', async ({ page }) => {
    const code = await openWith(page, 'import torch\nn = 0\nwhile True:\n    n += 1\n');
    const stopped = code.outcome.locator('.stopped');
    await expect(stopped).toContainText(/Stopped in line [34] after (2 seconds|50 million steps)/);
    await stopped.getByRole('button', { name: 'Run on' }).click();
    await expect(page.locator('gru-program .above')).toContainText('Running');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
    // What comes next is run all the same.
    await page.locator('gru-editor .cm-content').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('print(6 * 7)');
    await expect(code.outcome.getByRole('region', { name: 'What the code printed' })).toHaveText('42\n');
  });

  test('what the runner does not do is named with its line', async ({ page }) => {
    const code = await openWith(page, 'import torch\nprint("before")\nasync def f():\n    pass\n');
    await expect(code.outcome.locator('.refused')).toContainText('Not done here');
    await expect(code.outcome.locator('.refused')).toContainText('line 3');
  });

  test('a refusal leads to the name in the list of those that run', async ({ page }) => {
    const code = await openWith(page, 'import torch\nprint(torch.stft)\n');
    const link = code.outcome.locator('.refused').getByRole('link', { name: 'Names that run here' });
    await expect(link).toHaveAttribute('href', /\/python\.html#torch\.stft$/);
    await page.goto((await link.getAttribute('href')) ?? '');
    await expect(page.locator('code:target')).toHaveText('stft');
  });

  test('Tab indents, Escape then Tab leaves, and Ctrl+Enter runs at once', LONGER, async ({ page }) => {
    await openWith(page, 'import torch\n');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Tab');
    await page.keyboard.type('# in');
    expect(await codeIn(page)).toBe('import torch\n    # in');
    await expect(page.locator('gru-editor .cm-content')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('gru-outcome')).toContainText(/\S/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(page.locator('gru-editor .cm-content')).not.toBeFocused();
    await expect(page.getByRole('button', { name: 'Copy this code' })).toBeFocused();
  });
});

test.describe('files', () => {
  test('a notebook is run, what was left out is told, and both kinds of file are saved', async ({ page }) => {
    const code = await CodePage.open(page);
    const cell = (source: string): object => ({ cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null });
    const notebook = JSON.stringify({ cells: [cell('%matplotlib inline\nimport torch\nx = torch.ones(2)'), cell('!pip list\nprint(x)')], nbformat: 4, nbformat_minor: 5, metadata: {} });
    await page.locator('gru-code-view input[type=file]').setInputFiles({ name: 'week 3.ipynb', mimeType: 'application/json', buffer: Buffer.from(notebook) });
    await expect(code.outcome).toContainText('tensor([1., 1.])');
    await expect(page.locator('.told')).toHaveText("Left out of week 3.ipynb, for it is the notebook's and not Python's: %matplotlib, !pip.");
    await expect.poll(() => codeIn(page)).toBe('import torch\nx = torch.ones(2)\n\nprint(x)\n');
    for (const [kind, holds] of [['.py', 'print(x)\n'], ['.ipynb', '"nbformat": 4']] as const) {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save this code as ${kind}` }).click();
      const download = await saving;
      expect(download.suggestedFilename()).toBe(`week 3${kind}`);
      expect(readFileSync(await download.path(), 'utf8')).toContain(holds);
    }
  });

  test('one that is no notebook is refused, and the page is there', LONGER, async ({ page }) => {
    const code = await CodePage.open(page);
    await page.locator('gru-code-view input[type=file]').setInputFiles({ name: 'a.ipynb', mimeType: 'application/json', buffer: Buffer.from('x = 1') });
    await expect(page.locator('gru-code-view .problem')).toHaveText('a.ipynb was not read. This is no notebook: its text is no JSON with cells.');
    await page.locator('gru-code-view input[type=file]').setInputFiles({ name: 'a.py', mimeType: 'text/x-python', buffer: Buffer.from('print(1 + 1)\r\n') });
    await expect(code.outcome).toContainText('2');
    await expect(page.locator('gru-code-view .problem')).toBeEmpty();
  });

  test('one that is dropped is run', LONGER, async ({ page }) => {
    const code = await CodePage.open(page);
    await page.locator('gru-code-view').evaluate((view) => {
      const data = new DataTransfer();
      data.items.add(new File(['print(20 + 3)\n'], 'b.py', { type: 'text/x-python' }));
      view.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await expect(code.outcome).toContainText('23');
  });

  test('code that is too long for a link says so, and survives a reload', async ({ page }) => {
    const code = await CodePage.open(page);
    let state = 1;
    const next = (): string => String((state = (state * 48271) % 2147483647));
    const long = `import torch\nn = [${Array.from({ length: 3000 }, next).join(', ')}]\nprint(len(n))\n`;
    await page.locator('gru-code-view input[type=file]').setInputFiles({ name: 'a.py', mimeType: 'text/x-python', buffer: Buffer.from(long) });
    await expect(code.outcome).toContainText('3000');
    await expect(page.locator('.long')).toContainText('too long for a link');
    await expect(page).toHaveURL(/#code$/);
    await page.reload();
    await expect(code.outcome).toContainText('3000');
  });
});

test.describe('the gallery', () => {
  test('every program runs as it is, and prints what real PyTorch printed', async ({ page }) => {
    const names = readdirSync(GALLERY).filter((name) => name.endsWith('.py')).map((name) => name.slice(0, -3));
    expect(names).toHaveLength(12);
    const code = await CodePage.open(page);
    const entries = page.locator('gru-code-view .entry');
    await expect(entries).toHaveCount(12);
    const seen = new Set<string>();
    for (let index = 0; index < 12; index += 1) {
      await entries.nth(index).click();
      await expect(page.locator('gru-editor .cm-content')).toBeFocused();
      const saved = await page.locator('gru-program').getAttribute('file');
      const name = saved ?? '';
      seen.add(name);
      // A slow machine may need more than two seconds for those that train.
      const ended = code.outcome.locator('.stopped, .printed').first();
      await expect(ended).toBeVisible();
      const on = code.outcome.getByRole('button', { name: 'Run on' });
      if (await on.isVisible()) await on.click();
      await expect.poll(() => code.outcome.getByRole('region', { name: 'What the code printed' }).textContent(), { message: name }).toBe(readFileSync(join(GOLDEN, `${name}.txt`), 'utf8'));
      await expect(code.outcome.locator('.raised, .refused, .stopped')).toHaveCount(0);
      await page.getByRole('button', { name: 'Put this code away' }).click();
    }
    expect([...seen].sort()).toEqual(names.sort());
  });
});

test('code of the page becomes an editor in its place, and goes back', async ({ page }) => {
  await page.goto('./');
  const panel = page.locator('gru-code-panel').first();
  await panel.getByRole('button', { name: 'Edit and run the code' }).click();
  await expect(panel.locator('gru-editor .cm-content')).toBeFocused();
  await expect(panel.getByRole('region', { name: 'What the code printed' })).toHaveText('torch.Size([5, 3, 20])\ntorch.Size([2, 3, 20])\n');
  // What is set beside it is followed.
  await page.locator('gru-controls').getByRole('textbox', { name: 'seq_len', exact: true }).fill('7');
  await expect(panel.getByRole('region', { name: 'What the code printed' })).toHaveText('torch.Size([7, 3, 20])\ntorch.Size([2, 3, 20])\n');
  await panel.locator('gru-editor .cm-content').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('print(40 + 2)');
  await expect(panel.locator('gru-outcome')).toContainText('42');
  await panel.getByRole('button', { name: 'Back to the code that was here' }).click();
  await expect(panel.getByRole('button', { name: 'Edit and run the code' })).toBeFocused();
  await expect(panel.getByRole('region', { name: 'PyTorch code' })).toContainText('torch.randn(7, 3, 10)');
});
