import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { golden } from './golden';
import { expect, LONGER, PHONE, shown, stopTime, test } from './harness';
import { PlaygroundPage, numberOf } from './playground-page';

/** How many numbers a GRU's parameters hold, by PyTorch's own shapes. */
function parameterCount(options: { I?: number; H?: number; layers?: number; directions?: number; bias?: boolean }): string {
  const { I = 10, H = 20, layers = 2, directions = 1, bias = true } = options;
  let count = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    count += directions * 3 * H * ((layer === 0 ? I : directions * H) + H + (bias ? 2 : 0));
  }
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}

test('the page opens with the first problem, computed', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const { code, printed } = golden('opening');
  await playground.expectCode(code);
  await playground.expectPrinted(...printed);
  await playground.expectTotal('Parameters', parameterCount({}));
  await playground.expectTotal('Memory of the parameters', '17.8 KB');
  await playground.expectValues();
  await expect(playground.exception).toHaveCount(0);
  // The opening has no need of a query.
  expect(new URL(page.url()).hash).toBe('');
});

test('seq_len, batch and num_layers answer to a number, to arrow keys and to the keys of a slider', PHONE, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);

  await playground.number('seq_len').fill('7');
  await playground.expectPrinted('torch.Size([7, 3, 20])', 'torch.Size([2, 3, 20])');
  await playground.expectLine('x = torch.randn(7, 3, 10)  # (seq_len, batch, input_size)');
  await playground.number('seq_len').press('ArrowUp');
  await playground.expectPrinted('torch.Size([8, 3, 20])', 'torch.Size([2, 3, 20])');
  await playground.slider('seq_len').press('ArrowLeft');
  await expect(playground.number('seq_len')).toHaveValue('7');
  await playground.slider('seq_len').press('End');
  await expect(playground.number('seq_len')).toHaveValue('32');
  await playground.slider('seq_len').press('Home');
  await playground.expectPrinted('torch.Size([1, 3, 20])', 'torch.Size([2, 3, 20])');

  await playground.number('batch').fill('12');
  await playground.expectPrinted('torch.Size([1, 12, 20])', 'torch.Size([2, 12, 20])');
  await playground.slider('batch').press('ArrowRight');
  await playground.expectPrinted('torch.Size([1, 13, 20])', 'torch.Size([2, 13, 20])');
  await expect(playground.shape('input')).toHaveValue('(1, 13, 10)');

  await playground.slider('num_layers').press('ArrowRight');
  await playground.expectPrinted('torch.Size([1, 13, 20])', 'torch.Size([3, 13, 20])');
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=3)');
  await playground.expectTotal('Parameters', parameterCount({ layers: 3 }));
  await playground.number('num_layers').fill('1');
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20)');
  await playground.expectTotal('Parameters', parameterCount({ layers: 1 }));
  expect(await playground.parameters()).toEqual([
    'weight_ih_l0 (60, 10)',
    'weight_hh_l0 (60, 20)',
    'bias_ih_l0 (60,)',
    'bias_hh_l0 (60,)',
  ]);
});

test('a field takes more than its slider, and keeps what it cannot read', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const field = playground.number('seq_len');
  await field.fill('1000');
  await playground.expectPrinted('torch.Size([1000, 3, 20])', 'torch.Size([2, 3, 20])');
  await expect(playground.slider('seq_len')).toHaveAttribute('aria-valuetext', /1000/);
  await field.fill('1000x');
  await expect(shown(page, 'seq_len needs a whole number. It stays 1000')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await playground.expectPrinted('torch.Size([1000, 3, 20])', 'torch.Size([2, 3, 20])');
  await field.blur();
  await expect(field).toHaveValue('1000x');
  await field.fill('4');
  await expect(shown(page, 'seq_len needs')).toHaveCount(0);
  await playground.expectPrinted('torch.Size([4, 3, 20])', 'torch.Size([2, 3, 20])');
});

