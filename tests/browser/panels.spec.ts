import type { Locator, Page } from '@playwright/test';
import { expect, LONGER, PHONE, test } from './harness';

/** A call in which no two sizes are alike, in both directions, with an h_0. */
const CALL = './#play?seq_len=4&batch=3&input_size=6&hidden_size=5&bidirectional=True&give_h_0=1';

/** A part of the shape flow as it is drawn. */
function flowPart(page: Page, key: string): Locator {
  return page.locator(`gru-flow g.part[data-key="${key}"]`);
}

/** The same part as it is read, and as it has the focus. */
function flowStop(page: Page, key: string): Locator {
  return page.locator(`gru-flow [data-stop="${key}"]`);
}

/** The panel of a tensor, and the box in which its cells are. */
function heatmap(page: Page, name: string): Locator {
  return page.locator('gru-heatmap').filter({ has: page.locator('.title code', { hasText: new RegExp(`^${name}$`) }) });
}

async function readout(page: Page, name: string): Promise<{ index: string; value: number }> {
  const text = (await heatmap(page, name).locator('.readout').textContent()) ?? '';
  const [index = '', value = ''] = text.split(' = ');
  return { index, value: Number(value.replace('\u2212', '-')) };
}

test('the shape flow tells every tensor, and a layer opens by keyboard', PHONE, async ({ page }) => {
  await page.goto(CALL);
  await expect(flowStop(page, 'input')).toHaveAccessibleName(/^input \(4, 3, 6\): sequence length 4, batch size 3, input size 6$/);
  await expect(flowStop(page, 'output')).toHaveAccessibleName(/^output \(4, 3, 10\)/);
  await expect(flowStop(page, 'h_n')).toHaveAccessibleName(/^h_n \(4, 3, 5\)/);
  await flowStop(page, 'input').focus();
  await page.keyboard.press('ArrowRight');
  await expect(flowStop(page, 'layer-0')).toBeFocused();
  await expect(flowStop(page, 'layer-0')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(flowStop(page, 'layer-0')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('gru-layer-gates')).toContainText('n = tanh(W_in x + b_in + r \u2217 (W_hn h_prev + b_hn))');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(flowStop(page, 'layer-0')).toBeFocused();
});

test('what does not fit is drawn apart, and what comes after is dimmed', PHONE, async ({ page }) => {
  await page.goto('./#play?input_size=8&hidden_size=16&input=(4,10)');
  const joint = flowPart(page, 'joint');
  await expect(flowStop(page, 'joint')).toHaveAccessibleName('The call stops here: the input has input size 10 where 8 is needed');
  await expect(joint.locator('.pill text')).toHaveText(['10', '8']);
  await expect(flowPart(page, 'layer-0')).toHaveClass(/dimmed/);
  await expect(flowPart(page, 'input')).not.toHaveClass(/dimmed/);
});

test('many layers fold in the middle', { tag: [PHONE.tag, LONGER.tag] }, async ({ page }) => {
  await page.goto('./#play?num_layers=32');
  await expect(flowStop(page, 'fold')).toHaveAccessibleName(/^\d+ more layers$/);
  await expect(flowPart(page, 'layer-0')).toBeVisible();
  await expect(flowPart(page, 'layer-31')).toBeVisible();
});

test('the keyboard goes from cell to cell, and all panels go along', async ({ page }) => {
  await page.goto(CALL);
  await heatmap(page, 'out').locator('.box').focus();
  // Two steps on, to the last unit of the reverse direction.
  for (const key of ['ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key);
  await expect(heatmap(page, 'out').locator('.readout')).toHaveText(/^out\[2, 0, 9\] = /);
  await expect(heatmap(page, 'r').locator('.readout')).toHaveText(/^r\[2, 0, 4\] = /);
  await expect(heatmap(page, 'h_n').locator('.readout')).toHaveText(/^h_n\[1, 0, 4\] = /);
  await expect(page.locator('gru-scrubber .step')).toHaveText('t = 2');
  await expect(page).toHaveURL(/reverse=1.*step=2|step=2.*reverse=1/);
});

test('indices are those of PyTorch: out ends where h_n stands', LONGER, async ({ page }) => {
  for (const [layout, index] of [
    ['', 'out[3, 1, 2]'],
    ['&batch_first=True', 'out[1, 3, 2]'],
  ] as const) {
    await page.goto(`./#play?seq_len=4&batch=3&hidden_size=5${layout}&sample=1&layer=1&step=3`);
    const out = heatmap(page, 'out');
    await out.locator('.box').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await expect(out.locator('.readout')).toHaveText(new RegExp(`^${index.replaceAll(/[[\]]/g, '\\$&')} = `));
    const [last, final] = [await readout(page, 'out'), await readout(page, 'h_n')];
    expect(final.index).toBe('h_n[1, 1, 2]');
    expect(last.value).toBe(final.value);
  }
});

test('the arithmetic of a unit adds up, at the first step from h_0', async ({ page }) => {
  await page.goto(CALL);
  const lines = page.locator('gru-unit dd');
  await expect(lines).toHaveCount(5);
  await expect(lines.nth(3)).toContainText('from h_0');
  const bold = (line: number) => lines.nth(line).locator('b, .number').textContent();
  const [z, n, before, after] = (await Promise.all([bold(1), bold(2), bold(3), bold(4)])).map((text) =>
    Number(text?.replace('\u2212', '-')),
  ) as [number, number, number, number];
  expect(before).not.toBe(0);
  expect((1 - z) * n + z * before).toBeCloseTo(after, 3);
});

test('cells have the colours of their values', PHONE, async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(CALL);
  const r = heatmap(page, 'r');
  await r.locator('.box').focus();
  const cells: { value: number; light: number }[] = [];
  // The first cells are the ones that change when pixels share memory with the engine.
  for (const key of ['Home', ...Array<string>(4).fill('ArrowRight')]) {
    await page.keyboard.press(key);
    const { value } = await readout(page, 'r');
    const light = await r.evaluate(async (element, column) => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const canvas = element.shadowRoot?.querySelector('canvas');
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      if (!canvas || !copy) return NaN;
      const cell = canvas.width / 5;
      copy.drawImage(canvas, (column + 0.5) * cell, 0.5 * cell, 1, 1, 0, 0, 1, 1);
      return copy.getImageData(0, 0, 1, 1).data[1] ?? NaN;
    }, cells.length);
    cells.push({ value, light });
  }
  // In the light theme a gate is the darker the more it is open.
  cells.sort((one, other) => one.value - other.value);
  const lights = cells.map(({ light }) => light);
  expect(lights).toEqual([...lights].sort((one, other) => other - one));
  expect(Math.max(...lights)).toBeLessThan(245);
});

test('playing goes through all steps and stops, and choices outlive a shorter run', LONGER, async ({ page }) => {
  await page.goto('./#play?seq_len=4&step=1');
  await page.getByLabel('Speed').selectOption('4');
  await page.getByRole('button', { name: 'Play the steps in order' }).click();
  await expect(page.locator('gru-scrubber .step')).toHaveText('t = 3');
  await expect(page.getByRole('button', { name: 'Play the steps in order' })).toBeVisible();
  await page.goto('./#play?seq_len=2&step=3');
  await expect(page.locator('gru-scrubber .step')).toHaveText('t = 1');
  await page.goto('./#play?seq_len=6&step=3');
  await expect(page.locator('gru-scrubber .step')).toHaveText('t = 3');
});

test('under reduced motion there is nothing to play', LONGER, async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./#play');
  await expect(page.getByRole('button', { name: 'One step on' })).toBeVisible();
  // The sentence on top goes on in steps without slides; its own tests say so.
  await expect(page.locator('gru-values').getByRole('button', { name: /^Play/ })).toHaveCount(0);
});

test('tables tell what the pictures show', LONGER, async ({ page }) => {
  await page.goto('./#play?hidden_size=45');
  await page.getByText('Shape flow as a table').click();
  const rows = page.locator('gru-flow-table tbody tr');
  await expect(rows.first()).toHaveText(/input\s*\(5, 3, 10\)\s*sequence length 5, batch size 3, input size 10/);
  await page.getByText('Values of this step as a table').click();
  await page.getByLabel('Table of').selectOption('gates of this layer at this step');
  await expect(page.getByText('Page 1 of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.locator('gru-values-table tbody th').first()).toHaveText('20');
});