test('input_size and hidden_size change shapes, code and parameters', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.number('input_size').fill('6');
  await playground.expectLine('x = torch.randn(5, 3, 6)  # (seq_len, batch, input_size)');
  await playground.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
  await playground.expectTotal('Parameters', parameterCount({ I: 6 }));
  await playground.slider('input_size').press('ArrowRight');
  await playground.expectLine('gru = nn.GRU(input_size=7, hidden_size=20, num_layers=2)');
  await playground.number('hidden_size').fill('33');
  await playground.expectPrinted('torch.Size([5, 3, 33])', 'torch.Size([2, 3, 33])');
  await playground.slider('hidden_size').press('ArrowLeft');
  await playground.expectPrinted('torch.Size([5, 3, 32])', 'torch.Size([2, 3, 32])');
  await playground.expectTotal('Parameters', parameterCount({ I: 7, H: 32 }));
  expect((await playground.parameters()).slice(0, 2)).toEqual(['weight_ih_l0 (96, 7)', 'weight_hh_l0 (96, 32)']);
});

test('bidirectional, batch_first, bias, unbatched and h_0 do what they do in PyTorch', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);

  await playground.flag('bidirectional').check();
  await playground.expectPrinted('torch.Size([5, 3, 40])', 'torch.Size([4, 3, 20])');
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, bidirectional=True)');
  await playground.expectTotal('Parameters', parameterCount({ directions: 2 }));
  expect(await playground.parameters()).toContain('weight_ih_l0_reverse (60, 10)');

  await playground.flag('batch_first').check();
  await playground.expectPrinted('torch.Size([3, 5, 40])', 'torch.Size([4, 3, 20])');
  await playground.expectLine('x = torch.randn(3, 5, 10)  # (batch, seq_len, input_size)');

  await playground.flag('bias').uncheck();
  await playground.expectTotal('Parameters', parameterCount({ directions: 2, bias: false }));
  await expect.poll(async () => (await playground.parameters()).some((name) => name.startsWith('bias'))).toBe(false);

  await playground.flag('give h_0').check();
  await playground.expectLine('h_0 = torch.randn(4, 3, 20)  # (D * num_layers, batch, hidden_size)');
  await playground.expectLine('out, h_n = gru(x, h_0)');
  await expect(playground.shape('h_0')).toHaveValue('(4, 3, 20)');

  await playground.flag('unbatched').check();
  await playground.expectPrinted('torch.Size([5, 40])', 'torch.Size([4, 20])');
  await expect(playground.shape('input')).toHaveValue('(5, 10)');
  await expect(playground.shape('h_0')).toHaveValue('(4, 20)');
  await expect(playground.number('batch')).toBeDisabled();

  await page.getByRole('button', { name: 'Back to the opening example' }).click();
  await playground.expectCode(golden('opening').code);
});

test('dropout warns with one layer, as PyTorch does, and changes no shape', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  const { code, printed, warnings } = golden('dropout, one layer');
  // Typed as a person types: `0.` on the way is no mistake.
  await playground.number('dropout').selectText();
  await playground.number('dropout').pressSequentially('0.5');
  await expect(playground.notes.filter({ hasText: 'dropout acts while training only' })).toBeVisible();
  await playground.number('num_layers').fill('1');
  await playground.expectCode(code);
  await playground.expectPrinted(...printed);
  const warning = playground.notes.filter({ hasText: 'warning' });
  await expect(warning.locator('summary code')).toHaveText(warnings[0] ?? '');
  await warning.locator('summary').click();
  await playground.fixes.first().click();
  await expect(playground.notes.filter({ hasText: 'UserWarning' })).toHaveCount(0);
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, dropout=0.5)');
  await playground.slider('dropout').press('Home');
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2)');
  await playground.slider('dropout').press('ArrowRight');
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, dropout=0.05)');
});

test('legal calls that are easily mistaken carry a note', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await expect(playground.notes).toHaveCount(0);
  await playground.flag('bidirectional').check();
  const last = playground.notes.filter({ hasText: 'the last step of the output is not the end of the reverse direction' });
  await expect(last).toContainText('out[0, :, 20:]');
  await last.locator('summary').click();
  await expect(last.getByText('The reverse direction reads from the end')).toBeVisible();

  // A batch of 32 sequences written where the steps belong.
  await playground.shape('input').fill('(32, 5, 10)');
  const swapped = playground.notes.filter({ hasText: 'without batch_first x is (L, N, H_in): 32 steps of 5 sequences' });
  await swapped.locator('summary').click();
  await swapped.getByRole('button', { name: 'set batch_first=True' }).click();
  await playground.expectPrinted('torch.Size([32, 5, 40])', 'torch.Size([4, 32, 20])');
  await expect(playground.notes.filter({ hasText: 'although batch_first is set' })).toBeVisible();
});

test('the seed draws other numbers, and the same ones again', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.expectValues();
  const first = await playground.readout('out').textContent();
  await playground.number('seed').fill('1');
  await playground.expectLine('torch.manual_seed(1)');
  await expect(playground.readout('out')).not.toHaveText(first ?? '');
  await playground.number('seed').fill('0');
  await playground.expectLine('torch.manual_seed(0)');
  await expect(playground.readout('out')).toHaveText(first ?? '');
  expect(numberOf((first ?? '').split(' = ')[1] ?? '')).not.toBe(0);
});

test('a release is chosen, and its rules hold', async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.flag('unbatched').check();
  await playground.expectPrinted('torch.Size([5, 20])', 'torch.Size([2, 20])');
  await playground.choice('PyTorch').selectOption('1.10');
  await playground.expectException('RuntimeError', 'input must have 3 dimensions, got 2');
  await playground.choice('PyTorch').selectOption('1.11');
  await playground.expectPrinted('torch.Size([5, 20])', 'torch.Size([2, 20])');
});

test('types are chosen: one for all is legal, with values in float32 alone', LONGER, async ({ page }) => {
  const playground = await PlaygroundPage.open(page);
  await playground.choice('dtype of parameters').selectOption('float64');
  await playground.choice('dtype of input').selectOption('float64');
  await playground.expectPrinted('torch.Size([5, 3, 20])', 'torch.Size([2, 3, 20])');
  await playground.expectLine('gru = nn.GRU(input_size=10, hidden_size=20, num_layers=2, dtype=torch.float64)');
  await playground.expectLine('x = torch.randn(5, 3, 10, dtype=torch.float64)  # (seq_len, batch, input_size)');
  await playground.expectTotal('Memory of the parameters', '35.6 KB');
  await expect(playground.values).toContainText('Values are computed in torch.float32');
  await expect(playground.heatmap('out')).toHaveCount(0);
});

test('the code is copied as it stands', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  const playground = await PlaygroundPage.open(page, 'seq_len=7');
  await playground.expectLine('x = torch.randn(7, 3, 10)  # (seq_len, batch, input_size)');
  await stopTime(page);
  await page.getByRole('button', { name: 'Copy the code' }).click();
  await expect(shown(page, 'Copied', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await playground.code());
  await context.clearPermissions();
});

test('the code is saved as Python and as a notebook of the same text', async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=7&dropout=0.2');
  await playground.expectLine('x = torch.randn(7, 3, 10)  # (seq_len, batch, input_size)');
  const code = await playground.code();
  expect(await savedText(page, '.py')).toEqual({ name: 'gru.py', text: `${code}\n` });
  const { name, text } = await savedText(page, '.ipynb');
  expect(name).toBe('gru.ipynb');
  const { cells } = JSON.parse(text) as { cells: { source: string[] }[] };
  expect(cells.map(({ source }) => source.join(''))).toEqual([code]);
});

/** What a button below the code hands to the browser's downloads. */
async function savedText(page: Page, ending: string): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save the code as ${ending}` }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('code that is selected reads line by line, broken only where it is', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  const playground = await PlaygroundPage.open(page, 'seq_len=7&num_layers=3&dropout=0.2&bidirectional=True');
  const region = page.getByRole('region', { name: 'PyTorch code', exact: true });
  await expect(region).toContainText('dropout=0.2');
  const selected = await region.evaluate((element) => {
    const selection = getSelection();
    selection?.selectAllChildren(element);
    return selection?.toString();
  });
  expect(selected?.trim()).toBe(await playground.code());
});

test('where copying is blocked, the page says what to do instead', LONGER, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new DOMException('', 'NotAllowedError')) });
  });
  await PlaygroundPage.open(page);
  await page.getByRole('button', { name: 'Copy the code' }).click();
  await expect(shown(page, 'Copying is blocked here: select the code instead')).toBeVisible();
});
